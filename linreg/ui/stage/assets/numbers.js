// The numbers of a step: one line of arithmetic per parameter, the loss and how far away the minimum is.

import { number } from "./format.js";
import { element } from "./markup.js";

const cell = (tag, text, attributes = {}) => {
  const element = document.createElement(tag);
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};

/** Writes a number, with all its digits as the title. */
function write(element, text, exact) {
  if (element.textContent !== text) element.textContent = text;
  if (exact !== undefined) element.title = String(exact);
}

export class Numbers {
  constructor() {
    this.element = element(`
      <div class="lr-tables">
        <div><table class="lr-measures"><caption>How good it is</caption>
          <thead><tr><th></th><th scope="col">this step</th><th scope="col">minimum</th><th scope="col">difference</th></tr></thead><tbody></tbody></table>
          <p class="lr-r2-note"></p></div>
        <table class="lr-update"><caption>This step: <i class="lr-theta"></i> ← <i class="lr-theta"></i> − <i class="lr-eta"></i> · ∇</caption>
          <thead><tr><th></th><th scope="col"><i class="lr-theta"></i></th><th></th><th scope="col"><i class="lr-eta"></i></th><th></th><th scope="col">∇</th><th></th><th scope="col">next <i class="lr-theta"></i></th><th scope="col">minimum</th><th scope="col"><i class="lr-theta"></i> − minimum</th></tr></thead><tbody></tbody></table>
      </div>`);
    const find = (selector) => this.element.querySelector(selector);
    this.steps = find(".lr-update tbody");
    this.measures = find(".lr-measures tbody");
    this.note = find(".lr-r2-note");
  }

  set({ scene }) {
    this.scene = scene;
    const { paramNames, lossName, bestTsse, n, bestR2 } = scene;
    const said = JSON.stringify([paramNames, lossName, bestTsse, n, bestR2]);
    if (said === this.said) return;
    this.said = said;
    this.rows = scene.paramNames.map((name) => {
      const row = document.createElement("tr");
      row.append(cell("th", name, { scope: "row" }), ...["", "−", "", "·", "", "=", "", "", ""].map((text) => cell("td", text)));
      return row;
    });
    this.steps.replaceChildren(...this.rows);
    const best = scene.bowl.bestLoss;
    const mean = scene.loss === "mse" ? null : "MSE";
    this.lines = [
      ["loss", scene.lossName, best],
      ...(mean ? [["mse", "MSE", scene.bestMse]] : [["tsse", "TSSE", scene.bestTsse]]),
      ["gradient", "‖∇‖", 0],
      ["r2", "R²", scene.bestR2],
    ].map(([key, name, atBest]) => {
      const row = document.createElement("tr");
      row.dataset.measure = key;
      row.append(cell("th", name, { scope: "row" }), cell("td", ""), cell("td", number(atBest), { title: String(atBest) }), cell("td", ""));
      return { key, row, atBest };
    });
    this.note.textContent = scene.r2Note ?? "";
    this.measures.replaceChildren(...this.lines.map(({ row }) => row));
  }

  show({ here, run, t }) {
    const { scene } = this;
    const { bowl } = scene;
    const next = t < run.last ? run.at(t + 1).theta : bowl.after(here.theta, run.rate, 1).theta;
    this.rows.forEach((row, j) => {
      const [now, , rate, , slope, , then, best, away] = [...row.children].slice(1);
      write(now, number(here.theta[j]), here.theta[j]);
      write(rate, number(run.rate), run.rate);
      write(slope, here.gradient[j] < 0 ? `(${number(here.gradient[j])})` : number(here.gradient[j]), here.gradient[j]);
      write(then, number(next[j]), next[j]);
      write(best, number(bowl.best[j]), bowl.best[j]);
      write(away, number(here.theta[j] - bowl.best[j]), here.theta[j] - bowl.best[j]);
    });
    const tsse = here.loss / bowl.scale;
    const values = {
      loss: here.loss,
      mse: tsse / scene.n,
      tsse,
      gradient: Math.hypot(...here.gradient),
      r2: scene.tss > 0 ? 1 - tsse / scene.tss : NaN,
    };
    for (const { key, row, atBest } of this.lines) {
      write(row.children[1], number(values[key]), values[key]);
      write(row.children[3], number(values[key] - atBest), values[key] - atBest);
    }
  }
}
