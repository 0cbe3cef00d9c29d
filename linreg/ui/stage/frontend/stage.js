// The stage: one experiment, played, stepped and dragged in the browser. Python says which pictures and controls there
// are and computes; what is drawn between two answers of Python follows the same closed form (math/quadratic.js).

import { Arithmetic } from "./controls/arithmetic.js";
import { BestSwitch } from "./controls/best_fit.js";
import { RateControl } from "./controls/learning_rate.js";
import { Losses } from "./controls/losses.js";
import { NextSteps } from "./controls/next_steps.js";
import { Numbers } from "./controls/numbers.js";
import { Phases } from "./controls/phases.js";
import { Predict } from "./controls/prediction.js";
import { RowsTable } from "./controls/rows_table.js";
import { StartBoxes } from "./controls/start.js";
import { Status } from "./controls/status.js";
import { Guess } from "./controls/step_guess.js";
import { Transport } from "./controls/transport.js";
import { addTry, Tries, triesOf } from "./controls/tries.js";
import { Weights } from "./controls/weights.js";
import { painted } from "./drawing/animation_frames.js";
import { plotly } from "./drawing/plotly.js";
import { theme } from "./drawing/theme.js";
import { lookedAt, remember, write } from "./input/address.js";
import { Formulas } from "./input/formula_hover.js";
import { PointSender } from "./input/point_sender.js";
import { Scene } from "./math/payload.js";
import { preview } from "./math/run.js";
import { Directions } from "./panels/eigen_directions.js";
import { Picture } from "./picture.js";

const ADDRESS_AFTER = 250; // milliseconds of rest; browsers forbid rewriting the address at every frame
const SPEAK_EVERY = 1000; // milliseconds between two sentences while playing

/**
 * The controls that a layout may name. Each has an element and any of: set(state) when Python answered, started(state)
 * when the start moved, foretell(state) when the run is another one, show(state) at every picture, speak(state) now and then.
 */
const CONTROLS = {
  transport: Transport,
  rate: RateControl,
  status: Status,
  numbers: Numbers,
  start: StartBoxes,
  weights: Weights,
  predict: Predict,
  best: BestSwitch,
  losses: Losses,
  tries: Tries,
  directions: Directions,
  rows: RowsTable,
  phases: Phases,
  arithmetic: Arithmetic,
  guess: Guess,
  steps: NextSteps,
};

const stages = new WeakMap();

/** Draws what Python sent; called again with every answer. Returns the clean-up. */
export function render({ parentElement, data, setTriggerValue }) {
  const send = (change) => setTriggerValue("choice", change);
  let stage = stages.get(parentElement);
  if (stage && stage.plan !== planOf(data)) {
    stage.close();
    stage = null;
  }
  if (!stage) {
    stage = new Stage(parentElement.querySelector(".lr-root"), data);
    stages.set(parentElement, stage);
  }
  stage.receive(data, send);
  return () => {
    stages.get(parentElement)?.close();
    stages.delete(parentElement);
  };
}

const planOf = ({ layout, symbols }) => JSON.stringify([layout, symbols]);

