// The six phases of a step in slow motion, and the sentence of each.

import { MIN_SEEN_CHANGE, number, percent } from "./format.js";

/**
 * @import { Numbers, Point, State } from "../types.js"
 * @import { Payload } from "./payload.js"
 */

export const PHASES = ["gradient", "scaled", "minus", "theta", "model", "loss"];
export const [GRADIENT, SCALED, MINUS, THETA, MODEL, LOSS] = PHASES.keys();
const MAX_PARAMETERS_IN_SENTENCE = 3; // the table has all

/**
 * Where the next step leads: kept by the run, or one more after its last.
 * @param {Pick<State, "run" | "t" | "here">} state
 * @returns {Point}
 */
export function next({ run, t, here }) {
  return t < run.last ? run.at(t + 1) : run.bowl.after(here.theta, run.rate, 1);
}

/**
 * What happens in this phase, with this step's numbers.
 * @param {Pick<State, "payload" | "run" | "here" | "phase" | "t">} state
 */
export function sentence(state) {
  const { payload, run, here, phase = GRADIENT, t } = state,
    { params, lossName, M } = payload,
    { theta, rate, fitted } = payload.symbols;
  const then = next(state);
  /** @param {Numbers} values */
  const list = (values) => {
    const numbers = Array.from(values.slice(0, MAX_PARAMETERS_IN_SENTENCE), (value) => number(value, 5));
    if (params.length === 1) return numbers[0];
    return `(${numbers.join(", ")}${values.length > MAX_PARAMETERS_IN_SENTENCE ? ", …" : ""})`;
  };
  const [now, after] = [list(here.theta), list(then.theta)];
  const [before, model] = [here, then].map((point) => `${fitted} = ${equation(payload, point.theta)}`);
  const step = here.gradient.map((value) => run.rate * value);
  const end = t >= run.last ? " The run ends here." : "";
  return [
    `At ${theta} = ${now} the gradient is ∇ = ${list(here.gradient)}: in this direction ${lossName} grows fastest.`,
    `Multiply by ${rate} = ${number(run.rate)} to get the step: ${rate} · ∇ = ${list(step)}.`,
    `We want less loss, so we go the other way: −${rate} · ∇ = ${list(step.map((value) => -value))}.`,
    `${theta} moves by that, from ${now} to ${after}.`,
    `The new ${theta} is a new ${M === 1 ? "line" : "model"}: ${model}. Before, it was ${before}.`,
    `${lossName} ${lossChange(here.loss, then.loss)}.${end}`,
  ][phase];
}

/**
 * @param {number} before
 * @param {number} after
 */
function lossChange(before, after) {
  const change = (after - before) / before;
  if (Math.abs(change) < MIN_SEEN_CHANGE || !Number.isFinite(change))
    return `stays at ${number(after)}: this step changed almost nothing`;
  const way = change < 0 ? "down" : "up";
  return `goes from ${number(before)} to ${number(after)}: ${way} ${percent(Math.abs(change))}`;
}

/**
 * θ0 + θ1·x with numbers; a long one stops with dots.
 * @param {Payload} payload
 * @param {Numbers} theta
 * @param {number} [digits]
 */
export function equation(payload, theta, digits = 5) {
  const terms = Array.from(theta.slice(0, MAX_PARAMETERS_IN_SENTENCE), (value, j) => {
    const feature = j - payload.offset,
      x = payload.M === 1 ? " x" : ` x${feature + 1}`;
    return `${sign(value, j)}${number(Math.abs(value), digits)}${feature < 0 ? "" : x}`;
  });
  return terms.join("") + (theta.length > MAX_PARAMETERS_IN_SENTENCE ? " + …" : "");
}

/**
 * What stands before a term of a sum.
 * @param {number} value
 * @param {number} j - its place in the sum
 */
function sign(value, j) {
  if (j === 0) return value < 0 ? "−" : "";
  return value < 0 ? " − " : " + ";
}
