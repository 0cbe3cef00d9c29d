import assert from "node:assert/strict";
import { test } from "node:test";
import { viewQuery } from "#frontend/input/view_query.js";
import { FITTED, PLANE } from "#frontend/math/payload.js";
import { fixture } from "../helpers/fixtures.js";

test("a view has the query that Python writes of it", () => {
  const { cases, fitted, plane } = fixture("views");
  assert.deepEqual([FITTED, PLANE], [fitted, plane]);
  assert.ok(cases.length > 50);
  const five = /** @type {any} */ ({ bowl: { p: 6 }, M: 5 });
  for (const { view, query } of cases)
    assert.deepEqual([...viewQuery(view, five)], [...new URLSearchParams(query)], query);
});

test("what there is only one of is not written", () => {
  const view = { step: 2, log: false, pair: [1, 0], dataView: "0" };
  assert.equal(String(viewQuery(view, /** @type {any} */ ({ bowl: { p: 2 }, M: 1 }))), "step=2");
});
