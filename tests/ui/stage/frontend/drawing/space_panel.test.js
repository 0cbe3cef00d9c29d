import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { space } from "#frontend/drawing/markup.js";
import { SpacePanel } from "#frontend/drawing/space_panel.js";
import { installDocument } from "../helpers/dom.js";
import { fixture } from "../helpers/fixtures.js";
import { built } from "../helpers/panels.js";
import { stateOf } from "../helpers/state.js";

installDocument();
Object.assign(globalThis, { requestAnimationFrame: (/** @type {() => void} */ frame) => setImmediate(frame) });

/** One point in space, at the step. */
class Point extends SpacePanel {
  static figure = { title: "A point", canvas: space };

  axes() {
    const axis = (/** @type {string} */ title) => ({ range: /** @type {[number, number]} */ ([0, 9]), title });
    return { x: axis("<b>x</b>"), y: axis("y"), z: axis("z") };
  }

  /** @param {any} state */
  label({ t }) {
    return `a point at step ${t}`;
  }

  /** @param {any} state */
  traces({ t }) {
    return [{ x: [t], y: [t], z: [t] }];
  }

  /** @param {any} state */
  moving({ t }) {
    return { x: [[t]], y: [[t]], z: [[t]], indices: [0] };
  }
}

const state = stateOf({ ...fixture("experiments")[""].sent, key: "some rows" });
/** @type {any} */
let panel;
/** @type {any} */
let Plotly;
let now = 0;
let cost = 0; // milliseconds that a picture takes

beforeEach(() => {
  mock.restoreAll();
  [now, cost] = [0, 0];
  mock.method(performance, "now", () => now);
  const draw = async () => {
    now += cost;
  };
  Plotly = { react: mock.fn(draw), restyle: mock.fn(draw), Plots: { resize: mock.fn() } };
  panel = built(Point, state);
});

const counts = () => [Plotly.react.mock.callCount(), Plotly.restyle.mock.callCount()];
const follow = (there = state, moving = false) => panel.follow(() => there, moving, Plotly);

test("nothing is drawn that is not behind", async () => {
  assert.equal(await follow(), false);
  assert.deepEqual(counts(), [0, 0]);
});

test("the first picture is drawn whole, with its words", async () => {
  panel.expect("new");
  assert.equal(await follow(), true);
  const [plot, traces, layout] = Plotly.react.mock.calls[0].arguments;
  assert.equal(plot, panel.plot);
  assert.deepEqual(traces, [{ x: [0], y: [0], z: [0] }]);
  assert.equal(layout.scene.xaxis.title.text, "<\u200bb>x<\u200b/b>", "a name is text and never markup");
  assert.equal(panel.plot.getAttribute("aria-label"), "a point at step 0");
  assert.equal(await follow(), false, "and it is no longer behind");
});

test("a step moves only what moves", async () => {
  panel.expect("new");
  await follow();
  panel.expect("moved");
  await follow({ ...state, t: 3 });
  assert.deepEqual(counts(), [1, 1]);
  const [, change, indices] = Plotly.restyle.mock.calls[0].arguments;
  assert.deepEqual([change, indices], [{ x: [[3]], y: [[3]], z: [[3]] }, [0]]);
});

test("what looks the same is not drawn whole again; other data, colours and windows are", async () => {
  panel.expect("new");
  await follow();
  panel.expect("new");
  await follow({ ...state, t: 1 });
  assert.deepEqual(counts(), [1, 1]);
  let whole = 1;
  for (const other of [
    { payload: stateOf({ ...fixture("experiments")[""].sent, key: "others" }).payload },
    { colours: { ...state.colours, model: "pink" } },
    { theme: { ...state.theme, ink: "#eee" } },
    { bowl: stateOf(fixture("experiments")["?data=drawn"].sent).bowl },
    { best: true },
  ]) {
    for (const there of [{ ...state, ...other }, state]) {
      panel.expect("new");
      await follow(there);
      whole += 1;
      assert.deepEqual(counts(), [whole, 1], Object.keys(other).join());
    }
  }
});

test("what is new stays new though a step comes after it", async () => {
  panel.expect("new");
  await follow();
  panel.expect("new");
  panel.expect("moved");
  await follow({ ...state, best: true });
  assert.deepEqual(counts(), [2, 0]);
});

test("a picture that was never drawn is drawn whole though it only moved", async () => {
  panel.expect("moved");
  await follow();
  assert.deepEqual(counts(), [1, 0]);
});

test("one picture at a time, and the state is read when its turn comes", async () => {
  panel.expect("new");
  let there = state;
  const first = panel.follow(() => there, false, Plotly);
  assert.equal(await follow(), false);
  there = { ...state, t: 5 };
  assert.equal(await first, true);
  assert.deepEqual(Plotly.react.mock.calls[0].arguments[1], [{ x: [5], y: [5], z: [5] }]);
  assert.deepEqual(counts(), [1, 0]);
});

test("a drawing that fails leaves the panel able to draw again", async () => {
  panel.expect("new");
  Plotly.react.mock.mockImplementationOnce(async () => {
    throw new Error("no graphics");
  });
  await assert.rejects(follow(), /no graphics/);
  panel.expect("moved");
  assert.equal(await follow(), true);
  assert.deepEqual(counts(), [2, 0], "whole, though it only moved since");
});

test("while something moves, one part in thirty of the time goes into the picture", async () => {
  cost = 50 + 2000 / 60; // two frames of it are the display's own
  panel.expect("new");
  await follow(state, true);
  for (const [wait, drew] of /** @type {[number, boolean][]} */ ([
    [1499, false],
    [2, true],
  ])) {
    now += wait;
    panel.expect("moved");
    assert.equal(await follow(state, true), drew, `after ${wait} ms`);
  }
  panel.expect("moved");
  assert.equal(await follow(state, false), true, "when all is still it is drawn at once");
});

test("however slow the picture, it is drawn every four seconds", async () => {
  cost = 1000;
  panel.expect("new");
  await follow(state, true);
  panel.expect("moved");
  now += 3999;
  assert.equal(await follow(state, true), false);
  now += 2;
  assert.equal(await follow(state, true), true);
});

test("only what was drawn has another size", () => {
  panel.resize(Plotly);
  assert.equal(Plotly.Plots.resize.mock.callCount(), 0);
  panel.plot._fullLayout = {};
  panel.resize(Plotly);
  assert.deepEqual(Plotly.Plots.resize.mock.calls[0].arguments, [panel.plot]);
});
