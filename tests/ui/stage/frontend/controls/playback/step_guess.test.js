import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { StepGuessControl } from "#frontend/controls/playback/step_guess.js";
import { MINUS } from "#frontend/math/phases.js";
import { installDocument, stageOf } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { stateOf } from "../../helpers/state.js";

installDocument();
const { sent, steps } = fixture("experiments")[""];
const panel = { guessWindow: () => ({ x: [0, 10], y: [-4, 4] }) };

/** @type {any} */
let stage;
/** @type {any} */
let control;

/** @param {Record<string, any>} state */
function show(state) {
  stage.state = { ...stage.state, ...state };
  control.show(stage.state);
}

beforeEach(() => {
  stage = stageOf(stateOf(sent, { guess: null, phase: 0 }));
  stage.pictures = [{ flat: null }, { flat: panel }];
  control = new StepGuessControl(stage);
  control.set(stage.state);
  show({});
});

/** @param {any} target */
const press = (target) => target.dispatchEvent(new Event("click"));

test("nothing is taken without a guess", () => {
  assert.equal(control.go.textContent, "Take the step");
  assert.ok(control.go.disabled);
  assert.equal(control.verdict.textContent, "");
});

test("what is typed is guessed, and what is marked in the picture stands in the boxes", () => {
  control.inputs[1].value = "2.5";
  control.inputs[1].dispatchEvent(new Event("input"));
  assert.deepEqual(stage.updates, [{ guess: { step: 0, parameters: [1], values: [2.5] } }]);
  show({ guess: stage.updates[0].guess });
  assert.deepEqual(
    control.inputs.map((/** @type {any} */ { value }) => value),
    ["", "2.5"],
  );
  show({ guess: { step: 0, parameters: [0, 1], values: [4, -1] } });
  assert.deepEqual(
    control.inputs.map((/** @type {any} */ { value }) => value),
    ["4", "-1"],
  );
  show({ guess: null });
  assert.deepEqual(
    control.inputs.map((/** @type {any} */ { value }) => value),
    ["", ""],
  );
});

test("a guess is judged in units of the picture, sent, and listed", () => {
  const [x, y] = steps[0].next;
  show({ guess: { step: 0, parameters: [0, 1], values: [x + 1, y] } });
  press(control.go);
  const { guess } = stage.updates.at(-1);
  assert.ok(guess.taken);
  const [dx, dy] = [x - steps[0].theta[0], y - steps[0].theta[1]];
  assert.ok(Math.abs(guess.share - 0.1 / Math.hypot(dx / 10, dy / 8)) < 1e-9);
  assert.deepEqual(stage.sent, [
    { guess: { step: 0, parameters: [0, 1], values: [x + 1, y], units: [10, 8], way: null } },
  ]);
  show({ guess });
  assert.match(control.verdict.textContent, /of the step's length away/);
  assert.match(control.part("summary").textContent, /right of 1 guess, on average/);
  assert.match(control.part("ol").textContent, /^step 0, θ0, θ1: .* of the step away$/);
  assert.equal(control.go.textContent, "Predict the next step");
  press(control.go);
  assert.deepEqual(stage.updates.at(-1), { step: 1, playing: false });
});

test("a way is guessed by a button, and pressed until another one is", () => {
  press(control.down);
  assert.deepEqual(stage.updates, [{ guess: { step: 0, parameters: [1], way: "down" } }]);
  show({ guess: stage.updates[0].guess });
  assert.deepEqual(
    [control.up, control.down].map((each) => each.getAttribute("aria-pressed")),
    ["false", "true"],
  );
  press(control.go);
  assert.deepEqual(stage.sent, [{ guess: { step: 0, parameters: [1], values: [], units: [], way: "down" } }]);
  assert.equal(stage.updates.at(-1).guess.correct, steps[0].next[1] < steps[0].theta[1]);
});

test("once the answer is seen there is no guess", () => {
  show({ phase: MINUS });
  assert.ok([...control.inputs, control.up, control.down].every(({ disabled }) => disabled));
  assert.match(control.verdict.textContent, /shows where it lands\. Predict the next step instead\.$/);
  show({ t: stage.state.run.last });
  assert.match(control.verdict.textContent, /The run ends here; go back for another step\.$/);
  assert.ok(control.go.disabled);
});
