import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { PointSender } from "#frontend/input/point_sender.js";

/** @type {number[][][]} */
let sent;
/** @type {PointSender} */
let sender;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  sent = [];
  sender = new PointSender(
    ({ points = [] }) => sent.push(points),
    (/** @type {number[][]} */ points) => points.length === 0,
  );
});

test("points go at once, to four digits", () => {
  sender.offer([
    [1.23456, -0.000123456],
    [1e6 / 3, 0],
  ]);
  assert.deepEqual(sent, [
    [
      [1.235, -0.0001235],
      [333300, 0],
    ],
  ]);
});

test("while an answer is on its way only the newest waits", () => {
  for (const x of [1, 2, 3, 4]) sender.offer([[x, 0]]);
  assert.deepEqual(sent, [[[1, 0]]]);
  assert.equal(sender.answered(), false, "the newest is on its way");
  assert.deepEqual(sent, [[[1, 0]], [[4, 0]]]);
  assert.equal(sender.answered(), true);
  assert.equal(sent.length, 2);
});

test("what Python has already is not sent: nobody would answer", () => {
  sender.offer([]);
  assert.deepEqual(sent, []);
  sender.offer([[1, 0]]);
  assert.deepEqual(sent, [[[1, 0]]]);
});

test("an answer that never came holds nothing up", () => {
  sender.offer([[1, 0]]);
  sender.offer([[2, 0]]);
  mock.timers.tick(2999);
  assert.equal(sent.length, 1);
  mock.timers.tick(1);
  assert.deepEqual(sent[1], [[2, 0]]);
});

test("an answer stops the wait for it", () => {
  sender.offer([[1, 0]]);
  mock.timers.tick(2000);
  sender.answered();
  sender.offer([[2, 0]]);
  sender.offer([[3, 0]]);
  mock.timers.tick(2000);
  assert.equal(sent.length, 2, "the clock began again with the second");
  mock.timers.tick(1000);
  assert.equal(sent.length, 3);
});
