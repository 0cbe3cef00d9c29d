import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { PlotArea } from "#frontend/drawing/plot_area.js";
import { SvgLayer } from "#frontend/drawing/svg_layer.js";
import { installDocument } from "../helpers/dom.js";

installDocument();
/** @type {SvgLayer} */
let layer;
/** @type {import("#frontend/types.js").Axis} */
const axis = { title: "", range: [0, 10] };

beforeEach(() => {
  const box = document.createElement("div"),
    plot = document.createElement("div");
  box.append(plot);
  layer = new SvgLayer(plot);
  layer.fit(new PlotArea({ width: 184, height: 146, size: 12, x: axis, y: axis })); // 100 pixels both ways
});

/**
 * @param {Record<string, any>} trace
 * @returns {any}
 */
const line = (trace) => ({ moves: "step", mode: "lines", line: { color: "red", width: 2 }, role: "path", ...trace });

const paths = () => [...layer.svg.querySelectorAll("path")].map((path) => path.getAttribute("d"));
const always = () => true;
const never = () => false;

test("a line runs through its points, with gaps where there is none", () => {
  layer.draw([line({ x: [0, 5, null, 10, NaN, 1], y: [0, 10, 3, 0, 2, 1] })], always, true);
  assert.deepEqual(paths(), ["M0,100L50,0M100,100M10,90"]);
});

test("what lies far out is drawn at a distance that SVG can read", () => {
  layer.draw([line({ x: [0, 1e300], y: [0, -1e300] })], always, true);
  assert.deepEqual(paths(), ["M0,100L1000000,1000000"]);
});

test("only what is due is drawn again", () => {
  layer.draw([line({ x: [0], y: [0] })], never, true);
  assert.deepEqual(paths(), ["M0,100"], "at first everything is due");
  layer.draw([line({ x: [1], y: [0] })], never, true);
  assert.deepEqual(paths(), ["M0,100"]);
  layer.draw([line({ x: [1], y: [0] })], always, true);
  assert.deepEqual(paths(), ["M10,100"]);
});

test("what never moves is Plotly's once that has drawn it", () => {
  const traces = [line({ x: [0], y: [0], moves: "never" }), line({ x: [5], y: [5] })];
  layer.draw(traces, always, false);
  assert.equal(paths().length, 2);
  layer.draw(traces, always, true);
  assert.deepEqual(paths(), ["M50,50"]);
});

test("later traces lie over earlier ones, and those that are gone leave nothing", () => {
  const styled = (/** @type {number} */ at, color = "red") => line({ x: [at], y: [0], line: { color, width: 1 } });
  layer.draw([styled(1), styled(2)], always, true);
  layer.draw([styled(1, "blue"), styled(2)], always, true);
  assert.deepEqual(paths(), ["M10,100", "M20,100"], "another style takes the same place");
  layer.draw([styled(1)], always, true);
  assert.deepEqual(paths(), ["M10,100"]);
});

test("marks are drawn as their symbol, an arrow head no longer than its line", () => {
  const marks = (/** @type {Record<string, any>} */ marker, x = [5], y = [5]) => {
    const size = marker.size ?? 10;
    layer.draw([line({ x, y, mode: "markers", marker: { color: "red", ...marker, size } })], always, true);
    return paths()[0] ?? "";
  };
  assert.equal(marks({ symbol: "circle" }), "M45,50a5,5 0 1,0 10,0a5,5 0 1,0 -10,0z");
  assert.equal(marks({ symbol: "square" }), "M45,45h10v10h-10z");
  assert.equal(marks({ symbol: "diamond" }), "M50,45l5,5l-5,5l-5,-5z");
  assert.equal(marks({ symbol: "star" }).match(/L/g)?.length, 9);
  assert.equal(marks({ symbol: "arrow", size: [0, 14] }, [0, 5], [5, 5]), "M50,50L36,56.3L36,43.7z");
  assert.equal(marks({ symbol: "arrow", size: [0, 14] }, [4, 5], [5, 5]), "M50,50L40,54.5L40,45.5z");
  assert.equal(marks({ symbol: "arrow", size: [0, 14] }, [5, 5], [5, 5]), "");
});
