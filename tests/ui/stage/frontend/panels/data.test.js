import assert from "node:assert/strict";
import { test } from "node:test";
import { figure } from "#frontend/drawing/markup.js";
import { DataPanel } from "#frontend/panels/data.js";
import { installDocument, size, stageOf } from "../helpers/dom.js";
import { fixture } from "../helpers/fixtures.js";
import { boxesOf, close, stateOf } from "../helpers/state.js";

installDocument();
const experiments = Object.entries(fixture("experiments"));

/**
 * @param {any} state
 * @param {Record<string, unknown>} [options]
 */
function panelOf(state, options = {}) {
  const stage = stageOf(state);
  const panel = /** @type {any} */ (
    new DataPanel(figure("data", DataPanel.figure), { panel: "data", id: "data", ...options }, stage)
  );
  panel.set(state, stage);
  return panel;
}

test("rows lie where they are, fitted against observed or over a feature", () => {
  for (const [address, { sent, X, y, fitted }] of experiments) {
    const state = stateOf(sent);
    const [, rows] = panelOf(state).plot.picture;
    const { M, offset } = state.payload;
    close(rows.x, M === 1 ? X.map((/** @type {number[]} */ row) => row[offset]) : fitted, {
      absolute: 1e-9,
      about: address,
    });
    close(rows.y, y);
    for (let j = 0; j < M; j++) {
      const picture = panelOf(stateOf(sent, { dataView: String(j) })).plot.picture;
      close(
        picture[1].x,
        X.map((/** @type {number[]} */ row) => row[j + offset]),
        { about: address },
      );
      const [line] = [picture[3]];
      const slope = (line.y[1] - line.y[0]) / (line.x[1] - line.x[0]);
      const inside = line.y.every(
        (/** @type {number} */ value) => Math.abs(value) < 1e3 * Math.max(...y.map(Math.abs)),
      );
      if (inside) close([slope], [state.here.theta[j + offset]], { relative: 1e-6, absolute: 1e-9, about: address });
    }
  }
});

test("the squares of the residuals are square on the screen", () => {
  Object.assign(size, { width: 560, height: 360 });
  const seen = new Set();
  for (const [address, { sent, y, fitted }] of experiments) {
    const panel = panelOf(stateOf(sent, { held: null }), { handles: true, squares: true });
    const { frame, plot } = panel;
    const across = frame.toX(1) - frame.toX(0);
    const upwards = frame.toY(0) - frame.toY(1);
    const squares = boxesOf(plot.picture.at(-2));
    const sizes = y.map((/** @type {number} */ value, /** @type {number} */ i) => Math.abs(value - fitted[i]));
    sizes.sort((/** @type {number} */ a, /** @type {number} */ b) => b - a);
    close(
      squares.map(({ height }) => height),
      sizes.slice(0, squares.length),
      { absolute: 1e-9 * sizes[0], about: address },
    );
    close(
      squares.map(({ width }) => width * across),
      squares.map(({ height }) => height * upwards),
      {
        absolute: 1e-9,
        about: address,
      },
    );
    const equal = Math.abs(across / upwards - 1) < 1e-6;
    const note = panel.figure.querySelector(".lr-note").textContent;
    assert.ok(note.includes(equal ? "equal scale" : "not to scale"), `${address} ${note}`);
    seen.add(equal);
  }
  assert.equal(seen.size, 2, "some are to scale, some are not");
});

test("a reader chooses what a click does where rows are drawn", () => {
  const clicks = (/** @type {string} */ address, removing = false) => {
    const panel = panelOf(stateOf(fixture("experiments")[address].sent, { removing }));
    return { label: panel.figure.querySelector(".lr-draw"), stage: panel.stage };
  };
  assert.ok(clicks("").label.hidden);
  assert.equal(clicks("?data=drawn", true).label.firstElementChild.value, "remove");
  const { label, stage } = clicks("?data=drawn");
  const select = label.firstElementChild;
  assert.deepEqual([label.hidden, select.value], [false, "add"]);
  select.value = "remove";
  select.onchange();
  assert.deepEqual(stage.updates, [{ removing: true }]);
});

test("the row under a pointer is marked", () => {
  const { sent, X, y } = experiments[0][1];
  const { picture } = panelOf(stateOf(sent, { hoverRow: 7 })).plot;
  const marked = picture.find((/** @type {any} */ { marker }) => marker?.symbol === "circle-open");
  assert.deepEqual([[...marked.x], [...marked.y]], [[X[7][1]], [y[7]]]);
});