class Stage {
  constructor(host, told) {
    const { layout } = told;
    this.plan = planOf(told);
    this.layout = layout;
    this.t = 0;
    this.hoverRow = null;
    this.ghost = null;
    this.best = layout.best;
    this.newX = null;
    this.stopping = new AbortController();
    this.root = document.createElement("section");
    this.root.className = `lr-stage lr-waiting lr-on-${layout.name}`;
    this.root.setAttribute("aria-label", layout.label);
    this.controls = Object.fromEntries(
      [...layout.top, ...layout.side].map((name) => [name, new CONTROLS[name](this, this.stopping.signal)]),
    );
    this.pictures = layout.pictures.map((spec) => new Picture(spec, this));
    this.root.append(
      ...layout.top.map((name) => this.controls[name].element),
      group(
        "lr-panels",
        this.pictures.map(({ figure }) => figure),
      ),
      group(
        "lr-side",
        layout.side.map((name) => this.controls[name].element),
      ),
    );
    for (const [name, symbol] of Object.entries({ eta: told.symbols.rate, theta: told.symbols.theta })) {
      for (const place of this.root.querySelectorAll(`.lr-${name}`)) place.textContent = symbol;
    }
    host.replaceChildren(this.root);
    this.formulas = new Formulas(told.colours, this.root, (role) => this.#light(role));
    this.sender = new PointSender(
      (change) => this.send(change),
      (points) => this.#known(points),
    );
    this.observer = new ResizeObserver(() => this.#resize());
    this.observer.observe(this.root);
  }

  close() {
    this.stopping.abort();
    this.controls.transport?.pause();
    this.closed = true;
    this.observer.disconnect();
    this.formulas.close();
    const { Plotly } = window;
    if (Plotly) for (const plot of this.root.querySelectorAll(".js-plotly-plot")) Plotly.purge(plot);
  }

  /** Tells all controls that have an ear for it. */
  #tell(what, state = this.state()) {
    for (const control of Object.values(this.controls)) control[what]?.(state);
  }

  // ---- what Python says -------------------------------------------------------------------------------------

  async receive(told, send) {
    this.send = send;
    const first = !this.scene;
    const other = this.scene?.key !== told.key;
    const scene = new Scene(told);
    this.scene = scene;
    this.variants = told.variants.map((variant) => new Scene({ ...told, ...variant }));
    if (first) this.#restore(lookedAt(told.key) ?? told.view);
    else if (other) Object.assign(this, { t: 0, pair: [0, 1], dataView: "fitted" });
    this.pair = this.pair.every((j) => j < scene.bowl.p) && this.pair[0] !== this.pair[1] ? this.pair : [0, 1];
    if (scene.bowl.p === 1) this.pair = [0, 0];
    if (this.dataView !== "fitted" && this.dataView !== "plane" && !(Number(this.dataView) < scene.M))
      this.dataView = "fitted";
    if (first || other) this.#firstView(scene);
    this.hoverRow = this.ghost = null;
    this.waiting = this.dragging && !this.dragging.point ? this.waiting : null;
    this.run = this.waiting
      ? preview(scene.bowl, this.waiting.start, this.waiting.rate, scene.run.steps, scene.previewSteps)
      : scene.exact;
    this.t = Math.max(0, Math.min(this.t, this.last));
    this.#theme();
    this.#tell("set");
    try {
      await this.#draw(told.plotly);
    } catch (error) {
      this.#fail(error);
      return;
    }
    if (this.sender.answered() && this.redraw && !this.dragging) {
      this.redraw = false;
      this.#draw();
    }
  }

  #fail(error) {
    const note = document.createElement("p");
    note.className = "lr-error";
    note.setAttribute("role", "alert");
    note.textContent = error.message;
    this.root.classList.remove("lr-waiting");
    this.root.prepend(note);
  }

