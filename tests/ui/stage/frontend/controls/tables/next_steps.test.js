import assert from "node:assert/strict";
import { test } from "node:test";
import { NextStepsControl } from "#frontend/controls/tables/next_steps.js";
import { installDocument, stageOf } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { close, shown, stateOf } from "../../helpers/state.js";

installDocument();
const [, { sent, steps }] = Object.entries(fixture("experiments"))[0];

/** @param {any} state */
function open(state) {
  const table = new NextStepsControl(stageOf(state));
  table.set(state);
  table.details.open = true;
  table.show(state);
  return table;
}

test("a closed table writes nothing and says what it gives away", () => {
  const state = stateOf(sent);
  const table = new NextStepsControl(stageOf(state));
  table.set(state);
  table.show(state);
  assert.match(table.summary.textContent ?? "", /shows where this step lands/);
  assert.ok(table.rows.every(({ cells }) => cells.every(({ textContent }) => textContent === "")));
});

test("the next steps have every number", () => {
  const { rows } = open(stateOf(sent));
  assert.equal(rows.length, 6);
  for (const { t, theta, loss, gradient, next } of steps.filter((/** @type {{t: number}} */ { t }) => t < 6)) {
    const exact = [
      t,
      ...theta,
      loss,
      ...gradient,
      ...gradient.map((/** @type {number} */ g) => -sent.run.rate * g),
      ...next,
    ];
    close(
      rows[t].cells.map(({ title }) => Number(title)),
      exact,
    );
    close(
      rows[t].cells.map(({ textContent }) => shown(textContent ?? "")),
      exact,
      { relative: 6e-6 },
    );
  }
});

test("after the last step there are no more rows, and the last goes one on", () => {
  const state = stateOf(sent);
  const { rows } = open({ ...state, t: state.run.last - 1 });
  assert.deepEqual(
    rows.map(({ row }) => row.hidden),
    [false, false, true, true, true, true],
  );
  const last = state.run.at(state.run.last);
  const beyond = rows[1].cells.slice(-2).map(({ title }) => Number(title));
  close(beyond, state.bowl.after(last.theta, state.run.rate, 1).theta);
});
