// The clock of a run that plays: which step is due at a display frame.

/** @import { Change, State } from "../../types.js" */

import { MAX_SEEN_SPEED } from "./loop_boxes.js";

const MAX_FRAME_MS = 250; // after a longer wait, for instance in a hidden tab, the run does not leap ahead

export class Clock {
  #due = 0;
  #last = 0;

  /**
   * Begins to play.
   * @param {number} now - milliseconds
   */
  start(now) {
    this.#due = 0;
    this.#last = now;
  }

  /**
   * The step that is due now. Playing pauses once where an exact run has converged, and at its end; a frame that
   * began before the clock takes no step back.
   * @param {number} now - milliseconds
   * @param {Pick<State, "step" | "speed" | "run" | "last" | "variants">} state
   * @returns {Pick<Change, "step" | "playing" | "moment">}
   */
  advance(now, { step, speed, run, last, variants }) {
    this.#due += (speed * Math.max(0, Math.min(now - this.#last, MAX_FRAME_MS))) / 1000;
    this.#last = now;
    const steps = Math.floor(this.#due);
    this.#due -= steps;
    const goal = run.exact && !variants.length ? run.converged_at : null; // variants arrive each in their own time
    const pause = goal !== null && step < goal ? Math.min(goal, last) : last;
    const next = Math.min(step + steps, pause);
    const playing = next < pause;
    return { step: next, playing, moment: playing && speed <= MAX_SEEN_SPEED ? this.#due : null };
  }
}
