import assert from "node:assert/strict";
import { test } from "node:test";
import { joined, largest, outline, packed, residualBlocks } from "#frontend/math/geometry/square_layout.js";
import { fixture } from "../../helpers/fixtures.js";
import { close } from "../../helpers/state.js";

const experiments = Object.entries(fixture("experiments"));

test("the largest residuals come first, whatever their sign", () => {
  assert.deepEqual(largest([1, -4, 0, 3]), [1, 3, 0, 2]);
  assert.deepEqual(largest(Float64Array.from([1, -4, 0, 3]), 2), [1, 3]);
});

test("outlines are closed and joined with gaps", () => {
  const square = outline(0, 0, 2, 1);
  assert.deepEqual(square, { x: [0, 2, 2, 0, 0, null], y: [0, 0, 1, 1, 0, null] });
  assert.deepEqual(joined([square, square]).x.length, 12);
  assert.deepEqual(joined([]), { x: [], y: [] });
});

test("the block is made of the squares: their areas fill it without an overlap", () => {
  for (const [address, { fitted, y, steps }] of experiments) {
    const residuals = y.map((/** @type {number} */ value, /** @type {number} */ i) => value - fitted[i]);
    const areas = largest(residuals).map((i) => residuals[i] ** 2);
    const blocks = packed(areas);
    close(
      blocks.map(([, , w, h]) => w * h),
      areas,
      { absolute: 1e-9 * areas[0], about: address },
    );
    const side = Math.sqrt(steps[0].tsse);
    const filled = blocks.filter(([, , w, h]) => w * h > 0);
    for (const [x, top, w, h] of filled) {
      assert.ok(x > -1e-6 && top > -1e-6, address);
      assert.ok(x + w < side * (1 + 1e-9) && top + h < side * (1 + 1e-9), address);
    }
    const apart = 1e-9 * side;
    for (const [m, [x, top, w, h]] of filled.entries())
      for (const [x2, top2, w2, h2] of filled.slice(m + 1))
        assert.ok(
          x + w <= x2 + apart || x2 + w2 <= x + apart || top + h <= top2 + apart || top2 + h2 <= top + apart,
          address,
        );
  }
});

test("residuals of nothing take no room", () => {
  assert.deepEqual(packed([4, 0, 0]), [
    [0, 0, 2, 2],
    [2, 2, 0, 0],
    [2, 2, 0, 0],
  ]);
  assert.deepEqual(packed([0]), [[0, 0, 0, 0]]);
  assert.deepEqual(packed([]), []);
});

test("each row has its block in the square, and rows that are not drawn share one", () => {
  const blocks = residualBlocks([1, -3, 2], 4.5);
  assert.deepEqual(
    blocks.map(({ row }) => row),
    [1, -1, 2, 0],
  );
  close(
    blocks.map(({ w, h }) => w * h),
    [9, 4.5, 4, 1],
  );
  assert.equal(residualBlocks([1, -3, 2], 0).length, 3);
  const side = Math.sqrt(18.5);
  for (const { x, y, w, h } of blocks) {
    assert.ok(x >= -1e-9 && y >= -1e-9 && x + w <= side + 1e-9 && y + h <= side + 1e-9);
  }
  close([Math.max(...blocks.map(({ y, h }) => y + h))], [side]); // the largest at the upper left
  close([blocks[0].x, blocks[0].y + blocks[0].h], [0, side], { absolute: 1e-9 });
});
