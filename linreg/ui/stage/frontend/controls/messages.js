// The sentences of training: what a learning rate will do, and how a run ended. Codes and numbers come from Python, or
// for a dragged rate from forecast.js; linreg.training.messages has the templates, and fills them in likewise.

import { count, counted, distinctTexts, multiplier, number } from "../math/format.js";

/**
 * @import { Run } from "../types.js"
 * @import { Forecast } from "../payload.js"
 * @import { Payload } from "../math/payload.js"
 */

/**
 * A forecast in plain words.
 * @param {Payload} payload
 * @param {Forecast} forecast
 */
export function forecastSentence({ forecasts, run: { steps } }, forecast) {
  const { zone, growth, convergesAt, overflowsAt, narrow } = forecast;
  const growing = growth ?? Infinity;
  /** @param {number | null} t */
  const step = (t) =>
    t === null
      ? forecasts["no step"]
      : filled(forecasts[t > steps ? "late step" : "step"], { number: number(t), steps: counted(steps, "step") });
  if (zone === "smooth" || zone === "zig-zag") {
    const arrival = filled(forecasts[convergesAt === null ? "no arrival" : "arrival"], { step: step(convergesAt) });
    return filled(forecasts[zone], { arrival });
  }
  if (zone === "diverges") return filled(forecasts[zone], { growth: multiplier(growing), step: step(overflowsAt) });
  if (zone === "bounces" && narrow) return forecasts["near the limit"];
  return forecasts[zone === "at the minimum" && growing > 1 ? "unstable minimum" : zone];
}

/**
 * How Python's run ended, in plain words.
 * @param {Payload} payload
 * @param {Run} run
 */
export function runSentence({ endings, limits }, run) {
  const loss = run.at(run.last).loss,
    steps = counted(run.last, "step");
  if (run.status === "stopped") return filled(endings.stopped, { steps, excess: number(run.excess, 3) });
  if (run.status === "converged" && run.converged_at !== null) {
    const values = { step: count(run.converged_at), loss: number(loss), minimum: number(run.minimum) };
    if (run.minimum === 0 && loss > 0 && loss <= run.rounding) return filled(endings.rounded, values);
    return filled(values.loss === values.minimum ? endings.converged : endings.nearly, values);
  }
  const limit = limits.limit ?? Infinity;
  const end =
    run.diverged_at === null
      ? filled(endings.growth, { steps, loss: number(loss) })
      : filled(endings.overflow, { step: count(run.diverged_at) });
  const growth = multiplier((2 * run.rate) / limit - 1);
  const [rate, above] = distinctTexts(run.rate, limit, 4);
  return filled(endings.diverged, { rate, limit: above, growth, end });
}

/**
 * A template of Python with its values in place of their names in braces.
 * @param {string} template
 * @param {Record<string, string>} values
 */
const filled = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
