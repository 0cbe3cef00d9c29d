// The numbers of a step: one line of arithmetic per parameter, the loss and how far away the minimum is.

import { cell, element, put } from "../../drawing/markup.js";
import { factor, measured, number } from "../../math/format.js";
import { next } from "../../math/phases.js";
import { Control } from "../control.js";

/**
 * @import { Payload } from "../../math/payload.js"
 * @import { Stage, State } from "../../types.js"
 */

/** @typedef {{ key: string, name: string, best: number | null }} Measure - with its value at the minimum */

export class NumbersControl extends Control {
  /** @param {Stage} stage */
  constructor(stage) {
    super(
      stage,
      element(`
      <div class="lr-tables">
        <div><table class="lr-measures"><caption>How good it is<small class="lr-units"></small></caption>
          <thead><tr><th></th><th scope="col">this step</th><th scope="col">minimum</th><th
            scope="col">difference</th></tr></thead><tbody></tbody></table>
          <p class="lr-r2-note"></p></div>
        <table class="lr-update"><caption>This step: <i class="lr-theta"></i> ← <i class="lr-theta"></i> − <i
            class="lr-eta"></i> · ∇</caption>
          <thead><tr><th></th><th scope="col"><i class="lr-theta"></i></th><th></th><th scope="col"><i
            class="lr-eta"></i></th><th></th><th scope="col">∇</th><th></th><th scope="col">next <i
            class="lr-theta"></i></th><th scope="col">minimum</th><th scope="col"><i
            class="lr-theta"></i> − minimum</th></tr></thead><tbody></tbody></table>
      </div>`),
    );
    this.unit = this.part("small");
    this.note = this.part("p");
    this.names = "";
    /** @type {HTMLElement[][]} The cells of each parameter. */
    this.rows = [];
    /** @type {(Measure & { now: HTMLElement, away: HTMLElement })[]} */
    this.lines = [];
  }

  /** @param {State} state */
  set({ payload }) {
    const { paramNames, lossName, bestTsse, n, bestR2, units, r2Note } = payload;
    const names = JSON.stringify([paramNames, lossName, bestTsse, n, bestR2, units]);
    if (names === this.names) return;
    this.names = names;
    const rows = paramNames.map((name, j) => stepRow(name, unitsOf(payload, j)));
    this.part("tbody", ".lr-update tbody").replaceChildren(...rows.map(({ row }) => row));
    this.rows = rows.map(({ cells }) => cells);
    const measures = measuresOf(payload),
      lines = measures.map((measure) => measureRow(measure));
    this.part("tbody", ".lr-measures tbody").replaceChildren(...lines.map(({ row }) => row));
    this.lines = lines;
    this.unit.textContent = units.loss && `${measures[0].name} and ${measures[1].name} in ${units.loss}`;
    this.note.textContent = r2Note;
  }

  /** @param {State} state */
  show(state) {
    const { payload, bowl, run, here } = state,
      then = next(state);
    this.rows.forEach(([now, , rate, , slope, , after, best, away], j) => {
      put(now, here.theta[j]);
      put(rate, run.rate);
      put(slope, here.gradient[j], factor(here.gradient[j]));
      put(after, then.theta[j]);
      put(best, bowl.best[j]);
      put(away, here.theta[j] - bowl.best[j]);
    });
    const tsse = here.loss / bowl.scale;
    /** @type {Record<string, number>} */
    const values = {
      loss: here.loss,
      mse: tsse / payload.n,
      tsse,
      gradient: Math.hypot(...here.gradient),
      r2: payload.tss > 0 ? 1 - tsse / payload.tss : NaN,
    };
    for (const { key, best, now, away } of this.lines) {
      put(now, values[key]);
      put(away, best === null ? NaN : values[key] - best);
    }
  }
}

/**
 * @param {Payload} payload
 * @returns {Measure[]}
 */
function measuresOf(payload) {
  const { tsse, mse } = payload.constants.lossNames;
  return [
    { key: "loss", name: payload.lossName, best: payload.bowl.bestLoss },
    payload.loss === "mse"
      ? { key: "tsse", name: tsse, best: payload.bestTsse }
      : { key: "mse", name: mse, best: payload.bestMse },
    { key: "gradient", name: "‖∇‖", best: 0 },
    { key: "r2", name: "R²", best: payload.bestR2 },
  ];
}

/** @param {Measure} measure */
function measureRow(measure) {
  const { key, name, best } = measure,
    row = document.createElement("tr"),
    [now, away] = [cell("td", ""), cell("td", "")];
  row.dataset.measure = key;
  row.append(cell("th", name, { scope: "row" }), now, cell("td", number(best), { title: String(best ?? "") }), away);
  return { ...measure, row, now, away };
}

/**
 * @param {string} name
 * @param {string} units
 */
function stepRow(name, units) {
  const row = document.createElement("tr"),
    head = cell("th", name, { scope: "row" }),
    note = document.createElement("small"),
    cells = ["", "−", "", "·", "", "=", "", "", ""].map((text) => cell("td", text));
  note.className = "lr-units";
  note.textContent = units;
  head.append(note);
  row.append(head, ...cells);
  return { row, cells };
}

/**
 * The units of a parameter, of its part of the gradient and of the rate that turns one into the other.
 * @param {Pick<Payload, "units" | "symbols">} payload
 * @param {number} j
 */
export function unitsOf({ units, symbols }, j) {
  const all = [
    ["", units.theta[j]],
    ["∇", units.gradient[j]],
    [symbols.rate, units.rate[j]],
  ];
  return all
    .filter(([, unit]) => unit)
    .map(([what, unit]) => measured(what, unit).trim())
    .join(", ");
}
