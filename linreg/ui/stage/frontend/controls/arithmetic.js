// The arithmetic of a step, one line per parameter: θ − η · ∇ = next θ, as far as the phase has reached.

import { element, put, write } from "../drawing/markup.js";
import { factor, number, sum } from "../math/format.js";
import { next, SCALED, THETA } from "../math/phases.js";
import { Control } from "./control.js";

const DIGITS = 10; // enough to do it again by hand

export class Arithmetic extends Control {
  constructor(stage) {
    super(
      stage,
      element(`
      <div class="lr-step-sums"><table><caption></caption>
        <thead><tr><th></th><th scope="col"><i class="lr-theta"></i></th><th scope="col">− <i class="lr-eta"></i></th><th scope="col">· ∇</th><th scope="col">= next <i class="lr-theta"></i></th></tr></thead><tbody></tbody></table></div>`),
    );
    this.body = this.element.querySelector("tbody");
    this.caption = this.element.querySelector("caption");
  }

  set({ scene }) {
    const said = JSON.stringify(scene.paramNames);
    if (said === this.said) return;
    this.said = said;
    this.body.replaceChildren(
      ...scene.paramNames.map((name) => {
        const row = element('<tr><th scope="row"></th><td></td><td></td><td></td><td></td></tr>');
        row.firstElementChild.textContent = row.firstElementChild.title = name;
        return row;
      }),
    );
  }

  show(state) {
    const { scene, run, here, phase, t } = state,
      then = next(state);
    write(
      this.caption,
      `The step from ${t} to ${t + 1}: next ${scene.symbols.theta} = ${scene.symbols.theta} − ${scene.symbols.rate} · ∇`,
    );
    [...this.body.children].forEach((row, j) => {
      const [theta, rate, slope, after] = [...row.children].slice(1);
      put(theta, here.theta[j], number(here.theta[j], DIGITS));
      put(rate, phase >= SCALED ? run.rate : null, `− ${number(run.rate, DIGITS)}`);
      put(slope, here.gradient[j], `${phase >= SCALED ? "· " : ""}${factor(here.gradient[j], DIGITS)}`);
      put(
        after,
        phase >= THETA ? then.theta[j] : null,
        `= ${sum(then.theta[j], [here.theta[j], run.rate * here.gradient[j]], DIGITS)}`,
      );
    });
  }
}
