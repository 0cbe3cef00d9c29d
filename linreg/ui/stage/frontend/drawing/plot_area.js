// Where a flat picture's plotting area lies in its box, and how data units become pixels in it. Known without Plotly,
// which is told the same margins: the first picture does not wait for it.

export class Frame {
  /** `x` and `y` are axes with a range, for "log" in powers of ten; `size` is that of the text beside them. */
  constructor({ width, height, size, x, y }) {
    this.margin = { l: Math.round(6.2 * size), r: 10, t: 6, b: Math.round(3.3 * size) };
    this.outer = { width, height };
    this.width = Math.max(1, width - this.margin.l - this.margin.r);
    this.height = Math.max(1, height - this.margin.t - this.margin.b);
    this.x = x;
    this.y = y;
  }

  toX(value) {
    return this.width * share(this.x, value);
  }

  toY(value) {
    return this.height * (1 - share(this.y, value));
  }

  fromX(px) {
    return at(this.x, px / this.width);
  }

  fromY(px) {
    return at(this.y, 1 - px / this.height);
  }

  /** Whether a point in data units lies in the plotting area. */
  holds(x, y) {
    const inside = (value) => value >= -1e-9 && value <= 1 + 1e-9;
    return inside(share(this.x, x)) && inside(share(this.y, y));
  }
}

function share({ range: [low, high], type }, value) {
  return ((type === "log" ? Math.log10(value) : value) - low) / (high - low);
}

function at({ range: [low, high], type }, part) {
  const value = low + part * (high - low);
  return type === "log" ? 10 ** value : value;
}
