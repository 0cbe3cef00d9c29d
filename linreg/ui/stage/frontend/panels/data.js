// The rows and the model.

import { extent, FlatPanel, marker, padded, within, withStart } from "../drawing/flat_panel.js";
import { fill, flat, key, note, space } from "../drawing/markup.js";
import { Frame } from "../drawing/plot_area.js";
import { pointDragging } from "../input/gestures.js";
import { Handles } from "../input/line_handles.js";
import { number } from "../math/format.js";
import { joined, largest, MOST_SQUARES, outline } from "../math/square_layout.js";

const STRIP = 3.5; // times as long as the rows: an axis that leaves them too little of it
const ANEW = 1.5; // times: a change of the window's length that is worth its jump

/**
 * The rows: with one feature the points and the line, else fitted against observed or one chosen feature. Options:
 * handles to move the line with, squares of the residuals, residuals = false for none.
 */
export class DataPanel extends FlatPanel {
  static figure = {
    title: "Data and model",
    controls: `<label class="lr-view" hidden><select aria-label="What the data panel shows"></select></label>
      <label class="lr-draw" hidden>A click <select aria-label="What a click on the data does"><option value="add">adds or moves a point</option><option value="remove">removes a point</option></select></label>${note()}`,
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

  /** Fills the controls beside the title. */
  set(state) {
    const { scene, dataView } = state;
    super.set(this.inSpace(state) ? { ...state, dataView: "fitted" } : state); // the flat picture underneath stays a valid one
    const view = this.figure.querySelector(".lr-view"),
      select = view.firstElementChild;
    const views = [["fitted", "fitted against observed"], ...scene.features.map((name, j) => [j, name])];
    if (scene.M === 2) views.push(["plane", "fitted plane in 3-D"]);
    view.hidden = scene.M === 1 || Boolean(this.options.dataView);
    fill(select, views);
    select.value = dataView;
    select.onchange = () => this.stage.update({ dataView: select.value });
    this.figure.querySelector(".lr-draw").hidden = !scene.drawing;
    this.figure.classList.toggle("lr-in-space", this.inSpace(state));
    const planes = this.stage.pictures.some(({ flat: panel }) => panel?.setsStart()); // a place in a plane is a line here
    const fitted = this.view === "fitted",
      hidden = {
        residual: this.options.residuals === false || (scene.M > 1 && !fitted),
        best: fitted || !state.best,
        ghost: fitted || !planes || Boolean(this.options.handles),
        square: !this.options.squares,
      };
    for (const [name, hide] of Object.entries(hidden))
      this.figure.querySelector(`[data-key="${name}"]`).hidden = hide || this.inSpace(state);
    this.#sayNote(state);
    if (!this.options.handles) return;
    this.handles ??= new Handles(this);
    this.handles.place(state);
  }

  #sayNote({ scene }) {
    if (!this.options.squares) return this.say(scene.note);
    const some = scene.shown > MOST_SQUARES ? `the ${MOST_SQUARES} largest squares; ` : "";
    this.say(
      `${some}${this.equal ? "equal scale across and upwards" : "each side is its residual; not to scale across"}`,
    );
  }

  show(state, runChanged) {
    super.show(state, runChanged);
    this.handles?.place(state);
  }

  /** Whether a picture in space lies over this one. */
  inSpace({ scene, dataView }) {
    return scene.M === 2 && dataView === "plane";
  }

  /** Whether a click takes a row away. */
  get removing() {
    return this.figure.querySelector(".lr-draw select").value === "remove";
  }

  prepare(state) {
    const { scene } = state;
    const y = extent(scene.y);
    this.view = scene.M === 1 ? 0 : state.dataView === "fitted" ? "fitted" : Number(state.dataView);
    this.yRange = this.options.handles ? this.#heldRange(state, y) : padded(...this.#withStart(state, y));
    if (this.view === "fitted") {
      const fitted = scene.fit(scene.bowl.best),
        start = scene.fit(state.run.at(0).theta);
      const span = y[1] - y[0] || Math.abs(y[0]) || 1;
      const near = (value) => Math.min(y[1] + span, Math.max(y[0] - span, value));
      this.xRange = padded(...extent([...y, ...fitted, ...Array.from(start, near)]));
    } else this.xRange = padded(...extent(scene.column(this.view)), 0.06);
    if (state.held?.frozen) ({ x: this.xRange, y: this.yRange } = state.held.frozen);
    else if (scene.drawing) this.#roomToDraw();
    if (this.options.squares) this.#equalise(state);
  }

  /** Makes a unit as long across as upwards, with room for the squares, unless that leaves the rows only a strip. */
  #equalise(state) {
    if (!this.#stretch(state)) return;
    const [left, right] = this.#heldReach(state);
    this.xRange = [Math.min(left, this.xRange[0]), Math.max(right, this.xRange[1])];
    this.#stretch(state, Infinity);
  }

