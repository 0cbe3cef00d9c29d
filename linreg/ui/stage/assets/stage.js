// The stage: one experiment, played, stepped and dragged in the browser. Python computes; what is drawn between two
// answers of Python follows the same closed form (bowl.js).

import { DataPanel } from "./data.js";
import { forecast } from "./forecast.js";
import { count, number, percent } from "./format.js";
import { painted } from "./frames.js";
import { listen, pointDragging, scrubbing, startDragging } from "./gestures.js";
import { theme } from "./look.js";
import { LossPanel } from "./loss.js";
import { MARKUP } from "./markup.js";
import { Numbers } from "./numbers.js";
import { PlanePanel } from "./plane.js";
import { plotly } from "./plotly.js";
import { PointSender } from "./points.js";
import { RateSlider } from "./rate.js";
import { preview } from "./run.js";
import { Scene } from "./scene.js";
import { BowlPanel, PlaneOfFitPanel } from "./space.js";
import { tip } from "./tip.js";
import { Transport } from "./transport.js";

const ADDRESS_AFTER = 250; // milliseconds of rest; browsers forbid rewriting the address at every frame
const SPEAK_EVERY = 1000; // milliseconds between two sentences while playing

/** What a reader chose to look at outlives a visit to another page. */
let remembered = null;

const stages = new WeakMap();

/** Draws what Python sent; called again with every answer. Returns the clean-up. */
export function render({ parentElement, data, setTriggerValue }) {
  let stage = stages.get(parentElement);
  if (!stage) {
    stage = new Stage(parentElement.querySelector(".lr-root"));
    stages.set(parentElement, stage);
  }
  stage.receive(data, (change) => setTriggerValue("choice", change));
  return () => {
    stages.delete(parentElement);
    stage.close();
  };
}

class Stage {
  constructor(host) {
    this.root = document.createElement("section");
    this.root.className = "lr-stage lr-waiting";
    this.root.setAttribute("aria-label", "Training stage");
    this.root.innerHTML = MARKUP;
    host.replaceChildren(this.root);
    this.t = 0;
    this.hoverRow = null;
    this.ghost = null;
    this.stopping = new AbortController();
    const find = (selector) => this.root.querySelector(selector);
    this.parts = {
      forecast: find(".lr-forecast"), verdict: find(".lr-forecast span"), mend: find(".lr-forecast button"),
      boxes: find(".lr-start-boxes"), random: find(".lr-random"), seed: find(".lr-seed"),
      status: find(".lr-status"), log: find(".lr-log"), pair: find(".lr-pair"), view: find(".lr-view"), draw: find(".lr-draw"),
    };
    this.figures = Object.fromEntries([...this.root.querySelectorAll(".lr-panel")].map((figure) => [figure.dataset.panel, figure]));
    this.transport = new Transport(this.root, this, this.stopping.signal);
    this.rate = new RateSlider(this.root, {
      onDrag: (rate) => this.#preview({ rate }),
      onRelease: (rate) => this.#setRate(rate),
    });
    this.numbers = new Numbers(this.root);
    this.sender = new PointSender((change) => this.send(change), (points) => this.#known(points));
    this.#listen();
  }

  close() {
    this.stopping.abort();
    this.transport.pause();
    this.closed = true;
    this.observer?.disconnect();
    const { Plotly } = window;
    if (Plotly) this.root.querySelectorAll(".js-plotly-plot").forEach((plot) => Plotly.purge(plot));
  }

  // ---- what Python says -------------------------------------------------------------------------------------

  async receive(data, send) {
    this.send = send;
    const first = !this.scene;
    const other = this.scene?.key !== data.key;
    const scene = (this.scene = new Scene(data));
    if (first) this.#restore(remembered?.key === data.key ? remembered : { key: data.key, ...data.view });
    else if (other) Object.assign(this, { t: 0, pair: [0, 1], dataView: "fitted" });
    this.pair = this.pair.every((j) => j < scene.bowl.p) && this.pair[0] !== this.pair[1] ? this.pair : [0, 1];
    if (scene.bowl.p === 1) this.pair = [0, 0];
    if (this.dataView !== "fitted" && this.dataView !== "plane" && !(Number(this.dataView) < scene.M)) this.dataView = "fitted";
    this.hoverRow = this.ghost = null;
    this.waiting = this.dragging && !this.dragging.point ? this.waiting : null;
    this.run = this.waiting ? preview(scene.bowl, this.waiting.start, this.waiting.rate, scene.run.steps, scene.previewSteps) : scene.exact;
    this.#controls();
    try {
      await this.#draw(data.plotly);
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
    this.t = t ?? step;
    this.log = log;
    this.pair = pair;
    this.dataView = dataView;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.transport.speed = speed ?? (calm ? 2 : 20);
  }

  #theme() {
    const now = theme(this.root, this.theme);
    if (now === this.theme) return;
    this.theme = now;
    this.colours = this.scene.colours[now.dark ? "dark" : "light"];
    for (const [role, colour] of Object.entries(this.colours)) this.root.style.setProperty(`--${role}`, colour);
  }

  /** Everything the controls show that depends on the scene. */
  #controls() {
    const { scene, parts, run } = this;
    this.t = Math.max(0, Math.min(this.t, run.last));
    this.#theme();
    this.rate.set(run.rate, scene.limits);
    parts.log.checked = this.log;
    this.#startBoxes();
    const one = scene.bowl.p === 1;
    this.figures.bowl.hidden = one;
    this.figures.plane.classList.toggle("lr-alone", one);
    parts.pair.hidden = scene.bowl.p <= 2;
    [...parts.pair.children].forEach((select, axis) => {
      fill(select, scene.paramNames.map((name, j) => [j, name]));
      select.value = this.pair[axis];
    });
    parts.view.hidden = scene.M === 1;
    const views = [["fitted", "fitted against observed"], ...scene.features.map((name, j) => [j, name])];
    if (scene.M === 2) views.push(["plane", "fitted plane in 3-D"]);
    fill(parts.view.querySelector("select"), views);
    parts.view.querySelector("select").value = this.dataView;
    parts.draw.hidden = !scene.drawing;
    this.say("data", scene.note);
    this.numbers.set(this.state());
    this.#verdict();
  }

