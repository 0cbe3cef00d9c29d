import assert from "node:assert/strict";
import { test } from "node:test";
import { summaryOf, TriesControl } from "#frontend/controls/parameters/tries.js";
import { installDocument, stageOf } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { stateOf } from "../../helpers/state.js";

installDocument();
const { sent, best } = fixture("experiments")[""];

test("without a try the control says how to make one", () => {
  const state = stateOf(sent);
  const control = new TriesControl(stageOf(state));
  control.show(state);
  assert.match(control.words.textContent ?? "", /^none yet\. Move the line:/);
  assert.ok(control.button.disabled);
  assert.match(summaryOf(stateOf(fixture("experiments")["?data=plane"].sent)), /Move a weight:/);
});

test("the try of the least loss is named, and the start may be it", () => {
  const far = [6, -2];
  assert.match(summaryOf(stateOf(sent, { tries: [far, best, [3, 3]] })), /^2 tries after the start\..*\(try 1, θ0 = /);
  assert.match(summaryOf(stateOf(sent, { tries: [best, far] })), /^1 try after the start\..*\(the start, θ0 = /);
});

test("the trail is cleared on demand", () => {
  const state = stateOf(sent, { tries: [[6, -2], best] });
  const stage = stageOf(state);
  const control = new TriesControl(stage);
  control.show(state);
  assert.ok(!control.button.disabled);
  control.button.dispatchEvent(new Event("click"));
  assert.deepEqual(stage.updates[0].tries, []);
});