  /** The room for the squares stays as it is while a hand moves the model a little. */
  #heldReach(state) {
    const now = this.#reach(state),
      long = ([low, high]) => Math.max(high, this.xRange[1]) - Math.min(low, this.xRange[0]);
    const was = this.held.reach,
      factor = was ? long(now) / long(was) : Infinity;
    if (this.view === "fitted" || factor > ANEW || factor < 1 / ANEW) this.held.reach = now;
    return this.held.reach;
  }

  /** How far the squares reach across, where all units are equal and the model lies near the rows. */
  #reach({ scene, here }) {
    const [low, high] = this.yRange,
      fitted = scene.fit(here.theta),
      slope = this.view === "fitted" ? 1 : this.straight(scene, here.theta).slope;
    const most = 0.5 * (high - low),
      at = this.view === "fitted" ? fitted : scene.column(0);
    const [first, last] = extent(scene.y);
    const ends = Array.from(at, (x, i) => {
      const residual = scene.y[i] - fitted[i];
      return x - Math.sign(slope * residual || 1) * Math.min(most, Math.abs(residual));
    }).filter((_, i) => fitted[i] > first - 2 * (last - first) && fitted[i] < last + 2 * (last - first));
    return padded(...extent(ends.length ? ends : at), 0.03);
  }

  /** Lengthens one axis until the units are equal, and says whether that was possible. */
  #stretch({ theme }, most = STRIP) {
    const { clientWidth: width, clientHeight: height } = this.plot;
    const frame = new Frame({ width, height, size: theme.size, x: { range: this.xRange }, y: { range: this.yRange } });
    const across = (this.xRange[1] - this.xRange[0]) / frame.width,
      upwards = (this.yRange[1] - this.yRange[0]) / frame.height;
    const factor = Math.max(across / upwards, upwards / across);
    this.equal = factor < most;
    if (!this.equal) return false;
    const wider = ([low, high]) => padded(low, high, (factor - 1) / 2);
    if (across < upwards) this.xRange = wider(this.xRange);
    else this.yRange = wider(this.yRange);
    return true;
  }

  /** The range of y that stays while a hand sets the model: nothing moves away from under the hand. */
  #heldRange(state, y) {
    const key = JSON.stringify([state.scene.key, this.view, y]);
    if (this.held?.key !== key) this.held = { key, range: padded(...this.#withStart(state, y), 0.15) };
    return this.held.range;
  }

  #withStart(state, y) {
    return this.view === "fitted" ? y : withStart(state, y);
  }

  #roomToDraw() {
    const room = ([low, high], least) => [Math.min(low, -least), Math.max(high, least)];
    this.xRange = room(this.xRange, 5);
    this.yRange = room(this.yRange, 10);
  }

  axes({ scene }) {
    const fitted = this.view === "fitted";
    return {
      x: { range: this.xRange, title: fitted ? `fitted ${scene.targetLabel}` : scene.featureLabels[this.view] },
      y: { range: this.yRange, title: fitted ? `observed ${scene.targetLabel}` : scene.targetLabel },
    };
  }

  label({ scene, here, t }) {
    return `Data: ${scene.shown} points and the model at step ${t}, ${scene.paramNames.map((name, j) => `${name} = ${number(here.theta[j], 4)}`).join(", ")}`;
  }

  /** The model over the chosen feature, the other features held at their mean: its height at 0 and its slope. */
  straight(scene, theta) {
    const j = this.view;
    let base = scene.offset ? theta[0] : 0;
    scene.features.forEach((_, k) => {
      if (k !== j) base += theta[k + scene.offset] * scene.means[k];
    });
    return { base, slope: theta[j + scene.offset] };
  }

  line(scene, theta) {
    const { base, slope } = this.straight(scene, theta);
    return this.#ends((x) => base + slope * x);
  }

  #ends(line) {
    const [low, high] = this.xRange;
    const slack = 0.02 * (high - low);
    const x = [low - slack, high + slack];
    return { x, y: x.map((value) => within(this.yRange, line(value))) };
  }

  /** Where row i is drawn. */
  point(scene, fitted, i) {
    return this.view === "fitted"
      ? [within(this.xRange, fitted[i]), scene.y[i]]
      : [scene.column(this.view)[i], scene.y[i]];
  }

  traces(state) {
    const { scene, here, colours, theme } = state;
    const isFitted = this.view === "fitted";
    const fitted = scene.fit(here.theta);
    const points = isFitted ? Array.from(fitted, (value) => within(this.xRange, value)) : scene.column(this.view);
    const residuals = this.#residuals(scene, fitted, points, isFitted);
    const diagonal = this.#ends((x) => x);
    const model = isFitted ? diagonal : this.line(scene, here.theta);
    const optimum = isFitted || !state.best ? { x: [], y: [] } : this.line(scene, scene.bowl.best);
    const ghost = state.ghost && !isFitted ? this.line(scene, state.ghost) : { x: [], y: [] };
    const lit =
      state.hoverRow === null ? { x: [], y: [] } : { x: [points[state.hoverRow]], y: [scene.y[state.hoverRow]] };
    const dot = scene.shown > 600 ? 4 : 7;
    return [
      { ...residuals, moves: "step", mode: "lines", line: { color: colours.data, width: 1 }, opacity: 0.45 },
      {
        x: points,
        y: scene.y,
        moves: isFitted ? "step" : "never",
        mode: "markers",
        marker: marker("circle", colours.data, dot),
        opacity: scene.shown > 600 ? 0.6 : 0.9,
      },
      { ...optimum, moves: "never", mode: "lines", line: { color: colours.optimum, width: 2, dash: "dash" } },
      { ...model, moves: isFitted ? "never" : "step", mode: "lines", line: { color: colours.model, width: 3.5 } },
      { ...ghost, moves: "step", mode: "lines", line: { color: colours.path, width: 2, dash: "dash" } },
      { ...lit, moves: "step", mode: "markers", marker: marker("circle-open", colours.gradient, 15) },
      ...(this.options.handles
        ? [
            {
              ...this.#asked(state),
              moves: "step",
              mode: "lines",
              line: { color: colours.model, width: 1.5, dash: "dot" },
            },
            {
              ...this.#answer(state),
              moves: "step",
              mode: "markers",
              marker: marker("diamond", colours.model, 15, theme.page),
            },
          ]
        : []),
      ...(this.options.squares ? this.#squares(state, fitted, points) : []),
    ];
  }

  /** From the axis up to the model and across to its prediction, where one was asked for. */
  #asked({ scene, here, newX }) {
    if (scene.M > 1 || !newX) return { x: [], y: [] };
    const { base, slope } = this.straight(scene, here.theta),
      [x] = newX,
      y = within(this.yRange, base + slope * x);
    return { x: [x, x, this.xRange[0]], y: [this.yRange[0], y, y] };
  }

  /** What the model says there. */
  #answer(state) {
    const { x, y } = this.#asked(state);
    return { x: x.slice(1, 2), y: y.slice(1, 2) };
  }

  /** The residuals' squares, as long across on the screen as upwards, each on the side that the model does not cross. */
  #squares({ scene, here, hoverRow, colours }, fitted, points) {
    const { frame } = this,
      [low, high] = this.yRange,
      [left, right] = this.xRange;
    const across = (frame.height * (right - left)) / (frame.width * (high - low)); // units of x as long as one unit of y
    const slope = this.view === "fitted" ? 1 : this.straight(scene, here.theta).slope;
    const residuals = fitted.map((value, i) => scene.y[i] - value);
    const square = (i) => {
      const side = within(this.yRange, scene.y[i]) - within(this.yRange, fitted[i]),
        x = points[i];
      return outline(x, fitted[i], x - Math.sign(slope * side || 1) * Math.abs(side) * across, fitted[i] + side);
    };
    const lit = hoverRow === null ? [] : [square(hoverRow)];
    return [
      {
        ...joined(largest(residuals, MOST_SQUARES).map(square)),
        moves: "step",
        mode: "lines",
        fill: colours.data,
        line: { color: colours.data, width: 0.7 },
      },
      {
        ...joined(lit),
        moves: "step",
        mode: "lines",
        fill: colours.gradient,
        line: { color: colours.gradient, width: 2 },
      },
    ];
  }

  #residuals(scene, fitted, points, isFitted) {
    const shown = this.options.residuals !== false && (isFitted || scene.M === 1);
    const drawn = shown ? scene.shown : 0; // to a line with other features held at a mean there is no residual
    const x = new Array(3 * drawn),
      y = new Array(3 * drawn);
    for (let i = 0; i < drawn; i++) {
      x[3 * i] = x[3 * i + 1] = points[i];
      y[3 * i] = scene.y[i];
      y[3 * i + 1] = within(this.yRange, fitted[i]);
      x[3 * i + 2] = y[3 * i + 2] = null;
    }
    return { x, y };
  }

  /** The row nearest to a pointer within reach, or −1. */
  nearest(state, at, reach = 18) {
    const { scene } = state;
    const fitted = scene.fit(state.here.theta);
    let best = -1,
      least = reach;
    for (let i = 0; i < scene.shown; i++) {
      const gap = this.distance(at, ...this.point(scene, fitted, i));
      if (gap < least) [best, least] = [i, gap];
    }
    return best;
  }
}
