import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Picture } from "#frontend/picture.js";
import { installDocument, stageOf } from "./helpers/dom.js";
import { fixture } from "./helpers/fixtures.js";
import { stateOf } from "./helpers/state.js";

/** @import { PanelName, PictureSpec } from "#frontend/payload.d.ts" */

installDocument();
/** @type {[string, any][]} */
const experiments = Object.entries(fixture("experiments"));
const { sent } = fixture("experiments")[""];

/**
 * Every kind that a layout may name: the type checker sees to it.
 * @type {Record<PanelName, "flat" | "space" | "both">}
 */
const KINDS = {
  data: "both",
  loss: "flat",
  "theta-plane": "flat",
  bowl: "space",
  residuals: "both",
  "gradient-arrows": "flat",
  "slow-motion-plane": "flat",
  "slow-motion-data": "flat",
  "slow-motion-loss": "flat",
  "residual-block": "flat",
  parabola: "flat",
  "directions-plane": "flat",
  "direction-errors": "flat",
  distance: "flat",
  "rate-sweep": "flat",
  "compare-plane": "flat",
};
const NAMES = /** @type {PanelName[]} */ (Object.keys(KINDS));

/**
 * @param {PictureSpec} spec
 * @param {any} state
 * @returns {any}
 */
function pictureOf(spec, state) {
  const picture = new Picture(spec, stageOf(state));
  picture.set();
  return picture;
}

for (const [panel, kind] of Object.entries(KINDS))
  test(`${panel} draws numbers, and says its picture in words`, () => {
    const spec = { panel: /** @type {PanelName} */ (panel), id: panel };
    for (const [address, { sent }] of experiments) {
      const state = stateOf(sent, { t: 1, best: true });
      const picture = pictureOf(spec, state);
      assert.deepEqual([Boolean(picture.flat), Boolean(picture.space)], [kind !== "space", kind !== "flat"]);
      for (const each of [picture.flat, picture.space]) {
        if (!each || (each === picture.space && !picture.inSpace())) continue;
        each.prepare(state);
        const traces = each.traces(state);
        assert.ok(traces.length);
        for (const axis of Object.values(each.axes(state)))
          assert.ok(axis.range.every(Number.isFinite) && axis.range[0] < axis.range[1], `${address} ${axis.title}`);
        for (const { x, y, z = [] } of traces)
          for (const value of [x, y, z].flatMap((values) => Array.from(values).flat()))
            assert.ok(value === null || Number.isFinite(value), `${address}: ${value}`);
        assert.match(each.label(state), /\w{3}/);
      }
      picture.describe();
      if (picture.flat) assert.equal(picture.flat.plot.getAttribute("aria-label"), picture.flat.label(state), address);
    }
  });

test("a kind that nobody knows is refused by its name", () => {
  const spec = /** @type {any} */ ({ panel: "pie", id: "pie" });
  assert.throws(() => new Picture(spec, stageOf(stateOf(sent))), /no panel is called pie/);
});

test("a title that the page gives stays", () => {
  for (const panel of NAMES) {
    const { figure } = pictureOf({ panel, id: "p", title: "As the page says" }, stateOf(sent));
    if (KINDS[panel] === "space") continue;
    assert.equal(figure.querySelector("h3").textContent, "As the page says", panel);
  }
});

test("a picture shows its variant, and the view of the data that the page asks for", () => {
  const stage = stageOf(stateOf(sent));
  stage.stateOf = mock.fn(() => stateOf(sent, { dataView: "0" }));
  const { state } = new Picture({ panel: "data", id: "data", variant: 1, dataView: "fitted" }, stage);
  assert.equal(state.dataView, "fitted");
  assert.deepEqual(stage.stateOf.mock.calls.at(-1).arguments, [1]);
  assert.equal(new Picture({ panel: "data", id: "data" }, stage).state.dataView, "0");
});

test("under a picture in space the flat one rests", () => {
  const plane = fixture("experiments")["?data=plane"].sent;
  for (const [dataView, shows] of /** @type {[string, number][]} */ ([
    ["plane", 0],
    ["fitted", 1],
  ])) {
    const picture = pictureOf({ panel: "data", id: "data" }, stateOf(plane, { dataView }));
    picture.flat.show = mock.fn();
    picture.show(true);
    assert.equal(picture.flat.show.mock.callCount(), shows, dataView);
  }
});

test("what a pointer does on the curve jumps to a step", () => {
  const picture = pictureOf({ panel: "loss", id: "loss" }, stateOf(sent, { held: null }));
  const { plot, frame } = picture.flat;
  const captured = new Set();
  Object.assign(plot, {
    getBoundingClientRect: () => ({ left: 100, top: 50 }),
    setPointerCapture: (/** @type {number} */ id) => captured.add(id),
    hasPointerCapture: (/** @type {number} */ id) => captured.has(id),
  });
  /**
   * @param {string} type
   * @param {number} step
   */
  const point = (type, step) => {
    const [clientX, clientY] = [100 + frame.margin.l + frame.toX(step), 50 + frame.margin.t + 10];
    const event = Object.assign(new Event(type), { button: 0, pointerId: 7, pointerType: "mouse", clientX, clientY });
    plot.dispatchEvent(event);
  };
  point("pointerdown", 12);
  point("pointermove", 30.2);
  point("pointerup", 31);
  point("pointermove", 40);
  assert.deepEqual(picture.stage.updates, [
    { step: 12, playing: false, held: { by: "step" } },
    { step: 30, playing: false },
    { held: null },
    {},
  ]);
});

test("a picture that is not seen has no size to be drawn at", () => {
  const picture = pictureOf({ panel: "loss", id: "loss" }, stateOf(sent));
  picture.flat.set = mock.fn();
  picture.flat.settle = mock.fn();
  Object.defineProperty(picture.flat.plot, "clientWidth", { value: 0, configurable: true });
  picture.resize({});
  assert.equal(picture.flat.set.mock.callCount(), 0);
  Object.defineProperty(picture.flat.plot, "clientWidth", { value: 500 });
  picture.resize({});
  assert.equal(picture.flat.set.mock.callCount(), 1);
  assert.equal(picture.flat.settle.mock.callCount(), 1);
});

test("a drawing that fails at another size is an error of the stage", async () => {
  const picture = pictureOf({ panel: "loss", id: "loss" }, stateOf(sent));
  const error = new Error("no room");
  Object.defineProperty(picture.flat.plot, "clientWidth", { value: 500 });
  picture.flat.settle = async () => {
    throw error;
  };
  picture.resize({});
  await new Promise((done) => setImmediate(done));
  assert.deepEqual(picture.stage.errors, [error]);
});
