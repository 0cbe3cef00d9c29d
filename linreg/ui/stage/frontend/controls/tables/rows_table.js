// The rows with every number: x, y, prediction, residual and arrow; their sum is the gradient. On a page that takes a
// step in slow motion the lines below go on from the gradient to the next θ.

import { cell, element, put, write } from "../../drawing/markup.js";
import { count, number, withUnit } from "../../math/format.js";
import { next, SCALED, THETA } from "../../math/phases.js";
import { Control } from "../control.js";

/**
 * @import { Payload } from "../../math/payload.js"
 * @import { Stage, State } from "../../types.js"
 */

const SPARE_ROWS = 4; // written above and below those that are seen
const ROW_PIXELS = 24; // until a row was measured

export class RowsTableControl extends Control {
  /** @param {Stage} stage */
  constructor(stage) {
    super(
      stage,
      element(`
      <div class="lr-rows">
        <p class="lr-rows-title"><b>Every row and its arrow</b> <span></span></p>
        <div class="lr-scroll"><table><thead><tr></tr></thead><tbody></tbody><tfoot></tfoot></table></div>
        <p class="lr-rows-note"></p>
      </div>`),
    );
    this.about = this.part("span");
    this.box = this.part("div", ".lr-scroll");
    this.table = this.part("table");
    this.head = this.part("tr", "thead tr");
    this.body = this.part("tbody");
    this.foot = this.part("tfoot");
    this.note = this.part("p", ".lr-rows-note");
    this.data = ""; // the rows that the table holds
    this.written = ""; // which of them show their numbers, and of which θ
    /** @type {{ row: HTMLElement, moving: HTMLElement[] }[]} The cells that move with θ, row by row. */
    this.rows = [];
    /** @type {Record<string, HTMLElement[]>} The cells of the lines under the rows. */
    this.lines = {};
    /** @type {HTMLElement | null} */
    this.lit = null;
    this.body.addEventListener("pointermove", (event) => this.#light(event.target));
    this.body.addEventListener("pointerleave", () => stage.update({ hoverRow: null }));
    this.body.addEventListener("focusin", (event) => this.#light(event.target));
    this.body.addEventListener("focusout", () => stage.update({ hoverRow: null }));
    this.body.addEventListener("keydown", (event) => this.#key(event));
    this.box.addEventListener("scroll", () => this.#write(stage.state), { passive: true });
    new ResizeObserver(() => this.#fit()).observe(this.box);
  }

  /** @param {State} state */
  set({ payload, phase }) {
    const names = columnsOf(payload);
    const data = JSON.stringify([names, payload.shown, payload.X.join(), payload.y.join(), payload.loss]);
    if (data === this.data) return;
    this.data = data;
    this.head.replaceChildren(...names.map((name) => cell("th", name, { scope: "col", title: name })));
    this.rows = Array.from({ length: payload.shown }, (_, i) => rowOf(payload, i));
    this.body.replaceChildren(...this.rows.map(({ row }) => row));
    this.#setLines(payload, phase !== undefined);
    this.table.style.setProperty("--columns", String(names.length));
    write(this.about, ruleOf(payload));
    write(this.note, noteOf(payload));
    this.written = "";
    this.#fit();
  }

  /** A table wider than its box writes its lines in their own words, so that no label stands without its numbers. */
  #fit() {
    this.element.classList.toggle("lr-wide", this.table.offsetWidth > this.box.clientWidth);
  }

  /**
   * The lines under the rows.
   * @param {Payload} payload
   * @param {boolean} slow - whether they go on to the next θ
   */
  #setLines(payload, slow) {
    const texts = linesOf(payload, slow);
    this.lines = {};
    this.foot.replaceChildren();
    for (const [name, text] of Object.entries(texts)) {
      const row = document.createElement("tr"),
        head = cell("th", "", { scope: "row", colspan: String(payload.M + 4) }),
        cells = payload.params.map((param) => cell("td", "", { "data-name": param }));
      row.dataset.line = name;
      head.append(Object.assign(document.createElement("span"), { textContent: text }));
      row.append(head, ...cells);
      this.foot.append(row);
      this.lines[name] = cells;
    }
  }

  /** @param {State} state */
  show(state) {
    this.#write(state);
    const lit = state.hoverRow === null ? null : this.rows[state.hoverRow].row;
    if (lit === this.lit) return;
    this.lit?.classList.remove("lr-lit");
    lit?.classList.add("lr-lit");
    this.lit = lit;
    if (lit && !this.body.matches(":hover")) this.#reveal(lit);
  }

  /**
   * Scrolls its own box, never the page.
   * @param {HTMLElement} row
   */
  #reveal(row) {
    const { box } = this,
      top = row.offsetTop - this.head.offsetHeight,
      bottom = row.offsetTop + row.offsetHeight + this.foot.offsetHeight;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight;
  }

  /**
   * Writes the numbers that are seen, as they are for this θ.
   * @param {State} state
   */
  #write(state) {
    const { payload, here } = state;
    const height = this.body.offsetHeight / payload.shown || ROW_PIXELS; // the height of a single row is rounded
    const first = Math.max(0, Math.floor(this.box.scrollTop / height) - SPARE_ROWS);
    const last = Math.min(payload.shown, first + Math.ceil(this.box.clientHeight / height) + 2 * SPARE_ROWS);
    const now = `${first} ${last} ${here.theta.join()} ${state.phase}`;
    if (now === this.written) return;
    this.written = now;
    const { fitted, arrowOf } = arrowsOf(state);
    for (let i = first; i < last; i++)
      putAll(this.rows[i].moving, [fitted[i], payload.y[i] - fitted[i], ...arrowOf(i)]);
    const sums = sumsOf(state, arrowOf);
    for (const [name, cells] of Object.entries(this.lines)) putAll(cells, sums[name] ?? cells.map(() => null));
  }

  /** @param {EventTarget | null} target */
  #light(target) {
    const row = rowAt(target);
    if (row) this.stage.update({ hoverRow: Number(row.dataset.i) });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const row = rowAt(event.target);
    /** @type {Record<string, number>} */
    const keys = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };
    const by = keys[event.key];
    if (!by || !row || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault(); // not a step of the run
    const to = this.rows[Math.min(this.rows.length - 1, Math.max(0, Number(row.dataset.i) + by))].row;
    row.tabIndex = -1;
    to.tabIndex = 0;
    to.focus({ preventScroll: true });
    this.#reveal(to);
  }
}

