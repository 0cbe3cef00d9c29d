import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { FlatPanel, spot } from "#frontend/drawing/flat_panel.js";
import { flat, note } from "#frontend/drawing/markup.js";
import { installDocument, size } from "../helpers/dom.js";
import { fixture } from "../helpers/fixtures.js";
import { built } from "../helpers/panels.js";
import { close, stateOf } from "../helpers/state.js";

installDocument();
Object.assign(size, { width: 500, height: 300 });

/** Three lines, one for each time at which a trace may move. */
class Lines extends FlatPanel {
  static figure = { title: "Lines", controls: note(), canvas: flat };

  /** @param {any} state */
  axes({ across = "step", decades = [0, 12] }) {
    return {
      x: { range: /** @type {[number, number]} */ ([0, 10]), title: across },
      y: { range: decades, title: "loss", type: /** @type {const} */ ("log") },
    };
  }

  /** @param {any} state */
  label({ t }) {
    return `lines at step ${t}`;
  }

  /** @param {any} state */
  note({ t }) {
    return `step ${t}`;
  }

  /** @param {any} state */
  traces({ t, colours }) {
    return ["never", "run", "step"].map((moves, m) => ({
      x: [t, t + 1],
      y: [1, 10 ** m],
      moves: /** @type {"never" | "run" | "step"} */ (moves),
      mode: /** @type {const} */ ("lines"),
      line: { color: [colours.data, colours.path, colours.model][m], width: 1 },
    }));
  }
}

const state = stateOf(fixture("experiments")[""].sent);
/** @type {any} */
let panel;
/** @type {any} */
let Plotly;

beforeEach(() => {
  panel = built(Lines, state);
  Plotly = { react: mock.fn(async () => {}) };
});

/** What the layer of all that moves shows: the role and the path of each line. */
const shown = () =>
  [...panel.layer.svg.children].map((group) => [group.dataset.role, group.children[0].getAttribute("d")]);
const rolesShown = () => shown().map(([role]) => role);

test("a point outside of the window is an arrow head at its edge", () => {
  assert.equal(spot([0, 2], [0, 2], 1, 2, "red", 10, "white").marker?.symbol, "circle");
  const arrow = spot([0, 2], [0, 2], 9, 1, "red", 10, "white");
  assert.equal(arrow.marker?.symbol, "arrow");
  close(arrow.x, [1.8, 1.99]);
  close(arrow.y, [1, 1]);
});

test("the first picture has all its lines at once, each with the role of its colour", () => {
  panel.set(state);
  assert.deepEqual(rolesShown(), ["data", "path", "model"]);
  assert.equal(panel.plot.getAttribute("aria-label"), "lines at step 0");
  assert.equal(panel.figure.querySelector(".lr-note").textContent, "step 0");
});

test("Plotly takes over what never moves, and is asked again for other axes or lines only", async () => {
  panel.set(state);
  await panel.settle(state, Plotly);
  assert.deepEqual(rolesShown(), ["path", "model"]);
  const [plot, traces, layout] = Plotly.react.mock.calls[0].arguments;
  assert.equal(plot, panel.plot);
  assert.deepEqual(traces, [
    { type: "scatter", hoverinfo: "skip", mode: "lines", x: [0, 1], y: [1, 1], line: traces[0].line },
  ]);
  assert.deepEqual(layout.xaxis.range, [0, 10]);
  await panel.settle(state, Plotly);
  assert.equal(Plotly.react.mock.callCount(), 1);
  await panel.settle({ ...state, t: 1 }, Plotly);
  assert.equal(Plotly.react.mock.callCount(), 2);
});

test("with a step only what goes with it moves, with another run also the lines of the run", async () => {
  panel.set(state);
  await panel.settle(state, Plotly);
  const [[, run], [, step]] = shown();
  panel.show({ ...state, t: 2 }, false);
  assert.equal(shown()[0][1], run);
  assert.notEqual(shown()[1][1], step);
  panel.show({ ...state, t: 2 }, true);
  assert.notEqual(shown()[0][1], run);
});

test("the title of an axis is cut to its length, and text rather than markup", () => {
  const titleOf = (/** @type {string} */ across) => {
    panel.set({ ...state, across });
    return panel.layout({ ...state, across }).xaxis.title.text;
  };
  assert.equal(titleOf("<b>step</b>"), "&lt;b&gt;step&lt;/b&gt;");
  const long = titleOf("a name ".repeat(40));
  assert.ok(long.endsWith("…") && long.length * 0.55 * state.theme.size <= panel.frame.width, long);
});

test("a logarithmic axis over many decades has at most seven ticks, and of few decades those of Plotly", () => {
  const ticks = (/** @type {[number, number]} */ decades) => {
    panel.set({ ...state, decades });
    return panel.layout({ ...state, decades }).yaxis.dtick;
  };
  assert.deepEqual([ticks([0, 12]), ticks([0, 6]), ticks([0, 13]), ticks([0, 1])], [2, 1, 3, undefined]);
});

test("a pointer is somewhere on the axes, or outside of them", () => {
  panel.set(state);
  const { margin, width, height } = panel.frame;
  panel.plot.getBoundingClientRect = () => ({ left: 30, top: 20 });
  const at = (/** @type {number} */ px, /** @type {number} */ py, slack = 0) =>
    panel.locate({ clientX: 30 + margin.l + px, clientY: 20 + margin.t + py }, slack);
  const { x, y } = at(width / 2, height);
  close([x, y], [5, 1]);
  close([panel.distance(at(width / 2, 0), 5, 1)], [height]);
  assert.equal(at(-1, 0), null);
  assert.equal(at(width + 1, 0), null);
  assert.equal(at(0, height + 1), null);
  assert.ok(at(-1, height + 1, 1));
});

test("the page's own title stays, else the panel has its say", () => {
  panel.title("Other lines");
  assert.equal(panel.figure.querySelector("h3").textContent, "Other lines");
  const titled = built(Lines, state, { title: "Of the page" });
  titled.title("Other lines");
  assert.equal(titled.figure.querySelector("h3").textContent, "Lines", "picture.js writes it");
});
