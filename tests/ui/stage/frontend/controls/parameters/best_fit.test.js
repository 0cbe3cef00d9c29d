import assert from "node:assert/strict";
import { test } from "node:test";
import { BestFitControl } from "#frontend/controls/parameters/best_fit.js";
import { installDocument, stageOf } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { close, numbersIn, stateOf } from "../../helpers/state.js";

installDocument();
const { sent, best } = fixture("experiments")["?data=plane"];

test("the best fit is written only while it is shown", () => {
  const control = new BestFitControl(stageOf(stateOf(sent)));
  control.show(stateOf(sent, { best: true }));
  assert.ok(control.box.checked);
  close(numbersIn((control.words.textContent ?? "").replace(/θ\d/g, "")), best, { relative: 1e-5 });
  control.show(stateOf(sent));
  assert.equal(control.words.textContent, "");
});

test("the switch asks for it", () => {
  const stage = stageOf(stateOf(sent));
  const control = new BestFitControl(stage);
  control.box.checked = true;
  control.box.dispatchEvent(new Event("change"));
  assert.deepEqual(stage.updates, [{ best: true }]);
});
