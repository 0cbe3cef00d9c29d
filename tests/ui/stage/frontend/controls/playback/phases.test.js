import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { PhasesControl } from "#frontend/controls/playback/phases.js";
import { LOSS, PHASES } from "#frontend/math/phases.js";
import { installDocument, stageOf } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { stateOf } from "../../helpers/state.js";

installDocument();
const { sent } = fixture("experiments")[""];
/** @type {any} */
let stage;
/** @type {any} */
let phases;
let before = new AbortController();

/** @param {Record<string, any>} state */
function show(state) {
  stage.state = { ...stage.state, ...state };
  phases.show(stage.state);
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  stage = stageOf(stateOf(sent, { phase: 0, guess: null }));
  stage.update = (/** @type {any} */ change) => {
    stage.updates.push(change);
    show(change);
  };
  before.abort(); // its keys belong to the next one now
  before = new AbortController();
  phases = new PhasesControl(stage, before.signal);
  phases.set(stage.state);
  show({});
});

const press = (/** @type {any} */ button) => button.dispatchEvent(new Event("click"));
const key = (/** @type {string} */ name) =>
  document.dispatchEvent(Object.assign(new Event("keydown", { cancelable: true }), { key: name }));

test("the phases have their names, and the one that is reached is marked", () => {
  assert.deepEqual(
    phases.items.map((/** @type {any} */ { textContent }) => textContent),
    ["Gradient ∇", "Times η", "Minus", "New θ", "New line", "New loss"],
  );
  for (const phase of PHASES.keys()) {
    show({ phase });
    const current = phases.items.map((/** @type {any} */ item) => item.getAttribute("aria-current"));
    assert.deepEqual(current.indexOf("step"), phase);
    const reached = phases.items.filter((/** @type {any} */ item) => item.classList.contains("lr-reached"));
    assert.equal(reached.length, phase + 1);
  }
});

test("a button and a key turn one phase, and after the last the next step begins", () => {
  press(phases.on);
  key("n");
  assert.equal(stage.state.phase, 2);
  key("B");
  assert.equal(stage.state.phase, 1);
  show({ phase: LOSS });
  assert.equal(phases.on.textContent, "Next step");
  press(phases.on);
  assert.deepEqual(stage.updates.at(-1), { step: 1, phase: 0, playing: false });
});

test("before the first phase lies the last one of the step before", () => {
  assert.ok(phases.back.disabled);
  press(phases.back);
  assert.deepEqual(stage.updates.at(-1), { phase: 0, playing: false });
  show({ t: 3 });
  press(phases.back);
  assert.deepEqual(stage.updates.at(-1), { step: 2, phase: LOSS, playing: false });
});

test("at the end of the run there is no next phase", () => {
  const { last } = stage.state.run;
  show({ t: last, here: stage.state.run.at(last), phase: LOSS });
  assert.ok(phases.on.disabled);
  assert.match(phases.words.textContent, /The run ends here\.$/);
  press(phases.on);
  assert.deepEqual(stage.updates.at(-1), { phase: LOSS, playing: false });
});

test("a guess that was taken runs through the phases", () => {
  show({ guess: { step: 0, parameters: [0], way: "up" } });
  assert.equal(stage.state.phase, 0);
  show({ guess: { step: 0, parameters: [0], way: "up", taken: true, correct: true } });
  for (const phase of [1, 2, 3, 4, 5]) {
    assert.equal(stage.state.phase, phase);
    mock.timers.tick(700);
  }
  assert.equal(stage.state.phase, LOSS);
});

test("a reader who wants no motion sees the last phase at once", () => {
  const { matchMedia } = globalThis;
  Object.assign(globalThis, { matchMedia: () => ({ matches: true }) });
  show({ guess: { step: 0, parameters: [0], way: "up", taken: true, correct: true } });
  Object.assign(globalThis, { matchMedia });
  assert.equal(stage.state.phase, LOSS);
});

test("who goes to another step stops the phases that run", () => {
  show({ guess: { step: 0, parameters: [0], way: "up", taken: true, correct: true } });
  show({ t: 1, phase: 0, guess: null });
  mock.timers.tick(5000);
  assert.equal(stage.state.phase, 0);
});
