// The learning-rate slider: logarithmic, its track painted with the zones of this data.

import { element, write } from "../drawing/markup.js";
import { rateOf } from "../input/number_box.js";
import { forecast } from "../math/forecast.js";
import { number } from "../math/format.js";
import { Control } from "./control.js";

const ROOM = 26; // pixels that the name of a zone needs

export class RateControl extends Control {
  constructor(stage) {
    super(
      stage,
      element(`
      <div class="lr-rate">
        <label><span>Learning rate <i class="lr-eta"></i></span> <input type="number" class="lr-rate-number" min="0" step="any" aria-label="Learning rate as a number"></label>
        <div class="lr-track">
          <div class="lr-zones" aria-hidden="true"><span class="lr-smooth">smooth</span><span class="lr-zigzag">zig-zag</span><span class="lr-diverging">diverging</span><span class="lr-edge"></span><span class="lr-tick"></span><span class="lr-best">fastest</span></div>
          <input type="range" class="lr-rate-range" aria-label="Learning rate">
        </div>
        <p class="lr-forecast"><span></span><button type="button" hidden></button></p>
      </div>`),
    );
    const find = (selector) => this.element.querySelector(selector);
    this.range = find(".lr-rate-range");
    this.box = find(".lr-rate-number");
    this.track = find(".lr-track");
    this.verdict = find(".lr-forecast");
    this.mend = find(".lr-forecast button");
    this.range.addEventListener("input", () => {
      const rate = this.#value();
      this.#say(rate);
      stage.update({ rate, held: { by: "rate" } });
    });
    this.range.addEventListener("change", () => {
      stage.update({ rate: this.#value(), ask: "rate", held: null });
    });
    this.box.addEventListener("change", () => {
      const rate = rateOf(this.box, stage.state.scene.constants.largest, () => this.#say(this.rate));
      if (!Number.isNaN(rate)) stage.update({ rate, ask: "rate" });
    });
    this.mend.addEventListener("click", () => stage.update({ rate: stage.state.scene.limits.fastest, ask: "rate" }));
  }

  set(state) {
    if (state.held?.by !== "rate") this.#place(state.run.rate, state.scene.limits);
    this.#foretell(state);
  }

  preview(state) {
    this.set(state);
  }

  /** Says what this rate will do. */
  #foretell({ scene, run }) {
    const outlook = run.exact ? scene.forecast : forecast(scene, run.at(0).theta, run.rate);
    const bad = outlook.zone === "diverges" || outlook.zone === "bounces";
    this.verdict.classList.toggle("lr-bad", bad);
    write(this.verdict.firstElementChild, outlook.sentence);
    this.mend.hidden = !(bad && scene.limits.fastest !== null);
    write(this.mend, `Use the fastest rate, ${number(scene.limits.fastest, 3)}`);
  }

  #value() {
    return Number((10 ** Number(this.range.value)).toPrecision(4)); // finer than a pixel
  }

  /** The track spans a thousandth of the limit to five times the limit, and farther if the rate lies outside. */
  #place(rate, limits) {
    const limit = limits.limit ?? 10 * rate;
    const low = Math.min(Math.log10(limit) - 3, Math.log10(rate) - 0.2);
    const high = Math.max(Math.log10(limit) + 0.7, Math.log10(rate) + 0.2);
    Object.assign(this.range, { min: low, max: high, step: "any" });
    this.range.value = Math.log10(rate);
    const share = (value) => (value === null ? 101 : (100 * (Math.log10(value) - low)) / (high - low));
    this.track.style.setProperty("--smooth", `${share(limits.smooth)}%`);
    this.track.style.setProperty("--limit", `${share(limits.limit)}%`);
    this.track.style.setProperty("--fastest", `${share(limits.fastest)}%`);
    this.#label([
      ["smooth", 0, share(limits.smooth)],
      ["zigzag", share(limits.smooth), share(limits.limit)],
      ["diverging", share(limits.limit), 100],
    ]);
    this.track.querySelector(".lr-best").hidden = share(limits.fastest) < 12;
    this.#say(rate);
  }

  /** Names the zones that are wide enough for their name. */
  #label(zones) {
    const width = this.track.clientWidth / 100;
    for (const [name, from, to] of zones) {
      const label = this.track.querySelector(`.lr-${name}`);
      label.style.visibility = width * (Math.min(100, to) - from) > ROOM ? "" : "hidden";
    }
  }

  #say(rate) {
    this.rate = rate;
    this.range.setAttribute("aria-valuetext", number(rate, 4));
    this.box.value = Number(rate.toPrecision(6));
  }
}
