// The loss of the model at hand on its three scales, and R².

import { element, put, write } from "../drawing/markup.js";
import { count, number } from "../math/format.js";
import { Control } from "./control.js";

export class Losses extends Control {
  constructor(stage) {
    super(
      stage,
      element(`
      <div class="lr-losses">
        <table><caption>One bowl, three scales</caption>
          <thead><tr><th></th><th scope="col">how</th><th scope="col">your model</th><th scope="col" data-best>best fit</th></tr></thead>
          <tbody>${["tsse", "mse", "half-mse", "r2"].map((name) => `<tr data-loss="${name}"><th scope="row"></th><td></td><td></td><td data-best></td></tr>`).join("")}</tbody></table>
        <p class="lr-losses-why"></p><p class="lr-losses-r2"></p>
      </div>`),
    );
    this.find = (selector) => this.element.querySelector(selector);
  }

  show({ scene, bowl, here, best }) {
    const { n, tss, symbols, loss } = scene;
    const scales = (tsse) => ({ tsse, mse: tsse / n, "half-mse": tsse / (2 * n), r2: tss > 0 ? 1 - tsse / tss : NaN });
    const now = scales(here.loss / bowl.scale),
      least = scales(scene.bestTsse);
    const residual = `(y − ${symbols.fitted})²`;
    const how = {
      tsse: `Σ${residual}`,
      mse: `TSSE / ${count(n)}`,
      "half-mse": `TSSE / (2·${count(n)})`,
      r2: `1 − TSSE / ${number(tss)}`,
    };
    const names = { tsse: "TSSE", mse: "MSE", "half-mse": "½MSE", r2: "R²" };
    for (const row of this.element.querySelectorAll("[data-loss]")) {
      const name = row.dataset.loss,
        [head, rule, value, floor] = row.children;
      write(head, names[name]);
      write(rule, how[name]);
      put(value, now[name]);
      write(floor, number(least[name]));
      row.classList.toggle("lr-trained-on", name === loss);
    }
    for (const cell of this.element.querySelectorAll("[data-best]")) cell.hidden = !best;
    write(
      this.find(".lr-losses-why"),
      `TSSE grows with every row; MSE is per row, so tables of different length compare; ½MSE cancels the 2 of the gradient. All three are least at the same ${symbols.theta}; only the learning rate has to be rescaled. This experiment trains on ${names[loss]}.`,
    );
    write(this.find(".lr-losses-r2"), aboutR2(now.r2, scene));
  }
}

function aboutR2(r2, { tss, r2Note }) {
  if (!(tss > 0)) return "R² has no value here: y does not vary.";
  const against = r2Note || `R² compares with ${number(tss)}, the TSSE of a level line at the mean of y.`;
  return r2 < 0 ? `${against} Below 0: your model is worse than that.` : against;
}
