// The handles on the line: one for its height, one for its angle, and one that asks for a prediction elsewhere. For a
// keyboard they are sliders. Slope itself is an unfriendly thing to set: what turns is the angle on the screen.

import { element } from "../drawing/markup.js";
import { number } from "../math/format.js";
import { FITTED } from "../math/payload.js";

/**
 * @import { Numbers, Place, State } from "../types.js"
 * @import { DataPanel } from "../panels/data.js"
 */

/** @typedef {"height" | "angle" | "predict"} Name */

/**
 * The line over the window as it is drawn now: what a hand starts from.
 * @typedef {{
 *   state: State,
 *   feature: number,
 *   line: (x: number) => number,
 *   spanX: number,
 *   spanY: number,
 *   middle: number,
 *   pivot: number,
 *   degrees: number,
 * }} Drawn
 */

const EDGE_PIXELS = 14; // that a handle keeps from the edge of the window
const FOOT_PIXELS = 30; // that it keeps with its name from the lower edge
const LEVER_SHARE = 0.86; // of the width: where the angle is held
const MIN_LEVER_PIXELS = 60; // a shorter lever is held at the other end
const STEPS_ACROSS = 1000; // of the window: a hand can tell no more apart
const MAX_DEGREES = 88; // of the line on the screen, to each side of level

/** What a key changes, in hundredths of the window or in degrees. @type {Record<string, number>} */
const NUDGES = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 };

const ICONS = {
  height: "M12 2l5 6h-3.5v8H17l-5 6-5-6h3.5v-8H7z",
  angle: "M12 4a8 8 0 1 1-7.4 5l1.9.8A6 6 0 1 0 12 6v3.5L6.5 5 12 .5z",
  predict: "M2 12l6-5v3.5h8V7l6 5-6 5v-3.5H8V17z",
};

/**
 * @param {number} low
 * @param {number} high
 * @param {number} value
 */
const clamp = (low, high, value) => Math.min(high, Math.max(low, value));

/**
 * A number no finer than a hand can tell apart.
 * @param {number} value
 * @param {number} span - length of the axis
 */
function coarse(value, span) {
  const unit = 10 ** Math.floor(Math.log10(span / STEPS_ACROSS));
  return Number((Math.round(value / unit) * unit).toPrecision(12));
}

export class LineHandles {
  /** @type {Drawn} */
  #drawn = /** @type {never} */ (null); // set by `place` before a hand can reach a handle

  /** @type {Name | null} */
  #held = null;

  #pivotY = 0; // where the line turns while a hand turns it
  #side = 1; // of the pivot on which the lever is: 1 to the right, −1 to the left

