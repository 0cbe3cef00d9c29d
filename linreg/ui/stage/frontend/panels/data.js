// The rows and the model.

import { FlatPanel, marker } from "../drawing/flat_panel.js";
import { fill, flat, hideKeys, key, note, space } from "../drawing/markup.js";
import { areaOf } from "../drawing/plot_area.js";
import { pointDragging } from "../input/gestures.js";
import { LineHandles } from "../input/line_handles.js";
import { number } from "../math/format.js";
import { nearestIndex } from "../math/geometry/arrow_chain.js";
import {
  fittedRange,
  heldReach,
  reachOfSquares,
  wayAcross,
  withRoomToDraw,
  withStart,
} from "../math/geometry/data_window.js";
import { unitRatio, withEqualUnits } from "../math/geometry/equal_scale.js";
import { extent, padded, union, within } from "../math/geometry/ranges.js";
import { joined, largest, MAX_SQUARES, outline } from "../math/geometry/square_layout.js";
import { FITTED, PLANE } from "../math/payload.js";
import { line, NOTHING, symbols } from "./traces.js";

/** @import { Axes, Numbers, Place, Range, State, Trace } from "../types.js" */
/** @import { Payload } from "../math/payload.js" */

const MAX_DATA_STRETCH = 3.5; // of an axis for equal units; beyond it the rows are only a strip
const MAX_LARGE_DOTS = 600; // of rows; more are drawn small
const VIEW_SELECT = '<label class="lr-view" hidden><select aria-label="What the data panel shows"></select></label>';
const CLICK_SELECT =
  '<label class="lr-draw" hidden>A click <select aria-label="What a click on the data does">' +
  '<option value="add">adds or moves a point</option><option value="remove">removes a point</option></select></label>';

/**
 * The rows: with one feature the points and the line, else observed against fitted or one chosen feature. Options:
 * handles to move the line with, squares of the residuals, residuals = false for none.
 */
export class DataPanel extends FlatPanel {
  static figure = {
    title: "Data and model",
    controls: `${VIEW_SELECT}\n      ${CLICK_SELECT}${note()}`,
    canvas: flat + space,
    legend:
      key("data", "point", "row") +
      key("model", "line", "model") +
      key("data", "thin", "residual", "residual") +
      key("data", "square", "its square", "square") +
      key("optimum", "dash", "best fit", "best") +
      key("path", "dash", "pointer", "ghost"),
  };
  static gestures = pointDragging;

  /**
   * What is across: the fitted values, or a feature by its index.
   * @type {typeof FITTED | number}
   */
  view = 0;
  equal = false; // whether a unit is as long across as upwards
  /**
   * What stays while a hand sets the model: nothing moves away from under the hand.
   * @type {{ key: string, yRange: Range, reach: Range | null } | null}
   */
  held = null;
  /** @type {LineHandles | null} */
  handles = null;

  /**
   * Draws the picture and fills the controls beside the title.
   * @param {State} state
   */
  set(state) {
    const { payload } = state;
    const inSpace = this.inSpace(state);
    super.set(inSpace ? { ...state, dataView: FITTED } : state); // the flat picture underneath stays a valid one
    this.#fillViews(state);
    this.#fillClicks(state);
    this.figure.classList.toggle("lr-in-space", inSpace);
    this.#hideKeys(state);
    this.say(this.options.squares ? this.#aboutSquares(payload) : payload.note);
    if (!this.options.handles) return;
    this.handles ??= new LineHandles(this);
    this.handles.place(state);
  }

  /**
   * @param {string} selector
   * @returns {HTMLElement}
   */
  #element(selector) {
    return /** @type {HTMLElement} */ (this.figure.querySelector(selector));
  }

