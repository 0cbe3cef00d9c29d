// A flat panel. It says, for a state of the stage, what its picture is: a list of traces, where `moves` tells when a
// trace has to be drawn again: "step" with every step, "run" when the run itself is another one, "never" else.
// Plotly draws the axes and what never moves; the rest goes straight into an SVG above it (svg_layer.js).

import { plain } from "../math/format.js";
import { write } from "./markup.js";
import { Frame } from "./plot_area.js";
import { MovingLayer } from "./svg_layer.js";

const CONFIG = { displayModeBar: false, scrollZoom: false, doubleClick: false, typesetMath: false, responsive: false };
const FAR = 1e3; // windows: what lies farther out than this is drawn at this distance, SVG loses larger numbers

export const marker = (symbol, color, size, line) => ({
  symbol,
  color,
  size,
  line: line ? { color: line, width: 1.5 } : undefined,
});
export const arrow = (color, size = 14) => ({ symbol: "arrow", angleref: "previous", size: [0, size], color });

/** Keeps a number within what an axis of this range can draw. */
export function within([low, high], value) {
  const far = FAR * (high - low);
  return Math.min(high + far, Math.max(low - far, value));
}

/** How far out a point lies from the middle of the window: 0.5 is the edge. */
function distanceOut([xLow, xHigh], [yLow, yHigh], x, y) {
  return Math.max(Math.abs(x - (xLow + xHigh) / 2) / (xHigh - xLow), Math.abs(y - (yLow + yHigh) / 2) / (yHigh - yLow));
}

/** Keeps a point within what two axes can draw, in the direction in which it lies from the middle of the window. */
export function towards(xRange, yRange, x, y, most = FAR) {
  const middle = [(xRange[0] + xRange[1]) / 2, (yRange[0] + yRange[1]) / 2];
  const out = distanceOut(xRange, yRange, x, y);
  if (!(out > most)) return [x, y];
  return [middle[0] + ((x - middle[0]) / out) * most, middle[1] + ((y - middle[1]) / out) * most];
}

/** What marks a point: a dot, or at the edge of the window an arrow head towards where it lies outside. */
export function spot(xRange, yRange, x, y, color, size, edge) {
  if (distanceOut(xRange, yRange, x, y) <= 0.5)
    return { x: [x], y: [y], mode: "markers", marker: marker("circle", color, size, edge) };
  const from = towards(xRange, yRange, x, y, 0.4),
    tip = towards(xRange, yRange, x, y, 0.495);
  return { x: [from[0], tip[0]], y: [from[1], tip[1]], mode: "markers", marker: arrow(color, 1.7 * size) };
}

/** A range with room around it; a range of no length gets some. */
export function padded(low, high, share = 0.08) {
  if (!(high > low)) {
    const half = Math.abs(low) / 2 || 1;
    return [low - half, low + half];
  }
  return [low - share * (high - low), high + share * (high - low)];
}

