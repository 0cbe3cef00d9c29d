import assert from "node:assert/strict";
import { test } from "node:test";
import { aboutR2, LossesControl } from "#frontend/controls/tables/losses.js";
import { installDocument, stageOf } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { close, shown, stateOf } from "../../helpers/state.js";

installDocument();
const experiments = Object.entries(fixture("experiments"));

/**
 * @param {LossesControl} losses
 * @param {number} column
 */
const column = (losses, column) => losses.rows.map(({ row }) => shown(row.children[column].textContent ?? ""));

test("the losses are those of the rows, on all scales", () => {
  for (const [address, { sent, y, steps, bestTsse, bestR2 }] of experiments)
    for (const { t, tsse, r2 } of steps) {
      const state = stateOf(sent, { t, best: true });
      const losses = new LossesControl(stageOf(state));
      losses.show(state);
      const n = y.length;
      close(column(losses, 2), [tsse, tsse / n, tsse / (2 * n), r2], {
        relative: 1e-5,
        absolute: 1e-12,
        about: address,
      });
      const best = [bestTsse, bestTsse / n, bestTsse / (2 * n), bestR2];
      close(column(losses, 3), best, { relative: 1e-5, absolute: 1e-9, about: address });
      assert.deepEqual(
        losses.rows.map(({ head }) => head.textContent),
        ["TSSE", "MSE", "½MSE", "R²"],
      );
      assert.equal(losses.rows.filter(({ row }) => row.classList.contains("lr-trained-on")).length, 1);
      assert.equal(losses.r2.textContent?.includes("Below 0"), r2 < 0, address);
    }
});

test("the best fit has a column on demand", () => {
  const [, { sent }] = experiments[0];
  const losses = new LossesControl(stageOf(stateOf(sent)));
  losses.show(stateOf(sent));
  assert.ok(losses.bests.length === 5 && losses.bests.every(({ hidden }) => hidden));
  losses.show(stateOf(sent, { best: true }));
  assert.ok(losses.bests.every(({ hidden }) => !hidden));
});

test("R² says what it compares with, and that it has no value where y does not vary", () => {
  assert.match(aboutR2(0.5, { tss: 12, r2Note: "" }), /^R² compares your TSSE with 12, .* predicting the mean\.$/);
  assert.equal(aboutR2(0.5, { tss: 12, r2Note: "Without an intercept …" }), "Without an intercept …");
  assert.match(aboutR2(-1, { tss: 12, r2Note: "" }), /Below 0: your model is worse than that\.$/);
  assert.equal(aboutR2(NaN, { tss: 0, r2Note: "" }), "R² has no value here: y does not vary.");
});
