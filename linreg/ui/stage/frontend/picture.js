// One picture of the stage: its element, its flat panel, its panel in space or both, and the kinds that there are.

import { figure, write } from "./drawing/markup.js";
import { listen } from "./input/gestures.js";
import { BowlPanel } from "./panels/bowl.js";
import { DataPanel } from "./panels/data.js";
import { FitPlanePanel } from "./panels/fit_plane.js";
import { ComparePlanePanel } from "./panels/lesson/compare_plane.js";
import { DirectionErrorsPanel } from "./panels/lesson/direction_errors.js";
import { DirectionsPlanePanel } from "./panels/lesson/directions_plane.js";
import { DistancePanel } from "./panels/lesson/distance.js";
import { GradientArrowsPanel } from "./panels/lesson/gradient_arrows.js";
import { ParabolaPanel } from "./panels/lesson/parabola.js";
import { RateSweepPanel } from "./panels/lesson/rate_sweep.js";
import { ResidualBlockPanel } from "./panels/lesson/residual_block.js";
import { SlowMotionDataPanel } from "./panels/lesson/slow_motion/data.js";
import { SlowMotionLossPanel } from "./panels/lesson/slow_motion/loss.js";
import { SlowMotionPlanePanel } from "./panels/lesson/slow_motion/plane.js";
import { LossPanel } from "./panels/loss.js";
import { ResidualsPanel } from "./panels/residuals.js";
import { ThetaPlanePanel } from "./panels/theta_plane.js";

/** @import { PanelName } from "./payload.js" */
/** @import { FlatPanelClass, PictureSpec, Plotly, SpacePanelClass, Stage, State } from "./types.js" */

/**
 * The panels of each kind that a layout may name. One in space lies over the flat one while it is seen.
 * @type {Record<PanelName, { Flat?: FlatPanelClass, Space?: SpacePanelClass }>}
 */
const KINDS = {
  data: { Flat: DataPanel, Space: FitPlanePanel },
  loss: { Flat: LossPanel },
  "theta-plane": { Flat: ThetaPlanePanel },
  bowl: { Space: BowlPanel },
  residuals: { Flat: ResidualsPanel, Space: FitPlanePanel },
  "gradient-arrows": { Flat: GradientArrowsPanel },
  "slow-motion-plane": { Flat: SlowMotionPlanePanel },
  "slow-motion-data": { Flat: SlowMotionDataPanel },
  "slow-motion-loss": { Flat: SlowMotionLossPanel },
  "residual-block": { Flat: ResidualBlockPanel },
  parabola: { Flat: ParabolaPanel },
  "directions-plane": { Flat: DirectionsPlanePanel },
  "direction-errors": { Flat: DirectionErrorsPanel },
  distance: { Flat: DistancePanel },
  "rate-sweep": { Flat: RateSweepPanel },
  "compare-plane": { Flat: ComparePlanePanel },
};

export class Picture {
  /**
   * @param {PictureSpec} spec - what Python asked for
   * @param {Stage} stage
   */
  constructor(spec, stage) {
    const { Flat, Space } = KINDS[spec.panel] ?? {};
    const markup = Flat?.figure ?? Space?.figure;
    if (!markup) throw new Error(`no panel is called ${spec.panel}`);
    this.spec = spec;
    this.stage = stage;
    this.figure = figure(spec.id, markup);
    if (spec.title) write(this.figure.querySelector("h3"), spec.title);
    this.flat = Flat && new Flat(this.figure, spec, stage);
    this.space = Space && new Space(this.figure, spec, stage);
    if (this.flat && Flat?.gestures) listen(stage, this.flat, Flat.gestures(/** @type {never} */ (this)));
  }

  /**
   * The state of the stage as this picture shows it: of its own variant of the experiment, if it has one.
   * @returns {State}
   */
  get state() {
    const state = this.stage.stateOf(this.spec.variant),
      { dataView } = this.spec;
    return dataView ? { ...state, dataView } : state;
  }

  /** Whether the picture is seen in space now. */
  inSpace(state = this.state) {
    return this.space?.inSpace(state) ?? false;
  }

  /** Draws all but the axes. */
  set() {
    const { state } = this;
    this.flat?.set(state);
    this.space?.describe(state);
  }

  /**
   * Lets Plotly draw the axes.
   * @param {Plotly} Plotly
   */
  async settle(Plotly) {
    await this.flat?.settle(this.state, Plotly);
  }

  /**
   * Draws what moved.
   * @param {boolean} runChanged - whether it is another run
   */
  show(runChanged) {
    const { state } = this;
    if (!this.inSpace(state)) this.flat?.show(state, runChanged);
  }

  /** Says the picture in words. */
  describe() {
    const { state } = this;
    this.flat?.describe(state);
    this.space?.describe(state);
  }

  /** @param {Plotly} Plotly */
  resize(Plotly) {
    if (this.flat?.plot.clientWidth) {
      this.set();
      this.settle(Plotly).catch((error) => this.stage.fail(error));
    }
    this.space?.resize(Plotly);
  }
}
