// A flat panel. For a state of the stage it says what its picture is: a list of traces, each with when it is drawn
// again: with every "step", when the "run" itself is another one, or "never".
// Plotly draws the axes and what never moves; the rest goes straight into an SVG above it (svg_layer.js).

import { plain } from "../math/format.js";
import { distanceOut, towards } from "../math/geometry/ranges.js";
import { write } from "./markup.js";
import { Panel } from "./panel.js";
import { PlotArea } from "./plot_area.js";
import { SvgLayer } from "./svg_layer.js";

/** @import { FrameAxis } from "./plot_area.js" */

/**
 * @import {
 *   Figure, FlatPicture, Gestures, Marker, Numbers, PictureSpec, Place, PlotElement, Plotly, Range, Stage, State,
 *   Trace,
 * } from "../types.js"
 */

const FLAT_CONFIG = {
  displayModeBar: false,
  scrollZoom: false,
  doubleClick: false,
  typesetMath: false,
  responsive: false,
};

/**
 * @param {string} symbol
 * @param {string} color
 * @param {number} size
 * @param {string} [line] - colour of its edge
 * @returns {Marker}
 */
export const marker = (symbol, color, size, line) => ({
  symbol,
  color,
  size,
  line: line ? { color: line, width: 1.5 } : undefined,
});

/**
 * The head of an arrow, at the end of a line.
 * @param {string} color
 * @returns {Marker}
 */
export const arrow = (color, size = 14) => ({ symbol: "arrow", angleref: "previous", size: [0, size], color });

/**
 * What marks a point: a dot, or at the edge of the window an arrow head towards where it lies outside.
 * @param {Range} xRange
 * @param {Range} yRange
 * @param {number} x
 * @param {number} y
 * @param {string} color
 * @param {number} size
 * @param {string} edge - colour of the dot's edge
 * @returns {Pick<Trace, "x" | "y" | "mode" | "marker"> & { x: number[], y: number[] }}
 */
export function spot(xRange, yRange, x, y, color, size, edge) {
  if (distanceOut(xRange, yRange, x, y) <= 0.5)
    return { x: [x], y: [y], mode: "markers", marker: marker("circle", color, size, edge) };
  const from = towards(xRange, yRange, x, y, 0.4),
    tip = towards(xRange, yRange, x, y, 0.495);
  return { x: [from[0], tip[0]], y: [from[1], tip[1]], mode: "markers", marker: arrow(color, 1.7 * size) };
}

export class FlatPanel extends Panel {
  /**
   * What a pointer does here.
   * @type {((picture: FlatPicture<never>) => Gestures) | null}
   */
  static gestures = null;

  /**
   * Set with the first picture.
   * @type {PlotArea}
   */
  frame = /** @type {never} */ (null);

  /**
   * Where the note beside the title is the panel's own to write: null else.
   * @param {State} _state
   * @returns {string | null}
   */
  note(_state) {
    return null;
  }

  /**
   * The window in which a guess about the next step is marked; null where none is.
   * @returns {{ x: Range, y: Range } | null}
   */
  guessWindow() {
    return null;
  }

  /** Whether a pointer here sets the start, and shows its line on the data. */
  setsStart() {
    return false;
  }

  /**
   * What is drawn, later traces over earlier ones. Each has its place in the list for good: an empty one stays there.
   * @param {State} _state
   * @returns {Trace[]}
   */
  traces(_state) {
    return [];
  }

  /**
   * @param {HTMLElement} figure
   * @param {PictureSpec} options
   * @param {Stage} stage
   */
  constructor(figure, options, stage) {
    super(figure, options, stage);
    this.plot = /** @type {PlotElement} */ (figure.querySelector(".lr-plot"));
    this.layer = new SvgLayer(this.plot);
    this.drawn = ""; // what Plotly drew
    this.plotted = false; // whether it has
  }

  /**
   * Draws the whole picture but for its axes. A panel with controls beside its title fills them here.
   * @param {State} state
   */
  set(state) {
    this.prepare(state);
    const { clientWidth: width, clientHeight: height } = this.plot;
    const { x, y } = this.axes(state);
    this.frame = this.plot.frame = new PlotArea({ width, height, size: state.theme.size, x, y });
    this.layer.fit(this.frame);
    this.#move(this.#traces(state), () => true);
    this.describe(state);
  }

