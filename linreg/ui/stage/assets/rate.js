// The learning-rate slider: logarithmic, its track painted with the zones of this data.

import { number } from "./format.js";

const ROOM = 44; // pixels that the name of a zone needs

export class RateSlider {
  constructor(root, { onDrag, onRelease }) {
    this.range = root.querySelector(".lr-rate-range");
    this.box = root.querySelector(".lr-rate-number");
    this.track = root.querySelector(".lr-track");
    this.range.addEventListener("input", () => {
      this.held = true;
      const rate = this.#value();
      this.#say(rate);
      onDrag(rate);
    });
    this.range.addEventListener("change", () => {
      this.held = false;
      onRelease(this.#value());
    });
    this.box.addEventListener("change", () => {
      const rate = Number(this.box.value);
      if (rate > 0 && Number.isFinite(rate)) onRelease(rate);
      else this.#say(this.rate);
    });
  }

  #value() {
    return 10 ** Number(this.range.value);
  }

  /** The track spans a thousandth of the limit to five times the limit, and farther if the rate lies outside. */
  set(rate, limits) {
    if (this.held) return;
    const limit = limits.limit ?? 10 * rate;
    const low = Math.min(Math.log10(limit) - 3, Math.log10(rate) - 0.2);
    const high = Math.max(Math.log10(limit) + 0.7, Math.log10(rate) + 0.2);
    Object.assign(this.range, { min: low, max: high, step: "any" });
    this.range.value = Math.log10(rate);
    const share = (value) => (value === null ? 101 : (100 * (Math.log10(value) - low)) / (high - low));
    this.track.style.setProperty("--smooth", share(limits.smooth) + "%");
    this.track.style.setProperty("--limit", share(limits.limit) + "%");
    this.track.style.setProperty("--fastest", share(limits.fastest) + "%");
    this.#label([["smooth", 0, share(limits.smooth)], ["zigzag", share(limits.smooth), share(limits.limit)], ["diverging", share(limits.limit), 100]]);
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
