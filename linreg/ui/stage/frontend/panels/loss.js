// The loss against the step.

import { extent, FlatPanel, marker, padded, within } from "../drawing/flat_panel.js";
import { flat, key, note } from "../drawing/markup.js";
import { scrubbing } from "../input/gestures.js";
import { number } from "../math/format.js";

const MOST_GROWTH = 1e9; // from here on a plain scale shows one step and a flat line

export class LossPanel extends FlatPanel {
  static figure = {
    title: "Loss",
    controls: `<label><input type="checkbox" class="lr-log"> Log scale</label>${note("click to jump")}`,
    canvas: flat,
    legend:
      key("path", "line", "so far") +
      key("path", "thin", "to come") +
      key("model", "point", "this step") +
      key("optimum", "dash", "minimum", "best"),
  };
  static gestures = scrubbing;

  set(state) {
    super.set(state);
    const box = this.figure.querySelector(".lr-log");
    box.checked = this.log;
    box.disabled = this.log && !state.log;
    box.title = box.disabled ? "The loss grows too far for a plain scale" : "";
    box.onchange = () => this.stage.update({ log: box.checked });
  }

  prepare({ scene, run, log }) {
    const start = run.loss[0],
      low = scene.bowl.bestLoss;
    this.log = log || extent(run.loss)[1] > MOST_GROWTH * (start || 1);
    if (this.log) {
      const [least, most] = extent(run.loss.filter((value) => value > 0));
      const deep = run.status === "diverged" ? 0 : most * 1e-40; // the last digits of a loss that went to zero say nothing
      const floor = Math.max(Math.min(least, low > 0 ? low : least), deep, 1e-300);
      const bottom = Math.log10(floor),
        top = Math.log10(Math.max(most, floor * 10));
      const pad = 0.06 * (top - bottom);
      this.yRange = [bottom - pad, top + pad];
    } else {
      const top = run.status === "diverged" ? extent(run.loss)[1] : Math.max(start, low);
      this.yRange = [-0.04 * top, 1.08 * top || 1];
      if (run.status !== "diverged" && low > 0.5 * top) this.yRange = padded(low, top, 0.1);
    }
    this.xRange = [-0.02 * run.last, 1.02 * run.last || 1];
  }

  axes({ scene, run }) {
    return {
      x: { range: this.xRange, title: "step", ...(run.last < 8 && { dtick: 1 }) },
      y: { range: this.yRange, title: scene.lossLabel, type: this.log ? "log" : "linear" },
    };
  }

  label({ scene, here, t }) {
    return `Loss curve: ${scene.lossName} at step ${t} is ${number(here.loss, 5)}, its minimum is ${number(scene.bowl.bestLoss, 5)}`;
  }

  traces({ scene, run, t, here, colours }) {
    const { log } = this;
    const [low, high] = this.yRange;
    const drawable = (value) => (log ? (value > 0 ? value : null) : within(this.yRange, value));
    const all = Array.from(run.loss, drawable);
    let done = 0;
    while (done < run.kept.length && run.kept[done] <= t) done++;
    const best = scene.bowl.bestLoss;
    return [
      { x: run.kept, y: all, moves: "run", mode: "lines", line: { color: colours.path, width: 1.5 }, opacity: 0.45 },
      {
        x: run.kept.slice(0, done),
        y: all.slice(0, done),
        moves: "step",
        mode: "lines",
        line: { color: colours.path, width: 3 },
      },
      {
        x: this.xRange,
        y: [best, best].map(drawable),
        moves: "never",
        mode: "lines",
        line: { color: colours.optimum, width: 2, dash: "dash" },
      },
      {
        x: [t, t],
        y: log ? [10 ** low, 10 ** high] : [low, high],
        moves: "step",
        mode: "lines",
        line: { color: colours.model, width: 1, dash: "dot" },
      },
      { x: [t], y: [drawable(here.loss)], moves: "step", mode: "markers", marker: marker("circle", colours.model, 12) },
    ];
  }
}
