import assert from "node:assert/strict";
import { test } from "node:test";
import { ArithmeticControl } from "#frontend/controls/tables/arithmetic.js";
import { PHASES, SCALED, THETA } from "#frontend/math/phases.js";
import { installDocument, stageOf } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { close, shown, stateOf } from "../../helpers/state.js";

installDocument();
const experiments = Object.entries(fixture("experiments"));

/** One unit in the last digit of a number as it is written. */
function lastDigit(/** @type {string} */ text) {
  const [digits, exponent = "0"] = text.replaceAll(",", "").replaceAll("−", "-").split("e");
  return 10 ** (Number(exponent) - (digits.split(".")[1]?.length ?? 0));
}

test("anyone can do the step again from what stands there", () => {
  for (const [address, { sent, steps }] of experiments)
    for (const { t, theta, gradient, next } of steps) {
      const state = stateOf(sent, { t, phase: THETA });
      const table = new ArithmeticControl(stageOf(state));
      table.set(state);
      table.show(state);
      assert.equal(table.rows.length, theta.length);
      for (const [j, cells] of table.rows.entries()) {
        const texts = cells.map((cell) => (cell.textContent ?? "").replace(/^[−·=] /, ""));
        const [from, rate, slope, to] = texts.map(shown);
        assert.ok(Math.abs(from - rate * slope - to) <= lastDigit(texts[3]), `${address} ${texts}`);
        const titles = cells.map(({ title }) => Number(title));
        close(titles, [theta[j], sent.run.rate, gradient[j], next[j]], {
          absolute: 1e-9 * Math.max(...gradient.map(Math.abs)),
          about: address,
        });
      }
    }
});

test("the line is written as far as the phase has reached", () => {
  const [, { sent }] = experiments[0];
  for (const phase of PHASES.keys()) {
    const state = stateOf(sent, { phase });
    const table = new ArithmeticControl(stageOf(state));
    table.set(state);
    table.show(state);
    const filled = table.rows[0].map(({ textContent }) => textContent !== "");
    assert.deepEqual(filled, [true, phase >= SCALED, true, phase >= THETA]);
  }
});
