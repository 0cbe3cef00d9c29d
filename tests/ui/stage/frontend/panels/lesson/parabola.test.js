import assert from "node:assert/strict";
import { test } from "node:test";
import { ParabolaPanel } from "#frontend/panels/lesson/parabola.js";
import { installDocument } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { built, drawn } from "../../helpers/panels.js";
import { lossOf, moved, residualsOf } from "../../helpers/rows.js";
import { close, stateOf } from "../../helpers/state.js";

installDocument();
const experiments = Object.entries(fixture("experiments"));

test("the parabola holds the other parameters, and its lowest point is that of the rows", () => {
  for (const [address, { sent, X, y }] of experiments) {
    const state = stateOf(sent, { t: 1 });
    const panel = built(ParabolaPanel, state);
    for (const [j, value] of Array.from(state.here.theta).entries()) {
      panel.set({ ...state, parameter: j });
      const [curve, lowest, dot] = panel.plot.picture;
      for (let m = 0; m < curve.x.length; m += 20) {
        const there = moved(state.here.theta, [j], [curve.x[m]]);
        close([curve.y[m]], [lossOf(X, y, there, state.bowl.scale)], { about: address });
      }
      const residuals = residualsOf(X, y, state.here.theta);
      const [along, square] = [0, 1].map((power) =>
        X.reduce(
          (/** @type {number} */ sum, /** @type {number[]} */ row, /** @type {number} */ i) =>
            sum + row[j] * (power ? row[j] : residuals[i]),
          0,
        ),
      );
      close(lowest.x, [value + along / square], { relative: 1e-7, absolute: 1e-9, about: address });
      const least = lossOf(X, y, moved(state.here.theta, [j], lowest.x), state.bowl.scale);
      close(lowest.y, [least], { relative: 1e-7, about: address });
      if (dot.x.length === 1) close([dot.x[0], dot.y[0]], [value, state.here.loss], { about: address });
    }
  }
});

test("a reader chooses the parameter, and a drag along the parabola sets it", () => {
  const state = stateOf(fixture("experiments")["?data=five"].sent, { parameter: 2 });
  const panel = drawn(ParabolaPanel, state);
  const select = /** @type {any} */ (panel.figure.querySelector("select"));
  assert.equal(select.value, "2");
  select.value = "4";
  select.onchange();
  assert.deepEqual(panel.stage.updates, [{ parameter: 4 }]);
  const gestures = ParabolaPanel.gestures(/** @type {any} */ ({ flat: panel, state }));
  const middle = /** @type {any} */ ({ x: (panel.xRange[0] + panel.xRange[1]) / 2 });
  const drag = gestures.down?.(middle, /** @type {any} */ ({ pointerType: "mouse" }));
  const start = /** @type {any} */ (drag?.begin?.start);
  const others = Array.from(state.here.theta).flatMap((value, j) => (value === start[j] ? [] : [j]));
  assert.deepEqual(others, [2]);
});

test("a single parameter has its parabola in the plane already", () => {
  const state = stateOf(fixture("experiments")["?intercept=0"].sent);
  assert.ok(drawn(ParabolaPanel, state).figure.hidden);
});
