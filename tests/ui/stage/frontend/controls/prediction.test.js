import assert from "node:assert/strict";
import { test } from "node:test";
import { arithmeticOf, PredictionControl } from "#frontend/controls/prediction.js";
import { installDocument, stageOf } from "../helpers/dom.js";
import { fixture } from "../helpers/fixtures.js";
import { close, shown, stateOf } from "../helpers/state.js";

installDocument();
const experiments = Object.entries(fixture("experiments"));

test("the prediction for a row is that of the core, and anyone can do it again", () => {
  for (const [address, { sent, X, fitted }] of experiments) {
    const state = stateOf(sent);
    const row = X[2].slice(state.payload.offset);
    const [, numbers, value] = arithmeticOf(state, row).split("\n");
    const [result] = value.replace("= ", "").split(" ");
    close([shown(result)], [fitted[2]], { relative: 1e-9, absolute: 1e-9, about: address });
    const again = numbers
      .replace("= ", "")
      .split(" + ")
      .map((term) => term.split("·").reduce((product, factor) => product * shown(factor), 1))
      .reduce((sum, term) => sum + term, 0);
    close([again], [fitted[2]], { relative: 1e-7, absolute: 1e-7, about: address });
  }
});

test("a box asks for its feature, and an emptied one gets its number back", () => {
  const state = stateOf(fixture("experiments")["?data=plane"].sent, { newX: [1.5, -2] });
  const stage = stageOf(state);
  const control = new PredictionControl(stage);
  control.set(state);
  control.show(state);
  assert.deepEqual(
    control.inputs.map(({ value }) => value),
    ["1.5", "-2"],
  );
  control.inputs[1].value = "7";
  control.show(state);
  assert.equal(control.inputs[1].value, "7", "a number half typed stays");
  control.inputs[1].dispatchEvent(new Event("change"));
  assert.deepEqual(stage.updates, [{ newX: [1.5, 7] }]);
  control.inputs[0].value = "";
  control.inputs[0].dispatchEvent(new Event("change"));
  assert.equal(control.inputs[0].value, "1.5");
});
