// The stage: one experiment, played, stepped and dragged in the browser. Python computes; what is drawn between two
// answers of Python follows the same closed form (bowl.js).

import { forecast } from "./forecast.js";
import { count, number, percent } from "./format.js";
import { MARKUP } from "./markup.js";
import { Numbers } from "./numbers.js";
import { DataPanel, LossPanel, PlanePanel } from "./panels.js";
import { plotly } from "./plotly.js";
import { RateSlider } from "./rate.js";
import { preview } from "./run.js";
import { Scene } from "./scene.js";
import { BowlPanel, PlaneOfFitPanel } from "./space.js";

const SPEEDS = [1, 2, 5, 10, 20, 50, 100, 300, 1000, 10000];
const REACH = { mouse: 14, pen: 18, touch: 26 }; // pixels from a handle that still hold it

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
    this.play = { on: false, due: 0, last: 0 };
    this.stopping = new AbortController();
    const find = (selector) => this.root.querySelector(selector);
    this.parts = {
      play: find(".lr-play"), back: find(".lr-back"), next: find(".lr-next"), reset: find(".lr-reset"),
      scrub: find(".lr-scrub input"), readout: find(".lr-scrub output"), speed: find(".lr-speed"),
      forecast: find(".lr-forecast"), verdict: find(".lr-forecast span"), mend: find(".lr-forecast button"),
      boxes: find(".lr-start-boxes"), random: find(".lr-random"), seed: find(".lr-seed"),
      status: find(".lr-status"), log: find(".lr-log"), pair: find(".lr-pair"), view: find(".lr-view"), draw: find(".lr-draw"),
    };
    this.figures = Object.fromEntries([...this.root.querySelectorAll(".lr-panel")].map((figure) => [figure.dataset.panel, figure]));
    this.rate = new RateSlider(this.root, {
      onDrag: (rate) => this.#preview({ rate }),
      onRelease: (rate) => this.#setRate(rate),
    });
    this.numbers = new Numbers(this.root);
    this.#listen();
  }

  close() {
    this.stopping.abort();
    this.play.on = false;
    this.closed = true;
    this.observer?.disconnect();
    const { Plotly } = window;
    if (Plotly) this.root.querySelectorAll(".js-plotly-plot").forEach((plot) => Plotly.purge(plot));
  }

  // ---- what Python says -------------------------------------------------------------------------------------

  async receive(data, send) {
    this.send = (change) => { this.sent = change; send(change); };
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
      this.Plotly ??= await plotly(data.plotly);
      await this.#draw();
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.root.classList.remove("lr-waiting");
    this.#answerDrawn();
  }

  #fail(error) {
    this.root.classList.remove("lr-waiting");
    const note = document.createElement("p");
    note.className = "lr-error";
    note.setAttribute("role", "alert");
    note.textContent = error.message;
    this.root.prepend(note);
  }

  #restore({ t, step, log, pair, dataView, speed }) {
    this.t = t ?? step;
    this.log = log;
    this.pair = pair;
    this.dataView = dataView;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.speed = speed ?? (calm ? 2 : 20);
  }

  #theme() {
    const style = getComputedStyle(this.root);
    const value = (name) => style.getPropertyValue(name).trim();
    const ink = value("--st-text-color") || "#222", page = value("--st-background-color") || "#fff";
    const size = innerWidth >= 1700 ? 15 : 12;
    if (this.theme?.ink === ink && this.theme.page === page && this.theme.size === size) return;
    const dark = lightness(page) < 0.5;
    this.colours = this.scene.colours[dark ? "dark" : "light"];
    for (const [role, colour] of Object.entries(this.colours)) this.root.style.setProperty(`--${role}`, colour);
    const fade = (share) => `color-mix(in srgb, ${ink} ${share}%, ${page})`;
    this.theme = {
      ink, page, paper: "rgba(0,0,0,0)", font: style.fontFamily,
      grid: resolved(this.root, fade(14)), level: resolved(this.root, fade(38)), surface: resolved(this.root, fade(45)),
      size,
    };
  }

  /** Everything the controls show that depends on the scene. */
  #controls() {
    const { scene, parts, run } = this;
    this.t = Math.max(0, Math.min(this.t, run.last));
    this.#theme();
    parts.scrub.max = run.last;
    this.rate.set(run.rate, scene.limits);
    fill(parts.speed, SPEEDS.map((speed) => [speed, `${count(speed)} /s`]));
    parts.speed.value = this.speed;
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
    if (scene.M === 2) views.push(["plane", "the fitted plane in 3-D"]);
    fill(parts.view.querySelector("select"), views);
    parts.view.querySelector("select").value = this.dataView;
    parts.draw.hidden = !scene.drawing;
    this.#say("data", scene.note);
    this.numbers.set(this.#state());
    this.#verdict();
  }

  #say(panel, text) {
    this.figures[panel].querySelector(".lr-note").textContent = text;
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
    const start = run.at(0).theta;
    [...parts.boxes.querySelectorAll("input")].forEach((box, j) => { box.value = Number(start[j].toPrecision(6)); });
  }

  // ---- drawing ----------------------------------------------------------------------------------------------

  #state() {
    const { scene, run, t, pair, log, dataView, colours, theme, ghost, hoverRow } = this;
    return {
      scene, bowl: scene.bowl, run, t, here: run.at(t), pair, log, dataView, colours, theme, ghost, hoverRow,
      frozenRange: this.dragging?.frozen,
    };
  }

  async #draw() {
    const state = this.#state();
    if (!this.panels) {
      this.panels = {
        data: new DataPanel(this.figures.data, this.Plotly),
        loss: new LossPanel(this.figures.loss, this.Plotly),
        plane: new PlanePanel(this.figures.plane, this.Plotly),
      };
      this.spaces = {
        bowl: new BowlPanel(this.figures.bowl, this.Plotly, this.panels.plane),
        fit: new PlaneOfFitPanel(this.figures.data, this.Plotly),
      };
      this.observer = new ResizeObserver(() => this.#resize());
      this.observer.observe(this.root);
    }
    const inSpace = state.scene.M === 2 && state.dataView === "plane";
    this.figures.data.classList.toggle("lr-in-space", inSpace);
    this.inSpace = inSpace;
    this.#legends(state);
    this.#words(state);
    if (inSpace) state.dataView = "fitted"; // the flat picture underneath stays a valid one
    await Promise.all(Object.values(this.panels).map((panel) => panel.set(state)));
    this.#legends(state);
    this.root.dataset.revision = this.scene.revision;
    for (const space of this.#spaces()) space.expect("new");
    this.#change({ again: true });
  }

  /** The pictures in space that are in view. */
  #spaces() {
    return [...(this.scene.bowl.p > 1 ? [this.spaces.bowl] : []), ...(this.inSpace ? [this.spaces.fit] : [])];
  }

  /** Lets the pictures in space follow: at once when all is still, and never before an answer that is on its way. */
  #followInSpace() {
    const moving = this.play.on || this.#held;
    if (this.waiting && !this.#held) return;
    const now = () => this.#state();
    for (const space of this.#spaces()) {
      space.follow(now, moving).then((drew) => { if (drew && space.behind) this.#change({ again: true }); });
    }
  }

  get #held() {
    return Boolean(this.dragging || this.rate.held);
  }

  /** Asks for one picture at the next display frame, however often it is called before. */
  #change({ run = false, again = false } = {}) {
    this.runChanged ||= run;
    this.fresh ||= !again;
    if (this.asked) return;
    this.asked = requestAnimationFrame((now) => this.#frame(now));
  }

  #frame(now) {
    this.asked = 0;
    if (this.closed || !this.panels) return;
    if (this.play.on) this.#advance(now);
    const state = this.#state();
    for (const [name, panel] of Object.entries(this.panels)) if (!(name === "data" && this.inSpace)) panel.show(state, this.runChanged);
    this.runChanged = false;
    this.#words(state);
    if (this.fresh) for (const space of this.#spaces()) space.expect("moved");
    this.fresh = false;
    this.#followInSpace();
    if (this.play.on) this.#change();
  }

  #advance(now) {
    const { play, run } = this;
    play.due += (this.speed * Math.max(0, Math.min(now - play.last, 250))) / 1000;
    play.last = now;
    const steps = Math.floor(play.due);
    play.due -= steps;
    const goal = this.scene.run.converged_at;
    const pause = run.exact && goal !== null && this.t < goal ? Math.min(goal, run.last) : run.last;
    this.t = Math.min(this.t + steps, pause);
    if (this.t >= pause) this.#pause();
  }

  #resize() {
    if (!this.root.dataset.revision) return;
    const state = this.#state();
    for (const panel of [...Object.values(this.panels), ...Object.values(this.spaces)]) panel.resize(state);
  }

  // ---- words and numbers ------------------------------------------------------------------------------------

  #words(state) {
    const { parts } = this;
    const { run, t } = state;
    parts.scrub.max = run.last;
    parts.scrub.value = t;
    parts.scrub.setAttribute("aria-valuetext", `step ${t} of ${run.last}`);
    parts.readout.textContent = `step ${count(t)} of ${count(run.last)}`;
    parts.back.disabled = parts.reset.disabled = t === 0;
    parts.next.disabled = t >= run.last;
    this.numbers.show(state);
    const now = performance.now();
    if (!this.play.on || now - (this.spoken ?? 0) > 1000) {
      this.spoken = now;
      this.#status(state);
      for (const panel of Object.values(this.panels ?? {})) panel.describe?.(state);
      if (!this.play.on) this.#address();
    }
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
    const factor = this.panels?.plane.gradientScale;
    this.figures.plane.querySelector('[data-key="gradient"] > span').textContent = factor ? `gradient ∇ × ${number(factor, 1)}` : "gradient ∇";
    this.figures.plane.querySelector("h3").textContent = bowl.p === 1 ? "Loss over the parameter" : "Parameters and the loss";
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
      remembered = { key: scene.key, t: this.t, log: this.log, pair: this.pair, dataView: this.dataView, speed: this.speed };
    }, 250);
  }

  // ---- transport --------------------------------------------------------------------------------------------

  #go(t) {
    this.t = Math.max(0, Math.min(Math.round(t), this.run.last));
    this.#change();
  }

  #toggle() {
    if (this.play.on) this.#pause();
    else {
      if (this.t >= this.run.last) this.t = 0;
      Object.assign(this.play, { on: true, due: 0, last: performance.now() });
      this.parts.play.textContent = "Pause";
      this.#change();
    }
  }

  #pause() {
    if (!this.play.on) return;
    this.play.on = false;
    this.parts.play.textContent = "Play";
    this.#change();
  }

  #step(by) {
    this.#pause();
    this.#go(this.t + by);
  }

  #listen() {
    const { parts } = this;
    parts.play.addEventListener("click", () => this.#toggle());
    parts.back.addEventListener("click", () => this.#step(-1));
    parts.next.addEventListener("click", () => this.#step(1));
    parts.reset.addEventListener("click", () => { this.#pause(); this.#go(0); });
    parts.scrub.addEventListener("input", () => { this.#pause(); this.#go(Number(parts.scrub.value)); });
    parts.speed.addEventListener("change", () => { this.speed = Number(parts.speed.value); });
    parts.mend.addEventListener("click", () => this.#setRate(this.scene.limits.fastest));
    parts.log.addEventListener("change", () => { this.log = parts.log.checked; this.#draw(); });
    parts.random.addEventListener("click", () => this.send({ random: Number(parts.seed.value) }));
    parts.seed.addEventListener("change", () => this.send({ random: Number(parts.seed.value) }));
    parts.view.addEventListener("change", (event) => { this.dataView = event.target.value; this.#draw(); });
    parts.pair.addEventListener("change", () => this.#choosePair());
    document.addEventListener("keydown", (event) => this.#key(event), { signal: this.stopping.signal });
    this.#handle("loss", this.#scrubbing());
    this.#handle("plane", this.#startDragging());
    this.#handle("data", this.#pointDragging());
  }

  #choosePair() {
    const [across, up] = [...this.parts.pair.children].map((select) => Number(select.value));
    // The same parameter twice is no picture: the other axis takes the one that was given up.
    this.pair = across === up ? [...this.pair].reverse() : [across, up];
    [...this.parts.pair.children].forEach((select, axis) => { select.value = this.pair[axis]; });
    this.#draw();
  }

  #key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !this.scene) return;
    const target = event.composedPath()[0];
    if (target.closest?.("input, select, textarea, [contenteditable], [role=slider], [role=combobox], [role=listbox], [role=radiogroup], [role=tablist]")) {
      // A control keeps its own keys; a clicker's page keys always turn the steps, and space plays from a slider too.
      const page = event.key.startsWith("Page"), space = event.key === " ";
      const ours = this.root.contains(target), chooser = target.closest("[role=radiogroup], [role=tablist]");
      if (!(page && (ours || chooser)) && !(space && ours && target.type === "range")) return;
    }
    const does = {
      " ": () => this.#toggle(),
      ArrowRight: () => this.#step(1), ArrowLeft: () => this.#step(-1),
      PageDown: () => this.#step(1), PageUp: () => this.#step(-1),
      Home: () => this.#step(-Infinity), End: () => this.#step(Infinity),
    }[event.key];
    if (!does || (event.key === " " && target.closest?.("button, a, summary"))) return;
    event.preventDefault();
    does();
  }

  // ---- dragging ---------------------------------------------------------------------------------------------

  /** A run from here on as it would be: drawn at once, sent to Python on release. */
  #preview({ rate = this.run.rate, start = this.run.at(0).theta }) {
    const { scene } = this;
    this.waiting = { rate, start };
    this.run = preview(scene.bowl, start, rate, scene.run.steps, scene.previewSteps);
    this.t = Math.min(this.t, this.run.last);
    if (!this.rate.held) this.rate.set(rate, scene.limits);
    this.#verdict();
    this.#change({ run: true });
  }

  /** Pointer events of a panel: `down` may return a drag with move and end, `hover` follows a free pointer. */
  #handle(name, { down, hover, leave }) {
    const plot = this.figures[name].querySelector(".lr-plot");
    const panel = () => this.panels?.[name];
    plot.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !panel()) return;
      const at = panel().locate(event, 6);
      if (event.pointerType === "touch") hover?.(at, event); // a finger can not hover: it asks by touching
      const drag = at && down(at, event);
      if (!drag) return;
      this.dragging = drag;
      event.preventDefault();
      plot.setPointerCapture(event.pointerId);
    });
    plot.addEventListener("pointermove", (event) => {
      if (!panel()) return;
      if (this.dragging) {
        const at = panel().locate(event, Infinity);
        if (at && plot.hasPointerCapture(event.pointerId)) this.dragging.move?.(at, event);
      } else hover?.(panel().locate(event), event);
    });
    const finish = (event) => {
      const { dragging } = this;
      if (!dragging || !plot.hasPointerCapture(event.pointerId)) return;
      this.dragging = null;
      dragging.end?.(panel().locate(event, Infinity), event);
      this.#change();
    };
    plot.addEventListener("pointerup", finish);
    plot.addEventListener("pointercancel", (event) => { if (this.dragging?.pans) this.dragging = null; else finish(event); });
    // A finger that lifts has not left: what it asked for stays to be read until the next touch.
    plot.addEventListener("pointerleave", (event) => { if (event.pointerType !== "touch") leave?.(); });
    // A finger on a handle drags it; elsewhere it scrolls the page.
    plot.addEventListener("touchstart", (event) => { if (this.dragging && !this.dragging.pans) event.preventDefault(); }, { passive: false });
  }

  #scrubbing() {
    const jump = (at) => { this.#pause(); this.#go(at.x); };
    return {
      down: (at, event) => {
        if (event.pointerType !== "touch") { jump(at); return { move: jump }; }
        // A finger: sideways scrubs, up and down scrolls the page, a tap jumps.
        return { pans: true, end: jump, move: (to) => { if (Math.abs(to.px - at.px) > 8) jump(to); } };
      },
    };
  }

  #startDragging() {
    const startAt = (at) => {
      const start = Float64Array.from(this.run.at(0).theta);
      const [j, k] = this.pair;
      start[j] = Number(at.x.toPrecision(4)); // finer than a pixel
      if (this.scene.bowl.p > 1) start[k] = Number(at.y.toPrecision(4));
      return start;
    };
    const begin = (at, event) => {
      const { panels, run, scene } = this;
      const first = panels.plane.place(run.at(0).theta, run.loss[0], this.pair);
      const onHandle = panels.plane.distance(at, ...first) < REACH[event.pointerType];
      if (event.pointerType === "touch" && !onHandle) return { pans: true, end: (to) => place(to) }; // a tap places, a swipe scrolls
      this.#ghost(null);
      if (!onHandle) this.#moveStart(startAt(at));
      return { move: (to) => this.#moveStart(startAt(to)), end: () => this.#sendStart() };
    };
    const place = (at) => { this.#ghost(null); if (at) { this.#moveStart(startAt(at)); this.#sendStart(); } };
    return {
      down: begin,
      hover: (at) => {
        if (!at || !this.run) return this.#ghost(null);
        const theta = Float64Array.from(this.run.at(this.t).theta);
        theta[this.pair[0]] = at.x;
        if (this.scene.bowl.p > 1) theta[this.pair[1]] = at.y;
        this.#ghost(theta);
        this.#tip("plane", at, `${this.scene.params.map((name, j) => `${name} = ${number(theta[j], 4)}`).join("\n")}\n${this.scene.lossName} ${number(this.scene.bowl.loss(theta), 5)}`);
      },
      leave: () => this.#ghost(null),
    };
  }

  #moveStart(start) {
    this.#preview({ start });
    [...this.parts.boxes.querySelectorAll("input")].forEach((box, j) => { box.value = Number(start[j].toPrecision(6)); });
  }

  #sendStart() {
    if (!this.run.exact) this.#ask({ start: Array.from(this.run.start) });
  }

  #setRate(rate) {
    this.#preview({ rate });
    this.#ask({ rate });
  }

  /** Asks Python for the run that is previewed, unless it is the one Python gave: that would not be answered. */
  #ask(change) {
    const { exact } = this.scene, { rate, start } = this.waiting;
    const first = exact.at(0).theta;
    if (rate !== exact.rate || start.some((value, j) => value !== first[j])) return this.send(change);
    this.waiting = null;
    this.run = exact;
    this.#verdict();
    this.#change({ run: true });
  }

  #typedStart() {
    const boxes = [...this.parts.boxes.querySelectorAll("input")];
    const start = boxes.map((box) => (box.value.trim() === "" ? NaN : Number(box.value)));
    if (!start.every(Number.isFinite)) return this.#startBoxes(); // an emptied box goes back to what it was
    this.#moveStart(Float64Array.from(start));
    this.#sendStart();
  }

  #pointDragging() {
    return {
      down: (at, event) => (this.scene.drawing ? this.#grabPoint(at, event) : null),
      hover: (at, event) => this.#hoverRow(at, event),
      leave: () => this.#hoverRow(null),
    };
  }

  #grabPoint(at, event) {
    const { panels, scene } = this;
    const index = panels.data.nearest(this.#state(), at, REACH[event.pointerType]);
    const points = Array.from(scene.y, (y, i) => [scene.X[i], y]);
    this.#hoverRow(null);
    if (this.parts.draw.querySelector("select").value === "remove" || event.shiftKey) {
      if (points.length <= 2) this.#say("data", "2 points are the fewest that make a line");
      else if (index >= 0) this.#sendPoints(points.filter((_, i) => i !== index));
      return null;
    }
    if (index < 0) return { pans: true, end: (to) => { if (to && Math.hypot(to.px - at.px, to.py - at.py) < 8) this.#sendPoints([...points, [at.x, at.y]]); } };
    const frozen = { x: panels.data.xRange, y: panels.data.yRange };
    const move = (to) => {
      const clamp = ([low, high], value) => Math.min(high, Math.max(low, value));
      points[index] = [clamp(frozen.x, to.x), clamp(frozen.y, to.y)];
      this.#sendPoints(points);
    };
    return { point: true, frozen, move, end: (to) => { if (to) move(to); this.redraw = true; } };
  }

  /** Sends the newest points when the last answer has been drawn, never a queue. */
  #sendPoints(points) {
    const rounded = points.map((point) => point.map((value) => Number(value.toPrecision(4))));
    this.wanted = { points: rounded };
    this.#pump();
  }

  /** Whether Python has these points already: it does not answer what changes nothing. */
  #known({ points }) {
    const { scene } = this;
    return points.length === scene.n && points.every(([x, y], i) => x === scene.X[i] && y === scene.y[i]);
  }

  #pump() {
    if (this.busy || !this.wanted) return;
    const change = this.wanted;
    this.wanted = null;
    if (this.#known(change)) return;
    this.busy = true;
    this.send(change);
    clearTimeout(this.giveUp);
    this.giveUp = setTimeout(() => { this.busy = false; this.#pump(); }, 3000); // an answer that never came holds nothing up
  }

  #answerDrawn() {
    this.busy = false;
    if (this.wanted) this.#pump();
    else if (this.redraw && !this.dragging) {
      this.redraw = false;
      this.#draw();
    }
  }

  // ---- hovering ---------------------------------------------------------------------------------------------

  #ghost(theta) {
    if (!theta) this.#tip("plane", null);
    if (!theta && !this.ghost) return;
    this.ghost = theta;
    this.#change();
  }

  #hoverRow(at, event) {
    const nearest = at && this.panels ? this.panels.data.nearest(this.#state(), at, REACH[event.pointerType] + 4) : -1;
    const row = nearest < 0 ? null : nearest;
    if (row === null) this.#tip("data", null);
    else this.#tip("data", at, this.#rowWords(row));
    if (row === this.hoverRow) return;
    this.hoverRow = row;
    this.#change();
  }

  #rowWords(i) {
    const { scene, run, t } = this;
    const { fitted, residual, tsse, gradient, arrow } = scene.share(run.at(t).theta, i);
    return [
      `row ${count(scene.rows[i])}`,
      ...scene.features.map((name, j) => `${name} = ${number(scene.column(j)[i])}`),
      `${scene.target} = ${number(scene.y[i])}`,
      `model ỹ = ${number(fitted)}`,
      `residual y − ỹ = ${number(residual)}`,
      `${percent(tsse)} of the loss`,
      `${percent(gradient)} of the gradient: (${arrow.map((value) => number(value, 4)).join(", ")})`,
    ].join("\n");
  }

  #tip(panel, at, text) {
    const tip = this.figures[panel].querySelector(".lr-tip");
    tip.hidden = !at;
    if (!at) return;
    tip.textContent = text;
    const size = this.panels[panel].plot._fullLayout._size;
    const box = tip.parentElement.getBoundingClientRect();
    const x = at.px + size.l, y = at.py + size.t;
    const left = x + 16 + tip.offsetWidth > box.width ? x - 16 - tip.offsetWidth : x + 16;
    tip.style.left = `${Math.max(0, left)}px`;
    tip.style.top = `${Math.max(0, Math.min(y - 10, box.height - tip.offsetHeight))}px`;
  }
}

/** Gives a select these options, [value, text] each, if it has others. */
function fill(select, options) {
  const said = JSON.stringify(options);
  if (select.dataset.options === said) return;
  select.dataset.options = said;
  select.replaceChildren(...options.map(([value, text]) => Object.assign(document.createElement("option"), { value, textContent: text })));
}

function lightness(colour) {
  const [r, g, b] = channels(colour);
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
}

function channels(colour) {
  const hex = /^#([0-9a-f]{6})/i.exec(colour);
  if (hex) return [0, 2, 4].map((at) => parseInt(hex[1].slice(at, at + 2), 16));
  return (colour.match(/[\d.]+/g) ?? [255, 255, 255]).slice(0, 3).map(Number);
}

/** A CSS colour as the rgb() that Plotly reads. */
function resolved(root, colour) {
  const probe = document.createElement("span");
  probe.style.color = colour;
  root.append(probe);
  const computed = getComputedStyle(probe).color;
  probe.remove();
  const srgb = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)/.exec(computed);
  return srgb ? `rgb(${srgb.slice(1, 4).map((value) => Math.round(255 * Number(value))).join(",")})` : computed;
}
