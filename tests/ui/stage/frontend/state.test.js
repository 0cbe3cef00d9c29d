import assert from "node:assert/strict";
import { test } from "node:test";
import { Payload } from "#frontend/math/payload.js";
import { GRADIENT, LOSS } from "#frontend/math/phases.js";
import { changed, received, variantOf } from "#frontend/state.js";
import { fixture } from "./helpers/fixtures.js";

/**
 * @import { StepGuess, State } from "#frontend/types.d.ts"
 * @import { LayoutSpec } from "#frontend/payload.d.ts"
 */

const experiments = fixture("experiments");
const FIVE = "?data=five"; // features

/**
 * @param {Partial<LayoutSpec>} [page]
 * @returns {LayoutSpec}
 */
const layoutOf = (page) => ({
  name: "stage",
  label: "",
  pictures: [],
  top: [],
  side: [],
  still: false,
  best: true,
  show: "fitted",
  box: null,
  place: "",
  ...page,
});

/**
 * The state after an answer of Python.
 * @param {State | null} [before]
 * @param {{ address?: string, page?: Partial<LayoutSpec>, view?: object, sent?: object }} [about]
 */
function answered(before = null, { address = "", page = {}, view = {}, sent = {} } = {}) {
  const payload = new Payload({ key: address, ...experiments[address].sent, ...sent });
  return received(before, payload, [], {
    layout: layoutOf(page),
    view: { step: 0, log: false, pair: [0, 1], dataView: "fitted", speed: 20, ...view },
    tries: [],
    colours: {},
    theme: /** @type {any} */ ({}),
  });
}

test("the first answer is looked at as the address says", () => {
  const state = answered(null, { address: FIVE, view: { step: 3, log: true, pair: [2, 4], dataView: "1" } });
  assert.deepEqual(
    [state.step, state.t, state.log, state.pair, state.dataView, state.chosenView],
    [3, 3, true, [2, 4], "1", "1"],
  );
  assert.deepEqual(state.here.theta, state.run.at(3).theta);
});

test("a view that these data cannot have gives way", () => {
  const state = answered(null, { view: { step: 1e9, pair: [3, 3], dataView: "7" } });
  assert.deepEqual([state.step, state.pair, state.dataView], [state.last, [0, 1], "fitted"]);
  assert.deepEqual(answered(null, { address: "?intercept=0", view: { pair: [0, 1] } }).pair, [0, 0]);
});

test("a page about the model shows it over a feature unless a reader chose otherwise", () => {
  const page = /** @type {const} */ ({ show: "model" });
  const plane = answered(null, { address: "?data=plane", page });
  assert.deepEqual([plane.dataView, plane.chosenView], ["plane", "fitted"]);
  assert.equal(answered(null, { address: FIVE, page }).dataView, "0");
  assert.equal(answered(null, { address: FIVE, page, view: { dataView: "2" } }).dataView, "2");
  assert.equal(changed(plane, { dataView: "1" }).chosenView, "1");
});

test("an answer about the same data keeps the view; other data begin with their own", () => {
  const before = changed(answered(null, { address: FIVE }), { step: 4, log: true, pair: [1, 3], dataView: "2" });
  const same = answered(before, { address: FIVE });
  assert.deepEqual([same.step, same.log, same.pair, same.dataView], [4, true, [1, 3], "2"]);
  const other = answered(before, { address: "?data=plane" });
  assert.deepEqual([other.step, other.log, other.pair, other.dataView], [0, true, [0, 1], "fitted"]);
});

test("what a reader chose stays with an answer; the parameter of the parabola with its data", () => {
  const before = answered(null, { address: FIVE });
  assert.deepEqual([before.removing, before.closeUp, before.parameter], [false, false, 1]);
  const chosen = changed(before, { removing: true, closeUp: true, parameter: 3, lit: "data" });
  const { removing, closeUp, parameter, lit } = answered(chosen, { address: FIVE });
  assert.deepEqual([removing, closeUp, parameter, lit], [true, true, 3, "data"]);
  const other = answered(chosen, { address: "?data=plane" });
  assert.deepEqual([other.removing, other.closeUp, other.parameter], [true, true, 1]);
  assert.equal(answered(null, { address: "?intercept=0" }).parameter, 0, "there is no weight beside the only one");
});

test("a change that changes nothing gives the same state, and no state is written into", () => {
  const state = Object.freeze(answered());
  for (const change of [{}, { ghost: null }, { step: 0 }, { hoverRow: null, held: null }, { best: true }])
    assert.equal(changed(state, change), state);
  assert.notEqual(changed(state, { step: 1 }), state);
});

test("a step stays within the run", () => {
  const state = answered();
  assert.equal(changed(state, { step: -5 }).t, 0);
  assert.equal(changed(state, { step: Infinity }).t, state.run.last);
});

test("a rate is previewed from the same start, a start at the same rate", () => {
  const state = answered();
  const faster = changed(state, { rate: 2 * state.run.rate });
  assert.deepEqual([faster.run.exact, faster.run.rate], [false, 2 * state.run.rate]);
  assert.deepEqual(Array.from(faster.run.at(0).theta), Array.from(state.run.at(0).theta));
  const moved = changed(faster, { start: [1, 2] });
  assert.deepEqual([moved.run.rate, Array.from(moved.here.theta)], [faster.run.rate, [1, 2]]);
});

