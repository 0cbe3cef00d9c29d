// The forecast of what a learning rate will do, while it is being dragged. The rules are those of
// linreg.training.learning_rate; the Node tests compare the sentences that controls/messages.js makes of both.

/**
 * @import { Numbers } from "../types.js"
 * @import { Forecast, Zone } from "../payload.js"
 * @import { Payload } from "./payload.js"
 */

/**
 * What a rate will do from a start.
 * @param {Payload} payload
 * @param {Numbers} start
 * @param {number} rate
 * @returns {Forecast}
 */
export function forecast(payload, start, rate) {
  const {
    bowl,
    constants: { same, never },
  } = payload;
  const b = bowl.residual(start).map((value, i) => (bowl.s[i] > 0 ? value : 0));
  const pull = Float64Array.from(bowl.s, (_, i) => {
    const value = rate * bowl.eigenvalue(i);
    return Math.abs(value - 2) <= 2 * same ? 2 : value;
  });
  const axes = [...b.keys()];
  const excited = axes.filter((i) => b[i] * b[i] * b.length > payload.tolerance);
  const growing = axes.filter((i) => b[i] !== 0 && pull[i] > 2);
  let convergesAt = convergenceStep(b, pull, payload.tolerance, never);
  const overflowsAt = overflowStep(
    growing.map((i) => b[i]),
    growing.map((i) => pull[i]),
  );
  const decisive = growing.length ? growing : excited;
  const zone = convergesAt === 0 ? "at the minimum" : zoneOf(Math.max(...decisive.map((i) => pull[i])), same);
  if (zone === "bounces") convergesAt = null;
  const pushed = zone === "at the minimum" ? axes.filter((i) => bowl.s[i] > 0) : decisive;
  const growth = Math.max(0, ...pushed.map((i) => Math.abs(1 - pull[i])));
  return { zone, growth, convergesAt, overflowsAt };
}

/**
 * The zone of a rate whose product with the decisive eigenvalue is `pull`.
 * @param {number} pull
 * @param {number} same
 * @returns {Zone}
 */
function zoneOf(pull, same) {
  if (pull <= 1 + same) return "smooth";
  if (pull < 2 * (1 - same)) return "zig-zag";
  return pull <= 2 * (1 + same) ? "bounces" : "diverges";
}

/**
 * The first step from which on the excess loss is within the tolerance; null if there is none.
 * @param {Float64Array} b - the residual along each direction
 * @param {Float64Array} pull - rate times eigenvalue along each
 * @param {number} tolerance
 * @param {number} never - steps that nobody waits for
 */
function convergenceStep(b, pull, tolerance, never) {
  const slope = pull.map((x) => (x < 1 ? Math.log1p(-x) : Math.log(Math.abs(x - 1))));
  /**
   * @param {number} i
   * @param {number} t
   */
  const power = (i, t) => (t === 0 ? 1 : Math.exp(t * slope[i]));
  /** @param {number} t */
  const excess = (t) => b.reduce((sum, value, i) => sum + (value === 0 ? 0 : (value * power(i, t)) ** 2), 0);
  /** @param {number} t */
  const speed = (t) =>
    b.reduce((sum, value, i) => {
      const left = value === 0 ? 0 : (value * power(i, t)) ** 2;
      return sum + (left > 0 ? left * slope[i] : 0);
    }, 0);
  /** @param {number} t */
  const settled = (t) => excess(t) <= tolerance || !(speed(t) < 0);
  const step = first(settled, never);
  return excess(step) <= tolerance ? step : null;
}

/**
 * The step near which the loss leaves the range of a float64; null if nothing grows.
 * @param {number[]} b
 * @param {number[]} pull
 */
function overflowStep(b, pull) {
  if (!b.length) return null;
  const room = b.map(
    (value, i) => (Math.log(Number.MAX_VALUE) / 2 - Math.log(Math.abs(value))) / Math.log(pull[i] - 1),
  );
  return Math.max(1, Math.ceil(Math.min(...room)));
}

/**
 * The smallest t up to `never` from which on `holds` is true, by bisection.
 * @param {(t: number) => boolean} holds
 * @param {number} never
 */
function first(holds, never) {
  let low = -1,
    high = 1;
  while (high < never && !holds(high)) [low, high] = [high, 2 * high];
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    if (middle <= low || middle >= high) break; // beyond 2^53 a float skips whole numbers
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
