// The layer of all that moves: one SVG over the plotting area. Plotly draws the rest: its own update checks every
// attribute of a figure again and takes several display frames, too long for 60 pictures a second (see the bench).

/**
 * @import { PlotArea } from "./plot_area.js"
 * @import { Coordinates, Marker, Trace } from "../types.js"
 */

/**
 * What a trace is in the SVG.
 * @typedef {{ style: string, group: SVGElement, line?: SVGElement, marks?: SVGElement }} Part
 * @typedef {(value: number) => number} ToPixels
 */

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

export class SvgLayer {
  /** @type {PlotArea} */
  frame = /** @type {never} */ (null); // set by `fit` before anything is drawn

  /** @type {Map<number, Part>} */
  parts = new Map();

  /** @param {HTMLElement} plot */
  constructor(plot) {
    this.svg = document.createElementNS(SVG_NAMESPACE, "svg");
    this.svg.setAttribute("class", "lr-moving");
    this.svg.setAttribute("aria-hidden", "true");
    plot.after(this.svg);
    this.plot = plot;
  }

  /**
   * Lies over the plotting area.
   * @param {PlotArea} frame
   */
  fit(frame) {
    Object.assign(this.svg.style, { left: `${frame.margin.l}px`, top: `${frame.margin.t}px` });
    this.svg.setAttribute("width", String(frame.width));
    this.svg.setAttribute("height", String(frame.height));
    this.frame = frame;
  }

  /**
   * Draws the traces that are due; those that never move only until Plotly has drawn them.
   * @param {Trace[]} traces
   * @param {(trace: Trace) => boolean} due
   * @param {boolean} plotted
   */
  draw(traces, due, plotted) {
    traces.forEach((trace, index) => {
      const known = this.parts.has(index);
      if (trace.moves !== "never") {
        if (due(trace) || !known) this.#paint(index, trace);
      } else if (plotted) this.#drop(index);
      else this.#paint(index, trace);
    });
    for (const index of this.parts.keys()) if (index >= traces.length) this.#drop(index);
  }

  /** @param {number} index */
  #drop(index) {
    this.parts.get(index)?.group.remove();
    this.parts.delete(index);
  }

  /**
   * @param {number} index
   * @param {Trace} trace
   */
  #paint(index, trace) {
    /** @type {ToPixels} */
    const toX = (value) => this.frame.toX(value);
    /** @type {ToPixels} */
    const toY = (value) => this.frame.toY(value);
    const part = this.#part(index, trace);
    const { x, y, marker } = trace;
    if (part.line) write(part.line, polyline(x, y, toX, toY));
    if (!part.marks || !marker) return;
    const { size } = marker;
    write(
      part.marks,
      typeof size === "number" ? symbols(x, y, toX, toY, marker.symbol, size) : arrowHead(x, y, toX, toY, size[1]),
    );
  }

  /**
   * @param {number} index
   * @param {Trace} trace
   * @returns {Part}
   */
  #part(index, trace) {
    const style = JSON.stringify([trace.mode, trace.line, trace.marker, trace.opacity, trace.fill]);
    const known = this.parts.get(index);
    if (known?.style === style) return known;
    this.#drop(index);
    const group = document.createElementNS(SVG_NAMESPACE, "g");
    group.setAttribute("opacity", String(trace.opacity ?? 1));
    group.dataset.role = trace.role;
    const { line, marker, mode } = trace;
    /** @type {Part} */
    const part = { style, group };
    if (line && mode.includes("lines")) {
      part.line = path(group, {
        fill: trace.fill ?? "none",
        "fill-opacity": FILL_OPACITY,
        stroke: line.color,
        "stroke-width": line.width,
        "stroke-dasharray": DASHES[line.dash ?? ""] ?? "none",
        "stroke-linejoin": "round",
      });
    }
    if (marker && mode.includes("markers")) {
      const open = marker.symbol.endsWith("-open");
      part.marks = path(group, {
        fill: open ? "none" : marker.color,
        stroke: open ? marker.color : (marker.line?.color ?? "none"),
        "stroke-width": 2,
      });
    }
    // Later traces lie over earlier ones.
    const after = [...this.parts.entries()].filter(([other]) => other > index).sort(([a], [b]) => a - b)[0];
    this.svg.insertBefore(group, after?.[1].group ?? null);
    this.parts.set(index, part);
    return part;
  }
}

