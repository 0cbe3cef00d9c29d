import assert from "node:assert/strict";
import { test } from "node:test";
import { NumbersControl, unitsOf } from "#frontend/controls/tables/numbers.js";
import { installDocument, stageOf } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { close, shown, stateOf } from "../../helpers/state.js";

installDocument();
const experiments = Object.entries(fixture("experiments"));
const [THETA, RATE, GRADIENT, NEXT, BEST, AWAY] = [0, 2, 4, 6, 7, 8]; // cells of a parameter's row

/** How far a number written to six digits may be from the number meant. */
const rounding = (/** @type {number} */ value) =>
  value === 0 ? 0 : 0.5 * 10 ** (Math.floor(Math.log10(Math.abs(value))) - 5);

test("each step is the core's own, and its arithmetic is right to the last digit shown", () => {
  for (const [address, { sent, steps, best }] of experiments)
    for (const { t, theta, gradient, next } of steps) {
      const state = stateOf(sent, { t });
      const numbers = new NumbersControl(stageOf(state));
      numbers.set(state);
      numbers.show(state);
      const { rate } = sent.run;
      const size = Math.max(...gradient.map(Math.abs));
      for (const [j, cells] of numbers.rows.entries()) {
        const [titles, texts] = [cells.map(({ title }) => Number(title)), cells.map((cell) => cell.textContent ?? "")];
        const exact = [theta[j], rate, gradient[j], next[j], best[j]];
        const columns = [THETA, RATE, GRADIENT, NEXT, BEST];
        const within = { relative: 1e-9, absolute: 1e-9 * Math.min(size, Math.max(...exact.map(Math.abs))) };
        close(
          columns.map((k) => titles[k]),
          exact,
          { ...within, about: address },
        );
        close(
          columns.map((k) => shown(texts[k])),
          columns.map((k) => titles[k]),
          { relative: 6e-6, about: address },
        );
        close([titles[AWAY]], [theta[j] - best[j]], { relative: 1e-6, absolute: 1e-9 * Math.abs(theta[j]) });
        const [from, factor, slope, to] = [THETA, RATE, GRADIENT, NEXT].map((k) => shown(texts[k]));
        const slack = rounding(from) + rounding(to) + Math.abs(slope) * rounding(factor) + factor * rounding(slope);
        assert.ok(Math.abs(from - factor * slope - to) <= 1.01 * slack, `${address} ${texts}`);
      }
    }
});

test("the measures are those of the rows", () => {
  for (const [address, { sent, y, steps }] of experiments)
    for (const step of steps) {
      const state = stateOf(sent, { t: step.t });
      const numbers = new NumbersControl(stageOf(state));
      numbers.set(state);
      numbers.show(state);
      /** @type {Record<string, number>} */
      const expected = {
        loss: step.loss,
        tsse: step.tsse,
        mse: step.tsse / y.length,
        gradient: Math.hypot(...step.gradient),
        r2: step.r2,
      };
      assert.deepEqual(
        numbers.lines.map(({ key }) => key),
        ["loss", sent.loss === "mse" ? "tsse" : "mse", "gradient", "r2"],
      );
      for (const { key, now } of numbers.lines) {
        close([Number(now.title)], [expected[key]], { relative: 1e-9, absolute: 1e-12, about: `${address} ${key}` });
        close([shown(now.textContent ?? "")], [expected[key]], {
          relative: 6e-6,
          absolute: 1e-12,
          about: `${address} ${key}`,
        });
      }
    }
});

test("units stand at the parameters, where they are known", () => {
  const units = { theta: ["$", ""], gradient: ["per $", ""], rate: ["$²", ""], loss: "", target: "" };
  const symbols = { theta: "θ", fitted: "ỹ", rate: "η" };
  assert.deepEqual(
    [0, 1].map((j) => unitsOf({ units, symbols }, j)),
    ["in $, ∇ per $, η in $²", ""],
  );
});
