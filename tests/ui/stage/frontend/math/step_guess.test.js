import assert from "node:assert/strict";
import { test } from "node:test";
import { brief, judge, percentOf, verdict } from "#frontend/math/step_guess.js";
import { fixture } from "../fixtures.js";
import { close } from "../state.js";

const guesses = fixture("guesses");
const [, { sent }] = Object.entries(fixture("experiments"))[0];

test("a guess is judged as Python judges it", () => {
  const seen = new Set();
  for (const { guess, now, then, correct, share } of guesses) {
    const judged = judge(guess, now, then, sent.constants.closeGuess);
    assert.equal(judged.correct, correct);
    if (share === null) assert.equal(judged.share, null);
    else close([/** @type {number} */ (judged.share)], [share], { absolute: 1e-12 });
    seen.add(`${correct} ${guess.way ? "way" : share === null ? "no step" : "values"}`);
  }
  for (const kind of ["true way", "false way", "true values", "false values", "false no step"])
    assert.ok(seen.has(kind), kind);
});

test("the verdict is said in full and in short", () => {
  assert.equal(verdict({ correct: true, share: null, way: "up" }), "Right: it goes up.");
  assert.match(verdict({ correct: false, share: null, way: "down" }), /^Not down this time\./);
  assert.equal(verdict({ correct: true, share: null }), "This step has no length: the gradient is zero.");
  assert.equal(
    verdict({ correct: true, share: 0.123456 }),
    "You were 12.3 % of the step's length away: close enough to count as right.",
  );
  assert.equal(verdict({ correct: false, share: 2 }), "You were 200 % of the step's length away.");
  assert.deepEqual(
    [
      brief({ correct: true, share: null }),
      brief({ correct: false, share: null }),
      brief({ correct: false, share: 2 }),
    ],
    ["right", "not right", "200 % of the step away"],
  );
});

test("a near miss is written to two digits", () => {
  assert.deepEqual([percentOf(0.0123456), percentOf(0.123456)], ["1.2 %", "12.3 %"]);
});
