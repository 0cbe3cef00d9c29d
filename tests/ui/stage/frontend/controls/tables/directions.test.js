import assert from "node:assert/strict";
import { test } from "node:test";
import { DirectionsControl } from "#frontend/controls/tables/directions.js";
import { installDocument, stageOf } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { close, shown, stateOf } from "../../helpers/state.js";

installDocument();
const experiments = Object.entries(fixture("experiments"));

/**
 * The cells of the table as texts, row by row.
 * @param {any} state
 */
function tableOf(state) {
  const control = new DirectionsControl(stageOf(state));
  control.show(state);
  return control.rows.map(({ cells }) => cells.map((cell) => cell.textContent ?? ""));
}

test("each direction has a row with its eigenvalue and its factor", () => {
  for (const [address, { sent }] of experiments) {
    const state = stateOf(sent);
    const { bowl, run } = state;
    const rows = tableOf(state);
    assert.equal(rows.length, bowl.p, address);
    const eigenvalues = rows.map((_, i) => bowl.eigenvalue(i));
    close(
      rows.map(([, eigenvalue]) => shown(eigenvalue)),
      eigenvalues,
      { relative: 1e-5, about: address },
    );
    close(
      rows.map(([, , factor]) => shown(factor)),
      eigenvalues.map((value) => 1 - run.rate * value),
      { relative: 1e-4, absolute: 1e-9, about: address },
    );
  }
});

test("the steps are counted to the share at which Python counts an error as gone", () => {
  const state = stateOf(fixture("experiments")[""].sent);
  const goalOf = (/** @type {number} */ goneShare) => {
    const control = new DirectionsControl(stageOf(state));
    control.show({
      ...state,
      payload: Object.assign(Object.create(state.payload), { constants: { goneShare, rateTolerance: 0 } }),
    });
    return control.goal.textContent;
  };
  assert.equal(goalOf(state.payload.constants.goneShare), "steps to 1 %");
  assert.equal(goalOf(0.025), "steps to 2.5 %");
});

test("a direction whose error does not shrink has no number of steps", () => {
  const state = stateOf(fixture("experiments")[""].sent);
  const rate = (/** @type {number} */ pull) => ({ ...state.run, rate: pull / state.bowl.eigenvalue(0) });
  assert.equal(tableOf({ ...state, run: rate(2) })[0][3], "never");
  assert.equal(tableOf({ ...state, run: rate(2.5) })[0][3], "grows");
  assert.equal(tableOf({ ...state, run: rate(1) })[0][3], "1");
});
