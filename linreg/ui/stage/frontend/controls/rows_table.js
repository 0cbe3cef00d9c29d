// The rows with every number: x, y, prediction, residual and arrow; their sum is the gradient. On a page that takes a
// step in slow motion the lines below go on from the gradient to the next θ.

import { cell, element, put, write } from "../drawing/markup.js";
import { count, number, withUnit } from "../math/format.js";
import { next } from "../math/phases.js";
import { Control } from "./control.js";

const SPARE = 4; // rows written above and below those that are seen

export class RowsTable extends Control {
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
    const find = (selector) => this.element.querySelector(selector);
    [this.box, this.table, this.head, this.body, this.foot, this.about, this.note] = [
      ".lr-scroll",
      "table",
      "thead tr",
      "tbody",
      "tfoot",
      ".lr-rows-title span",
      ".lr-rows-note",
    ].map(find);
    this.body.addEventListener("pointermove", (event) => this.#light(event.target));
    this.body.addEventListener("pointerleave", () => this.stage.update({ hoverRow: null }));
    this.body.addEventListener("focusin", (event) => this.#light(event.target));
    this.body.addEventListener("focusout", () => this.stage.update({ hoverRow: null }));
    this.body.addEventListener("keydown", (event) => this.#key(event));
    this.box.addEventListener("scroll", () => this.#write(this.stage.state), { passive: true });
    new ResizeObserver(() => this.#fit()).observe(this.box);
  }

  set(state) {
    const { scene } = state,
      { symbols } = scene;
    const inTarget = [symbols.fitted, `y − ${symbols.fitted}`].map((name) => withUnit(name, scene.units.target));
    const names = [
      "row",
      ...scene.featureLabels,
      scene.targetLabel,
      ...inTarget,
      ...scene.params.map((name, j) => withUnit(`arrow, ${name}`, scene.units.gradient[j])),
    ];
    const said = JSON.stringify([names, scene.shown, scene.X.join(), scene.y.join(), scene.loss]);
    if (said === this.said) return;
    this.said = said;
    this.dynamic = scene.M + 2; // columns before this one do not move with θ
    this.head.replaceChildren(...names.map((name) => cell("th", name, { scope: "col", title: name })));
    this.body.replaceChildren(...Array.from({ length: scene.shown }, (_, i) => this.#row(scene, i, names.length)));
    this.#lines(state);
    this.table.style.setProperty("--columns", names.length);
    const scale = { tsse: "", mse: ` / ${count(scene.n)}`, "half-mse": ` / ${count(2 * scene.n)}` }[scene.loss];
    const x =
      scene.M === 1
        ? scene.offset
          ? "(1, x)"
          : "x"
        : `(${scene.offset ? "1, " : ""}${scene.M === 2 ? "x1, x2" : `x1 … x${scene.M}`})`;
    write(this.about, `arrow = −2(y − ${symbols.fitted}) · ${x}${scale}`);
    this.written = null;
    this.#fit();
  }

  /** A table wider than its box has its lines below in words of their own, so that no label stands without its numbers. */
  #fit() {
    this.element.classList.toggle("lr-wide", this.table.offsetWidth > this.box.clientWidth);
  }

  #row(scene, i, columns) {
    const row = document.createElement("tr");
    row.dataset.i = i;
    row.tabIndex = i === 0 ? 0 : -1;
    const values = [...scene.columns.map((column) => column[i]), scene.y[i]];
    row.append(
      cell("th", count(scene.rows[i]), { scope: "row" }),
      ...values.map((value) => cell("td", number(value), { title: value })),
    );
    for (let k = values.length + 1; k < columns; k++) row.append(cell("td", ""));
    return row;
  }

  /** The lines under the rows. */
  #lines({ scene, phase }) {
    const sampled = scene.shown < scene.n,
      { rate, theta } = scene.symbols;
    const lines = [
      ...(sampled ? [["drawn", `sum of the ${count(scene.shown)} rows drawn`]] : []),
      ["sum", sampled ? `sum of all ${count(scene.n)} rows = ∇` : "sum = ∇"],
      ...(phase !== undefined
        ? [
            ["scaled", `${rate} · ∇`],
            ["theta", `${theta} now`],
            ["next", `next ${theta} = ${theta} − ${rate} · ∇`],
          ]
        : []),
    ];
    this.lines = Object.fromEntries(
      lines.map(([name, words]) => {
        const row = document.createElement("tr");
        row.dataset.line = name;
        const head = cell("th", "", { scope: "row", colspan: scene.M + 4 });
        head.append(cell("span", words));
        row.append(head, ...scene.params.map((name) => cell("td", "", { "data-name": name })));
        return [name, row];
      }),
    );
    this.foot.replaceChildren(...Object.values(this.lines));
    write(
      this.note,
      sampled
        ? `The picture and this table hold a sample of ${count(scene.shown)} rows. Their arrows do not add up to the gradient: that is the sum over all ${count(scene.n)} rows.`
        : "",
    );
  }

  show(state) {
    this.#write(state);
    const lit = state.hoverRow === null ? null : this.body.children[state.hoverRow];
    if (lit === this.lit) return;
    this.lit?.classList.remove("lr-lit");
    lit?.classList.add("lr-lit");
    this.lit = lit;
    if (lit && !this.body.matches(":hover")) this.#reveal(lit);
  }

  /** Scrolls its own box, never the page. */
  #reveal(row) {
    const { box } = this,
      top = row.offsetTop - this.head.offsetHeight,
      bottom = row.offsetTop + row.offsetHeight + this.foot.offsetHeight;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight;
  }

  /** Writes the numbers that are seen, as they are for this θ. */
  #write(state) {
    const { scene, here } = state;
    if (!this.lines) return;
    const height = this.body.offsetHeight / scene.shown || 24; // a row's own is rounded
    const first = Math.max(0, Math.floor(this.box.scrollTop / height) - SPARE);
    const last = Math.min(scene.shown, first + Math.ceil(this.box.clientHeight / height) + 2 * SPARE);
    const now = `${first} ${last} ${here.theta.join()} ${state.phase}`;
    if (now === this.written) return;
    this.written = now;
    const { fit, arrowOf } = arrowsOf(state);
    for (let i = first; i < last; i++) {
      const cells = this.body.children[i].children;
      const values = [fit[i], scene.y[i] - fit[i], ...arrowOf(i)];
      for (const [k, value] of values.entries()) put(cells[this.dynamic + k], value);
    }
    this.#sums(state, arrowOf);
  }

  #sums(state, arrowOf) {
    const { scene, run, here, phase } = state;
    const fillLine = (name, values) => {
      for (const [j, value] of values.entries()) put(this.lines[name].children[1 + j], value);
    };
    const nothing = scene.params.map(() => null);
    if (this.lines.drawn) {
      const sums = new Float64Array(scene.params.length);
      for (let i = 0; i < scene.shown; i++)
        arrowOf(i).forEach((value, j) => {
          sums[j] += value;
        });
      fillLine("drawn", [...sums]);
    }
    fillLine("sum", [...here.gradient]);
    if (!this.lines.scaled) return;
    fillLine("scaled", phase >= 1 ? [...here.gradient].map((value) => run.rate * value) : nothing);
    fillLine("theta", [...here.theta]);
    fillLine("next", phase >= 3 ? [...next(state).theta] : nothing);
  }

  #light(target) {
    const row = target.closest("tr");
    if (row) this.stage.update({ hoverRow: Number(row.dataset.i) });
  }

  #key(event) {
    const row = event.target.closest("tr"),
      { children } = this.body;
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity }[event.key];
    if (!by || !row || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault(); // not a step of the run
    const to = children[Math.min(children.length - 1, Math.max(0, Number(row.dataset.i) + by))];
    row.tabIndex = -1;
    to.tabIndex = 0;
    to.focus({ preventScroll: true });
    this.#reveal(to);
  }
}

/** ỹ of all rows drawn, and the arrow of each. */
function arrowsOf({ scene, bowl, here }) {
  const fit = scene.fit(here.theta),
    { scale } = bowl;
  const arrowOf = (i) => {
    const pull = -2 * scale * (scene.y[i] - fit[i]);
    return [...(scene.offset ? [pull] : []), ...scene.columns.map((column) => pull * column[i])];
  };
  return { fit, arrowOf };
}
