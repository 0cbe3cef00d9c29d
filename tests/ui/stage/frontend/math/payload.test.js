import assert from "node:assert/strict";
import { test } from "node:test";
import { Payload } from "#frontend/math/payload.js";
import { fixture } from "../helpers/fixtures.js";
import { close } from "../helpers/state.js";

const experiments = Object.entries(fixture("experiments"));

test("rows arrive as Python has them, and the model predicts them as Python does", () => {
  for (const [address, { sent, X, y, fitted, steps }] of experiments) {
    const payload = new Payload(sent);
    const { theta } = steps[0];
    assert.deepEqual(Array.from(payload.y), y, address);
    for (let j = 0; j < payload.M; j++)
      assert.deepEqual(
        Array.from(payload.column(j)),
        X.map((/** @type {number[]} */ row) => row[j + payload.offset]),
      );
    const size = Math.max(...y.map(Math.abs));
    close(payload.fit(theta), fitted, { relative: 1e-12, absolute: 1e-12 * size, about: address });
    close([payload.predict(theta, X[3].slice(payload.offset))], [fitted[3]], {
      absolute: 1e-12 * size,
      about: address,
    });
  }
});

test("the shares of the rows make up the loss and the gradient", () => {
  for (const [address, { sent, arrows, steps }] of experiments) {
    const payload = new Payload(sent);
    let tsse = 0;
    let gradient = 0;
    for (let i = 0; i < payload.shown; i++) {
      const share = payload.share(steps[0].theta, i);
      tsse += share.tsse;
      gradient += share.gradient;
      close(share.arrow, arrows[i], { absolute: 1e-9 * Math.max(...arrows[i].map(Math.abs)), about: address });
    }
    close([tsse, gradient], [1, 1], { about: address });
  }
});

test("the exact run is the one that Python trained", () => {
  for (const [address, { sent, steps }] of experiments) {
    const { exact, bowl } = new Payload(sent);
    for (const { t, theta, gradient } of steps) {
      assert.deepEqual(Array.from(exact.at(t).theta), theta, address);
      assert.deepEqual(Array.from(exact.at(t).gradient), gradient, address);
    }
    assert.equal(exact.bowl, bowl);
  }
});

test("names carry their units, where those are known", () => {
  const payload = new Payload(experiments.find(([address]) => address === "?data=gapminder")?.[1].sent);
  assert.ok(payload.paramLabels.some((label) => /\(.+\)$/.test(label)));
  assert.equal(new Payload(experiments[0][1].sent).lossLabel, "TSSE");
});

test("a run that ended early does not cut a preview short", () => {
  const [, { sent }] = experiments[0];
  const payload = new Payload({ ...sent, run: { ...sent.run, steps: 2500 } });
  assert.equal(payload.previewSteps.at(-1), 2500);
  assert.equal(payload.previewSteps, payload.previewSteps, "and is computed once");
});
