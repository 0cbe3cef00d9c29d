// The reader's own tries: every θ that a hand let go of. The control counts them and forgets them on demand; the plane
// and the bowl draw them as a trail.

import { element, write } from "../../drawing/markup.js";
import { counted, number } from "../../math/format.js";
import { Control } from "../control.js";

/** @import { Stage, State } from "../../types.js" */

export class TriesControl extends Control {
  /** @param {Stage} stage */
  constructor(stage) {
    super(
      stage,
      element(`
      <div class="lr-tries" role="group" aria-label="Your tries">
        <b>Your tries:</b> <span></span> <button type="button">Clear the trail</button>
      </div>`),
    );
    this.words = this.part("span");
    this.button = this.part("button");
    this.button.addEventListener("click", () => stage.update({ tries: [], redraw: true }));
  }

  /** @param {State} state */
  show(state) {
    this.button.disabled = state.tries.length === 0;
    write(this.words, summaryOf(state));
  }
}

/**
 * How many tries there are, and which has the least loss.
 * @param {Pick<State, "payload" | "bowl" | "tries">} state
 */
export function summaryOf({ payload, bowl, tries }) {
  const { M, params, lossName } = payload;
  if (!tries.length)
    return `none yet. Move ${M === 1 ? "the line" : "a weight"}: every place where you release it joins your trail.`;
  const losses = tries.map((theta) => bowl.loss(theta));
  const least = losses.reduce((best, loss, m) => (loss < losses[best] ? m : best), 0);
  const theta = params.map((name, j) => `${name} = ${number(tries[least][j], 4)}`).join(", ");
  const which = least === 0 ? "the start" : `try ${least}`;
  const many = counted(tries.length - 1, "try").replace("trys", "tries");
  return `${many} after the start. Least ${lossName}: ${number(losses[least])} (${which}, ${theta}).`;
}
