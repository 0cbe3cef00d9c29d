// Handles on the line: one for its height, one for its angle, and one that asks for a prediction elsewhere. They are
// sliders for a keyboard as well. Slope itself is an unfriendly thing to set: what turns is the angle on the screen.

import { element } from "../drawing/markup.js";
import { number } from "../math/format.js";

const EDGE = 14; // pixels that a handle keeps from the edge of the window
const FOOT = 30; // and with its name from the lower one
const OUT = 0.86; // share of the width at which the angle is held
const SHORT = 60; // pixels: a shorter lever is held at the other end
const FINE = 1000; // parts of the window that a hand can tell apart
const STEEPEST = 88; // degrees

const ICONS = {
  height: "M12 2l5 6h-3.5v8H17l-5 6-5-6h3.5v-8H7z",
  angle: "M12 4a8 8 0 1 1-7.4 5l1.9.8A6 6 0 1 0 12 6v3.5L6.5 5 12 .5z",
  predict: "M2 12l6-5v3.5h8V7l6 5-6 5v-3.5H8V17z",
};
const clamp = (low, high, value) => Math.min(high, Math.max(low, value));

/** A number no finer than a hand can tell apart on an axis of this length. */
function coarse(value, span) {
  const unit = 10 ** Math.floor(Math.log10(span / FINE));
  return Number((Math.round(value / unit) * unit).toPrecision(12));
}

