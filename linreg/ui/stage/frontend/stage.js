// The stage: one experiment, played, stepped and dragged in the browser. Python computes, and says which pictures and
// controls there are; what is drawn between two of its answers follows the same closed form (math/quadratic.js).

import { BestFitControl } from "./controls/parameters/best_fit.js";
import { LearningRateControl } from "./controls/parameters/learning_rate.js";
import { StartControl } from "./controls/parameters/start.js";
import { TriesControl } from "./controls/parameters/tries.js";
import { WeightsControl } from "./controls/parameters/weights.js";
import { LoopControl } from "./controls/playback/loop.js";
import { PhasesControl } from "./controls/playback/phases.js";
import { StepGuessControl } from "./controls/playback/step_guess.js";
import { TransportControl } from "./controls/playback/transport.js";
import { PredictionControl } from "./controls/prediction.js";
import { StatusControl } from "./controls/status.js";
import { ArithmeticControl } from "./controls/tables/arithmetic.js";
import { DirectionsControl } from "./controls/tables/directions.js";
import { LossesControl } from "./controls/tables/losses.js";
import { NextStepsControl } from "./controls/tables/next_steps.js";
import { NumbersControl } from "./controls/tables/numbers.js";
import { RowsTableControl } from "./controls/tables/rows_table.js";
import { painted } from "./drawing/animation_frames.js";
import { plotly } from "./drawing/plotly.js";
import { theme } from "./drawing/theme.js";
import { lookedAt, remember, write } from "./input/address.js";
import { FormulaHover } from "./input/formula_hover.js";
import { PointSender } from "./input/point_sender.js";
import { viewQuery } from "./input/view_query.js";
import { Payload } from "./math/payload.js";
import { Picture } from "./picture.js";
import { changed, received, variantOf } from "./state.js";

/**
 * @import { Change, Colours, Plotly, Stage as StageContract, State, Theme } from "./types.js"
 * @import { Choice, ControlName, Message } from "./payload.js"
 * @import { Control } from "./controls/control.js"
 */

const ADDRESS_REST_MS = 250; // browsers forbid rewriting the address at every frame
const SPEECH_INTERVAL_MS = 1000; // between two sentences while playing

/** Parts of the state that axes depend on: with another one the pictures are drawn whole. @type {(keyof State)[]} */
const AXES_DEPEND_ON = ["log", "dataView", "pair", "best", "closeUp", "parameter"];
const FIRST_SPEED = 20; // steps per second, until a reader chooses
const CALM_SPEED = 2; // for readers who want less motion

/**
 * The controls that a layout may name.
 * @type {Record<ControlName, new (stage: StageContract, signal: AbortSignal) => Control>}
 */
const CONTROLS = {
  loop: LoopControl,
  transport: TransportControl,
  "learning-rate": LearningRateControl,
  status: StatusControl,
  numbers: NumbersControl,
  start: StartControl,
  weights: WeightsControl,
  prediction: PredictionControl,
  "best-fit": BestFitControl,
  losses: LossesControl,
  tries: TriesControl,
  directions: DirectionsControl,
  "rows-table": RowsTableControl,
  phases: PhasesControl,
  arithmetic: ArithmeticControl,
  "step-guess": StepGuessControl,
  "next-steps": NextStepsControl,
};

/** @type {WeakMap<HTMLElement, Stage>} */
const stages = new WeakMap();

/**
 * The tries on each data set, by its key, as long as this browser tab is open.
 * @type {Map<string, State["tries"]>}
 */
const tries = new Map();

/**
 * What Streamlit gives a component with every answer.
 * @typedef {{
 *   parentElement: HTMLElement, data: Message, setTriggerValue: (name: string, value: unknown) => void,
 * }} Component
 */

/**
 * Draws what Python sent; called again with every answer. Returns the clean-up.
 * @param {Component} component
 */
export function render({ parentElement, data, setTriggerValue }) {
  /** @param {Choice} choice */
  const send = (choice) => setTriggerValue("choice", choice);
  let stage = stages.get(parentElement);
  if (stage && stage.plan !== planOf(data)) {
    stage.close();
    stage = undefined;
  }
  if (!stage) {
    stage = new Stage(/** @type {HTMLElement} */ (parentElement.querySelector(".lr-root")), data);
    stages.set(parentElement, stage);
  }
  stage.receive(data, send);
  return () => {
    stages.get(parentElement)?.close();
    stages.delete(parentElement);
  };
}

/**
 * What a stage is built for: another one needs another stage.
 * @param {Message} message
 */
const planOf = ({ layout, symbols }) => JSON.stringify([layout, symbols]);

/** @implements {StageContract} */
class Stage {
  /** @type {State} */
  #state = /** @type {never} */ (null); // until the first answer, which follows at once

  /** @type {Plotly | null} */
  #plotly = null;

  #frameAsked = 0;
  #runChanged = false; // since the last frame
  #moved = false; // anything, since the last frame
  #redrawAfterAnswer = false; // axes were held while a row was dragged: they fit again with the last answer
  #spokenAt = 0;

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #addressTimer;

