// The θ-plane of a variant of the experiment, beside others: looked at, not set.

import { flat, key, note } from "../drawing/markup.js";
import { number, percent } from "../math/format.js";
import { oneScale } from "./eigen_directions.js";
import { PlanePanel } from "./theta_plane.js";

/** Options: take offers the variant's rate to the experiment, equal draws both axes to one scale where that shows something. */
export class BesidePanel extends PlanePanel {
  static figure = {
    ...PlanePanel.figure,
    controls: `<span class="lr-pair" hidden><select aria-label="Parameter across"></select> <select aria-label="Parameter upwards"></select></span>${note()}<button type="button" class="lr-take" hidden></button>`,
    canvas: flat,
    legend:
      key("path", "square", "start", "run") +
      key("path", "line", "path", "run") +
      key("optimum", "star", "minimum", "best") +
      '<span hidden><span data-key="gradient"><span></span></span></span>',
  };
  static gestures = null;

  setsStart() {
    return false;
  }

  set(state) {
    super.set(state);
    this.figure.classList.remove("lr-alone");
    this.pairs.hidden = true; // one choice of parameters for all: that of the stage
    const take = this.figure.querySelector(".lr-take"),
      { rate } = state.run;
    take.hidden = !this.options.take;
    take.textContent = "Use this rate";
    take.title = `Set the learning rate to ${number(rate)}`;
    take.setAttribute("aria-label", `Use the rate ${number(rate)}`);
    take.onclick = () => this.stage.update({ rate, ask: "rate" });
  }

  prepare(state) {
    super.prepare(state);
    this.skewed = this.options.equal && state.bowl.p === 2 && !oneScale(this, state);
  }

  /** How much of the loss above its minimum is left. */
  note({ scene, run, t, here, bowl }) {
    const from = run.loss[0] - bowl.bestLoss,
      left = here.loss - bowl.bestLoss;
    const arrived = run.converged_at !== null && t >= run.converged_at;
    const share = arrived
      ? `, arrived at step ${number(run.converged_at)}`
      : from > 0
        ? `, ${percent(left / from)} of the excess loss`
        : "";
    return `${scene.symbols.rate} = ${number(run.rate, 4)}, step ${t}${share}${this.skewed ? "; axes of unequal scale" : ""}`;
  }

  label(state) {
    return `${this.figure.querySelector("h3").textContent}: ${this.note(state)}. ${super.label(state)}`;
  }

  /** Without arrows: the paths are what is compared. */
  traces(state) {
    return super.traces(state).filter(({ marker, line }) => !(marker?.symbol === "arrow" && line));
  }
}
