// The plotting area of a flat picture: its place in the box, and data units as pixels in it. It is known without
// Plotly, which gets the same margins: the first picture does not wait for it.

/** @import { Axis, Range } from "../types.js" */

/**
 * An axis; the range of a logarithmic one is in powers of ten.
 * @typedef {{ range: Range } & Partial<Axis>} FrameAxis
 */

/** @type {FrameAxis} */
const UNIT = { range: [0, 1] };

export class PlotArea {
  /**
   * @param {{ width: number, height: number, size: number, x?: FrameAxis, y?: FrameAxis }} box - in pixels; `size` is
   *   that of the text beside the axes
   */
  constructor({ width, height, size, x = UNIT, y = UNIT }) {
    this.margin = { l: Math.round(6.2 * size), r: 10, t: 6, b: Math.round(3.3 * size) };
    this.outer = { width, height };
    this.width = Math.max(1, width - this.margin.l - this.margin.r);
    this.height = Math.max(1, height - this.margin.t - this.margin.b);
    this.x = x;
    this.y = y;
  }

  /** @param {number} value */
  toX(value) {
    return this.width * share(this.x, value);
  }

  /** @param {number} value */
  toY(value) {
    return this.height * (1 - share(this.y, value));
  }

  /** @param {number} px */
  fromX(px) {
    return at(this.x, px / this.width);
  }

  /** @param {number} px */
  fromY(px) {
    return at(this.y, 1 - px / this.height);
  }

  /**
   * Whether a point in data units lies in the plotting area.
   * @param {number} x
   * @param {number} y
   */
  holds(x, y) {
    /** @param {number} value */
    const inside = (value) => value >= -1e-9 && value <= 1 + 1e-9;
    return inside(share(this.x, x)) && inside(share(this.y, y));
  }
}

/**
 * @param {FrameAxis} axis
 * @param {number} value
 */
function share({ range: [low, high], type }, value) {
  return ((type === "log" ? Math.log10(value) : value) - low) / (high - low);
}

/**
 * @param {FrameAxis} axis
 * @param {number} part
 */
function at({ range: [low, high], type }, part) {
  const value = low + part * (high - low);
  return type === "log" ? 10 ** value : value;
}

/**
 * The plotting area that a box has room for beside text of this size.
 * @param {{ clientWidth: number, clientHeight: number }} box
 * @param {number} size
 */
export const areaOf = ({ clientWidth: width, clientHeight: height }, size) => new PlotArea({ width, height, size });
