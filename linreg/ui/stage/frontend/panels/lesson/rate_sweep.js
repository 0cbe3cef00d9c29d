// Many learning rates at once: how many steps the descent needs with each, and the rate beyond which it never arrives.

import { FlatPanel, marker, spot } from "../../drawing/flat_panel.js";
import { flat, key, note } from "../../drawing/markup.js";
import { doubles } from "../../math/base64_arrays.js";
import { forecast } from "../../math/forecast.js";
import { count, number } from "../../math/format.js";
import { nearestIndex } from "../../math/geometry/arrow_chain.js";
import { sweepWindow } from "../../math/geometry/curve_windows.js";
import { span } from "../../math/geometry/ranges.js";
import { line, NOTHING, powersOfTen, symbols } from "../traces.js";

/** @import { Axes, FlatPicture, Gestures, Place, State, Trace } from "../../types.js" */

const DOT_REACH_PIXELS = 30; // from a dot that still ask about it

/**
 * A click on a dot opens the run of its rate.
 * @param {FlatPicture<RateSweepPanel>} picture
 * @returns {Gestures}
 */
function opening(picture) {
  const { flat: panel } = picture;
  /** @param {Place | null} at */
  const nearest = (at) => (at ? panel.nearest(at) : -1);
  /** @param {Place | null} at */
  const ask = (at) => {
    const m = nearest(at);
    return { tip: m < 0 ? "" : panel.words(picture.state, m) };
  };
  return {
    down: (at, event) => {
      const m = nearest(at);
      if (m < 0) return null;
      return {
        pans: event.pointerType === "touch",
        end: (to) => (to && nearest(to) === m ? { rate: panel.rates[m], ask: "rate" } : null),
      };
    },
    hover: ask,
    leave: () => ask(null),
  };
}

export class RateSweepPanel extends FlatPanel {
  static figure = {
    title: "Sixty learning rates",
    controls: note("click a dot to open its run"),
    canvas: flat,
    legend:
      key("optimum", "point", "smooth") +
      key("path", "diamond", "zig-zag") +
      key("gradient", "ring", "never arrives") +
      key("gradient", "dash", "the cliff, 2/λmax") +
      key("optimum", "dot", "fastest, 2/(λmin + λmax)") +
      key("model", "point", "this run"),
  };
  static gestures = opening;

  never = 1; // the height of the rates that never arrive
  rates = new Float64Array();
  steps = new Float64Array(); // NaN: never
  /** @type {string[]} */
  zones = [];

  /** @param {State} state */
  prepare({ payload, run }) {
    const { rates, steps, zones } = payload.sweep ?? { rates: "", steps: "", zones: [] };
    this.rates = doubles(rates);
    this.steps = doubles(steps);
    this.zones = zones;
    Object.assign(this, sweepWindow(this.rates, this.steps, run.rate));
  }

  /**
   * @param {State} state
   * @returns {Axes}
   */
  axes({ payload }) {
    const short = span(this.yRange) < 2;
    const x = { range: this.xRange, title: `learning rate ${payload.symbols.rate}`, dtick: "D2" };
    const y = { range: this.yRange, title: "steps to converge", ...(short && { dtick: "D2" }) };
    return {
      x: { ...x, type: "log", exponentformat: "power" },
      y: { ...y, type: "log", exponentformat: "power" },
    };
  }

  /**
   * Where a number of steps is drawn: what never arrives above all others.
   * @param {number | null} steps
   */
  height(steps) {
    return steps === null || Number.isNaN(steps) ? this.never : Math.max(1, steps);
  }

  /**
   * The dot nearest to a pointer, or −1.
   * @param {Place} at
   */
  nearest(at) {
    return nearestIndex(
      this.rates.length,
      (m) => this.distance(at, this.rates[m], this.height(this.steps[m])),
      DOT_REACH_PIXELS,
    );
  }

  /**
   * What there is to say of dot m.
   * @param {State} state
   * @param {number} m
   */
  words({ payload }, m) {
    return `${payload.symbols.rate} = ${number(this.rates[m])}\n${this.zones[m]}\n${arrival(this.steps[m])}`;
  }

  /** @param {State} state */
  label({ payload, run }) {
    const { rate } = payload.symbols;
    const arrives = forecast(payload, run.at(0).theta, run.rate).convergesAt;
    const end = arrives === null ? "never converges" : `converges at step ${number(arrives)}`;
    const now = `This run has ${rate} = ${number(run.rate, 4)} and ${end}.`;
    if (!this.rates.length) return `No rate moves anything here. ${now}`;
    const what = `Steps to converge against the learning rate, ${this.rates.length} rates on logarithmic axes.`;
    const { fastest, limit } = payload.limits;
    return `${what} Fastest at ${number(fastest, 4)}; above ${number(limit, 4)} no rate converges. ${now}`;
  }

  /** @param {State} state */
  traces(state) {
    const { payload, colours } = state;
    const { limit, fastest } = payload.limits;
    /** @param {number} m */
    const arrives = (m) => !Number.isNaN(this.steps[m]);
    /** @param {number} m */
    const smooth = (m) => this.zones[m] === "smooth";
    return [
      line(this.#upright(limit), "never", colours.gradient, 2, "dash"),
      line(this.#upright(fastest), "never", colours.optimum, 2, "dot"),
      this.#dots((m) => arrives(m) && smooth(m), marker("circle", colours.optimum, 8)),
      this.#dots((m) => arrives(m) && !smooth(m), marker("diamond", colours.path, 9)),
      this.#dots((m) => !arrives(m), marker("circle-open", colours.gradient, 9)),
      line(this.#upright(state.run.rate), "run", colours.model, 1, "dot"),
      this.#thisRun(state),
    ];
  }

  /**
   * The rates of a kind.
   * @param {(m: number) => boolean} holds
   * @param {ReturnType<typeof marker>} symbol
   */
  #dots(holds, symbol) {
    const chosen = [...this.rates.keys()].filter(holds);
    const points = {
      x: chosen.map((m) => this.rates[m]),
      y: chosen.map((m) => this.height(this.steps[m])),
    };
    return symbols(points, "never", symbol);
  }

  /**
   * The upright line at a rate, if there is one.
   * @param {number | null} rate
   */
  #upright(rate) {
    return rate === null ? NOTHING : { x: [rate, rate], y: powersOfTen(this.yRange) };
  }

  /**
   * @param {State} state
   * @returns {Trace}
   */
  #thisRun({ payload, run, colours, theme }) {
    const height = this.height(forecast(payload, run.at(0).theta, run.rate).convergesAt);
    const place = [Math.log10(run.rate), Math.log10(height)];
    const { x, y, ...look } = spot(this.xRange, this.yRange, place[0], place[1], colours.model, 13, theme.page);
    return { ...look, x: x.map(power), y: y.map(power), moves: "run" };
  }
}

/** @param {number} exponent */
const power = (exponent) => 10 ** exponent;

/** @param {number} steps - NaN: never */
function arrival(steps) {
  if (Number.isNaN(steps)) return "never converges";
  return `converges at step ${steps < 1e9 ? count(steps) : number(steps, 4)}`;
}
