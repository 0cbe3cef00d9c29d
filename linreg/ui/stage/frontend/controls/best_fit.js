// The best fit stays closed until a reader asks for it.

import { element, write } from "../drawing/markup.js";
import { number } from "../math/format.js";
import { Control } from "./control.js";

export class BestSwitch extends Control {
  constructor(stage) {
    super(
      stage,
      element(
        '<div class="lr-best-fit"><label><input type="checkbox"> Show the best fit</label> <output></output></div>',
      ),
    );
    this.box = this.element.querySelector("input");
    this.words = this.element.querySelector("output");
    this.box.addEventListener("change", () => stage.update({ best: this.box.checked }));
  }

  show({ scene, bowl, best }) {
    this.box.checked = best;
    write(this.words, best ? scene.params.map((name, j) => `${name} = ${number(bowl.best[j])}`).join(", ") : "");
  }
}
