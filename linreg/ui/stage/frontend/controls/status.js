// The step in one sentence, for eyes and for screen readers.

import { element, write } from "../drawing/markup.js";
import { count, MIN_SEEN_CHANGE, number, percent } from "../math/format.js";
import { Control } from "./control.js";
import { runSentence } from "./messages.js";

/** @import { Stage, State } from "../types.js" */

export class StatusControl extends Control {
  /** @param {Stage} stage */
  constructor(stage) {
    super(stage, element('<p class="lr-status" role="status"></p>'));
  }

  /** @param {State} state */
  speak(state) {
    write(this.element, statusOf(state));
  }
}

/**
 * Where the run is: step, loss, how far the loss moved, and θ; at the end of an exact run also how it ended.
 * @param {State} state
 */
export function statusOf({ payload, run, t, here }) {
  const theta = payload.params.map((name, j) => `${name}\u00a0=\u00a0${number(here.theta[j], 4)}`).join(", ");
  const over =
    run.exact && (run.status === "diverged" || t === run.last || (run.converged_at !== null && t >= run.converged_at));
  const moved = movedSince(t > 0 ? run.at(t - 1).loss : null, here.loss);
  const end = over ? ` ${runSentence(payload, run)}` : "";
  return `Step ${count(t)} of ${count(run.last)}: ${payload.lossName} ${number(here.loss)}, ${moved}; ${theta}.${end}`;
}

/**
 * @param {number | null} before
 * @param {number} loss
 */
function movedSince(before, loss) {
  if (before === null) return "the start";
  const change = before > 0 ? (loss - before) / before : 0;
  if (Math.abs(change) < MIN_SEEN_CHANGE) return "practically unchanged";
  return `${change < 0 ? "down" : "up"} ${percent(Math.abs(change))} from the step before`;
}