  /**
   * @param {HTMLElement} host
   * @param {Message} message
   */
  constructor(host, message) {
    const { layout, symbols, colours } = message;
    this.plan = planOf(message);
    this.layout = layout;
    this.closed = false;
    /** @type {(choice: Choice) => void} */
    this.send = () => {};
    this.stopping = new AbortController();
    this.root = document.createElement("section");
    this.root.className = `lr-stage lr-waiting lr-on-${layout.name}`;
    this.root.setAttribute("aria-label", layout.label);
    this.controls = new Map(
      [...layout.top, ...layout.side].map((name) => [name, new CONTROLS[name](this, this.stopping.signal)]),
    );
    /** @type {Picture[]} */
    this.pictures = layout.pictures.map((spec) => new Picture(spec, this));
    /** @param {ControlName[]} names */
    const elements = (names) =>
      [...this.controls].filter(([name]) => names.includes(name)).map(([, { element }]) => element);
    this.root.append(
      ...elements(layout.top),
      group(
        "lr-panels",
        this.pictures.map(({ figure }) => figure),
      ),
      group("lr-side", elements(layout.side)),
    );
    for (const [name, symbol] of Object.entries({ eta: symbols.rate, theta: symbols.theta })) {
      for (const place of this.root.querySelectorAll(`.lr-${name}`)) place.textContent = symbol;
    }
    host.replaceChildren(this.root);
    this.formulas = new FormulaHover(colours, this.root, (lit) => this.update({ lit }));
    this.sender = new PointSender(
      (choice) => this.send(choice),
      (points) => this.#hasPoints(points),
    );
    this.observer = new ResizeObserver(() => this.#resize());
    this.observer.observe(this.root);
  }

  close() {
    this.stopping.abort();
    this.closed = true;
    this.observer.disconnect();
    this.formulas.close();
    const { Plotly } = window;
    if (Plotly) for (const plot of this.root.querySelectorAll(".js-plotly-plot")) Plotly.purge(plot);
  }

  // ---- the state: `update` and `receive` replace it, and nothing else ---------------------------------------

  get state() {
    return this.#state;
  }

  /** @param {number} [variant] */
  stateOf(variant) {
    return variantOf(this.#state, variant);
  }

  /**
   * Changes what is shown, and asks Python where that takes an answer.
   * @param {Change} change
   */
  update(change) {
    const before = this.#state,
      state = changed(before, change);
    this.#state = state;
    const runChanged = state.run !== before.run;
    if (before.held?.by === "point" && !state.held) this.#redrawAfterAnswer = true;
    if (state.lit !== before.lit) this.#light(state.lit);
    if (state.tries !== before.tries) tries.set(state.payload.key, state.tries);
    if (runChanged) for (const control of this.controls.values()) control.preview(state);
    if (change.points) this.sender.offer(change.points);
    if (change.ask && !state.run.exact) this.send(asked(state, change.ask));
    if (change.redraw || AXES_DEPEND_ON.some((key) => state[key] !== before[key])) this.#redraw();
    else if (state !== before) this.#nextFrame({ runChanged });
  }

  /**
   * Takes an answer of Python.
   * @param {Message} message
   * @param {(choice: Choice) => void} send
   */
  async receive(message, send) {
    this.send = send;
    const payload = new Payload(message);
    const variants = message.variants.map((variant) => new Payload({ ...message, ...variant }));
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const view = { speed: calm ? CALM_SPEED : FIRST_SPEED, ...message.view, ...lookedAt(message.key) };
    this.#state = received(this.#state, payload, variants, {
      layout: this.layout,
      view,
      tries: tries.get(payload.key) ?? [],
      ...this.#themed(payload.colours, this.#state),
    });
    for (const control of this.controls.values()) control.set(this.#state);
    try {
      await this.#draw(message.plotly);
    } catch (error) {
      this.fail(error);
      return;
    }
    if (this.sender.answered() && this.#redrawAfterAnswer && !this.#state.held) {
      this.#redrawAfterAnswer = false;
      this.#redraw();
    }
  }

  /**
   * Says once on the page what went wrong; what a stage that is closed still had to draw is of no interest.
   * @param {unknown} error
   */
  fail(error) {
    const text = error instanceof Error ? error.message : String(error);
    const known = [...this.root.querySelectorAll(".lr-error")].some(({ textContent }) => textContent === text);
    if (this.closed || known) return;
    const note = document.createElement("p");
    note.className = "lr-error";
    note.setAttribute("role", "alert");
    note.textContent = text;
    this.root.classList.remove("lr-waiting");
    this.root.prepend(note);
  }

  /**
   * Whether Python has these rows already, and would not answer.
   * @param {number[][]} points
   */
  #hasPoints(points) {
    const { payload } = this.#state;
    return points.length === payload.n && points.every(([x, y], i) => x === payload.X[i] && y === payload.y[i]);
  }

  // ---- drawing ----------------------------------------------------------------------------------------------

