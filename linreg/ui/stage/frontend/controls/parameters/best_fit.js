// The switch that shows the best fit, which stays closed until a reader asks for it.

import { element, write } from "../../drawing/markup.js";
import { number } from "../../math/format.js";
import { Control } from "../control.js";

/** @import { Stage, State } from "../../types.js" */

export class BestFitControl extends Control {
  /** @param {Stage} stage */
  constructor(stage) {
    super(
      stage,
      element(
        '<div class="lr-best-fit"><label><input type="checkbox"> Show the best fit</label> <output></output></div>',
      ),
    );
    this.box = this.part("input");
    this.words = this.part("output");
    this.box.addEventListener("change", () => stage.update({ best: this.box.checked }));
  }

  /** @param {State} state */
  show({ payload, bowl, best }) {
    this.box.checked = best;
    write(this.words, best ? payload.params.map((name, j) => `${name} = ${number(bowl.best[j])}`).join(", ") : "");
  }
}
