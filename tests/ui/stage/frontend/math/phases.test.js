import assert from "node:assert/strict";
import { test } from "node:test";
import { Payload } from "#frontend/math/payload.js";
import { GRADIENT, LOSS, MODEL, next, PHASES, sentence } from "#frontend/math/phases.js";
import { fixture } from "../helpers/fixtures.js";
import { close, numbersIn, stateOf } from "../helpers/state.js";

const experiments = Object.entries(fixture("experiments"));

test("the next step is Python's, and goes on after its last", () => {
  for (const [address, { sent, steps }] of experiments) {
    assert.equal(steps.at(-1).t, new Payload(sent).exact.last);
    for (const step of steps) {
      const then = next(stateOf(sent, { t: step.t }));
      close(then.theta, step.next, { absolute: 1e-9 * Math.max(...step.next.map(Math.abs)), about: address });
      close([then.loss], [step.nextLoss], { about: address });
    }
  }
});

test("each phase has its sentence with the numbers of the step", () => {
  for (const [address, { sent, steps }] of experiments)
    for (const step of steps) {
      const { rate } = sent.run;
      const [now, then, slope] = [step.theta, step.next, step.gradient].map((values) => values.slice(0, 3));
      const expected = [
        [...now, ...slope],
        [rate, ...slope.map((/** @type {number} */ value) => rate * value)],
        slope.map((/** @type {number} */ value) => -rate * value),
        [...now, ...then],
        [...then, ...now].map(Math.abs),
        [step.loss, step.nextLoss, 100 * Math.abs(step.nextLoss / step.loss - 1)],
      ];
      for (const phase of PHASES.keys()) {
        const text = sentence(stateOf(sent, { t: step.t, phase }));
        if (/almost nothing/.test(text)) continue;
        const numbers = numbersIn(text.replace(/θ\d|x\d/g, ""));
        close(phase === MODEL ? numbers.map(Math.abs) : numbers, expected[phase], {
          relative: phase === LOSS ? 5e-3 : 6e-5,
          about: `${address} ${text}`,
        });
      }
    }
});

test("the last step of a run is said, and a step that changed nothing", () => {
  const [, { sent }] = experiments[0];
  const state = stateOf(sent);
  const { last } = state.run;
  const at = { ...state, t: last, here: state.run.at(last) };
  assert.match(sentence({ ...at, phase: LOSS }), /The run ends here\.$/);
  assert.doesNotMatch(sentence({ ...at, phase: GRADIENT }), /ends/);
  const still = { ...state, here: { ...state.run.at(0), loss: state.run.at(1).loss }, phase: LOSS };
  assert.match(sentence(still), /almost nothing/);
});

test("a line is a line, a plane a model, and a long equation stops with dots", () => {
  const of = (/** @type {string} */ address) =>
    sentence(stateOf(fixture("experiments")[address].sent, { phase: MODEL }));
  assert.match(of(""), /^The new θ is a new line: ỹ = .* x\. Before/);
  assert.match(of("?data=plane"), /a new model: .* x1 .* x2\./);
  assert.match(of("?data=five"), / \+ …\. Before/);
});
