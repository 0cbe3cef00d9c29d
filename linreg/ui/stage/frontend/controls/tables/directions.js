// A table of the directions of the bowl: for each λ, the factor 1 − ηλ and how many steps shrink the error to 1 %.

import { cell, element, write } from "../../drawing/markup.js";
import { multiplier, number } from "../../math/format.js";
import { direction, rank, stepAlong } from "../../math/geometry/directions.js";
import { Control } from "../control.js";

/** @import { Stage, State } from "../../types.js" */

const MAX_ARROW_PARTS = 3; // a title with more is not read

export class DirectionsControl extends Control {
  /** @param {Stage} stage */
  constructor(stage) {
    super(
      stage,
      element(`
      <div class="lr-directions">
        <table><caption>What a step does along each direction</caption>
          <thead><tr><th scope="col">direction</th><th scope="col">λ</th><th
            scope="col">1 − <i class="lr-eta"></i>λ</th><th scope="col" class="lr-goal"></th></tr></thead>
          <tbody></tbody></table>
      </div>`),
    );
    this.goal = this.part("th", ".lr-goal");
    this.body = this.part("tbody");
    /** @type {ReturnType<typeof rowOfCells>[]} */
    this.rows = [];
  }

  /** @param {State} state */
  show(state) {
    const { p } = state.bowl;
    write(this.goal, `steps to ${percentOf(state.payload.constants.goneShare)}`);
    if (this.rows.length !== p) {
      this.rows = Array.from({ length: p }, rowOfCells);
      this.body.replaceChildren(...this.rows.map(({ row }) => row));
    }
    this.rows.forEach(({ cells }, i) => {
      fillRow(cells, state, i);
    });
  }
}

/** A row of the table and its cells. */
function rowOfCells() {
  const row = document.createElement("tr");
  const cells = [cell("th", "", { scope: "row" }), cell("td", ""), cell("td", ""), cell("td", "")];
  row.append(...cells);
  return { row, cells };
}

/**
 * @param {HTMLElement[]} cells
 * @param {State} state
 * @param {number} i
 */
function fillRow(cells, { payload, bowl, run }, i) {
  const { eigenvalue, factor, steps } = stepAlong(payload, run.rate, i);
  write(cells[0], `${i + 1}${rank(i, bowl.p)}`);
  write(cells[1], number(eigenvalue));
  write(cells[2], eigenvalue > 0 ? multiplier(factor, 5) : "1");
  write(cells[3], steps === null ? endless(factor) : number(steps));
  cells[0].title = bowl.p <= MAX_ARROW_PARTS ? `along (${arrow(bowl, i)})` : "";
  cells[1].title = String(eigenvalue);
  cells[2].title = String(factor);
}

/** @param {number} share */
const percentOf = (share) => `${number(100 * share)} %`;

/** @param {number} factor */
const endless = (factor) => (Math.abs(factor) > 1 ? "grows" : "never");

/** @type {(bowl: State["bowl"], i: number) => string} */
const arrow = (bowl, i) =>
  direction(bowl, i)
    .map((value) => number(value, 3))
    .join(", ");
