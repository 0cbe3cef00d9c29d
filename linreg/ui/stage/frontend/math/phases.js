// The six phases of a step in slow motion, and the sentence of each.

import { number, percent } from "./format.js";

export const PHASES = ["gradient", "scaled", "minus", "theta", "model", "loss"];
export const [GRADIENT, SCALED, MINUS, THETA, MODEL, LOSS] = PHASES.keys();
const PARAMETERS_IN_A_SENTENCE = 3; // the table has all

/** Where the next step leads: kept by the run, or one more after its last. */
export function next({ run, t, here }) {
  return t < run.last ? run.at(t + 1) : run.bowl.after(here.theta, run.rate, 1);
}

/** What happens in this phase, with this step's numbers. */
export function sentence(state) {
  const { scene, run, here, phase, t } = state,
    { theta, rate, fitted } = scene.symbols;
  const then = next(state),
    several = scene.params.length > 1;
  const list = (values) => {
    const said = Array.from(values)
      .slice(0, PARAMETERS_IN_A_SENTENCE)
      .map((value) => number(value, 5));
    return several ? `(${said.join(", ")}${values.length > PARAMETERS_IN_A_SENTENCE ? ", …" : ""})` : said[0];
  };
  const step = here.gradient.map((value) => run.rate * value);
  const change = (then.loss - here.loss) / here.loss,
    way = change < 0 ? "down" : "up";
  const last = t >= run.last ? " The run ends here." : "";
  return [
    `At ${theta} = ${list(here.theta)} the gradient is ∇ = ${list(here.gradient)}: there ${scene.lossName} grows fastest.`,
    `${rate} = ${number(run.rate)} makes a length of it: ${rate} · ∇ = ${list(step)}.`,
    `We want less loss, so we go the other way: −${rate} · ∇ = ${list(step.map((value) => -value))}.`,
    `${theta} moves by that, from ${list(here.theta)} to ${list(then.theta)}.`,
    `The new ${theta} is a new ${scene.M === 1 ? "line" : "model"}: ${fitted} = ${equation(scene, then.theta)}. Before, it was ${fitted} = ${equation(scene, here.theta)}.`,
    Math.abs(change) < 5e-7 || !Number.isFinite(change)
      ? `${scene.lossName} stays at ${number(then.loss)}: this step changed as good as nothing.${last}`
      : `${scene.lossName} goes from ${number(here.loss)} to ${number(then.loss)}: ${way} ${percent(Math.abs(change))}.${last}`,
  ][phase];
}

/** θ0 + θ1·x with numbers; a long one stops with dots. */
function equation(scene, theta) {
  const terms = Array.from(theta)
    .slice(0, PARAMETERS_IN_A_SENTENCE)
    .map((value, j) => {
      const feature = j - scene.offset,
        x = feature < 0 ? "" : ` ${scene.M === 1 ? "x" : `x${feature + 1}`}`;
      const size = number(Math.abs(value), 5);
      return `${value < 0 ? (j ? " − " : "−") : j ? " + " : ""}${size}${x}`;
    });
  return terms.join("") + (theta.length > PARAMETERS_IN_A_SENTENCE ? " + …" : "");
}
