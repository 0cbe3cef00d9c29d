// The next steps with every number, closed until a reader asks: it gives away where θ lands.

import { cell, element, put, write } from "../drawing/markup.js";
import { count, number } from "../math/format.js";
import { Control } from "./control.js";

const SHOWN = 6;

export class NextSteps extends Control {
  constructor(stage) {
    super(
      stage,
      element(`
      <details class="lr-next-steps"><summary></summary>
        <div class="lr-scroll"><table><thead><tr></tr></thead><tbody></tbody></table></div></details>`),
    );
    const find = (selector) => this.element.querySelector(selector);
    [this.summary, this.head, this.body] = ["summary", "thead tr", "tbody"].map(find);
    this.element.addEventListener("toggle", () => this.show(stage.state));
  }

  set({ scene }) {
    const { params, symbols, lossName } = scene;
    const names = [
      "step",
      ...params,
      lossName,
      ...params.map((name) => `∇ ${name}`),
      ...params.map((name) => `−${symbols.rate}∇ ${name}`),
      ...params.map((name) => `next ${name}`),
    ];
    this.head.replaceChildren(...names.map((name) => cell("th", name, { scope: "col" })));
    this.body.replaceChildren(
      ...Array.from({ length: SHOWN }, () => {
        const row = document.createElement("tr");
        row.append(...names.map((_, k) => document.createElement(k ? "td" : "th")));
        return row;
      }),
    );
  }

  show({ run, bowl, t }) {
    write(
      this.summary,
      `The next steps, with every number${this.element.open ? "" : " (shows where this step lands)"}`,
    );
    if (!this.element.open) return;
    [...this.body.children].forEach((row, k) => {
      const step = t + k;
      row.hidden = step > run.last;
      if (row.hidden) return;
      const { theta, loss, gradient } = run.at(step);
      const after = step < run.last ? run.at(step + 1).theta : bowl.after(theta, run.rate, 1).theta;
      const values = [
        step,
        ...theta,
        loss,
        ...gradient,
        ...Array.from(gradient, (value) => -run.rate * value),
        ...after,
      ];
      for (const [at, value] of values.entries()) put(row.children[at], value, at ? number(value) : count(value));
    });
  }
}