  /** @param {DataPanel} panel */
  constructor(panel) {
    this.panel = panel;
    this.stage = panel.stage;
    this.layer = element('<div class="lr-handles"></div>');
    panel.layer.svg.after(this.layer);
    this.height = this.#handle(
      "height",
      "Height of the line",
      (at) => this.#raise(at.y),
      (by) => {
        const { line, middle, spanY } = this.#drawn;
        this.#raise(line(middle) + (by * spanY) / 100);
      },
    );
    this.angle = this.#handle(
      "angle",
      "Angle of the line",
      (at) => this.#turnTo(at),
      (by) => this.#turn(this.#drawn.degrees + by),
    );
    this.predict = this.#handle(
      "predict",
      "Where to predict",
      (at) => this.#ask(at.x),
      (by) => {
        const { newX } = this.stage.state; // two keys may come within one frame
        if (newX) this.#ask(newX[0] + (by * this.#drawn.spanX) / 100);
      },
    );
  }

  /**
   * @param {Name} name
   * @param {string} label
   * @param {(at: Place) => void} drag
   * @param {(by: number) => void} nudge - by hundredths of the window, or degrees
   */
  #handle(name, label, drag, nudge) {
    const handle = element(
      `<div class="lr-handle lr-handle-${name}" role="slider" tabindex="0">` +
        `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[name]}" fill="currentColor"/></svg>` +
        `<span aria-hidden="true">${name === "predict" ? "new x" : name}</span></div>`,
    );
    handle.setAttribute("aria-label", label);
    handle.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      handle.focus({ preventScroll: true });
      handle.setPointerCapture(event.pointerId);
      this.#begin(name);
    });
    handle.addEventListener("pointermove", (event) => {
      const at = this.panel.locate(event, Infinity);
      if (at && handle.hasPointerCapture(event.pointerId) && this.#held === name) drag(at);
    });
    handle.addEventListener("pointerup", () => this.#release());
    handle.addEventListener("pointercancel", () => this.#release());
    handle.addEventListener("keydown", (event) => {
      const by = NUDGES[event.key];
      if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation(); // the stage's own keys step through a run
      if (this.#held !== name) this.#begin(name);
      nudge(event.shiftKey ? 10 * by : by);
    });
    handle.addEventListener("keyup", () => this.#release());
    handle.addEventListener("blur", () => this.#release());
    this.layer.append(handle);
    return handle;
  }

  /** @param {Name} name */
  #begin(name) {
    const { line, pivot } = this.#drawn;
    this.#held = name;
    this.#pivotY = line(pivot);
    this.stage.update({ held: { by: "line" } });
  }

  #release() {
    if (!this.#held) return;
    const asked = this.#held === "predict";
    this.#held = null;
    this.stage.update({ held: null, ...(!asked && { ask: "start" }) });
  }

  // ---- what a hand changes ----------------------------------------------------------------------------------

  /**
   * Sets θ so that the line has this height over the middle of the window.
   * @param {number} y
   */
  #raise(y) {
    const { state, line, middle, spanY } = this.#drawn,
      [low, high] = this.panel.yRange;
    const theta = Float64Array.from(state.here.theta);
    theta[0] = coarse(theta[0] + clamp(low, high, y) - line(middle), spanY);
    this.stage.update({ start: theta });
  }

  /** @param {Place} at */
  #turnTo({ px, py }) {
    const { frame } = this.panel,
      x = frame.toX(this.#drawn.pivot),
      y = frame.toY(this.#pivotY);
    const along = Math.max(1, this.#side * (px - x));
    this.#turn((Math.atan2(this.#side * (y - py), along) * 180) / Math.PI);
  }

  /**
   * Sets θ so that the line has this angle on the screen, about the height handle or, without an intercept, the
   * origin.
   * @param {number} degrees
   */
  #turn(degrees) {
    const { state, feature, spanX, spanY, pivot } = this.#drawn,
      { payload } = state,
      { frame } = this.panel;
    const rise = Math.tan((clamp(-MAX_DEGREES, MAX_DEGREES, degrees) * Math.PI) / 180);
    const theta = Float64Array.from(state.here.theta);
    theta[feature + payload.offset] = coarse((rise * spanY * frame.width) / (frame.height * spanX), spanY / spanX);
    if (payload.offset) {
      const { base, slope } = this.panel.straight(payload, theta);
      theta[0] = coarse(theta[0] + this.#pivotY - base - slope * pivot, spanY);
    }
    this.stage.update({ start: theta });
  }

  /** @param {number} x */
  #ask(x) {
    const [low, high] = this.panel.xRange;
    this.stage.update({ newX: [coarse(clamp(low, high, x), this.#drawn.spanX)] });
  }

  // ---- where the handles are --------------------------------------------------------------------------------

  /**
   * Puts the handles where the line is.
   * @param {State} state
   */
  place(state) {
    const { panel } = this,
      { payload, here, newX } = state,
      { view, frame, xRange, yRange } = panel;
    this.layer.hidden = view === FITTED || panel.inSpace(state);
    if (view === FITTED || this.layer.hidden) return;
    Object.assign(this.layer.style, {
      left: `${frame.margin.l}px`,
      top: `${frame.margin.t}px`,
      width: `${frame.width}px`,
      height: `${frame.height}px`,
    });
    const { base, slope } = panel.straight(payload, here.theta);
    const spanX = xRange[1] - xRange[0],
      spanY = yRange[1] - yRange[0],
      middle = (xRange[0] + xRange[1]) / 2;
    /** @param {number} x */
    const line = (x) => base + slope * x;
    const pivot = payload.offset ? middle : 0;
    const degrees = (Math.atan((slope * frame.height * spanX) / (spanY * frame.width)) * 180) / Math.PI;
    this.#drawn = { state, feature: view, line, spanX, spanY, middle, pivot, degrees };
    this.height.hidden = !payload.offset;
    this.#put(this.height, frame.toX(middle), frame.toY(line(middle)));
    this.#put(this.angle, ...this.#lever());
    this.predict.hidden = payload.M > 1 || !newX;
    // On the axis it is out of the other handles' way.
    if (newX && !this.predict.hidden) this.#put(this.predict, frame.toX(newX[0]), frame.height);
    this.#describe();
  }

  /**
   * @param {HTMLElement} handle
   * @param {number} x
   * @param {number} y
   */
  #put(handle, x, y) {
    const { width, height } = this.panel.frame;
    handle.style.left = `${clamp(EDGE_PIXELS, width - EDGE_PIXELS, x)}px`;
    handle.style.top = `${clamp(EDGE_PIXELS, height - (handle === this.predict ? EDGE_PIXELS : FOOT_PIXELS), y)}px`;
  }

  /** The end of the line at which it is turned: to the right, unless it leaves the window there at once. */
  #lever() {
    const right = this.#end(1),
      left = this.#end(-1);
    if (this.#held !== "angle") this.#side = right.length < MIN_LEVER_PIXELS && left.length > right.length ? -1 : 1;
    return (this.#side > 0 ? right : left).at;
  }

  /**
   * The end of the line to one side of its pivot, and how long it is seen up to there.
   * @param {1 | -1} side
   * @returns {{ at: [number, number], length: number }}
   */
  #end(side) {
    const { pivot, line, degrees } = this.#drawn,
      { frame } = this.panel,
      { width, height } = frame;
    const from = [frame.toX(pivot), frame.toY(line(pivot))];
    const steep = -Math.tan((degrees * Math.PI) / 180);
    let x = side > 0 ? LEVER_SHARE * width : (1 - LEVER_SHARE) * width;
    let y = from[1] + steep * (x - from[0]);
    const inside = clamp(EDGE_PIXELS, height - FOOT_PIXELS, y);
    if (inside !== y && steep) [x, y] = [from[0] + (inside - from[1]) / steep, inside];
    const along = side * (x - from[0]),
      seen = x >= 0 && x <= width;
    return { at: [x, y], length: seen && along > 0 ? Math.hypot(x - from[0], y - from[1]) : 0 };
  }

  /** Says where the handles are, for those who hear the picture. */
  #describe() {
    const { state, line, middle, degrees } = this.#drawn,
      { payload, here, newX } = state,
      { xRange, yRange } = this.panel;
    const values = payload.params.map((name, j) => `${name} = ${number(here.theta[j])}`).join(", ");
    const y = line(middle);
    describe(this.height, y, yRange, `${number(y, 4)} in the middle of the picture: ${values}`);
    const angles = [-MAX_DEGREES - 2, MAX_DEGREES + 2];
    describe(this.angle, degrees, angles, `${number(degrees, 3)} degrees on the screen: ${values}`);
    if (!newX || this.predict.hidden) return;
    const [x] = newX;
    describe(this.predict, x, xRange, `x = ${number(x)}: the model says ${number(line(x))}`);
  }
}

/**
 * Writes what a screen reader says of a slider.
 * @param {HTMLElement} handle
 * @param {number} now
 * @param {number[]} range - widened where the handle is beyond it
 * @param {string} text
 */
function describe(handle, now, [low, high], text) {
  const attributes = {
    "aria-valuenow": Number(now.toPrecision(6)),
    "aria-valuemin": Number(Math.min(low, now).toPrecision(6)),
    "aria-valuemax": Number(Math.max(high, now).toPrecision(6)),
    "aria-valuetext": text,
  };
  for (const [name, value] of Object.entries(attributes))
    if (handle.getAttribute(name) !== String(value)) handle.setAttribute(name, String(value));
}
