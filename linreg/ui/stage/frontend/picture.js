// One picture of the stage: its elements, its flat panel, its panel in space or both, and what a pointer does on it.

import { figure } from "./drawing/markup.js";
import { listen } from "./input/gestures.js";
import { BesidePanel } from "./panels/compare_plane.js";
import { DataPanel } from "./panels/data.js";
import { DirectionsPanel } from "./panels/eigen_directions.js";
import { DistancePanel, ErrorsPanel } from "./panels/error_decay.js";
import { ArrowsPanel, ResidualPanel } from "./panels/gradient_arrows.js";
import { LossPanel } from "./panels/loss.js";
import { ParabolaPanel } from "./panels/parabola.js";
import { SweepPanel } from "./panels/rate_sweep.js";
import { BlockPanel } from "./panels/residual_block.js";
import { SlowData, SlowLoss, SlowPlane } from "./panels/slow_motion.js";
import { BowlPanel, PlaneOfFitPanel } from "./panels/surfaces_3d.js";
import { PlanePanel } from "./panels/theta_plane.js";

const KINDS = {
  data: { Flat: DataPanel, Space: PlaneOfFitPanel },
  loss: { Flat: LossPanel },
  plane: { Flat: PlanePanel },
  bowl: { Space: BowlPanel },
  residuals: { Flat: ResidualPanel, Space: PlaneOfFitPanel },
  arrows: { Flat: ArrowsPanel },
  "slow-plane": { Flat: SlowPlane },
  "slow-data": { Flat: SlowData },
  "slow-loss": { Flat: SlowLoss },
  block: { Flat: BlockPanel },
  parabola: { Flat: ParabolaPanel },
  directions: { Flat: DirectionsPanel },
  errors: { Flat: ErrorsPanel },
  distance: { Flat: DistancePanel },
  sweep: { Flat: SweepPanel },
  beside: { Flat: BesidePanel },
};

export class Picture {
  /** `spec` is what Python asked for: panel, id, perhaps a title, a variant of the scene and options of the panel. */
  constructor(spec, stage) {
    const { Flat, Space } = KINDS[spec.panel];
    const about = (Flat ?? Space).figure;
    this.spec = spec;
    this.stage = stage;
    this.figure = figure(spec.id, about);
    if (spec.title) this.figure.querySelector("h3").textContent = spec.title;
    if (Flat) this.flat = new Flat(this.figure, spec, stage);
    if (Space) this.space = new Space(this.figure, spec, stage);
    const gestures = Flat?.gestures?.(stage, this);
    if (gestures) listen(stage, this, gestures);
  }

  /** The state of the stage as this picture shows it: of its own variant of the scene, if it has one. */
  get state() {
    const state = this.stage.state(this.spec.variant),
      { dataView } = this.spec;
    return dataView ? { ...state, dataView } : state;
  }

  inSpace(state = this.state) {
    return Boolean(this.space?.inSpace(state));
  }

  /** Draws all but the axes. */
  set() {
    const { state } = this;
    this.flat?.set(state, this.stage);
    this.space?.describe?.(state);
  }

  settle(Plotly) {
    return this.flat?.settle(this.state, Plotly);
  }

  show(runChanged) {
    const { state } = this;
    if (this.flat && !this.inSpace(state)) this.flat.show(state, runChanged);
  }

  describe() {
    const { state } = this;
    this.flat?.describe(state);
    this.space?.describe?.(state);
  }

  resize(Plotly) {
    if (this.flat?.plot.clientWidth) {
      this.set();
      this.settle(Plotly);
    }
    this.space?.resize(Plotly);
  }
}
