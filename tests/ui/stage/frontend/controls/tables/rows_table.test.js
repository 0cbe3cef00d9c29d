import assert from "node:assert/strict";
import { test } from "node:test";
import { RowsTableControl, ruleOf } from "#frontend/controls/tables/rows_table.js";
import { Payload } from "#frontend/math/payload.js";
import { GRADIENT, SCALED, THETA } from "#frontend/math/phases.js";
import { installDocument, size, stageOf } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { close, shown, stateOf } from "../../helpers/state.js";

installDocument();
size.height = 1e6; // all rows are seen, and written
const experiments = Object.entries(fixture("experiments"));

/** @param {any} state */
function tableOf(state) {
  const table = new RowsTableControl(stageOf(state));
  table.set(state);
  table.show(state);
  return table;
}

/** @param {{title: string}[]} cells */
const titles = (cells) => cells.map(({ title }) => Number(title));

test("every line of the table is the core's, and can be done again from what is written", () => {
  for (const [address, { sent, X, y, fitted, arrows, steps }] of experiments) {
    const state = stateOf(sent);
    const { payload } = state;
    const table = tableOf(state);
    const high = Math.max(...y.map(Math.abs)),
      p = X[0].length;
    for (const i of [0, 5, y.length - 1].filter((i) => i < y.length)) {
      const cells = [...table.rows[i].row.children].slice(1);
      const exact = [...X[i].slice(payload.offset), y[i], fitted[i], y[i] - fitted[i], ...arrows[i]];
      close(titles(/** @type {any} */ (cells)), exact, { absolute: 1e-9 * high, about: address });
      const texts = cells.map(({ textContent }) => shown(textContent ?? ""));
      close(texts, titles(/** @type {any} */ (cells)), { relative: 6e-6, about: address });
      // −2 times the residual times (1, x).
      const again = X[i].map((/** @type {number} */ x) => -2 * payload.bowl.scale * (texts.at(-p - 1) ?? NaN) * x);
      close(texts.slice(-p), again, { relative: 2e-5, about: address });
    }
    const { gradient } = steps[0];
    close(titles(table.lines.sum), gradient, { absolute: 1e-9 * Math.max(...gradient.map(Math.abs)), about: address });
    const sums = table.lines.sum.map(({ textContent }) => shown(textContent ?? ""));
    close(sums, titles(table.lines.sum), { relative: 6e-6, about: address });
    assert.deepEqual(Object.keys(table.lines), ["sum"], "all rows are drawn, and no step is taken here");
  }
});

test("in slow motion the lines go on to the next θ, as far as the phase has reached", () => {
  for (const [address, { sent, steps }] of experiments) {
    const { theta, gradient, next } = steps[0];
    for (const phase of [GRADIENT, SCALED, THETA]) {
      const { lines } = tableOf(stateOf(sent, { phase }));
      assert.deepEqual(Object.keys(lines), ["sum", "scaled", "theta", "next"]);
      close(titles(lines.theta), theta, { about: address });
      const tiny = 1e-9 * sent.run.rate * Math.max(...gradient.map(Math.abs));
      if (phase >= SCALED)
        close(
          titles(lines.scaled),
          gradient.map((/** @type {number} */ value) => sent.run.rate * value),
          { absolute: tiny },
        );
      else assert.ok(lines.scaled.every(({ textContent }) => textContent === ""));
      if (phase >= THETA) close(titles(lines.next), next, { absolute: tiny, about: address });
      else assert.ok(lines.next.every(({ textContent }) => textContent === ""));
    }
  }
});

test("the row under a pointer is lit, and only that", () => {
  const [, { sent }] = experiments[0];
  const table = tableOf(stateOf(sent));
  for (const hoverRow of [3, 7, null]) {
    table.show(stateOf(sent, { hoverRow }));
    const lit = table.rows.flatMap(({ row }, i) => (row.classList.contains("lr-lit") ? [i] : []));
    assert.deepEqual(lit, hoverRow === null ? [] : [hoverRow]);
  }
});

test("a sample says that it does not add up", () => {
  const [, { sent }] = experiments[0];
  const state = stateOf({ ...sent, n: 5000 });
  const table = tableOf(state);
  assert.deepEqual(Object.keys(table.lines), ["drawn", "sum"]);
  assert.match(table.note.textContent ?? "", /a sample of 50 rows\. Their arrows do not add up .* all 5,000 rows\.$/);
  const total = sent.params.map((/** @type {string} */ _, /** @type {number} */ j) =>
    experiments[0][1].arrows.reduce((/** @type {number} */ sum, /** @type {number[]} */ arrow) => sum + arrow[j], 0),
  );
  close(titles(table.lines.drawn), total);
});

test("the rule of an arrow names what it multiplies", () => {
  const rule = (/** @type {string} */ address) => ruleOf(new Payload(fixture("experiments")[address].sent));
  assert.equal(rule(""), "arrow = −2(y − ỹ) · (1, x)");
  assert.equal(rule("?intercept=0"), "arrow = −2(y − ỹ) · x");
  assert.equal(rule("?data=plane&correlation=0.9&loss=mse"), "arrow = −2(y − ỹ) · (1, x1, x2) / 50");
  assert.match(rule("?data=five&intercept=0&loss=half-mse"), /· \(x1 … x5\) \/ \d+$/);
});
