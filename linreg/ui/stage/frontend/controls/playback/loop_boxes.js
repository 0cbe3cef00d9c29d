// The boxes of the loop of training: what each says at a step, and which one is at work.

import { count, counted, MIN_SEEN_CHANGE, number, percent } from "../../math/format.js";
import { equation, GRADIENT, LOSS, MODEL } from "../../math/phases.js";

/**
 * @import { BoxName } from "../../payload.js"
 * @import { Numbers, State } from "../../types.js"
 */

/** @type {readonly BoxName[]} */
export const BOXES = ["data", "model", "loss", "gradient", "update", "stop"];

/** The boxes that every step goes through. */
export const CIRCLE = BOXES.slice(1, 5);

export const MAX_SEEN_SPEED = 2; // steps per second: at more, boxes that light one by one only flicker
const DIGITS = 3;

/**
 * What each box says.
 * @param {State} state
 * @returns {Record<BoxName, string>}
 */
export function valuesOf(state) {
  const { payload, run, here } = state,
    { fitted, theta } = payload.symbols;
  const change = here.gradient.map((slope) => -run.rate * slope);
  return {
    data: `${counted(payload.n, "row")} a step`,
    model: `${fitted} = ${equation(payload, here.theta, DIGITS)}`,
    loss: `${payload.lossName} ${number(here.loss, DIGITS + 1)}`,
    gradient: vector("∇", here.gradient),
    update: vector(`Δ${theta}`, change),
    stop: stopOf(state),
  };
}

/**
 * A vector of one or two numbers by its components, a longer one by its length.
 * @param {string} name
 * @param {Numbers} values
 */
function vector(name, values) {
  const parts = Array.from(values, (value) => number(value, DIGITS));
  if (parts.length > 2) return `‖${name}‖ = ${number(Math.hypot(...values), DIGITS)}`;
  return `${name} = ${parts.length === 1 ? parts[0] : `(${parts.join(", ")})`}`;
}

/**
 * Whether the loop goes round again after this step, and what the last step brought; or why it stops.
 * @param {State} state
 */
function stopOf({ run, t, here, still }) {
  if (still) return `up to ${count(run.steps)} steps`;
  if (run.exact && run.converged_at !== null && t >= run.converged_at) return "converged";
  if (t >= run.last) return run.exact && run.status === "diverged" ? "overflow" : "all steps taken";
  if (t === 0) return "again";
  const before = run.at(t - 1).loss,
    change = before > 0 ? (here.loss - before) / before : 0;
  if (Math.abs(change) < MIN_SEEN_CHANGE) return "again: no visible gain";
  return `again: ${percent(Math.abs(change))} ${change < 0 ? "better" : "worse"}`;
}

/**
 * The box at work: of a step in slow motion that of its phase, while playing slowly one after another.
 * @param {Pick<State, "phase" | "playing" | "moment">} state
 * @returns {BoxName | null}
 */
export function lit({ phase, playing, moment }) {
  if (playing && moment !== null) return CIRCLE[Math.min(CIRCLE.length - 1, Math.floor(CIRCLE.length * moment))];
  if (phase === undefined || playing) return null;
  if (phase === GRADIENT) return "gradient";
  return phase === MODEL ? "model" : phase === LOSS ? "loss" : "update";
}
