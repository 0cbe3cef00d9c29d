// The next steps with every number, closed until a reader asks: it gives away where θ lands.

import { cell, element, put, write } from "../../drawing/markup.js";
import { count, number } from "../../math/format.js";
import { next } from "../../math/phases.js";
import { Control } from "../control.js";

/** @import { Stage, State } from "../../types.js" */

const LISTED_STEPS = 6;

export class NextStepsControl extends Control {
  /** @param {Stage} stage */
  constructor(stage) {
    const details = document.createElement("details");
    super(stage, details);
    details.className = "lr-next-steps";
    details.append(
      document.createElement("summary"),
      element('<div class="lr-scroll"><table><thead><tr></tr></thead><tbody></tbody></table></div>'),
    );
    this.details = details;
    this.summary = this.part("summary");
    this.head = this.part("tr", "thead tr");
    this.body = this.part("tbody");
    /** @type {{ row: HTMLElement, cells: HTMLElement[] }[]} */
    this.rows = [];
    details.addEventListener("toggle", () => this.show(stage.state));
  }

  /** @param {State} state */
  set({ payload }) {
    const { params, symbols, lossName } = payload;
    const names = [
      "step",
      ...params,
      lossName,
      ...params.map((name) => `∇ ${name}`),
      ...params.map((name) => `−${symbols.rate}∇ ${name}`),
      ...params.map((name) => `next ${name}`),
    ];
    this.head.replaceChildren(...names.map((name) => cell("th", name, { scope: "col" })));
    this.rows = Array.from({ length: LISTED_STEPS }, () => {
      const row = document.createElement("tr"),
        cells = names.map((_, k) => cell(k === 0 ? "th" : "td", ""));
      row.append(...cells);
      return { row, cells };
    });
    this.body.replaceChildren(...this.rows.map(({ row }) => row));
  }

  /** @param {State} state */
  show({ run, t }) {
    const { open } = this.details;
    write(this.summary, `The next steps, with every number${open ? "" : " (shows where this step lands)"}`);
    if (!open) return;
    this.rows.forEach(({ row, cells }, k) => {
      const step = t + k;
      row.hidden = step > run.last;
      if (row.hidden) return;
      const here = run.at(step),
        moves = Array.from(here.gradient, (value) => -run.rate * value),
        then = next({ run, t: step, here });
      [step, ...here.theta, here.loss, ...here.gradient, ...moves, ...then.theta].forEach((value, at) => {
        put(cells[at], value, at === 0 ? count(value) : number(value));
      });
    });
  }
}