const FILL_OPACITY = 0.16; // areas lie over one another
/** @type {Record<string, string>} */
const DASHES = { dash: "9 6", dot: "3 4" };

/**
 * @param {SVGElement} group
 * @param {Record<string, string | number>} attributes
 */
function path(group, attributes) {
  const element = document.createElementNS(SVG_NAMESPACE, "path");
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  group.append(element);
  return element;
}

/**
 * @param {SVGElement} element
 * @param {string} d
 */
function write(element, d) {
  if (element.getAttribute("d") !== d) element.setAttribute("d", d);
}

/**
 * Pixels as text can have them: SVG does not read numbers of many digits, and what lies so far out is not seen.
 * @type {ToPixels}
 */
const px = (value) => Math.round(Math.max(-1e6, Math.min(1e6, value)) * 100) / 100;
/**
 * The pixels of a point, null where one of its numbers is missing.
 * @param {Coordinates} x
 * @param {Coordinates} y
 * @param {number} i
 * @param {ToPixels} toX
 * @param {ToPixels} toY
 * @returns {[number, number] | null}
 */
function point(x, y, i, toX, toY) {
  const [across, up] = [x[i], y[i]];
  return across === null || up === null || Number.isNaN(across) || Number.isNaN(up)
    ? null
    : [px(toX(across)), px(toY(up))];
}

/**
 * @param {Coordinates} x
 * @param {Coordinates} y
 * @param {ToPixels} toX
 * @param {ToPixels} toY
 */
function polyline(x, y, toX, toY) {
  let d = "",
    pen = "M";
  for (let i = 0; i < x.length; i++) {
    const at = point(x, y, i, toX, toY);
    if (at) d += `${pen}${at[0]},${at[1]}`;
    pen = at ? "L" : "M";
  }
  return d;
}

/**
 * @param {Coordinates} x
 * @param {Coordinates} y
 * @param {ToPixels} toX
 * @param {ToPixels} toY
 * @param {string} symbol
 * @param {number} size
 */
function symbols(x, y, toX, toY, symbol, size) {
  const shape = SHAPES[symbol] ?? circle;
  let d = "";
  for (let i = 0; i < x.length; i++) {
    const at = point(x, y, i, toX, toY);
    if (at) d += shape(...at, size / 2);
  }
  return d;
}

/** @typedef {(x: number, y: number, r: number) => string} Shape */

/** @type {Shape} */
const circle = (x, y, r) => `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`;
/** @type {Record<string, Shape>} */
const SHAPES = {
  diamond: (x, y, r) => `M${x},${y - r}l${r},${r}l${-r},${r}l${-r},${-r}z`,
  square: (x, y, r) => `M${x - r},${y - r}h${2 * r}v${2 * r}h${-2 * r}z`,
  star: (x, y, r) =>
    `M${Array.from({ length: 10 }, (_, k) => {
      const out = k % 2 ? 0.53 * r : 1.4 * r,
        angle = (Math.PI * k) / 5;
      return `${px(x + out * Math.sin(angle))},${px(y - out * Math.cos(angle))}`;
    }).join("L")}z`,
};

/**
 * A triangle at the end of a two-point line, never longer than the line itself.
 * @param {Coordinates} x
 * @param {Coordinates} y
 * @param {ToPixels} toX
 * @param {ToPixels} toY
 * @param {number} size
 */
function arrowHead(x, y, toX, toY, size) {
  const [x0, x1, y0, y1] = [x[0], x[1], y[0], y[1]];
  if (x.length < 2 || x0 === null || x1 === null || y0 === null || y1 === null) return "";
  const tip = [toX(x1), toY(y1)],
    along = [tip[0] - toX(x0), tip[1] - toY(y0)];
  const length = Math.hypot(...along);
  if (!(length > 0.5)) return "";
  const head = Math.min(size, length),
    [ux, uy] = along.map((value) => (value / length) * head);
  /** @param {number} side */
  const barb = (side) => `${px(tip[0] - ux - side * uy * 0.45)},${px(tip[1] - uy + side * ux * 0.45)}`;
  return `M${px(tip[0])},${px(tip[1])}L${barb(1)}L${barb(-1)}z`;
}
