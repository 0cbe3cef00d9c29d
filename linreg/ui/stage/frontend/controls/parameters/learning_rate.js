// The learning-rate slider: logarithmic, its track painted with the zones of this data.

import { element, write } from "../../drawing/markup.js";
import { rateOf } from "../../input/number_box.js";
import { bestRate, forecast } from "../../math/forecast.js";
import { counted, number } from "../../math/format.js";
import { Control } from "../control.js";
import { forecastSentence } from "../messages.js";

/**
 * @import { Limits } from "../../payload.js"
 * @import { Stage, State } from "../../types.js"
 */

const MIN_NAME_PIXELS = 26; // of a zone that shows its name
const MIN_FASTEST_PERCENT = 12; // of the track: nearer to its left end the word "fastest" has no room
const BEYOND_PERCENT = 101; // of the track: where no rate moves anything, a limit lies outside of it

export class LearningRateControl extends Control {
  /** @param {Stage} stage */
  constructor(stage) {
    super(
      stage,
      element(`
      <div class="lr-rate">
        <label><span>Learning rate <i class="lr-eta"></i></span>
          <input type="number" class="lr-rate-number" min="0" step="any" aria-label="Learning rate as a number"></label>
        <div class="lr-track">
          <div class="lr-zones" aria-hidden="true"><span class="lr-smooth">smooth</span><span
            class="lr-zigzag">zig-zag</span><span class="lr-diverging">diverging</span><span
            class="lr-edge"></span><span class="lr-tick"></span><span class="lr-best">fastest</span></div>
          <input type="range" class="lr-rate-range" aria-label="Learning rate">
        </div>
        <p class="lr-forecast"><span></span><button type="button" hidden>Use the fastest rate</button></p>
      </div>`),
    );
    this.range = this.part("input", ".lr-rate-range");
    this.box = this.part("input", ".lr-rate-number");
    this.track = this.part("div", ".lr-track");
    this.verdict = this.part("p");
    this.sentence = this.part("span", ".lr-forecast > span");
    this.mend = this.part("button");
    this.rate = 0;
    this.range.addEventListener("input", () => stage.update({ rate: this.#value(), held: { by: "rate" } }));
    this.range.addEventListener("change", () => stage.update({ rate: this.#value(), ask: "rate", held: null }));
    this.box.addEventListener("change", () => {
      const rate = rateOf(this.box, stage.state.payload.constants.maxChosenNumber, () => this.#write(this.rate));
      if (!Number.isNaN(rate)) stage.update({ rate, ask: "rate" });
    });
    this.offer = 0;
    this.mend.addEventListener("click", () => stage.update({ rate: this.offer, ask: "rate" }));
  }

  /** @param {State} state */
  set(state) {
    const { rate } = state.run;
    if (state.held?.by !== "rate") this.#place(rate, state.payload.limits);
    this.#write(rate);
    this.#foretell(state);
  }

  /** @param {State} state */
  preview(state) {
    this.set(state);
  }

  /**
   * Says what this rate will do.
   * @param {State} state
   */
  #foretell({ payload, run }) {
    const start = run.at(0).theta,
      { steps } = payload.run,
      { fastest } = payload.limits;
    const foreseen = run.exact ? payload.forecast : forecast(payload, start, run.rate);
    const bad = foreseen.zone === "diverges" || foreseen.zone === "bounces";
    this.verdict.classList.toggle("lr-bad", bad);
    write(this.sentence, forecastSentence(payload, foreseen));
    this.mend.hidden = !(bad && fastest !== null);
    if (!bad || fastest === null) return;
    // Of a narrow bowl the rate that is fastest in the end lies too near to the limit to help in this run.
    const inTime = (forecast(payload, start, fastest).convergesAt ?? Infinity) <= steps;
    this.offer = inTime ? fastest : bestRate(payload, start, steps);
    const name = inTime ? "the fastest rate" : `the best rate for ${counted(steps, "step")}`;
    write(this.mend, `Use ${name}, ${number(this.offer, 3)}`);
  }

  #value() {
    return Number((10 ** Number(this.range.value)).toPrecision(4)); // finer than a pixel
  }

  /**
   * @param {number} rate
   * @param {Limits} limits
   */
  #place(rate, limits) {
    const { low, high, smooth, limit, fastest } = trackOf(rate, limits);
    Object.assign(this.range, { min: String(low), max: String(high), step: "any" });
    this.range.value = String(Math.log10(rate));
    this.track.style.setProperty("--smooth", `${smooth}%`);
    this.track.style.setProperty("--limit", `${limit}%`);
    this.track.style.setProperty("--fastest", `${fastest}%`);
    this.part("span", ".lr-best").hidden = fastest < MIN_FASTEST_PERCENT;
    this.#name("smooth", 0, smooth);
    this.#name("zigzag", smooth, limit);
    this.#name("diverging", limit, 100);
  }

  /**
   * Names a zone that is wide enough for its name.
   * @param {string} name
   * @param {number} from - in percent of the track
   * @param {number} to
   */
  #name(name, from, to) {
    const pixels = (this.track.clientWidth / 100) * (Math.min(100, to) - from);
    this.part("span", `.lr-${name}`).style.visibility = pixels > MIN_NAME_PIXELS ? "" : "hidden";
  }

  /** @param {number} rate */
  #write(rate) {
    this.rate = rate;
    this.range.setAttribute("aria-valuetext", number(rate, 4));
    this.box.value = String(Number(rate.toPrecision(6)));
  }
}

/**
 * The ends of the track in powers of ten, and where the limits lie on it in percent. It spans a thousandth of the limit
 * to five times the limit, and farther if the rate lies outside.
 * @param {number} rate
 * @param {Limits} limits
 */
export function trackOf(rate, limits) {
  const limit = limits.limit ?? 10 * rate;
  const low = Math.min(Math.log10(limit) - 3, Math.log10(rate) - 0.2);
  const high = Math.max(Math.log10(limit) + 0.7, Math.log10(rate) + 0.2);
  /** @param {number | null} value */
  const share = (value) => (value === null ? BEYOND_PERCENT : (100 * (Math.log10(value) - low)) / (high - low));
  return {
    low,
    high,
    smooth: share(limits.smooth),
    limit: share(limits.limit),
    fastest: share(limits.fastest),
  };
}