export class Handles {
  constructor(panel, stage) {
    this.panel = panel;
    this.stage = stage;
    this.layer = element('<div class="lr-handles"></div>');
    panel.layer.svg.after(this.layer);
    this.height = this.#handle(
      "height",
      "Height of the line",
      (at) => this.#raise(at.y),
      (by) => this.#raise(this.line(this.middle) + (by * this.spanY) / 100),
    );
    this.angle = this.#handle(
      "angle",
      "Angle of the line",
      (at) => this.#turnTo(at),
      (by) => this.#turn(this.degrees + by),
    );
    this.predict = this.#handle(
      "predict",
      "Where to predict",
      (at) => this.#ask(at.x),
      (by) => this.#ask(stage.newX[0] + (by * this.spanX) / 100),
    );
  }

  #handle(name, label, drag, nudge) {
    const handle = element(
      `<div class="lr-handle lr-handle-${name}" role="slider" tabindex="0"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[name]}" fill="currentColor"/></svg><span aria-hidden="true">${name === "predict" ? "new x" : name}</span></div>`,
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
      if (handle.hasPointerCapture(event.pointerId) && this.held === name) drag(this.panel.locate(event, Infinity));
    });
    handle.addEventListener("pointerup", () => this.#release());
    handle.addEventListener("pointercancel", () => this.#release());
    handle.addEventListener("keydown", (event) => {
      const by = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 }[event.key];
      if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation(); // the stage's own keys step through a run
      if (this.held !== name) this.#begin(name);
      nudge(event.shiftKey ? 10 * by : by);
    });
    handle.addEventListener("keyup", () => this.#release());
    handle.addEventListener("blur", () => this.#release());
    this.layer.append(handle);
    return handle;
  }

  #begin(name) {
    this.held = name;
    this.pivotY = this.line(this.pivot);
    this.stage.dragging = {};
  }

  #release() {
    if (!this.held) return;
    const asked = this.held === "predict";
    this.held = this.stage.dragging = null;
    if (!asked) this.stage.sendStart();
    this.stage.change();
  }

  // ---- what a hand changes ----------------------------------------------------------------------------------

  /** θ with the line at this height over the middle of the window. */
  #raise(y) {
    const theta = Float64Array.from(this.theta),
      [low, high] = this.panel.yRange;
    theta[0] = coarse(theta[0] + clamp(low, high, y) - this.line(this.middle), this.spanY);
    this.stage.moveStart(theta);
  }

  #turnTo({ px, py }) {
    const { frame } = this.panel,
      x = frame.toX(this.pivot),
      y = frame.toY(this.pivotY);
    const along = Math.max(1, this.side * (px - x));
    this.#turn((Math.atan2(this.side * (y - py), along) * 180) / Math.PI);
  }

  /** θ with the line turned to an angle on the screen, about the height handle or, without an intercept, the origin. */
  #turn(degrees) {
    const { feature, scene } = this,
      { frame } = this.panel;
    const rise = Math.tan((clamp(-STEEPEST, STEEPEST, degrees) * Math.PI) / 180);
    const theta = Float64Array.from(this.theta);
    theta[feature + scene.offset] = coarse(
      (rise * this.spanY * frame.width) / (frame.height * this.spanX),
      this.spanY / this.spanX,
    );
    if (scene.offset) {
      const { base, slope } = this.panel.straight(scene, theta);
      theta[0] = coarse(theta[0] + this.pivotY - base - slope * this.pivot, this.spanY);
    }
    this.stage.moveStart(theta);
  }

  #ask(x) {
    const [low, high] = this.panel.xRange;
    this.stage.predictAt([coarse(clamp(low, high, x), this.spanX)]);
  }

  // ---- where the handles are --------------------------------------------------------------------------------

  place(state) {
    const { panel } = this,
      { scene, here, newX } = state;
    this.layer.hidden = panel.view === "fitted" || panel.inSpace(state);
    if (this.layer.hidden) return;
    const { frame, xRange, yRange } = panel;
    Object.assign(this.layer.style, {
      left: `${frame.margin.l}px`,
      top: `${frame.margin.t}px`,
      width: `${frame.width}px`,
      height: `${frame.height}px`,
    });
    const { base, slope } = panel.straight(scene, here.theta);
    Object.assign(this, {
      scene,
      theta: here.theta,
      feature: panel.view,
      spanX: xRange[1] - xRange[0],
      spanY: yRange[1] - yRange[0],
    });
    this.line = (x) => base + slope * x;
    this.middle = (xRange[0] + xRange[1]) / 2;
    this.pivot = scene.offset ? this.middle : 0;
    this.degrees = (Math.atan((slope * frame.height * this.spanX) / (this.spanY * frame.width)) * 180) / Math.PI;
    this.height.hidden = !scene.offset;
    this.predict.hidden = scene.M > 1 || !newX;
    this.#put(this.height, frame.toX(this.middle), frame.toY(this.line(this.middle)));
    this.#put(this.angle, ...this.#lever());
    if (!this.predict.hidden) this.#put(this.predict, frame.toX(newX[0]), frame.height); // on the axis, out of the other handles' way
    this.#say(state);
  }

  #put(handle, x, y) {
    const { width, height } = this.panel.frame;
    handle.style.left = `${clamp(EDGE, width - EDGE, x)}px`;
    handle.style.top = `${clamp(EDGE, height - (handle === this.predict ? EDGE : FOOT), y)}px`;
  }

  /** The end of the line at which it is turned: to the right, unless it leaves the window there at once. */
  #lever() {
    const ends = [1, -1].map((side) => this.#end(side));
    const [right, left] = ends;
    if (this.held !== "angle") this.side = right.length < SHORT && left.length > right.length ? -1 : 1;
    return (this.side > 0 ? right : left).at;
  }

  #end(side) {
    const { frame } = this.panel,
      { width, height } = frame;
    const from = [frame.toX(this.pivot), frame.toY(this.line(this.pivot))];
    const steep = -Math.tan((this.degrees * Math.PI) / 180);
    let x = side > 0 ? OUT * width : (1 - OUT) * width;
    let y = from[1] + steep * (x - from[0]);
    const inside = clamp(EDGE, height - FOOT, y);
    if (inside !== y && steep) [x, y] = [from[0] + (inside - from[1]) / steep, inside];
    const along = side * (x - from[0]),
      seen = x >= 0 && x <= width;
    return { at: [x, y], length: seen && along > 0 ? Math.hypot(x - from[0], y - from[1]) : 0 };
  }

  #say({ scene, here, newX }) {
    const values = scene.params.map((name, j) => `${name} = ${number(here.theta[j])}`).join(", ");
    const y = this.line(this.middle),
      [low, high] = this.panel.yRange;
    tell(this.height, {
      now: y,
      min: Math.min(low, y),
      max: Math.max(high, y),
      text: `${number(y, 4)} in the middle of the picture: ${values}`,
    });
    tell(this.angle, {
      now: this.degrees,
      min: -STEEPEST - 2,
      max: STEEPEST + 2,
      text: `${number(this.degrees, 3)} degrees on the screen: ${values}`,
    });
    if (this.predict.hidden) return;
    const [x] = newX,
      [left, right] = this.panel.xRange;
    tell(this.predict, {
      now: x,
      min: Math.min(left, x),
      max: Math.max(right, x),
      text: `x = ${number(x)}: the model says ${number(this.line(x))}`,
    });
  }
}

function tell(handle, { now, min, max, text }) {
  const said = {
    "aria-valuenow": Number(now.toPrecision(6)),
    "aria-valuemin": Number(min.toPrecision(6)),
    "aria-valuemax": Number(max.toPrecision(6)),
    "aria-valuetext": text,
  };
  for (const [name, value] of Object.entries(said))
    if (handle.getAttribute(name) !== String(value)) handle.setAttribute(name, value);
}
