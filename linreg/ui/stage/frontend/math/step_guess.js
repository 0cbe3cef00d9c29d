// A guess about the next step: how far it is from where θ lands, and the verdict in words.

import { number } from "./format.js";
import { MINUS } from "./phases.js";

/**
 * Whether the pictures do not show the answer yet.
 * @param {Pick<State, "phase" | "guess">} state
 */
export const isOpen = ({ phase = 0, guess }) => phase < MINUS && !guess?.taken;

export const percentOf = (share) => `${number(100 * share, share < 0.1 ? 2 : 3)} %`;

/** How far a guess is from where θ lands, as a share of the step's length. Mirrors linreg.teaching.step_guess.judge. */
export function judge({ parameters, values, units, way }, now, then, close) {
  const moves = parameters.map((j) => then[j] - now[j]);
  if (way) return { correct: way === "up" ? moves[0] > 0 : moves[0] < 0, share: null };
  const size = (parts) => Math.hypot(...parts.map((part, k) => part / units[k]));
  const length = size(moves),
    miss = size(parameters.map((j, k) => values[k] - then[j]));
  return length > 0 ? { correct: miss <= close * length, share: miss / length } : { correct: miss === 0, share: null };
}

/** The verdict on a guess as a sentence. */
export function verdict({ correct, share, way }) {
  if (way)
    return correct
      ? `Right: it goes ${way}.`
      : `Not ${way} this time. The step goes against the gradient: a negative part of ∇ takes its parameter up.`;
  if (share === null) return "This step has no length: the gradient is zero.";
  return `You were ${percentOf(share)} of the step's length away${correct ? ": close enough to count as right" : ""}.`;
}

/** The same in a list. */
export const brief = ({ correct, share }) =>
  share === null ? (correct ? "right" : "not right") : `${percentOf(share)} of the step away`;
