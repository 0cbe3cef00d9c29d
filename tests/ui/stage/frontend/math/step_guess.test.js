import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUS } from "#frontend/math/phases.js";
import { isOpen, judge, line, scoreOf, summaryOf, verdict } from "#frontend/math/step_guess.js";
import { fixture } from "../helpers/fixtures.js";
import { close } from "../helpers/state.js";

const guesses = fixture("guesses");
const [, { sent }] = Object.entries(fixture("experiments"))[0];

test("a guess is judged as Python judges it", () => {
  const seen = new Set();
  for (const { guess, now, then, correct, share } of guesses) {
    const judged = judge(guess, now, then, sent.constants.correctShare);
    assert.equal(judged.correct, correct);
    if (share === null) assert.equal(judged.share, null);
    else close([/** @type {number} */ (judged.share)], [share], { absolute: 1e-12 });
    seen.add(`${correct} ${guess.way ? "way" : share === null ? "no step" : "values"}`);
  }
  for (const kind of ["true way", "false way", "true values", "false values", "false no step"])
    assert.ok(seen.has(kind), kind);
});

test("the verdict is a sentence", () => {
  assert.equal(verdict({ correct: true, share: null, way: "up" }), "Right: it goes up.");
  assert.match(verdict({ correct: false, share: null, way: "down" }), /^Not down\. The step/);
  assert.equal(verdict({ correct: true, share: null }), "This step has no length: the gradient is zero.");
  assert.equal(
    verdict({ correct: true, share: 0.123456 }),
    "You were 12.3 % of the step's length away: close enough to count as right.",
  );
  assert.equal(verdict({ correct: true, share: 0.0123456 }).split(" %")[0], "You were 1.2");
  assert.equal(verdict({ correct: false, share: 2 }), "You were 200 % of the step's length away.");
});

test("a guess is open until the picture shows the answer", () => {
  assert.ok(isOpen({ phase: undefined, guess: null }) && isOpen({ phase: MINUS - 1, guess: null }));
  assert.ok(!isOpen({ phase: MINUS, guess: null }));
  assert.ok(!isOpen({ phase: 0, guess: { step: 0, parameters: [0], way: "up", taken: true } }));
});

test("scores are listed and summed up", () => {
  const params = ["θ0", "θ1"];
  const scores = [
    scoreOf({ step: 1200, parameters: [0, 1], values: [1, 2], correct: true, share: 0.2 }, params),
    scoreOf({ step: 3, parameters: [1], way: "down", correct: false, share: null }, params),
    scoreOf({ step: 0, parameters: [0], values: [1], correct: false, share: 0.5 }, params),
  ];
  assert.deepEqual(scores.map(line), [
    "step 1,200, θ0, θ1: 20 % of the step away",
    "step 3, θ1 goes down: not right",
    "step 0, θ0: 50 % of the step away",
  ]);
  assert.equal(summaryOf(scores), "Your score: 1 right of 3 guesses, on average 35 % of a step away");
  assert.equal(summaryOf(scores.slice(1, 2)), "Your score: 0 right of 1 guess");
});
