// The buttons and keys that turn the phases of a step; the pictures draw what the phase has reached.

import { element, write } from "../drawing/markup.js";
import { GRADIENT, LOSS, PHASES, sentence } from "../math/phases.js";
import { Control } from "./control.js";

const RUN_EVERY = 700; // milliseconds a phase stays while a step runs
const CONTROLS =
  "input, select, textarea, [contenteditable], [role=slider], [role=combobox], [role=radiogroup], [role=tablist]";

export class Phases extends Control {
  constructor(stage, signal) {
    super(
      stage,
      element(`
      <div class="lr-phases" role="group" aria-label="This step in slow motion">
        <button type="button" class="lr-phase-back" title="B">Back</button>
        <button type="button" class="lr-phase-next" title="N">Next phase</button>
        <ol>${PHASES.map((name) => `<li data-phase="${name}"></li>`).join("")}</ol>
        <p class="lr-phase-words" aria-live="polite"></p>
      </div>`),
    );
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

  /** One phase on or back; after the last the next step begins. */
  turn(by) {
    const { stage } = this,
      { t, run } = stage.state;
    clearTimeout(this.running);
    const phase = stage.state.phase + by;
    if (phase > LOSS && t < run.last) stage.update({ step: t + 1, playing: false });
    else if (phase < GRADIENT && t > 0) stage.update({ step: t - 1, phase: LOSS, playing: false });
    else stage.update({ phase: Math.min(LOSS, Math.max(GRADIENT, phase)), playing: false });
  }

  /** Shows all phases of this step one after another, or the last one at once to a reader who wants no motion. */
  play() {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    clearTimeout(this.running);
    const { stage } = this,
      { t } = stage.state;
    const go = () => {
      if (stage.closed || stage.state.t !== t) return;
      const phase = calm ? LOSS : stage.state.phase + 1;
      stage.update({ phase });
      if (phase < LOSS) this.running = setTimeout(go, RUN_EVERY);
    };
    go();
  }

  show(state) {
    const { phase, t, run, guess } = state;
    if (guess?.taken && guess !== this.played) {
      this.played = guess;
      this.play();
    }
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
    if (!by || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.composedPath()[0].closest?.(CONTROLS)) return;
    event.preventDefault();
    this.turn(by);
  }
}
