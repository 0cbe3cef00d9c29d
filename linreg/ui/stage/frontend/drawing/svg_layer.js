// What moves is drawn here, straight into one SVG over the plotting area: at 60 pictures a second Plotly's own update,
// which checks every attribute of a figure again, takes several display frames (see the bench). Plotly draws the rest.

const NS = "http://www.w3.org/2000/svg";

export class MovingLayer {
  constructor(plot) {
    this.svg = document.createElementNS(NS, "svg");
    this.svg.setAttribute("class", "lr-moving");
    this.svg.setAttribute("aria-hidden", "true");
    plot.after(this.svg);
    this.plot = plot;
    this.parts = new Map();
  }

  /** Lies over the plotting area. */
  fit(frame) {
    Object.assign(this.svg.style, { left: `${frame.margin.l}px`, top: `${frame.margin.t}px` });
    this.svg.setAttribute("width", frame.width);
    this.svg.setAttribute("height", frame.height);
    this.frame = frame;
  }

  /** Draws the traces that are due; those that never move only until Plotly has drawn them. */
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

  #drop(index) {
    this.parts.get(index)?.group.remove();
    this.parts.delete(index);
  }

  #paint(index, trace) {
    const toX = (value) => this.frame.toX(value),
      toY = (value) => this.frame.toY(value);
    const part = this.#part(index, trace);
    const { x, y, marker } = trace;
    if (part.line) write(part.line, polyline(x, y, toX, toY));
    if (!part.marks) return;
    const shape =
      marker.symbol === "arrow" ? arrowHead(x, y, toX, toY, marker.size[1]) : symbols(x, y, toX, toY, marker);
    write(part.marks, shape);
  }

  #part(index, trace) {
    const style = JSON.stringify([trace.mode, trace.line, trace.marker, trace.opacity, trace.fill]);
    const known = this.parts.get(index);
    if (known?.style === style) return known;
    this.#drop(index);
    const group = document.createElementNS(NS, "g");
    group.setAttribute("opacity", trace.opacity ?? 1);
    group.dataset.role = trace.role;
    const { line, marker, mode } = trace;
    const part = { style, group };
    if (mode.includes("lines")) {
      part.line = path(group, {
        fill: trace.fill ?? "none",
        "fill-opacity": FILL,
        stroke: line.color,
        "stroke-width": line.width,
        "stroke-dasharray": DASHES[line.dash] ?? "none",
        "stroke-linejoin": "round",
      });
    }
    if (mode.includes("markers")) {
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

const FILL = 0.16; // areas lie over one another
const DASHES = { dash: "9 6", dot: "3 4" };

function path(group, attributes) {
  const element = document.createElementNS(NS, "path");
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  group.append(element);
  return element;
}

function write(element, d) {
  if (element.getAttribute("d") !== d) element.setAttribute("d", d);
}

// SVG does not read numbers of many digits; what lies so far out is not seen.
const px = (value) => Math.round(Math.max(-1e6, Math.min(1e6, value)) * 100) / 100;
const missing = (value) => value === null || Number.isNaN(value);

function polyline(x, y, toX, toY) {
  let d = "",
    pen = "M";
  for (let i = 0; i < x.length; i++) {
    if (missing(x[i]) || missing(y[i])) pen = "M";
    else {
      d += `${pen}${px(toX(x[i]))},${px(toY(y[i]))}`;
      pen = "L";
    }
  }
  return d;
}

function symbols(x, y, toX, toY, { symbol, size }) {
  const r = size / 2;
  let d = "";
  for (let i = 0; i < x.length; i++) {
    if (missing(x[i]) || missing(y[i])) continue;
    const cx = px(toX(x[i])),
      cy = px(toY(y[i]));
    d += (SHAPES[symbol] ?? circle)(cx, cy, r);
  }
  return d;
}

const circle = (x, y, r) => `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`;
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

/** A triangle at the end of a two-point line, never longer than the line itself. */
function arrowHead(x, y, toX, toY, size) {
  if (x.length < 2) return "";
  const tip = [toX(x[1]), toY(y[1])],
    along = [tip[0] - toX(x[0]), tip[1] - toY(y[0])];
  const length = Math.hypot(...along);
  if (!(length > 0.5)) return "";
  const head = Math.min(size, length),
    [ux, uy] = along.map((value) => (value / length) * head);
  return `M${px(tip[0])},${px(tip[1])}L${px(tip[0] - ux - uy * 0.45)},${px(tip[1] - uy + ux * 0.45)}L${px(tip[0] - ux + uy * 0.45)},${px(tip[1] - uy - ux * 0.45)}z`;
}
