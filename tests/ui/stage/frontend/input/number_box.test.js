import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { numberIn, parameterOf, rateOf, seedOf } from "#frontend/input/number_box.js";
import { fixture } from "../helpers/fixtures.js";

const { maxChosenNumber, shown, maxSeed } = fixture("bounds");
const FAR = `A parameter lies between −${shown} and ${shown}; farther out the loss does not fit a float.`;
const RATE = `A learning rate lies above 0 and is at most ${shown}.`;
const SEED = `A seed is a whole number from 0 to ${maxSeed.toLocaleString("en")}.`;

/** A box as the browser's: what is typed, and why it is refused. */
class Box extends EventTarget {
  value = "";
  validationMessage = "";
  reports = 0;

  /** @param {string} words */
  setCustomValidity(words) {
    this.validationMessage = words;
  }

  reportValidity() {
    this.reports += 1;
    return this.validationMessage === "";
  }

  /** @param {string} text */
  type(text) {
    this.value = text;
    this.dispatchEvent(new Event("input"));
  }
}

/** @type {any} */
let box;
/** @type {import("node:test").Mock<() => void>} */
let restore;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  box = new Box();
  restore = mock.fn(() => {
    box.value = "before";
  });
});

test("a box holds a number or none", () => {
  for (const [text, value] of /** @type {[string, number][]} */ ([
    ["1.5", 1.5],
    ["-2e3", -2000],
    ["0", 0],
    ["", NaN],
    ["  ", NaN],
    ["1e999", NaN],
    ["one", NaN],
  ])) {
    box.value = text;
    assert.ok(Object.is(numberIn(box), value), text);
  }
});

for (const [name, of, bound, refused, taken, words] of /** @type {const} */ ([
  [
    "a parameter",
    parameterOf,
    maxChosenNumber,
    ["1e101", "-1e200"],
    ["0.25", "3", `${maxChosenNumber}`, `-${maxChosenNumber}`],
    FAR,
  ],
  ["a rate", rateOf, maxChosenNumber, ["-1", "0", "2e100"], ["0.001", `${maxChosenNumber}`], RATE],
  ["a seed", seedOf, maxSeed, ["-1", "1.5", "2147483648"], ["12", "0", "2147483647"], SEED],
]))
  test(`${name} out of bounds is refused in words, and the next one taken`, () => {
    for (const text of refused) {
      box.type(text);
      assert.ok(Number.isNaN(of(box, bound, restore)), text);
      assert.equal(box.validationMessage, words);
      for (const good of taken) {
        box.type(good);
        assert.equal(box.validationMessage, "", "typing takes the words away");
        assert.equal(of(box, bound, restore), Number(good));
      }
      assert.equal(box.value, taken.at(-1));
    }
    assert.equal(box.reports, refused.length);
    mock.timers.tick(60_000);
    assert.equal(restore.mock.callCount(), 0, "a number that was replaced does not come back");
  });

test("a refused number gives way to the one before, after a while", () => {
  box.type("1e101");
  parameterOf(box, maxChosenNumber, restore);
  mock.timers.tick(3999);
  assert.deepEqual([box.value, box.validationMessage], ["1e101", FAR]);
  mock.timers.tick(1);
  assert.deepEqual([box.value, box.validationMessage], ["before", ""]);
});

test("an emptied box gets back at once what was in it", () => {
  box.type("");
  assert.ok(Number.isNaN(parameterOf(box, maxChosenNumber, restore)));
  assert.deepEqual([box.value, box.validationMessage, box.reports], ["before", "", 0]);
});
