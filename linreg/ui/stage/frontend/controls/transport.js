// Play, pause, step, scrub: which step is shown, and the keys that turn it.

import { element, fill, write } from "../drawing/markup.js";
import { count } from "../math/format.js";
import { Control } from "./control.js";

const SPEEDS = [1, 2, 5, 10, 20, 50, 100, 300, 1000, 10000];
const CONTROLS =
  "input, select, textarea, [contenteditable], [role=slider], [role=combobox], [role=listbox], [role=radiogroup], [role=tablist]";

export class Transport extends Control {
  constructor(stage, signal) {
    super(
      stage,
      element(`
      <div class="lr-transport" role="group" aria-label="Transport">
        <button type="button" class="lr-play" title="Space">Play</button>
        <button type="button" class="lr-back" title="Left arrow or Page up">Step back</button>
        <button type="button" class="lr-next" title="Right arrow or Page down">Step</button>
        <button type="button" class="lr-reset" title="Home">Reset</button>
        <span class="lr-scrub"><input type="range" min="0" step="1" value="0" aria-label="Step"><output aria-hidden="true"></output></span>
        <label>Speed <select class="lr-speed" aria-label="Speed in steps per second"></select></label>
      </div>`),
    );
    const find = (selector) => this.element.querySelector(selector);
    this.play = find(".lr-play");
    this.back = find(".lr-back");
    this.next = find(".lr-next");
    this.reset = find(".lr-reset");
    this.scrub = find(".lr-scrub input");
    this.readout = find(".lr-scrub output");
    this.select = find(".lr-speed");
    fill(
      this.select,
      SPEEDS.map((speed) => [speed, `${count(speed)} /s`]),
    );
    this.clock = { due: 0, last: 0 };
    this.play.addEventListener("click", () => this.toggle());
    this.back.addEventListener("click", () => this.step(-1));
    this.next.addEventListener("click", () => this.step(1));
    this.reset.addEventListener("click", () => this.jump(0));
    this.scrub.addEventListener("input", () => this.jump(Number(this.scrub.value)));
    this.select.addEventListener("change", () => {
      stage.update({ speed: Number(this.select.value) });
    });
    document.addEventListener("keydown", (event) => this.#key(event), { signal });
  }

  toggle() {
    const { stage } = this,
      { playing, step, last } = stage.state;
    this.clock = { due: 0, last: performance.now() };
    stage.update({ playing: !playing, ...(!playing && step >= last && { step: 0 }) });
  }

  jump(step) {
    this.stage.update({ step, playing: false });
  }

  step(by) {
    this.jump(this.stage.state.step + by);
  }

  /** What is due at a display frame: playing pauses once where an exact run has converged, and at its end. */
  advance(now) {
    const {
      clock,
      stage: { state },
    } = this;
    const { step, run, last, variants, speed } = state;
    clock.due += (speed * Math.max(0, Math.min(now - clock.last, 250))) / 1000;
    clock.last = now;
    const steps = Math.floor(clock.due);
    clock.due -= steps;
    const goal = run.exact && !variants.length ? run.converged_at : null; // variants arrive each in their own time
    const pause = goal !== null && step < goal ? Math.min(goal, last) : last;
    const next = Math.min(step + steps, pause);
    return { step: next, playing: next < pause };
  }

  show({ step, last, playing, speed }) {
    write(this.play, playing ? "Pause" : "Play");
    this.select.value = speed;
    this.scrub.max = last;
    this.scrub.value = step;
    this.scrub.setAttribute("aria-valuetext", `step ${step} of ${last}`);
    this.readout.textContent = `step ${count(step)} of ${count(last)}`;
    this.back.disabled = this.reset.disabled = step === 0;
    this.next.disabled = step >= last;
  }

  #key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.composedPath()[0];
    if (target.closest?.(CONTROLS)) {
      // A control keeps its own keys; a clicker's page keys always turn the steps, and space plays from a slider too.
      const page = event.key.startsWith("Page"),
        space = event.key === " ";
      const ours = this.stage.root.contains(target),
        chooser = target.closest("[role=radiogroup], [role=tablist]");
      if (!(page && (ours || chooser)) && !(space && ours && target.type === "range")) return;
    }
    const does = {
      " ": () => this.toggle(),
      ArrowRight: () => this.step(1),
      ArrowLeft: () => this.step(-1),
      PageDown: () => this.step(1),
      PageUp: () => this.step(-1),
      Home: () => this.step(-Infinity),
      End: () => this.step(Infinity),
    }[event.key];
    if (!does || (event.key === " " && target.closest?.("button, a, summary"))) return;
    event.preventDefault();
    does();
  }
}
