import assert from "node:assert/strict";
import { test } from "node:test";
import { ResidualsPanel } from "#frontend/panels/residuals.js";
import { installDocument, size } from "../helpers/dom.js";
import { fixture } from "../helpers/fixtures.js";
import { drawn, pointsIn } from "../helpers/panels.js";
import { close, stateOf } from "../helpers/state.js";

installDocument();
Object.assign(size, { width: 600, height: 400 });
const line = fixture("experiments")[""];

test("a row that is lit shows its residual on the data, where there is one", () => {
  const hoverRow = 7;
  const residualIn = (/** @type {any} */ state) => pointsIn(drawn(ResidualsPanel, state).plot.picture.at(-1));
  const { X, y, fitted } = line;
  const [x] = X[hoverRow].slice(1);
  const [row, model] = residualIn(stateOf(line.sent, { hoverRow }));
  close(row, [x, y[hoverRow]]);
  close(model, [x, fitted[hoverRow]], { absolute: 1e-9 });
  assert.deepEqual(residualIn(stateOf(line.sent)), []);
  const five = fixture("experiments")["?data=five"];
  const [top, foot] = residualIn(stateOf(five.sent, { hoverRow }));
  close([top[1], foot[1]], [five.y[hoverRow], five.fitted[hoverRow]], { absolute: 1e-9 });
  assert.deepEqual(residualIn(stateOf(five.sent, { hoverRow, dataView: "1" })), [], "the line holds other features");
});