/**
 * @param {EventTarget | null} target
 * @returns {HTMLTableRowElement | null}
 */
const rowAt = (target) => (target instanceof Element ? target.closest("tr") : null);

/**
 * @param {HTMLElement[]} cells
 * @param {(number | null)[]} values
 */
function putAll(cells, values) {
  values.forEach((value, k) => {
    put(cells[k], value);
  });
}

/**
 * The names of the columns.
 * @param {Payload} payload
 */
function columnsOf({ featureLabels, targetLabel, params, symbols, units }) {
  return [
    "row",
    ...featureLabels,
    targetLabel,
    ...[symbols.fitted, `y − ${symbols.fitted}`].map((name) => withUnit(name, units.target)),
    ...params.map((name, j) => withUnit(`arrow, ${name}`, units.gradient[j])),
  ];
}

/**
 * A row, with what does not move with θ.
 * @param {Payload} payload
 * @param {number} i
 */
function rowOf(payload, i) {
  const row = document.createElement("tr"),
    values = [...payload.columns.map((column) => column[i]), payload.y[i]],
    moving = Array.from({ length: 2 + payload.params.length }, () => cell("td", ""));
  row.dataset.i = String(i);
  row.tabIndex = i === 0 ? 0 : -1;
  row.append(
    cell("th", count(payload.rows[i]), { scope: "row" }),
    ...values.map((value) => cell("td", number(value), { title: String(value) })),
    ...moving,
  );
  return { row, moving };
}

/**
 * How an arrow is computed.
 * @param {Payload} payload
 */
export function ruleOf({ M, offset, n, loss, symbols }) {
  const scale = { tsse: "", mse: ` / ${count(n)}`, "half-mse": ` / ${count(2 * n)}` }[loss];
  const features = M === 1 ? "x" : M === 2 ? "x1, x2" : `x1 … x${M}`;
  const x = offset ? `(1, ${features})` : M === 1 ? features : `(${features})`;
  return `arrow = −2(y − ${symbols.fitted}) · ${x}${scale}`;
}

/**
 * The words of the lines under the rows.
 * @param {Payload} payload
 * @param {boolean} slow
 * @returns {Record<string, string>}
 */
function linesOf({ shown, n, symbols: { rate, theta } }, slow) {
  const whole = { sum: shown < n ? `sum of all ${count(n)} rows = ∇` : "sum = ∇" };
  return {
    ...(shown < n && { drawn: `sum of the ${count(shown)} rows drawn` }),
    ...whole,
    ...(slow && {
      scaled: `${rate} · ∇`,
      theta: `${theta} now`,
      next: `next ${theta} = ${theta} − ${rate} · ∇`,
    }),
  };
}

/** @param {Pick<Payload, "shown" | "n">} payload */
const noteOf = ({ shown, n }) =>
  shown < n
    ? `The picture and this table hold a sample of ${count(shown)} rows. Their arrows do not add up to the gradient: ` +
      `that is the sum over all ${count(n)} rows.`
    : "";

/**
 * ỹ of all rows drawn, and the arrow of each.
 * @param {Pick<State, "payload" | "bowl" | "here">} state
 */
export function arrowsOf({ payload, bowl, here }) {
  const fitted = payload.fit(here.theta);
  /** @param {number} i */
  const arrowOf = (i) => {
    const pull = -2 * bowl.scale * (payload.y[i] - fitted[i]);
    return [...(payload.offset ? [pull] : []), ...payload.columns.map((column) => pull * column[i])];
  };
  return { fitted, arrowOf };
}

/**
 * The values of the lines under the rows; one that the phase has not reached has none.
 * @param {State} state
 * @param {(i: number) => number[]} arrowOf
 * @returns {Record<string, number[] | undefined>}
 */
function sumsOf(state, arrowOf) {
  const { payload, run, here, phase = 0 } = state;
  const gradient = [...here.gradient];
  return {
    drawn: payload.shown < payload.n ? totalOf(payload, arrowOf) : undefined,
    sum: gradient,
    scaled: phase >= SCALED ? gradient.map((value) => run.rate * value) : undefined,
    theta: [...here.theta],
    next: phase >= THETA ? [...next(state).theta] : undefined,
  };
}

/**
 * @param {Payload} payload
 * @param {(i: number) => number[]} arrowOf
 */
function totalOf({ shown, params }, arrowOf) {
  const total = params.map(() => 0);
  for (let i = 0; i < shown; i++)
    arrowOf(i).forEach((value, j) => {
      total[j] += value;
    });
  return total;
}