  say(panel, text) {
    const note = this.figures[panel].querySelector(".lr-note");
    if (note.textContent !== text) note.textContent = note.title = text;
  }

  #startBoxes() {
    const { scene, parts, run } = this;
    if (parts.boxes.dataset.names !== scene.paramNames.join("\n")) {
      parts.boxes.dataset.names = scene.paramNames.join("\n");
      parts.boxes.replaceChildren(...scene.params.map((name, j) => {
        const label = document.createElement("label"), box = document.createElement("input");
        Object.assign(box, { type: "number", step: "any" });
        box.setAttribute("aria-label", `Start of ${scene.paramNames[j]}`);
        box.addEventListener("change", () => this.#typedStart());
        label.append(name, box);
        return label;
      }));
    }
    this.#writeStart(run.at(0).theta);
  }

  #writeStart(start) {
    [...this.parts.boxes.querySelectorAll("input")].forEach((box, j) => { box.value = Number(start[j].toPrecision(6)); });
  }

  // ---- drawing ----------------------------------------------------------------------------------------------

  state() {
    const { scene, run, t, pair, log, dataView, colours, theme, ghost, hoverRow } = this;
    return {
      scene, bowl: scene.bowl, run, t, here: run.at(t), pair, log, dataView, colours, theme, ghost, hoverRow,
      frozenRange: this.dragging?.frozen,
    };
  }

  #build() {
    this.panels = {
      data: new DataPanel(this.figures.data),
      loss: new LossPanel(this.figures.loss),
      plane: new PlanePanel(this.figures.plane),
    };
    this.spaces = { bowl: new BowlPanel(this.figures.bowl, this.panels.plane), fit: new PlaneOfFitPanel(this.figures.data) };
    this.observer = new ResizeObserver(() => this.#resize());
    this.observer.observe(this.root);
  }

  async #draw(library) {
    if (!this.panels) this.#build();
    const state = this.state();
    const inSpace = (this.inSpace = state.scene.M === 2 && state.dataView === "plane");
    this.figures.data.classList.toggle("lr-in-space", inSpace);
    const flat = inSpace ? { ...state, dataView: "fitted" } : state; // the flat picture underneath stays a valid one
    for (const panel of Object.values(this.panels)) panel.set(flat);
    this.#words(flat);
    this.#legends(state);
    this.root.classList.remove("lr-waiting");
    if (!this.Plotly) {
      this.root.dataset.revision = this.scene.revision; // the pictures stand; their axes follow
      await painted();
      this.Plotly = await plotly(library);
      if (this.scene !== state.scene || this.closed) return; // a later answer draws
    }
    await Promise.all(Object.values(this.panels).map((panel) => panel.settle(flat, this.Plotly)));
    this.root.dataset.revision = this.root.dataset.settled = this.scene.revision;
    for (const space of this.#spaces()) space.expect("new");
    this.change({ again: true });
  }

  /** The pictures in space that are in view. */
  #spaces() {
    return [...(this.scene.bowl.p > 1 ? [this.spaces.bowl] : []), ...(this.inSpace ? [this.spaces.fit] : [])];
  }

  /** Lets the pictures in space follow: at once when all is still, and never before an answer that is on its way. */
  #followInSpace() {
    if (!this.Plotly || (this.waiting && !this.#held)) return;
    const moving = this.transport.on || this.#held;
    for (const space of this.#spaces()) {
      space.follow(() => this.state(), moving, this.Plotly).then((drew) => { if (drew && space.behind) this.change({ again: true }); });
    }
  }

  get #held() {
    return Boolean(this.dragging || this.rate.held);
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
    if (this.closed || !this.panels) return;
    if (this.transport.on) this.t = this.transport.advance(now);
    const state = this.state();
    for (const [name, panel] of Object.entries(this.panels)) if (!(name === "data" && this.inSpace)) panel.show(state, this.runChanged);
    this.runChanged = false;
    this.#words(state);
    if (this.fresh) for (const space of this.#spaces()) space.expect("moved");
    this.fresh = false;
    this.#followInSpace();
    if (this.transport.on) this.change();
  }

  async #resize() {
    if (!this.Plotly || !this.root.dataset.settled) return;
    this.#theme();
    const state = this.state();
    for (const panel of Object.values(this.panels)) {
      if (!panel.plot.clientWidth) continue;
      panel.set(state);
      panel.settle(state, this.Plotly);
    }
    for (const space of Object.values(this.spaces)) space.resize(this.Plotly);
  }

  // ---- words and numbers ------------------------------------------------------------------------------------

  #words(state) {
    this.transport.show(state);
    this.numbers.show(state);
    const now = performance.now();
    if (this.transport.on && now - (this.spoken ?? 0) <= SPEAK_EVERY) return;
    this.spoken = now;
    this.#status(state);
    this.#describe(state);
    if (!this.transport.on) this.#address();
  }

  /** What the panels show, for those who do not see it, and where this step is when no window shows it. */
  #describe(state) {
    if (!this.panels?.plane.frame) return;
    for (const panel of Object.values(this.panels)) panel.describe(state);
    this.say("plane", this.panels.plane.note(state));
    if (state.bowl.p > 1) this.say("bowl", this.spaces.bowl.note(state));
  }

  #status({ run, t, here }) {
    const { scene } = this;
    const before = t > 0 ? run.at(t - 1).loss : null;
    const change = before > 0 ? (here.loss - before) / before : 0;
    const moved = before === null ? "the start" : Math.abs(change) < 5e-7 ? "as good as unchanged" : `${change < 0 ? "down" : "up"} ${percent(Math.abs(change))} from the step before`;
    let text = `Step ${count(t)} of ${count(run.last)}: ${scene.lossName} ${number(here.loss)}, ${moved}; ${scene.params.map((name, j) => `${name} = ${number(here.theta[j], 4)}`).join(", ")}.`;
    if (run.exact && (run.status === "diverged" || t === run.last || (run.converged_at !== null && t >= run.converged_at))) text += ` ${run.reason}`;
    if (this.parts.status.textContent !== text) this.parts.status.textContent = text;
  }

  #verdict() {
    const { scene, run, parts } = this;
    const outlook = run.exact ? scene.forecast : forecast(scene, run.at(0).theta, run.rate);
    const bad = outlook.zone === "diverges" || outlook.zone === "bounces";
    parts.forecast.classList.toggle("lr-bad", bad);
    parts.verdict.textContent = outlook.sentence;
    parts.mend.hidden = !(bad && scene.limits.fastest !== null);
    parts.mend.textContent = `Use the fastest rate, ${number(scene.limits.fastest, 3)}`;
  }

  #legends({ scene, bowl }) {
    const hide = (panel, key, hidden) => { this.figures[panel].querySelector(`[data-key="${key}"]`).hidden = hidden; };
    const flatLine = scene.M === 1, fitted = !flatLine && this.dataView === "fitted";
    hide("data", "residual", !(flatLine || fitted));
    hide("data", "best", fitted || this.inSpace);
    hide("data", "ghost", fitted || this.inSpace);
    const { gradientScale } = this.panels.plane;
    this.figures.plane.querySelector('[data-key="gradient"] > span').textContent = `gradient × ${number(gradientScale, 1)}`;
    this.figures.plane.querySelector("h3").textContent = bowl.p === 1 ? "Loss over the parameter" : bowl.p === 2 ? "Parameters and the loss" : "Parameters";
    this.figures.bowl.querySelector("h3").textContent = `The bowl: ${scene.lossName} over ${scene.params[this.pair[0]]} and ${scene.params[this.pair[1]]}`;
  }

  /** The address is the experiment: Python names what is trained, the stage what is looked at. */
  #address() {
    clearTimeout(this.addressing);
    this.addressing = setTimeout(() => {
      if (this.closed) return;
      const { scene } = this;
      const kept = new URLSearchParams([...new URLSearchParams(location.search)].filter(([name]) => name.startsWith("embed")));
      const query = new URLSearchParams([...kept, ...new URLSearchParams(scene.link)]);
      if (this.t > 0) query.set("step", this.t);
      if (this.log) query.set("log", "1");
      if (scene.bowl.p > 2 && (this.pair[0] !== 0 || this.pair[1] !== 1)) query.set("axes", this.pair.join(","));
      if (scene.M > 1 && this.dataView !== "fitted") query.set("show", this.dataView);
      const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
      const address = location.pathname + (text ? `?${text}` : "") + location.hash;
      if (address !== location.pathname + location.search + location.hash) history.replaceState(history.state, "", address);
      remembered = { key: scene.key, t: this.t, log: this.log, pair: this.pair, dataView: this.dataView, speed: this.transport.speed };
    }, ADDRESS_AFTER);
  }

  // ---- what a reader does -----------------------------------------------------------------------------------

  #listen() {
    const { parts } = this;
    const random = () => this.send({ random: Number(parts.seed.value) });
    parts.mend.addEventListener("click", () => this.#setRate(this.scene.limits.fastest));
    parts.log.addEventListener("change", () => { this.log = parts.log.checked; this.#draw(); });
    parts.random.addEventListener("click", random);
    parts.seed.addEventListener("change", random);
    parts.view.addEventListener("change", (event) => { this.dataView = event.target.value; this.#draw(); });
    parts.pair.addEventListener("change", () => this.#choosePair());
    const gestures = { loss: scrubbing(this), plane: startDragging(this), data: pointDragging(this) };
    for (const [name, gesture] of Object.entries(gestures)) listen(this, this.figures[name], () => this.panels?.[name], gesture);
  }

  go(t) {
    this.t = Math.max(0, Math.min(t, this.run.last));
    this.change();
  }

  jump(t) {
    this.transport.jump(t);
  }

  #choosePair() {
    const [across, up] = [...this.parts.pair.children].map((select) => Number(select.value));
    // The same parameter twice is no picture: the other axis takes the one that was given up.
    this.pair = across === up ? [...this.pair].reverse() : [across, up];
    [...this.parts.pair.children].forEach((select, axis) => { select.value = this.pair[axis]; });
    this.#draw();
  }

  /** A run from here on as it would be: drawn at once, sent to Python on release. */
  #preview({ rate = this.run.rate, start = this.run.at(0).theta }) {
    const { scene } = this;
    this.waiting = { rate, start };
    this.run = preview(scene.bowl, start, rate, scene.run.steps, scene.previewSteps);
    this.t = Math.min(this.t, this.run.last);
    if (!this.rate.held) this.rate.set(rate, scene.limits);
    this.#verdict();
    this.change({ run: true });
  }

  #setRate(rate) {
    this.#preview({ rate });
    this.#ask({ rate });
  }

  moveStart(start) {
    this.#preview({ start });
    this.#writeStart(start);
  }

  sendStart() {
    if (!this.run.exact) this.#ask({ start: Array.from(this.run.start) });
  }

  #typedStart() {
    const boxes = [...this.parts.boxes.querySelectorAll("input")];
    const start = boxes.map((box) => (box.value.trim() === "" ? NaN : Number(box.value)));
    if (!start.every(Number.isFinite)) return this.#startBoxes(); // an emptied box goes back to what it was
    this.moveStart(Float64Array.from(start));
    this.sendStart();
  }

  /** Asks Python for the run that is previewed, unless it is the one Python gave: that would not be answered. */
  #ask(change) {
    const { exact } = this.scene, { rate, start } = this.waiting;
    const first = exact.at(0).theta;
    if (rate !== exact.rate || start.some((value, j) => value !== first[j])) return this.send(change);
    this.waiting = null;
    this.run = exact;
    this.#verdict();
    this.change({ run: true });
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

  get removing() {
    return this.parts.draw.querySelector("select").value === "remove";
  }

  showGhost(theta) {
    if (!theta) this.tip("plane", null);
    if (!theta && !this.ghost) return;
    this.ghost = theta;
    this.change();
  }

  lightRow(row) {
    if (row === this.hoverRow) return;
    this.hoverRow = row;
    this.change();
  }

  tip(panel, at, text) {
    if (this.panels) tip(this.panels[panel], at, text);
  }
}

/** Gives a select these options, [value, text] each, if it has others. */
function fill(select, options) {
  const said = JSON.stringify(options);
  if (select.dataset.options === said) return;
  select.dataset.options = said;
  select.replaceChildren(...options.map(([value, text]) => Object.assign(document.createElement("option"), { value, textContent: text })));
}
