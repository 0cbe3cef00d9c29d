// The arithmetic of a step, one line per parameter: θ − η · ∇ = next θ, as far as the phase has reached.

import { number, sum } from "./format.js";
import { element, write } from "./markup.js";
import { next, SCALED, THETA } from "./phases.js";

const DIGITS = 10; // enough to do it again by hand
const factor = (value) => (value < 0 ? `(${number(value, DIGITS)})` : number(value, DIGITS));

export class Arithmetic {
  constructor() {
    this.element = element(`
      <div class="lr-step-sums"><table><caption></caption>
        <thead><tr><th></th><th scope="col"><i class="lr-theta"></i></th><th scope="col">− <i class="lr-eta"></i></th><th scope="col">· ∇</th><th scope="col">= next <i class="lr-theta"></i></th></tr></thead><tbody></tbody></table></div>`);
    this.body = this.element.querySelector("tbody");
    this.caption = this.element.querySelector("caption");
  }

  set({ scene }) {
    const said = JSON.stringify(scene.paramNames);
    if (said === this.said) return;
    this.said = said;
    this.body.replaceChildren(...scene.paramNames.map((name) => {
      const row = element('<tr><th scope="row"></th><td></td><td></td><td></td><td></td></tr>');
      row.firstElementChild.textContent = row.firstElementChild.title = name;
      return row;
    }));
  }

  show(state) {
    const { scene, run, here, phase, t } = state, then = next(state);
    write(this.caption, `The step from ${t} to ${t + 1}: next ${scene.symbols.theta} = ${scene.symbols.theta} − ${scene.symbols.rate} · ∇`);
    [...this.body.children].forEach((row, j) => {
      const [theta, rate, slope, after] = [...row.children].slice(1);
      put(theta, number(here.theta[j], DIGITS), here.theta[j]);
      put(rate, phase >= SCALED ? `− ${number(run.rate, DIGITS)}` : "", run.rate);
      put(slope, phase >= SCALED ? `· ${factor(here.gradient[j])}` : factor(here.gradient[j]), here.gradient[j]);
      put(after, phase >= THETA ? `= ${sum(then.theta[j], [here.theta[j], run.rate * here.gradient[j]], DIGITS)}` : "", phase >= THETA ? then.theta[j] : "");
    });
  }
}

function put(cell, text, exact) {
  write(cell, text);
  cell.title = String(exact);
}