  /** @param {State} state */
  #fillViews({ payload, dataView }) {
    const label = this.#element(".lr-view");
    const select = /** @type {HTMLSelectElement} */ (label.firstElementChild);
    /** @type {[value: string | number, text: string][]} */
    const views = [[FITTED, "observed against fitted"]];
    payload.features.forEach((name, j) => {
      views.push([j, name]);
    });
    if (payload.M === 2) views.push([PLANE, "fitted plane in 3-D"]);
    label.hidden = payload.M === 1 || Boolean(this.options.dataView);
    fill(select, views);
    select.value = dataView;
    select.onchange = () => this.stage.update({ dataView: select.value });
  }

  /** @param {State} state */
  #fillClicks({ payload, removing }) {
    const label = this.#element(".lr-draw");
    const select = /** @type {HTMLSelectElement} */ (label.firstElementChild);
    label.hidden = !payload.drawing;
    select.value = removing ? "remove" : "add";
    select.onchange = () => this.stage.update({ removing: select.value === "remove" });
  }

  /** @param {State} state */
  #hideKeys(state) {
    const fitted = this.view === FITTED;
    const inSpace = this.inSpace(state);
    hideKeys(this.figure, {
      residual: inSpace || !this.#hasResiduals(state.payload),
      best: inSpace || fitted || !state.best,
      ghost: inSpace || fitted || Boolean(this.options.handles) || !this.#besidePlane(),
      square: inSpace || !this.options.squares,
    });
  }

  /** Whether a plane of parameters is on the page: a pointer there is a line here. */
  #besidePlane() {
    return this.stage.pictures.some(({ flat: panel }) => panel?.setsStart());
  }

  /**
   * Whether the rows have residuals here: to a line with other features held at a mean there is none.
   * @param {Payload} payload
   */
  #hasResiduals(payload) {
    return this.options.residuals !== false && (payload.M === 1 || this.view === FITTED);
  }

  /** @param {Payload} payload */
  #aboutSquares(payload) {
    const some = payload.shown > MAX_SQUARES ? `the ${MAX_SQUARES} largest squares; ` : "";
    return `${some}${this.equal ? "same scale on both axes" : "side length = residual (x axis not to scale)"}`;
  }

  /**
   * @param {State} state
   * @param {boolean} runChanged
   */
  show(state, runChanged) {
    super.show(state, runChanged);
    this.handles?.place(state);
  }

  /**
   * Whether a picture in space lies over this one.
   * @param {State} state
   */
  inSpace({ payload, dataView }) {
    return payload.M === 2 && dataView === PLANE;
  }

  /** @param {State} state */
  prepare(state) {
    const { payload, dataView, held } = state;
    const observed = extent(payload.y);
    if (payload.M === 1) this.view = 0;
    else this.view = dataView === FITTED ? FITTED : Number(dataView);
    this.yRange = this.options.handles ? this.#heldRange(state, observed) : this.#yRange(state, observed, 0.08);
    const { view } = this;
    this.xRange = view === FITTED ? fittedRange(state, observed) : padded(...extent(payload.column(view)), 0.06);
    if (held?.frozen) [this.xRange, this.yRange] = [held.frozen.x, held.frozen.y];
    else if (payload.drawing) Object.assign(this, withRoomToDraw(this));
    if (this.options.squares) this.#equalise(state);
  }

  /**
   * @param {State} state
   * @param {Range} observed
   * @param {number} share - of room around
   */
  #yRange(state, observed, share) {
    return padded(...(this.view === FITTED ? observed : withStart(state, observed)), share);
  }

  /**
   * The range of y that stays while a hand sets the model.
   * @param {State} state
   * @param {Range} observed
   */
  #heldRange(state, observed) {
    const key = JSON.stringify([state.payload.key, this.view, observed]);
    if (this.held?.key !== key) this.held = { key, yRange: this.#yRange(state, observed, 0.15), reach: null };
    return this.held.yRange;
  }

  /**
   * Makes a unit as long across as upwards, with room for the squares, unless that leaves the rows only a strip.
   * @param {State} state
   */
  #equalise(state) {
    const area = areaOf(this.plot, state.theme.size);
    const equal = withEqualUnits(this, area, MAX_DATA_STRETCH);
    this.equal = equal !== null;
    if (!equal) return;
    Object.assign(this, equal);
    this.xRange = union(this.#reach(state), this.xRange);
    Object.assign(this, withEqualUnits(this, area));
  }

  /**
   * How far across there is room for squares.
   * @param {State} state
   */
  #reach({ payload, here }) {
    const { yRange, view } = this;
    const fitted = payload.fit(here.theta);
    const x = view === FITTED ? fitted : payload.column(0);
    const now = reachOfSquares({ x, y: payload.y, fitted, slope: this.#slope(payload, here.theta), yRange });
    if (!this.held || view === FITTED) return now;
    this.held.reach = heldReach(this.held.reach, now, this.xRange);
    return this.held.reach;
  }

  /**
   * @param {State} state
   * @returns {Axes}
   */
  axes({ payload }) {
    const { view } = this;
    if (view !== FITTED) {
      return {
        x: { range: this.xRange, title: payload.featureLabels[view] },
        y: { range: this.yRange, title: payload.targetLabel },
      };
    }
    return {
      x: { range: this.xRange, title: `fitted ${payload.targetLabel}` },
      y: { range: this.yRange, title: `observed ${payload.targetLabel}` },
    };
  }

  /** @param {State} state */
  label({ payload, here, t }) {
    const values = payload.paramNames.map((name, j) => `${name} = ${number(here.theta[j], 4)}`);
    return `Data: ${payload.shown} points and the model at step ${t}, ${values.join(", ")}`;
  }

  /**
   * The model over the chosen feature, the other features held at their mean: its height at 0 and its slope.
   * @param {Payload} payload
   * @param {Numbers} theta
   */
  straight(payload, theta) {
    const j = Number(this.view);
    let base = payload.offset ? theta[0] : 0;
    payload.features.forEach((_, k) => {
      if (k !== j) base += theta[k + payload.offset] * payload.means[k];
    });
    return { base, slope: theta[j + payload.offset] };
  }

  /**
   * The slope of what the residuals are measured from: of the diagonal, or of the line.
   * @param {Payload} payload
   * @param {Numbers} theta
   */
  #slope(payload, theta) {
    return this.view === FITTED ? 1 : this.straight(payload, theta).slope;
  }

  /**
   * The line of the model from edge to edge of the window.
   * @param {Payload} payload
   * @param {Numbers} theta
   */
  line(payload, theta) {
    const { base, slope } = this.straight(payload, theta);
    return this.#ends((x) => base + slope * x);
  }

  /** @param {(x: number) => number} heightAt */
  #ends(heightAt) {
    const x = padded(...this.xRange, 0.02);
    return { x, y: x.map((value) => within(this.yRange, heightAt(value))) };
  }

  /**
   * Where row i is drawn.
   * @param {Payload} payload
   * @param {Float64Array} fitted
   * @param {number} i
   * @returns {[x: number, y: number]}
   */
  point(payload, fitted, i) {
    const x = this.view === FITTED ? within(this.xRange, fitted[i]) : payload.column(this.view)[i];
    return [x, payload.y[i]];
  }

  /** @param {State} state */
  traces(state) {
    const { payload, here } = state;
    const fitted = payload.fit(here.theta);
    const x = this.view === FITTED ? fitted.map((value) => within(this.xRange, value)) : payload.column(this.view);
    return [
      { ...line(this.#residuals(payload, fitted, x), "step", state.colours.data, 1), opacity: 0.45 },
      this.#rows(state, x),
      ...this.#models(state),
      this.#litRow(state, x),
      ...(this.options.handles ? this.#prediction(state) : []),
      ...(this.options.squares ? this.#squares(state, fitted, x) : []),
    ];
  }

  /**
   * @param {State} state
   * @param {Float64Array} x
   */
  #rows({ payload, colours }, x) {
    const many = payload.shown > MAX_LARGE_DOTS;
    const dots = symbols(
      { x, y: payload.y },
      this.view === FITTED ? "step" : "never",
      marker("circle", colours.data, many ? 4 : 7),
    );
    return { ...dots, opacity: many ? 0.6 : 0.9 };
  }

  /**
   * The best fit, the model and the one under a pointer elsewhere. Observed against fitted, any model is the diagonal.
   * @param {State} state
   */
  #models({ payload, here, best, ghost, colours }) {
    const fitted = this.view === FITTED;
    const model = fitted ? this.#ends((x) => x) : this.line(payload, here.theta);
    const optimum = fitted || !best ? NOTHING : this.line(payload, payload.bowl.best);
    const pointed = fitted || !ghost ? NOTHING : this.line(payload, ghost);
    return [
      line(optimum, "never", colours.optimum, 2, "dash"),
      line(model, fitted ? "never" : "step", colours.model, 3.5),
      line(pointed, "step", colours.path, 2, "dash"),
    ];
  }

  /**
   * @param {State} state
   * @param {Float64Array} x
   */
  #litRow({ payload, hoverRow, colours }, x) {
    const place = hoverRow === null ? NOTHING : { x: [x[hoverRow]], y: [payload.y[hoverRow]] };
    return symbols(place, "step", marker("circle-open", colours.gradient, 15));
  }

  /**
   * Where a prediction was asked for: from the axis up to the model and across to what the model says there.
   * @param {State} state
   * @returns {Trace[]}
   */
  #prediction({ payload, here, newX, colours, theme }) {
    const asked = payload.M > 1 ? undefined : newX?.[0];
    const { base, slope } = this.straight(payload, here.theta);
    const y = asked === undefined ? NaN : within(this.yRange, base + slope * asked);
    const way = asked === undefined ? NOTHING : { x: [asked, asked, this.xRange[0]], y: [this.yRange[0], y, y] };
    const answer = asked === undefined ? NOTHING : { x: [asked], y: [y] };
    return [
      line(way, "step", colours.model, 1.5, "dot"),
      symbols(answer, "step", marker("diamond", colours.model, 15, theme.page)),
    ];
  }

  /**
   * The residuals' squares, as long across on the screen as upwards, each on the side that the model does not cross.
   * @param {State} state
   * @param {Float64Array} fitted
   * @param {Float64Array} x
   */
  #squares({ payload, here, hoverRow, colours }, fitted, x) {
    const across = unitRatio(this, this.frame);
    const slope = this.#slope(payload, here.theta);
    /** @param {number} i */
    const square = (i) => {
      const side = within(this.yRange, payload.y[i]) - within(this.yRange, fitted[i]);
      return outline(x[i], fitted[i], x[i] + wayAcross(side, slope) * across, fitted[i] + side);
    };
    const shown = largest(
      fitted.map((value, i) => payload.y[i] - value),
      MAX_SQUARES,
    );
    const lit = hoverRow === null ? [] : [square(hoverRow)];
    return [
      { ...line(joined(shown.map(square)), "step", colours.data, 0.7), fill: colours.data },
      { ...line(joined(lit), "step", colours.gradient, 2), fill: colours.gradient },
    ];
  }

  /**
   * A stroke for each residual.
   * @param {Payload} payload
   * @param {Float64Array} fitted
   * @param {Float64Array} points
   */
  #residuals(payload, fitted, points) {
    const drawn = this.#hasResiduals(payload) ? payload.shown : 0;
    const x = new Array(3 * drawn);
    const y = new Array(3 * drawn);
    for (let i = 0; i < drawn; i++) {
      x[3 * i] = x[3 * i + 1] = points[i];
      y[3 * i] = payload.y[i];
      y[3 * i + 1] = within(this.yRange, fitted[i]);
      x[3 * i + 2] = y[3 * i + 2] = null;
    }
    return { x, y };
  }

  /**
   * The row nearest to a pointer within reach, or −1.
   * @param {State} state
   * @param {Place} at
   */
  nearest({ payload, here }, at, reach = 18) {
    const fitted = payload.fit(here.theta);
    return nearestIndex(payload.shown, (i) => this.distance(at, ...this.point(payload, fitted, i)), reach);
  }
}