  /**
   * Lets Plotly draw the axes and what never moves, where they are others than before.
   * @param {State} state
   * @param {Plotly} Plotly
   */
  async settle(state, Plotly) {
    const traces = this.#traces(state),
      layout = this.layout(state);
    const never = traces.filter((trace) => trace.moves === "never"),
      still = never.map(toPlotly);
    const drawn = JSON.stringify([still, layout]);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      await Plotly.react(this.plot, still, layout, FLAT_CONFIG);
      const parts = /** @type {NodeListOf<SVGElement>} */ (this.plot.querySelectorAll(".scatterlayer .trace"));
      for (const [m, part] of parts.entries()) part.dataset.role = never[m].role;
      this.#titleInFull("x", layout.xaxis.title.text);
      this.#titleInFull("y", layout.yaxis.title.text);
    }
    if (this.plotted) return;
    this.plotted = true;
    this.#move(traces, () => false);
  }

  /**
   * Shows the title of an axis in full where it was cut and a pointer rests on it.
   * @param {"x" | "y"} name
   * @param {string} shown
   */
  #titleInFull(name, shown) {
    const group = /** @type {SVGElement | null} */ (this.plot.querySelector(`.g-${name}title`)),
      whole = this.frame[name].title ?? "";
    if (!group) return;
    group.querySelector(":scope > title")?.remove();
    if (shown === plain(whole)) return;
    const tip = document.createElementNS("http://www.w3.org/2000/svg", "title");
    tip.textContent = whole;
    group.prepend(tip);
    group.style.pointerEvents = "all";
  }

  /**
   * Moves what moved: with a step, or with another run of the same data.
   * @param {State} state
   * @param {boolean} runChanged
   */
  show(state, runChanged) {
    this.#move(this.#traces(state), (trace) => trace.moves === "step" || runChanged);
  }

  /**
   * The traces, each with the role that its colour stands for.
   * @param {State} state
   */
  #traces(state) {
    const roles = new Map(Object.entries(state.colours).map(([role, colour]) => [colour, role]));
    return this.traces(state).map((trace) => ({
      role: roles.get(trace.line?.color ?? trace.marker?.color ?? "") ?? "",
      ...trace,
    }));
  }

  /**
   * Writes the words beside the title.
   * @param {string} text
   */
  say(text) {
    const note = /** @type {HTMLElement | null} */ (this.figure.querySelector(".lr-note"));
    if (note && note.textContent !== text) note.textContent = note.title = text;
  }

  /**
   * Writes the title, unless the page gave the picture one of its own.
   * @param {string} text
   */
  title(text) {
    if (!this.options.title) write(this.figure.querySelector("h3"), text);
  }

  /**
   * @param {Trace[]} traces
   * @param {(trace: Trace) => boolean} due
   */
  #move(traces, due) {
    this.layer.draw(traces, due, this.plotted);
    this.plot.picture = traces; // what is drawn, in data units: for the console and the tests
  }

  /**
   * Says the picture for those who do not see it, and writes the note.
   * @param {State} state
   */
  describe(state) {
    this.plot.setAttribute("aria-label", this.label(state));
    const note = this.note(state);
    if (note !== null) this.say(note);
  }

  /** @param {State} state */
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
      xaxis: { ...axis, ...x, title: { text: fitting(x.title ?? "", width, size), standoff: 6 } },
      yaxis: {
        ...axis,
        ...decades(y),
        ...y,
        title: { text: fitting(y.title ?? "", this.frame.height, size), standoff: 4 },
      },
    };
  }

  /**
   * Where on the axes a pointer event is; null outside the plotting area and `slack` pixels around it.
   * @param {PointerEvent} event
   * @returns {Place | null}
   */
  locate(event, slack = 0) {
    const { frame } = this;
    if (!frame) return null;
    const box = this.plot.getBoundingClientRect();
    const px = event.clientX - box.left - frame.margin.l,
      py = event.clientY - box.top - frame.margin.t;
    if (px < -slack || py < -slack || px > frame.width + slack || py > frame.height + slack) return null;
    return { x: frame.fromX(px), y: frame.fromY(py), px, py };
  }

  /**
   * Distance in pixels from a pointer to a point in data units.
   * @param {Place} at
   * @param {number} x
   * @param {number} y
   */
  distance(at, x, y) {
    return Math.hypot(this.frame.toX(x) - at.px, this.frame.toY(y) - at.py);
  }
}

/**
 * A tick per power of ten, or per few of them, where a logarithmic axis spans some.
 * @param {FrameAxis} axis
 */
function decades({ type, range }) {
  const span = range[1] - range[0];
  return type === "log" && span > 1.5 ? { dtick: Math.ceil(span / 6) } : {};
}

/**
 * A title cut to the letters that fit beside an axis this long.
 * @param {string} text
 * @param {number} length - in pixels
 * @param {number} size - of the letters
 */
function fitting(text, length, size) {
  const most = Math.max(8, Math.floor(length / (0.55 * size)));
  return plain(text.length > most ? `${text.slice(0, most - 1)}…` : text);
}

/**
 * @param {Trace} trace
 * @returns {Figure}
 */
function toPlotly({ moves, role, x, y, ...trace }) {
  return { type: "scatter", hoverinfo: "skip", x: Array.from(x), y: Array.from(y), ...trace };
}
