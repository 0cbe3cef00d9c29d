import assert from "node:assert/strict";
import { test } from "node:test";
import { figure } from "#frontend/drawing/markup.js";
import { ParabolaPanel } from "#frontend/panels/lesson/parabola.js";
import { installDocument, stageOf } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { close, stateOf } from "../../helpers/state.js";

installDocument();
const experiments = Object.entries(fixture("experiments"));

/**
 * @param {number[][]} X
 * @param {number[]} y
 * @param {ArrayLike<number>} theta
 */
const residualsOf = (X, y, theta) => y.map((value, i) => value - X[i].reduce((sum, x, k) => sum + x * theta[k], 0));

test("the parabola holds the other parameters, and its lowest point is that of the rows", () => {
  for (const [address, { sent, X, y }] of experiments) {
    const state = stateOf(sent);
    const stage = stageOf(state);
    const panel = /** @type {any} */ (
      new ParabolaPanel(figure("parabola", ParabolaPanel.figure), { panel: "parabola", id: "parabola" }, stage)
    );
    for (const [j, value] of Array.from(state.here.theta).entries()) {
      panel.set({ ...state, parameter: j });
      const [curve, lowest, dot] = panel.plot.picture;
      for (let m = 0; m < curve.x.length; m += 20) {
        const moved = Object.assign(Array.from(state.here.theta), { [j]: curve.x[m] });
        const loss = state.bowl.scale * residualsOf(X, y, moved).reduce((sum, each) => sum + each ** 2, 0);
        close([curve.y[m]], [loss], { about: address });
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
      if (dot.x.length === 1) close([dot.x[0], dot.y[0]], [value, state.here.loss], { about: address });
    }
  }
});

test("a reader chooses the parameter, and a drag along the parabola sets it", () => {
  const state = stateOf(fixture("experiments")["?data=five"].sent, { parameter: 2 });
  const stage = stageOf(state);
  const panel = new ParabolaPanel(
    figure("parabola", ParabolaPanel.figure),
    { panel: "parabola", id: "parabola" },
    stage,
  );
  panel.set(state);
  const select = /** @type {any} */ (panel.figure.querySelector("select"));
  assert.equal(select.value, "2");
  select.value = "4";
  select.onchange();
  assert.deepEqual(stage.updates, [{ parameter: 4 }]);
  const gestures = ParabolaPanel.gestures(/** @type {any} */ ({ flat: panel, state }));
  const middle = /** @type {any} */ ({ x: (panel.xRange[0] + panel.xRange[1]) / 2 });
  const drag = gestures.down?.(middle, /** @type {any} */ ({ pointerType: "mouse" }));
  const start = /** @type {any} */ (drag?.begin?.start);
  const moved = Array.from(state.here.theta).flatMap((value, j) => (value === start[j] ? [] : [j]));
  assert.deepEqual(moved, [2]);
});

test("a single parameter has its parabola in the plane already", () => {
  const state = stateOf(fixture("experiments")["?intercept=0"].sent);
  const stage = stageOf(state);
  const panel = new ParabolaPanel(
    figure("parabola", ParabolaPanel.figure),
    { panel: "parabola", id: "parabola" },
    stage,
  );
  panel.set(state);
  assert.ok(panel.figure.hidden);
});
