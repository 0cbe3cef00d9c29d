// The θ-plane of a variant of the experiment, beside others: looked at, not set.

import { flat, key, note } from "../../drawing/markup.js";
import { areaOf } from "../../drawing/plot_area.js";
import { number, percent } from "../../math/format.js";
import { withEqualParameters } from "../../math/geometry/equal_scale.js";
import { hiddenGradient, pairControls, ThetaPlanePanel } from "../theta_plane.js";

/** @import { State } from "../../types.js" */

/**
 * Options: take offers the variant's rate to the experiment, equal draws both axes to one scale where that shows
 * something.
 */
export class ComparePlanePanel extends ThetaPlanePanel {
  static figure = {
    ...ThetaPlanePanel.figure,
    controls: `${pairControls}${note()}<button type="button" class="lr-take" hidden></button>`,
    canvas: flat,
    legend:
      key("path", "square", "start", "run") +
      key("path", "line", "path", "run") +
      key("optimum", "star", "minimum", "best") +
      hiddenGradient,
  };
  static gestures = null;

  skewed = false; // whether the axes have unequal scales although equal ones were asked for

  /** The plane of a variant is looked at only. */
  setsStart() {
    return false;
  }

  /** @param {State} state */
  set(state) {
    super.set(state);
    this.figure.classList.remove("lr-alone");
    this.pairs.hidden = true; // one choice of parameters for all: that of the stage
    this.#offerRate(state.run.rate);
  }

  /** @param {number} rate */
  #offerRate(rate) {
    const take = /** @type {HTMLButtonElement} */ (this.figure.querySelector(".lr-take"));
    take.hidden = !this.options.take;
    take.textContent = "Use this rate";
    take.title = `Set the learning rate to ${number(rate)}`;
    take.setAttribute("aria-label", `Use the rate ${number(rate)}`);
    take.onclick = () => this.stage.update({ rate, ask: "rate" });
  }

  /** @param {State} state */
  prepare(state) {
    super.prepare(state);
    this.skewed = false;
    if (!this.options.equal || state.bowl.p !== 2) return;
    const equal = withEqualParameters(state.bowl, this, areaOf(this.plot, state.theme.size));
    this.skewed = equal === null;
    Object.assign(this, equal);
  }

  /**
   * How much of the loss above its minimum is left.
   * @param {State} state
   */
  note(state) {
    const { payload, run, t } = state;
    const skewed = this.skewed ? "; axes of unequal scale" : "";
    return `${payload.symbols.rate} = ${number(run.rate, 4)}, step ${t}${progress(state)}${skewed}`;
  }

  /** @param {State} state */
  label(state) {
    return `${this.figure.querySelector("h3")?.textContent}: ${this.note(state)}. ${super.label(state)}`;
  }

  /**
   * Without arrows: the paths are what is compared.
   * @param {State} state
   */
  traces(state) {
    return super.traces(state).filter(({ marker, line }) => !(marker?.symbol === "arrow" && line));
  }
}

/** @param {State} state */
function progress({ run, t, here, bowl }) {
  if (run.converged_at !== null && t >= run.converged_at) return `, arrived at step ${number(run.converged_at)}`;
  const excess = run.loss[0] - bowl.bestLoss;
  return excess > 0 ? `, ${percent((here.loss - bowl.bestLoss) / excess)} of the excess loss` : "";
}
