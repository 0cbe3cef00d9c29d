// A guess about the next step: how far it is from where θ lands, the verdict in words, and the score of many.

import { count, counted, number } from "./format.js";
import { GRADIENT, MINUS } from "./phases.js";

/** @import { StepGuess, Numbers, State } from "../types.js" */

/** @typedef {{ correct: boolean, share: number | null }} Judged - `share` is of the step's length; null for a way */
/** @typedef {Judged & { step: number, what: string }} Score */

/**
 * Whether the picture does not show the answer yet.
 * @param {Pick<State, "phase" | "guess">} state
 */
export const isOpen = ({ phase = GRADIENT, guess }) => phase < MINUS && !guess?.taken;

/**
 * How far a guess is from where θ lands. Mirrors linreg.teaching.step_guess.judge.
 * @param {Pick<StepGuess, "parameters" | "values" | "units" | "way">} guess
 * @param {Numbers} now
 * @param {Numbers} then
 * @param {number} correctShare - a guess this near, as a share of the step's length, is right
 * @returns {Judged}
 */
export function judge({ parameters, values = [], units = [], way }, now, then, correctShare) {
  const moves = parameters.map((j) => then[j] - now[j]);
  if (way) return { correct: way === "up" ? moves[0] > 0 : moves[0] < 0, share: null };
  /** @param {number[]} parts */
  const size = (parts) => Math.hypot(...parts.map((part, k) => part / units[k]));
  const length = size(moves),
    miss = size(parameters.map((j, k) => values[k] - then[j]));
  if (length === 0) return { correct: miss === 0, share: null };
  return { correct: miss <= correctShare * length, share: miss / length };
}

/**
 * The verdict on a guess as a sentence.
 * @param {Pick<StepGuess, "correct" | "share" | "way">} guess
 */
export function verdict({ correct, share = null, way }) {
  if (way && correct) return `Right: it goes ${way}.`;
  if (way) return `Not ${way}. The step goes against the gradient: a negative component of ∇ moves its parameter up.`;
  if (share === null) return "This step has no length: the gradient is zero.";
  return `You were ${percentOf(share)} of the step's length away${correct ? ": close enough to count as right" : ""}.`;
}

/**
 * What a list of scores keeps of a guess.
 * @param {StepGuess} guess - judged
 * @param {string[]} params
 * @returns {Score}
 */
export function scoreOf({ step, parameters, way, correct = false, share = null }, params) {
  const names = parameters.map((j) => params[j]).join(", ");
  return { step, what: way ? `${names} goes ${way}` : names, correct, share };
}

/**
 * A score as an entry of the list.
 * @param {Score} score
 */
export function line({ step, what, correct, share }) {
  const how = share === null ? (correct ? "right" : "not right") : `${percentOf(share)} of the step away`;
  return `step ${count(step)}, ${what}: ${how}`;
}

/**
 * All scores in a sentence.
 * @param {Score[]} scores
 */
export function summaryOf(scores) {
  const right = scores.filter(({ correct }) => correct).length;
  const shares = scores.flatMap(({ share }) => (share === null || !Number.isFinite(share) ? [] : [share]));
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const away = shares.length ? `, on average ${percentOf(mean)} of a step away` : "";
  return `Your score: ${right} right of ${counted(scores.length, "guess").replace("guesss", "guesses")}${away}`;
}

/** @param {number} share */
const percentOf = (share) => `${number(100 * share, share < 0.1 ? 2 : 3)} %`;
