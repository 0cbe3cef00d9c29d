import assert from "node:assert/strict";
import { test } from "node:test";
import {
  count,
  counted,
  factor,
  inUnit,
  measured,
  multiplier,
  number,
  percent,
  plain,
  sum,
  untagged,
  withUnit,
} from "#frontend/math/format.js";
import { fixture } from "../helpers/fixtures.js";

const { numbers, multipliers, counts } = fixture("numbers");

test("numbers are written as Python writes them", () => {
  assert.ok(numbers.length > 5000);
  for (const [value, digits, text] of numbers)
    assert.equal(number(value, digits), text, `${value} to ${digits} digits`);
});

test("a multiplier tells itself from 1 and −1 as Python's does", () => {
  assert.ok(multipliers.length > 20);
  for (const [value, digits, text] of multipliers) assert.equal(multiplier(value, digits), text, String(value));
});

test("whole numbers and so many things are written as Python writes them", () => {
  for (const [value, text, steps] of counts) assert.deepEqual([count(value), counted(value, "step")], [text, steps]);
});

test("what is no finite number has a sign of its own", () => {
  assert.deepEqual(
    [null, undefined, NaN].map((value) => number(value)),
    ["–", "–", "–"],
  );
  assert.deepEqual([number(Infinity), number(-Infinity), percent(NaN)], ["∞", "−∞", "–"]);
});

test("a negative factor stands in brackets", () => {
  assert.deepEqual([factor(-2.5), factor(2.5), factor(-1 / 3, 3)], ["(−2.5)", "2.5", "(−0.333)"]);
});

test("a sum has no more places than its parts", () => {
  assert.equal(sum(1.23456789 - 1.2345678, [1.23456789, 1.2345678], 10), "9e−8");
  assert.equal(sum(1 / 3 - 1000, [1 / 3, 1000], 6), "−999.7");
  assert.equal(sum(12, [5, 7], 6), "12");
});

test("units stand behind numbers and in brackets behind names; an unknown one is left out", () => {
  assert.deepEqual([inUnit("3", "kg"), inUnit("3", "")], ["3 kg", "3"]);
  assert.deepEqual([withUnit("mass", "kg"), withUnit("mass", "")], ["mass (kg)", "mass"]);
  assert.deepEqual([measured("θ1", "$"), measured("θ1", "per $")], ["θ1 in $", "θ1 per $"]);
});

test("a share is written in percent", () => {
  assert.equal(percent(0.12345), "12.3\u00a0%");
});

test("names from files are never read as markup", () => {
  assert.equal(plain("<b>a & b</b>"), "&lt;b&gt;a &amp; b&lt;/b&gt;");
  assert.equal(untagged("<b>"), "<\u200bb>");
});
