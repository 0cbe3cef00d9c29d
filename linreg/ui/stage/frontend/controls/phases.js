// One step in slow motion: six phases, each with its sentence. The pictures draw what the phase has reached.

import { element, write } from "../drawing/markup.js";
import { number, percent } from "../math/format.js";

const PHASES = ["gradient", "scaled", "minus", "theta", "model", "loss"];
export const [GRADIENT, SCALED, MINUS, THETA, MODEL, LOSS] = PHASES.keys();
const RUN_EVERY = 700; // milliseconds a phase stays while a step runs
const MOST_PARAMETERS = 3; // in a sentence; the table has all
const CONTROLS =
  "input, select, textarea, [contenteditable], [role=slider], [role=combobox], [role=radiogroup], [role=tablist]";

/** Where the next step leads: kept by the run, or one more after its last. */
export function next({ run, t, here }) {
  return t < run.last ? run.at(t + 1) : run.bowl.after(here.theta, run.rate, 1);
}

export class Phases {
  constructor(stage, signal) {
    this.stage = stage;
    this.phase = GRADIENT;
    this.element = element(`
      <div class="lr-phases" role="group" aria-label="This step in slow motion">
        <button type="button" class="lr-phase-back" title="B">Back</button>
        <button type="button" class="lr-phase-next" title="N">Next phase</button>
        <ol>${PHASES.map((name) => `<li data-phase="${name}"></li>`).join("")}</ol>
        <p class="lr-phase-words" aria-live="polite"></p>
      </div>`);
    const find = (selector) => this.element.querySelector(selector);
    [this.back, this.on, this.words] = [".lr-phase-back", ".lr-phase-next", ".lr-phase-words"].map(find);
    this.items = [...this.element.querySelectorAll("li")];
    this.back.addEventListener("click", () => this.turn(-1));
    this.on.addEventListener("click", () => this.turn(1));
    document.addEventListener("keydown", (event) => this.#key(event), { signal });
  }

  set({ scene }) {
    const { theta, rate } = scene.symbols;
    const names = [
      "Gradient ∇",
      `Times ${rate}`,
      "Minus",
      `New ${theta}`,
      scene.M === 1 ? "New line" : "New model",
      "New loss",
    ];
    for (const [k, item] of this.items.entries()) write(item, names[k]);
  }

  /** The phase that is shown at step t: another step begins with its gradient. */
  at(t) {
    if (t !== this.t) [this.t, this.phase] = [t, GRADIENT];
    return this.phase;
  }

  /** One phase on or back; after the last the next step begins. */
  turn(by) {
    const { stage } = this,
      { t, run } = stage.state();
    clearTimeout(this.running);
    stage.controls.transport?.pause();
    const phase = this.at(t) + by;
    if (phase > LOSS && t < run.last) return stage.go(t + 1);
    if (phase < GRADIENT && t > 0) [this.t, this.phase] = [t - 1, LOSS];
    else this.phase = Math.min(LOSS, Math.max(GRADIENT, phase));
    stage.go(this.t);
  }

  /** Shows all phases of this step one after another, or the last one at once to a reader who wants no motion. */
  play() {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    clearTimeout(this.running);
    const { t } = this;
    const go = () => {
      if (this.stage.closed || this.stage.t !== t) return;
      this.phase = calm ? LOSS : this.phase + 1;
      this.stage.change();
      if (this.phase < LOSS) this.running = setTimeout(go, RUN_EVERY);
    };
    go();
  }

  show(state) {
    const { phase, t, run } = state;
    this.items.forEach((item, k) => {
      item.classList.toggle("lr-reached", k <= phase);
      if (k === phase) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
    this.back.disabled = phase === GRADIENT && t === 0;
    this.on.disabled = phase === LOSS && t >= run.last;
    write(this.on, phase === LOSS && t < run.last ? "Next step" : "Next phase");
    write(this.words, sentence(state));
  }

  #key(event) {
    const by = { n: 1, N: 1, b: -1, B: -1 }[event.key];
    if (!by || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !this.stage.run) return;
    if (event.composedPath()[0].closest?.(CONTROLS)) return;
    event.preventDefault();
    this.turn(by);
  }
}

/** What happens in this phase, with this step's numbers. */
export function sentence(state) {
  const { scene, run, here, phase, t } = state,
    { theta, rate, fitted } = scene.symbols;
  const then = next(state),
    several = scene.params.length > 1;
  const list = (values) => {
    const said = Array.from(values)
      .slice(0, MOST_PARAMETERS)
      .map((value) => number(value, 5));
    return several ? `(${said.join(", ")}${values.length > MOST_PARAMETERS ? ", …" : ""})` : said[0];
  };
  const step = here.gradient.map((value) => run.rate * value);
  const change = (then.loss - here.loss) / here.loss,
    way = change < 0 ? "down" : "up";
  const last = t >= run.last ? " The run ends here." : "";
  return [
    `At ${theta} = ${list(here.theta)} the gradient is ∇ = ${list(here.gradient)}: there ${scene.lossName} grows fastest.`,
    `${rate} = ${number(run.rate)} makes a length of it: ${rate} · ∇ = ${list(step)}.`,
    `We want less loss, so we go the other way: −${rate} · ∇ = ${list(step.map((value) => -value))}.`,
    `${theta} moves by that, from ${list(here.theta)} to ${list(then.theta)}.`,
    `The new ${theta} is a new ${scene.M === 1 ? "line" : "model"}: ${fitted} = ${equation(scene, then.theta)}. Before, it was ${fitted} = ${equation(scene, here.theta)}.`,
    Math.abs(change) < 5e-7 || !Number.isFinite(change)
      ? `${scene.lossName} stays at ${number(then.loss)}: this step changed as good as nothing.${last}`
      : `${scene.lossName} goes from ${number(here.loss)} to ${number(then.loss)}: ${way} ${percent(Math.abs(change))}.${last}`,
  ][phase];
}

/** θ0 + θ1·x with numbers; a long one stops with dots. */
function equation(scene, theta) {
  const terms = Array.from(theta)
    .slice(0, MOST_PARAMETERS)
    .map((value, j) => {
      const feature = j - scene.offset,
        x = feature < 0 ? "" : ` ${scene.M === 1 ? "x" : `x${feature + 1}`}`;
      const size = number(Math.abs(value), 5);
      return `${value < 0 ? (j ? " − " : "−") : j ? " + " : ""}${size}${x}`;
    });
  return terms.join("") + (theta.length > MOST_PARAMETERS ? " + …" : "");
}