  #restore({ t, step, log, pair, dataView, speed }) {
    this.t = this.layout.still ? 0 : (t ?? step);
    Object.assign(this, { log, pair, dataView });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.speed = speed ?? (calm ? 2 : 20);
    if (this.controls.transport) this.controls.transport.speed = this.speed;
  }

  /** A page about the model shows it over a feature, or as a plane, where nobody chose otherwise. */
  #firstView({ M }) {
    this.chosenView = this.dataView; // what other pages and the address go on with
    if (this.layout.show === "model" && this.dataView === "fitted" && M > 1) this.dataView = M === 2 ? "plane" : "0";
  }

  #theme() {
    const now = theme(this.root, this.theme);
    if (now === this.theme) return;
    this.theme = now;
    this.colours = this.scene.colours[now.dark ? "dark" : "light"];
    this.formulas.set(this.colours);
    for (const [role, colour] of Object.entries(this.colours)) this.root.style.setProperty(`--${role}`, colour);
  }

  /** Lights the parts of the pictures that have this role: the rest fades. */
  #light(role) {
    this.root.dataset.lit = role ?? "";
    for (const part of this.root.querySelectorAll("[data-role]"))
      part.classList.toggle("lr-faded", role !== null && part.dataset.role !== role);
  }

  // ---- drawing ----------------------------------------------------------------------------------------------

  /** What there is to show: of the experiment, or of a variant of it beside it. */
  state(variant) {
    const scene = variant === undefined ? this.scene : this.variants[variant];
    const run = variant === undefined ? this.run : scene.exact;
    const t = Math.min(this.t, run.last);
    const { pair, log, dataView, colours, theme, ghost, hoverRow } = this;
    return {
      scene,
      bowl: scene.bowl,
      run,
      t,
      here: run.at(t),
      pair,
      log,
      dataView,
      colours,
      theme,
      ghost,
      hoverRow,
      best: this.best,
      newX: this.newX,
      tries: triesOf(scene.key),
      frozenRange: this.dragging?.frozen,
      phase: this.controls.phases?.at(t),
      guess: this.controls.guess?.at(t),
    };
  }

  async #draw(library) {
    const { scene } = this;
    for (const picture of this.pictures) picture.set();
    this.#words(this.state());
    this.root.classList.remove("lr-waiting");
    if (!this.Plotly) {
      this.root.dataset.revision = scene.revision; // the pictures stand; their axes follow
      await painted();
      this.Plotly = await plotly(library);
      if (this.scene !== scene || this.closed) return; // a later answer draws
    }
    await Promise.all(this.pictures.map((picture) => picture.settle(this.Plotly)));
    this.root.dataset.revision = this.root.dataset.settled = scene.revision;
    for (const { space } of this.#inSpace()) space.expect("new");
    this.change({ again: true });
  }

  /** The last step that there is to see: of the run, or of a variant that goes on longer. */
  get last() {
    return Math.max(this.run.last, ...this.variants.map(({ exact }) => exact.last));
  }

  #inSpace() {
    return this.pictures.filter((picture) => picture.inSpace());
  }

  /** Lets the pictures in space follow: at once when all is still, and never before an answer that is on its way. */
  #followInSpace() {
    if (!this.Plotly || (this.waiting && !this.#held)) return;
    const moving = this.controls.transport?.on || this.#held;
    for (const picture of this.#inSpace()) {
      picture.space
        .follow(() => picture.state, moving, this.Plotly)
        .then((drew) => {
          if (drew && picture.space.behind) this.change({ again: true });
        });
    }
  }

  get #held() {
    return Boolean(this.dragging || this.controls.rate?.held);
  }

  /** Asks for one picture at the next display frame, however often it is called before. */
  change({ run = false, again = false } = {}) {
    this.runChanged ||= run;
    this.fresh ||= !again;
    if (this.asked) return;
    this.asked = requestAnimationFrame((now) => this.#frame(now));
  }

  #frame(now) {
    this.asked = 0;
    if (this.closed || !this.root.dataset.revision) return;
    const { transport } = this.controls;
    if (transport?.on) this.t = transport.advance(now);
    for (const picture of this.pictures) picture.show(this.runChanged);
    this.runChanged = false;
    this.#words(this.state());
    if (this.fresh) for (const { space } of this.#inSpace()) space.expect("moved");
    this.fresh = false;
    this.#followInSpace();
    if (transport?.on) this.change();
  }

  #resize() {
    if (!this.Plotly || !this.root.dataset.settled) return;
    this.#theme();
    for (const picture of this.pictures) picture.resize(this.Plotly);
  }

  #words(state) {
    this.#tell("show", state);
    const now = performance.now(),
      playing = this.controls.transport?.on;
    if (playing && now - (this.spoken ?? 0) <= SPEAK_EVERY) return;
    this.spoken = now;
    this.#tell("speak", state);
    for (const picture of this.pictures) picture.describe();
    if (!playing) this.#address();
  }

  #address() {
    clearTimeout(this.addressing);
    this.addressing = setTimeout(() => {
      if (this.closed) return;
      const {
        scene: { bowl, key, link, M, run },
        layout: { still },
        log,
        pair,
        chosenView,
      } = this;
      const t = still ? (lookedAt(key)?.t ?? 0) : this.t;
      const query = new URLSearchParams();
      if (t > 0) query.set("step", t);
      if (log) query.set("log", "1");
      if (bowl.p > 2 && (pair[0] !== 0 || pair[1] !== 1)) query.set("axes", pair.join(","));
      if (M > 1 && chosenView !== "fitted") query.set("show", chosenView);
      remember({ key, t, log, pair, dataView: chosenView, speed: this.controls.transport?.speed ?? this.speed, query });
      write({ link, view: query, steps: run.steps });
    }, ADDRESS_AFTER);
  }

  // ---- what a reader does -----------------------------------------------------------------------------------

  go(t) {
    this.t = Math.max(0, Math.min(t, this.last));
    this.change();
  }

  /** Goes to a step and stays there. */
  jump(t) {
    this.controls.transport?.pause();
    this.go(t);
  }

  /** Looks at something else: log, dataView, pair or best. */
  look(chosen) {
    Object.assign(this, chosen);
    if (chosen.dataView) this.chosenView = chosen.dataView;
    this.#draw();
  }

  choosePair(across, up) {
    // The same parameter twice is no picture: the other axis takes the one that was given up.
    this.look({ pair: across === up ? [...this.pair].reverse() : [across, up] });
  }

  /** A run from here on as it would be: drawn at once, sent to Python on release. */
  #preview({ rate = this.run.rate, start = this.run.at(0).theta }) {
    const { scene } = this;
    this.waiting = { rate, start };
    this.run = preview(scene.bowl, start, rate, scene.run.steps, scene.previewSteps);
    this.t = Math.min(this.t, this.last);
    this.controls.rate?.set(this.state());
    this.change({ run: true });
  }

  previewRate(rate) {
    this.#preview({ rate });
  }

  setRate(rate) {
    this.#preview({ rate });
    this.#ask({ rate });
  }

  moveStart(start) {
    this.#preview({ start });
    this.#tell("started");
  }

  sendStart() {
    if (this.run.exact) return;
    if (this.layout.still) addTry(this.scene.key, this.scene.exact.at(0).theta, this.run.start);
    this.#ask({ start: Array.from(this.run.start) });
  }

  /** Asks Python for the run that is previewed, unless it is the one Python gave: that would not be answered. */
  #ask(change) {
    const { exact } = this.scene,
      { rate, start } = this.waiting;
    const first = exact.at(0).theta;
    if (rate !== exact.rate || start.some((value, j) => value !== first[j])) return this.send(change);
    this.waiting = null;
    this.run = exact;
    this.controls.rate?.foretell(this.state());
    this.change({ run: true });
  }

  /** Asks what the model says at other values of the features. */
  predictAt(x) {
    this.newX = x;
    this.change();
  }

  sendPoints(points) {
    this.sender.offer(points);
  }

  #known(points) {
    const { scene } = this;
    return points.length === scene.n && points.every(([x, y], i) => x === scene.X[i] && y === scene.y[i]);
  }

  /** The axes were held while a row was dragged: they fit again once the last answer is there. */
  redrawAfterAnswer() {
    this.redraw = true;
  }

  showGhost(theta) {
    if (!theta && !this.ghost) return;
    this.ghost = theta;
    this.change();
  }

  lightRow(row) {
    if (row === this.hoverRow) return;
    this.hoverRow = row;
    this.change();
  }
}

function group(name, elements) {
  const box = document.createElement("div");
  box.className = name;
  box.append(...elements);
  return box;
}