  /**
   * The page's theme, taken over by the stage where it is another.
   * @param {Record<"light" | "dark", Colours>} palettes
   * @param {{ colours: Colours, theme: Theme } | null} known
   */
  #themed(palettes, known) {
    const now = theme(this.root, known?.theme);
    if (known && now === known.theme) return { theme: now, colours: known.colours };
    const colours = palettes[now.dark ? "dark" : "light"];
    this.formulas.set(colours);
    for (const [role, colour] of Object.entries(colours)) this.root.style.setProperty(`--${role}`, colour);
    return { theme: now, colours };
  }

  /**
   * Lights the parts of the pictures that have this role: the rest fades.
   * @param {string | null} role
   */
  #light(role) {
    this.root.dataset.lit = role ?? "";
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (this.root.querySelectorAll("[data-role]")))
      part.classList.toggle("lr-faded", role !== null && part.dataset.role !== role);
  }

  /**
   * Draws the pictures whole; their axes follow once Plotly is there.
   * @param {string} [library] - address of Plotly, wanted for the first picture only
   */
  async #draw(library = "") {
    const { payload } = this.#state;
    for (const picture of this.pictures) picture.set();
    this.#write();
    this.root.classList.remove("lr-waiting");
    if (!this.#plotly) {
      this.root.dataset.revision = payload.revision; // the pictures stand; their axes follow
      await painted();
      this.#plotly = await plotly(library);
      if (this.#state.payload !== payload || this.closed) return; // a later answer draws
    }
    const Plotly = this.#plotly;
    await Promise.all(this.pictures.map((picture) => picture.settle(Plotly)));
    this.root.dataset.revision = this.root.dataset.settled = payload.revision;
    for (const space of this.#spaces()) space.expect("new");
    this.#nextFrame({ again: true });
  }

  #redraw() {
    this.#draw().catch((error) => this.fail(error));
  }

  /** Asks for one picture at the next display frame, however often it is called before. */
  #nextFrame({ runChanged = false, again = false }) {
    this.#runChanged ||= runChanged;
    this.#moved ||= !again;
    this.#frameAsked ||= requestAnimationFrame((now) => this.#frame(now));
  }

  /** @param {number} now */
  #frame(now) {
    this.#frameAsked = 0;
    if (this.closed || !this.root.dataset.revision) return;
    if (this.#state.playing && this.#transport) this.update(this.#transport.advance(now));
    for (const picture of this.pictures) picture.show(this.#runChanged);
    this.#runChanged = false;
    this.#write();
    if (this.#moved) for (const space of this.#spaces()) space.expect("moved");
    this.#moved = false;
    this.#followInSpace();
    if (this.#state.playing) this.#nextFrame({});
  }

  get #transport() {
    return /** @type {TransportControl | undefined} */ (this.controls.get("transport"));
  }

  /** The panels in space that are seen now. */
  #spaces() {
    return this.pictures.flatMap((picture) => (picture.space && picture.inSpace() ? [picture.space] : []));
  }

  /** Lets the pictures in space follow: at once when all is still, and never before an answer that is on its way. */
  #followInSpace() {
    const { run, held, playing } = this.#state,
      Plotly = this.#plotly;
    if (!Plotly || (!run.exact && !held)) return;
    for (const picture of this.pictures) {
      const { space } = picture;
      if (!space || !picture.inSpace()) continue;
      space
        .follow(() => picture.state, playing || held !== null, Plotly)
        .then((drew) => {
          if (drew && space.behind) this.#nextFrame({ again: true });
        })
        .catch((error) => this.fail(error));
    }
  }

  #resize() {
    if (!this.#plotly || !this.root.dataset.settled) return;
    this.update(this.#themed(this.#state.payload.colours, this.#state));
    for (const picture of this.pictures) picture.resize(this.#plotly);
  }

  /** Writes what the controls say; while playing, the sentences for screen readers only now and then. */
  #write() {
    const state = this.#state,
      now = performance.now();
    for (const control of this.controls.values()) control.show(state);
    if (state.playing && now - this.#spokenAt <= SPEECH_INTERVAL_MS) return;
    this.#spokenAt = now;
    for (const control of this.controls.values()) control.speak(state);
    for (const picture of this.pictures) picture.describe();
    if (!state.playing) this.#writeAddress();
  }

  #writeAddress() {
    clearTimeout(this.#addressTimer);
    this.#addressTimer = setTimeout(() => {
      if (this.closed) return;
      const { payload, log, pair, chosenView, speed, still } = this.#state,
        { key, link } = payload;
      const step = still ? (lookedAt(key)?.step ?? 0) : this.#state.step;
      const query = viewQuery({ step, log, pair, dataView: chosenView }, payload);
      remember({ key, step, log, pair, dataView: chosenView, speed, query });
      write({ link, view: query, steps: payload.run.steps });
    }, ADDRESS_REST_MS);
  }
}

/**
 * What Python is asked for: the rate or the start of the run that is previewed.
 * @param {State} state
 * @param {"rate" | "start"} what
 * @returns {Choice}
 */
const asked = ({ run }, what) => (what === "rate" ? { rate: run.rate } : { start: Array.from(run.at(0).theta) });

/**
 * @param {string} name - its class
 * @param {HTMLElement[]} elements
 */
function group(name, elements) {
  const box = document.createElement("div");
  box.className = name;
  box.append(...elements);
  return box;
}
