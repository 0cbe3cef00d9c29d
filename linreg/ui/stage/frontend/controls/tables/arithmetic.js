// The arithmetic of a step, one line per parameter: θ − η · ∇ = next θ, as far as the phase has reached.

import { element, put, write } from "../../drawing/markup.js";
import { factor, number, sum } from "../../math/format.js";
import { GRADIENT, next, SCALED, THETA } from "../../math/phases.js";
import { Control } from "../control.js";

/** @import { Stage, State } from "../../types.js" */

export class ArithmeticControl extends Control {
  /** @param {Stage} stage */
  constructor(stage) {
    super(
      stage,
      element(`
      <div class="lr-step-sums"><table><caption></caption>
        <thead><tr><th></th><th scope="col"><i class="lr-theta"></i></th><th scope="col">− <i
          class="lr-eta"></i></th><th scope="col">· ∇</th><th scope="col">= next <i
          class="lr-theta"></i></th></tr></thead><tbody></tbody></table></div>`),
    );
    this.body = this.part("tbody");
    this.caption = this.part("caption");
    this.names = "";
    /** @type {HTMLElement[][]} The cells of each parameter: θ, rate, gradient, next θ. */
    this.rows = [];
  }

  /** @param {State} state */
  set({ payload }) {
    const names = JSON.stringify(payload.paramNames);
    if (names === this.names) return;
    this.names = names;
    this.body.replaceChildren();
    this.rows = payload.paramNames.map((name) => {
      const row = document.createElement("tr"),
        head = document.createElement("th"),
        cells = Array.from({ length: 4 }, () => document.createElement("td"));
      Object.assign(head, { scope: "row", textContent: name, title: name });
      row.append(head, ...cells);
      this.body.append(row);
      return cells;
    });
  }

  /** @param {State} state */
  show(state) {
    const { payload, run, here, phase = GRADIENT, t } = state,
      { theta, rate } = payload.symbols,
      { arithmeticDigits: digits } = payload.constants,
      then = next(state);
    write(this.caption, `The step from ${t} to ${t + 1}: next ${theta} = ${theta} − ${rate} · ∇`);
    this.rows.forEach(([now, factors, slope, after], j) => {
      const scaled = phase >= SCALED,
        parts = [here.theta[j], run.rate * here.gradient[j]];
      put(now, here.theta[j], number(here.theta[j], digits));
      put(factors, scaled ? run.rate : null, `− ${number(run.rate, digits)}`);
      put(slope, here.gradient[j], `${scaled ? "· " : ""}${factor(here.gradient[j], digits)}`);
      put(after, phase >= THETA ? then.theta[j] : null, `= ${sum(then.theta[j], parts, digits)}`);
    });
  }
}
