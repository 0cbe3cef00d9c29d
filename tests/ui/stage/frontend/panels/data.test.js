import assert from "node:assert/strict";
import { test } from "node:test";
import { DataPanel } from "#frontend/panels/data.js";
import { installDocument, size } from "../helpers/dom.js";
import { fixture } from "../helpers/fixtures.js";
import { drawn } from "../helpers/panels.js";
import { boxesOf, close, stateOf } from "../helpers/state.js";

installDocument();
const experiments = Object.entries(fixture("experiments"));

/**
 * @param {any} state
 * @param {Record<string, unknown>} [options]
 */
const panelOf = (state, options) => drawn(DataPanel, state, options);

test("rows lie where they are, observed against fitted or over a feature", () => {
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
    assert.ok(note.includes(equal ? "same scale" : "not to scale"), `${address} ${note}`);
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

test("the model, the best fit and the line under a pointer elsewhere are those of their θ", () => {
  const { sent, best, steps } = experiments[0][1];
  const { t, theta } = steps[1];
  const ghost = [3, -2];
  const shown = panelOf(stateOf(sent, { t, best: true, ghost })).plot.picture.slice(2, 5);
  for (const [m, [base, slope]] of [best, theta, ghost].entries()) {
    const { x, y } = shown[m];
    close(y, [base + slope * x[0], base + slope * x[1]], { absolute: 1e-9 });
  }
  const hidden = panelOf(stateOf(sent, { t })).plot.picture;
  assert.deepEqual([hidden[2].x, hidden[4].x], [[], []]);
});

test("over one of several features the others are held at their mean", () => {
  for (const [address, { sent, X, steps }] of experiments) {
    const { theta } = steps[1];
    const { M, offset } = stateOf(sent).payload;
    const means = X[0].map(
      (/** @type {number} */ _, /** @type {number} */ j) =>
        X.reduce((/** @type {number} */ sum, /** @type {number[]} */ row) => sum + row[j], 0) / X.length,
    );
    const says = means.reduce(
      (/** @type {number} */ sum, /** @type {number} */ mean, /** @type {number} */ j) => sum + mean * theta[j],
      0,
    );
    for (let j = 0; j < M; j++) {
      const { x, y } = panelOf(stateOf(sent, { t: steps[1].t, dataView: String(j) })).plot.picture[3];
      const slope = (y[1] - y[0]) / (x[1] - x[0]);
      const error = { relative: 1e-6, absolute: 1e-6 * Math.max(...y.map(Math.abs)), about: `${address} ${j}` };
      close([y[0] + slope * (means[j + offset] - x[0])], [says], error);
    }
  }
});

test("a residual is a stroke from its row to what the model says", () => {
  for (const [address, { sent, y, fitted }] of experiments) {
    const [strokes] = panelOf(stateOf(sent)).plot.picture;
    for (const i of [0, y.length - 1]) {
      close(strokes.y.slice(3 * i, 3 * i + 2), [y[i], fitted[i]], { absolute: 1e-9, about: address });
      assert.equal(strokes.x[3 * i], strokes.x[3 * i + 1], address);
    }
  }
  const { sent } = fixture("experiments")["?data=five"];
  assert.deepEqual(panelOf(stateOf(sent, { dataView: "1" })).plot.picture[0].x, [], "other features are held there");
  assert.deepEqual(panelOf(stateOf(experiments[0][1].sent), { residuals: false }).plot.picture[0].x, []);
});

test("a prediction goes from the axis up to the model and across", () => {
  const { sent, steps } = experiments[0][1];
  const [base, slope] = steps[0].theta;
  const panel = panelOf(stateOf(sent, { newX: [2] }), { handles: true });
  const [way, answer] = panel.plot.picture.slice(-2);
  const says = base + 2 * slope;
  close(way.x, [2, 2, panel.xRange[0]]);
  close(way.y, [panel.yRange[0], says, says]);
  close([answer.x[0], answer.y[0]], [2, says]);
});

test("several features can be looked at one by one, two of them as a plane", () => {
  const { sent } = fixture("experiments")["?data=plane"];
  const panel = panelOf(stateOf(sent, { dataView: "1" }));
  const label = panel.figure.querySelector(".lr-view");
  const select = label.firstElementChild;
  assert.equal(label.hidden, false);
  assert.deepEqual(
    select.children.map((/** @type {any} */ { value }) => value),
    ["fitted", "0", "1", "plane"],
  );
  assert.equal(select.value, "1");
  select.value = "plane";
  select.onchange();
  assert.deepEqual(panel.stage.updates, [{ dataView: "plane" }]);
  assert.ok(panelOf(stateOf(experiments[0][1].sent)).figure.querySelector(".lr-view").hidden, "one leaves no choice");
});

test("the window stays while a hand drags a row", () => {
  const { sent } = fixture("experiments")["?data=drawn"];
  const frozen = { x: [-7, 7], y: [-11, 11] };
  const panel = panelOf(stateOf(sent, { held: { by: "point", frozen } }));
  assert.deepEqual([panel.xRange, panel.yRange], [frozen.x, frozen.y]);
  const free = panelOf(stateOf(sent, { held: null }));
  assert.ok(free.xRange[0] <= -5 && free.xRange[1] >= 5, "and there is room to draw more");
});

test("the row nearest to a pointer is found within its reach", () => {
  const state = stateOf(experiments[0][1].sent);
  const panel = panelOf(state);
  const { frame } = panel;
  const at = (/** @type {number} */ away) => ({
    px: frame.toX(state.payload.X[4]) + away,
    py: frame.toY(state.payload.y[4]),
  });
  assert.equal(panel.nearest(state, at(0.5)), 4);
  assert.equal(panel.nearest(state, at(1e4)), -1);
});

test("the row under a pointer is marked", () => {
  const { sent, X, y } = experiments[0][1];
  const { picture } = panelOf(stateOf(sent, { hoverRow: 7 })).plot;
  const marked = picture.find((/** @type {any} */ { marker }) => marker?.symbol === "circle-open");
  assert.deepEqual([[...marked.x], [...marked.y]], [[X[7][1]], [y[7]]]);
});