export function extent(values) {
  let low = Infinity,
    high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** The range of y, widened for the model at the start where that leaves the rows readable. */
export function withStart({ scene, run }, [low, high]) {
  const start = scene.predict(run.at(0).theta, scene.means),
    span = high - low || Math.abs(high) || 1;
  const near = start > low - 2 * span && start < high + 2 * span;
  return near ? [Math.min(low, start), Math.max(high, start)] : [low, high];
}

export class FlatPanel {
  constructor(figure, options) {
    this.figure = figure;
    this.options = options;
    this.plot = figure.querySelector(".lr-plot");
    this.layer = new MovingLayer(this.plot);
  }

  /** Draws the whole picture but for its axes. */
  set(state) {
    this.prepare(state);
    const { clientWidth: width, clientHeight: height } = this.plot;
    const { x, y } = this.axes(state);
    this.frame = this.plot.frame = new Frame({ width, height, size: state.theme.size, x, y });
    this.layer.fit(this.frame);
    this.#move(this.#traces(state), () => true);
    this.describe(state);
  }

  /** Lets Plotly draw the axes and what never moves, where they are others than before. */
  async settle(state, Plotly) {
    const traces = this.#traces(state),
      layout = this.layout(state);
    const never = traces.filter((trace) => trace.moves === "never"),
      still = never.map(toPlotly);
    const drawn = JSON.stringify([still, layout]);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      await Plotly.react(this.plot, still, layout, CONFIG);
      this.plot.querySelectorAll(".scatterlayer .trace").forEach((part, m) => {
        part.dataset.role = never[m].role;
      });
      for (const name of ["x", "y"]) this.#tellWhole(name, layout[`${name}axis`].title.text);
    }
    if (this.plotted) return;
    this.plotted = true;
    this.#move(traces, () => false);
  }

  /** Lets the title of an axis that was cut say the whole of itself where a pointer rests on it. */
  #tellWhole(name, shown) {
    const group = this.plot.querySelector(`.g-${name}title`),
      whole = this.frame[name].title;
    if (!group) return;
    group.querySelector(":scope > title")?.remove();
    if (shown === plain(whole)) return;
    const tip = document.createElementNS("http://www.w3.org/2000/svg", "title");
    tip.textContent = whole;
    group.prepend(tip);
    group.style.pointerEvents = "all";
  }

  /** Moves what moved: with a step, or with another run of the same data. */
  show(state, runChanged) {
    this.#move(this.#traces(state), (trace) => trace.moves === "step" || runChanged);
  }

  /** The traces, each with the role that its colour stands for. */
  #traces(state) {
    const roles = new Map(Object.entries(state.colours).map(([role, colour]) => [colour, role]));
    return this.traces(state).map((trace) => ({
      role: roles.get(trace.line?.color ?? trace.marker?.color) ?? "",
      ...trace,
    }));
  }

  /** The words beside the title. */
  say(text) {
    const note = this.figure.querySelector(".lr-note");
    if (note && note.textContent !== text) note.textContent = note.title = text;
  }

  title(text) {
    if (!this.options.title) write(this.figure.querySelector("h3"), text);
  }

  #move(traces, due) {
    this.layer.draw(traces, due, this.plotted);
    this.plot.picture = traces; // what is drawn, in data units: for the console and the tests
  }

  /** Says the picture for those who do not see it, and where this step is when the window does not show it. */
  describe(state) {
    this.plot.setAttribute("aria-label", this.label(state));
    if (this.note) this.say(this.note(state));
  }

  layout(state) {
    const { ink, grid, paper, font, size } = state.theme;
    const axis = {
      gridcolor: grid,
      zeroline: false,
      linecolor: ink,
      tickcolor: grid,
      fixedrange: true,
      automargin: false,
      exponentformat: "e",
      minexponent: 6,
      separatethousands: true,
    };
    const { x, y, margin, outer, width } = this.frame;
    return {
      ...outer,
      margin,
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: paper,
      font: { color: ink, family: font, size },
      showlegend: false,
      hovermode: false,
      dragmode: false,
      xaxis: { ...axis, ...x, title: { text: fitting(x.title, width, size), standoff: 6 } },
      yaxis: { ...axis, ...decades(y), ...y, title: { text: fitting(y.title, this.frame.height, size), standoff: 4 } },
    };
  }

  /** Where on the axes a pointer event is, in data units; null outside the plotting area. */
  locate(event, slack = 0) {
    const { frame } = this;
    if (!frame) return null;
    const box = this.plot.getBoundingClientRect();
    const px = event.clientX - box.left - frame.margin.l,
      py = event.clientY - box.top - frame.margin.t;
    if (px < -slack || py < -slack || px > frame.width + slack || py > frame.height + slack) return null;
    return { x: frame.fromX(px), y: frame.fromY(py), px, py };
  }

  /** Distance in pixels from a located pointer to a point in data units. */
  distance(at, x, y) {
    return Math.hypot(this.frame.toX(x) - at.px, this.frame.toY(y) - at.py);
  }
}

/** A tick per power of ten, or per few of them, where a logarithmic axis spans some. */
function decades({ type, range }) {
  const span = range[1] - range[0];
  return type === "log" && span > 1.5 ? { dtick: Math.ceil(span / 6) } : {};
}

/** A title cut to the letters that fit beside an axis this long. */
function fitting(text, length, size) {
  const most = Math.max(8, Math.floor(length / (0.55 * size)));
  return plain(text.length > most ? `${text.slice(0, most - 1)}…` : text);
}

function toPlotly({ moves, role, x, y, ...trace }) {
  return { type: "scatter", hoverinfo: "skip", x: Array.from(x), y: Array.from(y), ...trace };
}
