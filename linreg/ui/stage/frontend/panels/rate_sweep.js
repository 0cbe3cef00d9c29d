// Many learning rates at once: how many steps the descent needs with each, and the rate beyond which it never arrives.

import { extent, FlatPanel, marker, spot } from "../drawing/flat_panel.js";
import { flat, key, note } from "../drawing/markup.js";
import { doubles } from "../math/base64_arrays.js";
import { forecast } from "../math/forecast.js";
import { count, number } from "../math/format.js";

const REACH = 30; // pixels from a dot that still ask about it

/** A click on a dot opens the run of its rate. */
function opening(picture) {
  const nearest = (at) => (at ? picture.flat.nearest(at) : -1);
  const ask = (at) => {
    const m = nearest(at);
    return { tip: m < 0 ? "" : picture.flat.words(picture.state, m) };
  };
  return {
    down: (at, event) => {
      const m = nearest(at);
      if (m < 0) return null;
      return {
        pans: event.pointerType === "touch",
        end: (to) => (to && nearest(to) === m ? { rate: picture.flat.rates[m], ask: "rate" } : null),
      };
    },
    hover: ask,
    leave: () => ask(null),
  };
}

export class SweepPanel extends FlatPanel {
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

  prepare({ scene, run }) {
    const { sweep } = scene;
    this.rates = doubles(sweep.rates);
    this.steps = doubles(sweep.steps); // NaN: never
    this.zones = sweep.zones;
    const [low, high] = this.rates.length ? extent(this.rates) : [run.rate / 10, run.rate * 10];
    this.xRange = [Math.log10(low) - 0.05, Math.log10(high) + 0.05];
    const [least, most] = extent([...this.steps].filter((steps) => steps > 0));
    const bottom = Math.log10(Math.max(1, Number.isFinite(least) ? least : 1)),
      top = Math.log10(Math.max(10, Number.isFinite(most) ? most : 10, 3 * 10 ** bottom));
    this.never = 10 ** (top + 0.12 * (top - bottom));
    this.yRange = [bottom - 0.08 * (top - bottom), top + 0.2 * (top - bottom)];
  }

  axes({ scene }) {
    return {
      x: {
        range: this.xRange,
        title: `learning rate ${scene.symbols.rate}`,
        type: "log",
        dtick: "D2",
        exponentformat: "power",
      },
      y: {
        range: this.yRange,
        title: "steps to converge",
        type: "log",
        exponentformat: "power",
        ...(this.yRange[1] - this.yRange[0] < 2 ? { dtick: "D2" } : {}),
      },
    };
  }

  /** Where a number of steps is drawn: what never arrives above all others. */
  height(steps) {
    return steps === null || Number.isNaN(steps) ? this.never : Math.max(1, steps);
  }

  nearest(at) {
    let best = -1,
      least = REACH;
    this.rates.forEach((rate, m) => {
      const away = this.distance(at, rate, this.height(this.steps[m]));
      if (away < least) [best, least] = [m, away];
    });
    return best;
  }

  words({ scene }, m) {
    const steps = this.steps[m];
    return `${scene.symbols.rate} = ${number(this.rates[m])}\n${this.zones[m]}\n${Number.isNaN(steps) ? "never converges" : `converges at step ${steps < 1e9 ? count(steps) : number(steps, 4)}`}`;
  }

  label({ scene, run }) {
    const { rate } = scene.symbols,
      arrives = forecast(scene, run.at(0).theta, run.rate).convergesAt;
    const now = `This run has ${rate} = ${number(run.rate, 4)} and ${arrives === null ? "never converges" : `converges at step ${number(arrives)}`}.`;
    if (!this.rates.length) return `No rate moves anything here. ${now}`;
    return `Steps to converge against the learning rate, ${this.rates.length} rates on logarithmic axes. Fastest at ${number(scene.limits.fastest, 4)}; above ${number(scene.limits.limit, 4)} no rate converges. ${now}`;
  }

  traces({ scene, run, colours, theme }) {
    const { limit, fastest } = scene.limits,
      all = [...this.rates.keys()];
    const dots = (holds, symbol, role, size) => {
      const chosen = all.filter(holds);
      return {
        x: chosen.map((m) => this.rates[m]),
        y: chosen.map((m) => this.height(this.steps[m])),
        moves: "never",
        mode: "markers",
        marker: marker(symbol, colours[role], size),
      };
    };
    const arrives = (m) => !Number.isNaN(this.steps[m]);
    const upright = (x, role, dash) => ({
      x: x === null ? [] : [x, x],
      y: x === null ? [] : this.yRange.map((power) => 10 ** power),
      moves: "never",
      mode: "lines",
      line: { color: colours[role], width: 2, dash },
    });
    const now = this.height(forecast(scene, run.at(0).theta, run.rate).convergesAt);
    const here = spot(this.xRange, this.yRange, Math.log10(run.rate), Math.log10(now), colours.model, 13, theme.page);
    return [
      upright(limit, "gradient", "dash"),
      upright(fastest, "optimum", "dot"),
      dots((m) => arrives(m) && this.zones[m] === "smooth", "circle", "optimum", 8),
      dots((m) => arrives(m) && this.zones[m] !== "smooth", "diamond", "path", 9),
      dots((m) => !arrives(m), "circle-open", "gradient", 9),
      {
        x: [run.rate, run.rate],
        y: this.yRange.map((power) => 10 ** power),
        moves: "run",
        mode: "lines",
        line: { color: colours.model, width: 1, dash: "dot" },
      },
      { ...here, x: here.x.map((power) => 10 ** power), y: here.y.map((power) => 10 ** power), moves: "run" },
    ];
  }
}
