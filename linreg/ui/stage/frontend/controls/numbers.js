// The numbers of a step: one line of arithmetic per parameter, the loss and how far away the minimum is.

import { cell, element, put } from "../drawing/markup.js";
import { factor, measured, number } from "../math/format.js";
import { Control } from "./control.js";

/** The units of a parameter, of its part of the gradient and of the rate that turns one into the other. */
function unitsOf({ units, symbols }, j) {
  const known = [
    ["", units.theta[j]],
    ["∇", units.gradient[j]],
    [symbols.rate, units.rate[j]],
  ].filter(([, unit]) => unit);
  const note = document.createElement("small");
  note.className = "lr-units";
  note.textContent = known.map(([what, unit]) => measured(what, unit).trim()).join(", ");
  return note;
}

export class Numbers extends Control {
  constructor(stage) {
    super(
      stage,
      element(`
      <div class="lr-tables">
        <div><table class="lr-measures"><caption>How good it is<small class="lr-units"></small></caption>
          <thead><tr><th></th><th scope="col">this step</th><th scope="col">minimum</th><th scope="col">difference</th></tr></thead><tbody></tbody></table>
          <p class="lr-r2-note"></p></div>
        <table class="lr-update"><caption>This step: <i class="lr-theta"></i> ← <i class="lr-theta"></i> − <i class="lr-eta"></i> · ∇</caption>
          <thead><tr><th></th><th scope="col"><i class="lr-theta"></i></th><th></th><th scope="col"><i class="lr-eta"></i></th><th></th><th scope="col">∇</th><th></th><th scope="col">next <i class="lr-theta"></i></th><th scope="col">minimum</th><th scope="col"><i class="lr-theta"></i> − minimum</th></tr></thead><tbody></tbody></table>
      </div>`),
    );
    const find = (selector) => this.element.querySelector(selector);
    this.steps = find(".lr-update tbody");
    this.measures = find(".lr-measures tbody");
    this.unit = find("caption small");
    this.note = find(".lr-r2-note");
  }

  set({ scene }) {
    this.scene = scene;
    const { paramNames, lossName, bestTsse, n, bestR2, units } = scene;
    const said = JSON.stringify([paramNames, lossName, bestTsse, n, bestR2, units]);
    if (said === this.said) return;
    this.said = said;
    this.rows = scene.paramNames.map((name, j) => {
      const row = document.createElement("tr"),
        head = cell("th", name, { scope: "row" });
      head.append(unitsOf(scene, j));
      row.append(head, ...["", "−", "", "·", "", "=", "", "", ""].map((text) => cell("td", text)));
      return row;
    });
    this.steps.replaceChildren(...this.rows);
    const best = scene.bowl.bestLoss;
    const other = scene.loss === "mse" ? ["tsse", "TSSE", scene.bestTsse] : ["mse", "MSE", scene.bestMse];
    this.unit.textContent = units.loss && `${lossName} and ${other[1]} in ${units.loss}`;
    this.lines = [["loss", lossName, best], other, ["gradient", "‖∇‖", 0], ["r2", "R²", scene.bestR2]].map(
      ([key, name, atBest]) => {
        const row = document.createElement("tr");
        row.dataset.measure = key;
        row.append(
          cell("th", name, { scope: "row" }),
          cell("td", ""),
          cell("td", number(atBest), { title: atBest ?? "" }),
          cell("td", ""),
        );
        return { key, row, atBest };
      },
    );
    this.note.textContent = scene.r2Note ?? "";
    this.measures.replaceChildren(...this.lines.map(({ row }) => row));
  }

  show({ here, run, t }) {
    const { scene } = this;
    const { bowl } = scene;
    const next = t < run.last ? run.at(t + 1).theta : bowl.after(here.theta, run.rate, 1).theta;
    this.rows.forEach((row, j) => {
      const [now, , rate, , slope, , then, best, away] = [...row.children].slice(1);
      put(now, here.theta[j]);
      put(rate, run.rate);
      put(slope, here.gradient[j], factor(here.gradient[j]));
      put(then, next[j]);
      put(best, bowl.best[j]);
      put(away, here.theta[j] - bowl.best[j]);
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
      put(row.children[1], values[key]);
      put(row.children[3], values[key] - atBest);
    }
  }
}