test("the run that Python gave is not asked for again", () => {
  const state = answered();
  const back = changed(changed(state, { rate: 7 }), { rate: state.run.rate, ask: "rate" });
  assert.equal(back.run, state.run);
  assert.equal(changed(state, { rate: 7, ask: "rate" }).run.exact, false);
});

test("a preview outlasts an answer while a hand holds the start, but not while it holds the rate or a row", () => {
  for (const by of /** @type {const} */ (["start", "line", "weight"])) {
    const held = changed(answered(), { start: [1, 2], held: { by } });
    assert.deepEqual(Array.from(answered(held).run.at(0).theta), [1, 2], by);
  }
  for (const by of /** @type {const} */ (["rate", "point"])) {
    const held = changed(answered(), { rate: 7, held: { by } });
    assert.equal(answered(held).run.exact, true, by);
  }
  const released = changed(changed(answered(), { start: [1, 2], held: { by: "start" } }), { held: null, ask: "start" });
  assert.equal(answered(released).run.exact, true);
});

test("the same parameter twice swaps the axes", () => {
  const state = changed(answered(null, { address: FIVE }), { pair: [2, 4] });
  assert.deepEqual(changed(state, { pair: [4, 4] }).pair, [4, 2]);
  assert.deepEqual(changed(state, { pair: [2, 2] }).pair, [4, 2]);
  assert.deepEqual(changed(state, { pair: [1, 4] }).pair, [1, 4]);
});

test("another step begins with its gradient and unguessed", () => {
  /** @type {StepGuess} */
  const guess = { step: 0, parameters: [0], way: "up" };
  const state = changed(answered(null, { page: { top: ["phases"] } }), { phase: LOSS, guess });
  assert.deepEqual([state.phase, state.guess], [LOSS, guess]);
  const next = changed(state, { step: 1 });
  assert.deepEqual([next.phase, next.guess], [GRADIENT, null]);
  assert.equal(changed(next, { step: 0, phase: LOSS }).phase, LOSS, "unless a phase is meant");
  assert.equal(answered().phase, undefined, "a page without slow motion has no phases");
});

test("a guess ends with the question it answers", () => {
  /** @type {StepGuess} */
  const guess = { step: 0, parameters: [0], way: "up" };
  const state = changed(answered(null, { address: FIVE }), { guess });
  assert.equal(answered(state, { address: FIVE }).guess, guess);
  assert.equal(answered(state, { address: "?data=plane" }).guess, null);
});

test("a prediction is asked for at the means, on pages that have one", () => {
  const state = answered(null, { page: { side: ["prediction"] } });
  assert.deepEqual(
    state.newX,
    state.payload.means.map((mean) => Number(mean.toPrecision(3))),
  );
  assert.equal(answered().newX, null);
  const elsewhere = changed(state, { newX: [9] });
  assert.deepEqual(answered(elsewhere, { page: { side: ["prediction"] } }).newX, [9]);
});

// ---- tries -------------------------------------------------------------------------------------------------------

/**
 * Lets a hand go at each θ in turn, Python answering.
 * @param {State} state
 * @param {number[][]} thetas
 */
function tried(state, thetas) {
  for (const start of thetas) state = { ...changed(state, { start, ask: "start" }), run: state.run };
  return state;
}

const still = () => answered(null, { page: { still: true } });

test("the first try begins the trail where the hand found θ", () => {
  const state = still();
  assert.deepEqual(
    tried(state, [
      [4, -2],
      [2, -2],
    ]).tries,
    [Array.from(state.run.at(0).theta), [4, -2], [2, -2]],
  );
});

test("a hand that lets go where it was has not tried", () => {
  const state = still();
  assert.deepEqual(tried(state, [Array.from(state.run.at(0).theta)]).tries, []);
  assert.equal(
    tried(state, [
      [1, 3],
      [1, 3],
    ]).tries.length,
    2,
  );
});

test("the oldest of many tries go, and a page with a run keeps none", () => {
  const many = Array.from({ length: 250 }, (_, m) => [m, 0.5]);
  const { tries } = tried(still(), many);
  assert.deepEqual([tries.length, tries[199]], [200, [249, 0.5]]);
  assert.deepEqual(tried(answered(), many).tries, []);
});

// ---- variants ----------------------------------------------------------------------------------------------------

test("a variant has its own run, as far as that goes", () => {
  const { sent } = experiments[""];
  const payload = new Payload(sent),
    twin = new Payload({
      ...sent,
      run: experiments["?data=plane"].sent.run,
      bowl: experiments["?data=plane"].sent.bowl,
    });
  const state = changed({ ...answered(), variants: [twin, payload] }, { step: Infinity });
  assert.equal(state.last, Math.max(payload.exact.last, twin.exact.last));
  const shown = variantOf(state, 0);
  assert.deepEqual([shown.payload, shown.t], [twin, Math.min(state.step, twin.exact.last)]);
  assert.equal(variantOf(state, undefined), state);
});
