import assert from "node:assert/strict";
import { test } from "node:test";
import { figure } from "#frontend/drawing/markup.js";
import { LineHandles } from "#frontend/input/line_handles.js";
import { DataPanel } from "#frontend/panels/data.js";
import { installDocument, size, stageOf } from "../helpers/dom.js";
import { fixture } from "../helpers/fixtures.js";
import { close, stateOf } from "../helpers/state.js";

installDocument();
Object.assign(size, { width: 600, height: 400 });
const experiments = fixture("experiments");

/**
 * The handles of the data panel, at the state of an address.
 * @param {string} address
 * @param {Record<string, unknown>} [more]
 */
function handlesOf(address, more = {}) {
  const state = stateOf(experiments[address].sent, { held: null, ...more });
  const stage = stageOf(state);
  const panel = /** @type {any} */ (
    new DataPanel(figure("data", DataPanel.figure), { panel: "data", id: "data", handles: true }, stage)
  );
  panel.set(state);
  assert.ok(panel.handles instanceof LineHandles);
  return { state, stage, panel, handles: panel.handles };
}

/**
 * @param {any} handle
 * @param {string} name
 */
function press(handle, name, shiftKey = false) {
  handle.dispatchEvent(Object.assign(new Event("keydown", { cancelable: true }), { key: name, shiftKey }));
  handle.dispatchEvent(new Event("keyup"));
}

/** @param {any} panel */
const spansOf = ({ xRange, yRange }) => [xRange[1] - xRange[0], yRange[1] - yRange[0]];

test("the height moves by hundredths of the window, and is asked for when it is let go", () => {
  for (const [name, shift, by] of /** @type {const} */ ([
    ["ArrowUp", false, 1],
    ["ArrowDown", true, -10],
    ["PageUp", false, 10],
  ])) {
    const { state, stage, panel, handles } = handlesOf("");
    press(handles.height, name, shift);
    const [held, moved, released] = stage.updates;
    assert.deepEqual(held, { held: { by: "line" } });
    assert.deepEqual(released, { held: null, ask: "start" });
    const [, spanY] = spansOf(panel);
    assert.equal(moved.start[1], state.here.theta[1], "the slope stays");
    close([moved.start[0] - state.here.theta[0]], [(by * spanY) / 100], { absolute: spanY / 1000 });
  }
});

test("the angle turns by degrees on the screen, about the middle of the window", () => {
  const { state, stage, panel, handles } = handlesOf("");
  press(handles.angle, "ArrowRight", true);
  const { start } = stage.updates[1];
  const [spanX, spanY] = spansOf(panel),
    { width, height } = panel.frame;
  const degrees = (/** @type {ArrayLike<number>} */ theta) =>
    (Math.atan((theta[1] * height * spanX) / (spanY * width)) * 180) / Math.PI;
  close([degrees(start) - degrees(state.here.theta)], [10], { absolute: 0.2 });
  const middle = (panel.xRange[0] + panel.xRange[1]) / 2;
  const at = (/** @type {ArrayLike<number>} */ theta) => theta[0] + theta[1] * middle;
  close([at(start)], [at(state.here.theta)], { absolute: spanY / 500 });
});

test("without an intercept the line has no height, and turns about the origin", () => {
  const { stage, handles } = handlesOf("?intercept=0");
  assert.ok(handles.height.hidden);
  press(handles.angle, "ArrowUp");
  assert.equal(stage.updates[1].start.length, 1);
});

test("the place to predict moves within the window, and asks nothing of Python", () => {
  const { stage, panel, handles } = handlesOf("", { newX: [1] });
  assert.ok(!handles.predict.hidden);
  press(handles.predict, "ArrowRight");
  const [spanX] = spansOf(panel);
  close(stage.updates[1].newX, [1 + spanX / 100], { absolute: spanX / 1000 });
  assert.deepEqual(stage.updates[2], { held: null });
  assert.ok(handlesOf("").handles.predict.hidden, "nothing is asked");
});

test("two keys within one frame move the place to predict twice", () => {
  const { stage, panel, handles } = handlesOf("", { newX: [1] });
  press(handles.predict, "ArrowRight");
  stage.state = { ...stage.state, newX: stage.updates[1].newX }; // the panel is not drawn yet
  press(handles.predict, "ArrowRight");
  const [spanX] = spansOf(panel);
  close(stage.updates[4].newX, [1 + (2 * spanX) / 100], { absolute: spanX / 1000 });
});

test("other keys are left to the stage", () => {
  const { stage, handles } = handlesOf("");
  press(handles.height, "Home");
  assert.deepEqual(stage.updates, []);
});

test("over fitted values there is no line to hold", () => {
  assert.ok(handlesOf("?data=five").handles.layer.hidden);
  assert.ok(!handlesOf("?data=five", { dataView: "2" }).handles.layer.hidden);
});
