// The loss of the model on its three scales, and R².

import { cell, element, put, write } from "../../drawing/markup.js";
import { count, number } from "../../math/format.js";
import { Control } from "../control.js";

/**
 * @import { Payload } from "../../math/payload.js"
 * @import { LossKind } from "../../payload.js"
 * @import { Stage, State } from "../../types.js"
 */

/** @typedef {LossKind | "r2"} Measure */

/** @type {Measure[]} */
const MEASURES = ["tsse", "mse", "half-mse", "r2"];

export class LossesControl extends Control {
  /** @param {Stage} stage */
  constructor(stage) {
    super(
      stage,
      element(`
      <div class="lr-losses">
        <table><caption>One bowl, three scales</caption>
          <thead><tr><th></th><th scope="col">how</th><th scope="col">your model</th><th
            scope="col" data-best>best fit</th></tr></thead>
          <tbody></tbody></table>
        <p class="lr-losses-why"></p><p class="lr-losses-r2"></p>
      </div>`),
    );
    this.why = this.part("p", ".lr-losses-why");
    this.r2 = this.part("p", ".lr-losses-r2");
    this.rows = MEASURES.map((measure) => this.#row(measure));
    this.bests = [this.part("th", "thead [data-best]"), ...this.rows.map(({ best }) => best)];
  }

  /** @param {Measure} measure */
  #row(measure) {
    const row = document.createElement("tr"),
      head = cell("th", "", { scope: "row" }),
      [rule, value, best] = Array.from({ length: 3 }, () => cell("td", ""));
    row.dataset.loss = measure;
    best.dataset.best = "";
    row.append(head, rule, value, best);
    this.part("tbody").append(row);
    return { measure, row, head, rule, value, best };
  }

  /** @param {State} state */
  show({ payload, bowl, here, best }) {
    const rules = rulesOf(payload),
      now = measuresOf(payload, here.loss / bowl.scale),
      least = measuresOf(payload, payload.bestTsse);
    for (const line of this.rows) {
      write(line.head, line.measure === "r2" ? "R²" : payload.constants.lossNames[line.measure]);
      write(line.rule, rules[line.measure]);
      put(line.value, now[line.measure]);
      write(line.best, number(least[line.measure]));
      line.row.classList.toggle("lr-trained-on", line.measure === payload.loss);
    }
    for (const part of this.bests) part.hidden = !best;
    write(this.why, whyThree(payload));
    write(this.r2, aboutR2(now.r2, payload));
  }
}

/**
 * A loss on all its scales.
 * @param {Pick<Payload, "n" | "tss">} payload
 * @param {number} tsse
 * @returns {Record<Measure, number>}
 */
export const measuresOf = ({ n, tss }, tsse) => ({
  tsse,
  mse: tsse / n,
  "half-mse": tsse / (2 * n),
  r2: tss > 0 ? 1 - tsse / tss : NaN,
});

/**
 * How each is computed.
 * @param {Payload} payload
 * @returns {Record<Measure, string>}
 */
const rulesOf = ({ n, tss, symbols }) => ({
  tsse: `Σ(y − ${symbols.fitted})²`,
  mse: `TSSE / ${count(n)}`,
  "half-mse": `TSSE / (2·${count(n)})`,
  r2: `1 − TSSE / ${number(tss)}`,
});

/** @param {Payload} payload */
const whyThree = ({ symbols, lossName }) =>
  "TSSE grows with every row. MSE is an average per row, so you can compare tables of different length. The ½ in " +
  "½MSE cancels the 2 that appears in the gradient. " +
  `All three are least at the same ${symbols.theta}; only the learning rate has to be rescaled. ` +
  `This experiment trains on ${lossName}.`;

/**
 * What R² compares with.
 * @param {number} r2
 * @param {Pick<Payload, "tss" | "r2Note">} payload
 */
export function aboutR2(r2, { tss, r2Note }) {
  if (!(tss > 0)) return "R² has no value here: y does not vary.";
  const against = r2Note || `R² compares your TSSE with ${number(tss)}, the TSSE of always predicting the mean.`;
  return r2 < 0 ? `${against} Below 0: your model is worse than that.` : against;
}
