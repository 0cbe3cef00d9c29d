// The controls that play, pause, step and scrub, and the keys that do the same.

import { element, fill } from "../../drawing/markup.js";
import { count } from "../../math/format.js";
import { Control } from "../control.js";
import { Clock } from "./clock.js";
import { hasKeys, targetOf } from "./keys.js";

/** @import { Stage, State } from "../../types.js" */

const SPEEDS = [1, 2, 5, 10, 20, 50, 100, 300, 1000, 10000]; // steps per second

export class TransportControl extends Control {
  /**
   * @param {Stage} stage
   * @param {AbortSignal} signal
   */
  constructor(stage, signal) {
    super(
      stage,
      element(`
      <div class="lr-transport" role="group" aria-label="Transport">
        <button type="button" class="lr-play" title="Space">Play</button>
        <button type="button" class="lr-back" title="Left arrow or Page up">Step back</button>
        <button type="button" class="lr-next" title="Right arrow or Page down">Step</button>
        <button type="button" class="lr-reset" title="Home">Reset</button>
        <span class="lr-scrub"><input type="range" min="0" step="1" value="0" aria-label="Step"><output
          aria-hidden="true"></output></span>
        <label>Speed <select class="lr-speed" aria-label="Speed in steps per second"></select></label>
      </div>`),
    );
    this.clock = new Clock();
    this.play = this.part("button", ".lr-play");
    this.back = this.part("button", ".lr-back");
    this.next = this.part("button", ".lr-next");
    this.reset = this.part("button", ".lr-reset");
    this.scrub = this.part("input");
    this.readout = this.part("output");
    this.select = this.part("select");
    fill(
      this.select,
      SPEEDS.map((speed) => [speed, `${count(speed)} /s`]),
    );
    this.play.addEventListener("click", () => this.#toggle());
    this.back.addEventListener("click", () => this.#turn(-1));
    this.next.addEventListener("click", () => this.#turn(1));
    this.reset.addEventListener("click", () => this.#jump(0));
    this.scrub.addEventListener("input", () => this.#jump(Number(this.scrub.value)));
    this.select.addEventListener("change", () => stage.update({ speed: Number(this.select.value) }));
    document.addEventListener("keydown", (event) => this.#key(event), { signal });
  }

  #toggle() {
    const { playing, step, last } = this.stage.state;
    this.clock.start(performance.now());
    this.stage.update(playing ? { playing: false } : { playing: true, step: step >= last ? 0 : step });
  }

  /**
   * The step that is due at a display frame.
   * @param {number} now - milliseconds
   */
  advance(now) {
    return this.clock.advance(now, this.stage.state);
  }

  /** @param {number} step */
  #jump(step) {
    this.stage.update({ step, playing: false });
  }

  /** @param {number} by */
  #turn(by) {
    this.#jump(this.stage.state.step + by);
  }

  /** @param {State} state */
  show({ step, last, playing, speed }) {
    this.play.textContent = playing ? "Pause" : "Play";
    this.select.value = String(speed);
    this.scrub.max = String(last);
    this.scrub.value = String(step);
    this.scrub.setAttribute("aria-valuetext", `step ${step} of ${last}`);
    this.readout.textContent = `step ${count(step)} of ${count(last)}`;
    this.back.disabled = this.reset.disabled = step === 0;
    this.next.disabled = step >= last;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const target = targetOf(event);
    if (!target || (hasKeys(target) && !this.#takesOver(event.key, target))) return;
    /** @type {Record<string, () => void>} */
    const actions = {
      " ": () => this.#toggle(),
      ArrowRight: () => this.#turn(1),
      ArrowLeft: () => this.#turn(-1),
      PageDown: () => this.#turn(1),
      PageUp: () => this.#turn(-1),
      Home: () => this.#turn(-Infinity),
      End: () => this.#turn(Infinity),
    };
    const action = actions[event.key];
    if (!action || (event.key === " " && target.closest("button, a, summary"))) return;
    event.preventDefault();
    action();
  }

  /**
   * Whether a key turns the steps although its target has keys of its own: a clicker's page keys always do, and space
   * plays from a slider too.
   * @param {string} key
   * @param {Element} target
   */
  #takesOver(key, target) {
    const ours = this.stage.root.contains(target);
    if (key.startsWith("Page")) return ours || target.closest("[role=radiogroup], [role=tablist]") !== null;
    return key === " " && ours && target.matches("[type=range]");
  }
}
