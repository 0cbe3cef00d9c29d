// The reader's own tries: every θ that a hand let go of, kept while this tab is open, per data set. The control says how
// many there are and forgets them on demand; the plane and the bowl draw them as a trail.

import { element, write } from "../drawing/markup.js";
import { counted, number } from "../math/format.js";
import { Control } from "./control.js";

export class Tries extends Control {
  constructor(stage) {
    super(
      stage,
      element(`
      <div class="lr-tries" role="group" aria-label="Your tries">
        <b>Your tries:</b> <span></span> <button type="button">Clear the trail</button>
      </div>`),
    );
    this.words = this.element.querySelector("span");
    this.button = this.element.querySelector("button");
    this.button.addEventListener("click", () => {
      stage.update({ tries: [], redraw: true });
    });
  }

  show({ scene, bowl, tries }) {
    this.button.disabled = !tries.length;
    if (!tries.length)
      return write(
        this.words,
        `none yet. Move ${scene.M === 1 ? "the line" : "a weight"}: each place where you let go joins the trail.`,
      );
    const losses = tries.map((theta) => bowl.loss(theta));
    const least = losses.reduce((best, loss, m) => (loss < losses[best] ? m : best), 0);
    const theta = scene.params.map((name, j) => `${name} = ${number(tries[least][j], 4)}`).join(", ");
    const which = least === 0 ? "the start" : `try ${least}`;
    write(
      this.words,
      `${counted(tries.length - 1, "try").replace("trys", "tries")} after the start. Least ${scene.lossName}: ${number(losses[least])} (${which}, ${theta}).`,
    );
  }
}
