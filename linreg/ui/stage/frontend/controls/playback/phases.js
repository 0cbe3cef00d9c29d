// The buttons and keys that turn the phases of a step; the pictures draw what the phase has reached.

import { element, write } from "../../drawing/markup.js";
import { GRADIENT, LOSS, PHASES, sentence } from "../../math/phases.js";
import { Control } from "../control.js";
import { hasKeys, targetOf } from "./keys.js";

/** @import { StepGuess, Stage, State } from "../../types.js" */

const PHASE_MS = 700; // that a phase stays while a guessed step runs

export class PhasesControl extends Control {
  /**
   * @param {Stage} stage
   * @param {AbortSignal} signal
   */
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
    this.back = this.part("button", ".lr-phase-back");
    this.on = this.part("button", ".lr-phase-next");
    this.words = this.part("p");
    this.items = [...this.element.querySelectorAll("li")];
    /** @type {StepGuess | null} */
    this.shown = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.running = undefined;
    this.back.addEventListener("click", () => this.#turn(-1));
    this.on.addEventListener("click", () => this.#turn(1));
    document.addEventListener("keydown", (event) => this.#key(event), { signal });
  }

  /** @param {State} state */
  set({ payload }) {
    const { theta, rate } = payload.symbols;
    const model = payload.M === 1 ? "New line" : "New model";
    const names = ["Gradient ∇", `Times ${rate}`, "Minus", `New ${theta}`, model, "New loss"];
    this.items.forEach((item, k) => {
      write(item, names[k]);
    });
  }

  /**
   * One phase on or back; after the last the next step begins.
   * @param {number} by
   */
  #turn(by) {
    const { t, run, phase = GRADIENT } = this.stage.state,
      next = phase + by;
    clearTimeout(this.running);
    if (next > LOSS && t < run.last) this.stage.update({ step: t + 1, phase: GRADIENT, playing: false });
    else if (next < GRADIENT && t > 0) this.stage.update({ step: t - 1, phase: LOSS, playing: false });
    else this.stage.update({ phase: Math.min(LOSS, Math.max(GRADIENT, next)), playing: false });
  }

  /** Shows the phases of a guessed step one after another, or the last one at once to a reader who wants no motion. */
  #run() {
    clearTimeout(this.running);
    const { stage } = this,
      { t, phase = GRADIENT } = stage.state;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const next = calm ? LOSS : Math.min(LOSS, phase + 1);
    stage.update({ phase: next });
    if (next === LOSS) return;
    this.running = setTimeout(() => {
      if (!stage.closed && stage.state.t === t) this.#run();
    }, PHASE_MS);
  }

  /** @param {State} state */
  show(state) {
    const { phase = GRADIENT, t, run, guess } = state;
    this.items.forEach((item, k) => {
      item.classList.toggle("lr-reached", k <= phase);
      if (k === phase) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
    this.back.disabled = phase === GRADIENT && t === 0;
    this.on.disabled = phase === LOSS && t >= run.last;
    write(this.on, phase === LOSS && t < run.last ? "Next step" : "Next phase");
    write(this.words, sentence(state));
    if (guess === this.shown) return;
    this.shown = guess;
    if (guess?.taken) this.#run();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const by = { n: 1, b: -1 }[event.key.toLowerCase()];
    const target = targetOf(event);
    if (!by || !target || hasKeys(target)) return;
    event.preventDefault();
    this.#turn(by);
  }
}
