// Made from linreg/ui/stage/payload_types.py, which says how; do not edit.

export type NamedView = "fitted" | "plane";

export type LossKind = "tsse" | "mse" | "half-mse";

export type UpOrDown = "up" | "down";

export type Zone = "smooth" | "zig-zag" | "bounces" | "diverges" | "at the minimum";

/** A sentence for each status of a run, and the two ends of one that diverged.

    Of a run that converged, "rounded" is for a loss that cannot be told from 0, "nearly" for one
    whose digits are not those of its minimum.
     */
export interface EndingTemplates {
  converged: string;
  rounded: string;
  nearly: string;
  stopped: string;
  diverged: string;
  overflow: string;
  growth: string;
}

export interface ForecastTemplates {
  smooth: string;
  "zig-zag": string;
  bounces: string;
  "near the limit": string;
  diverges: string;
  "at the minimum": string;
  "unstable minimum": string;
  arrival: string;
  "no arrival": string;
  step: string;
  "late step": string;
  "no step": string;
}

export type Float64s = string;

export type Int32s = string;

/** Numbers that both sides compute with, and names that both write. */
export interface Constants {
  minPoints: number;
  maxPoints: number;
  maxChosenNumber: number;
  maxSeed: number;
  maxSentSteps: number;
  rateTolerance: number;
  maxSearchedSteps: number;
  correctShare: number;
  goneShare: number;
  arithmeticDigits: number;
  lossNames: Record<LossKind, string>;
}

/** The rows that are drawn: `X` column after column, `rows` their numbers in the table. */
export interface Rows {
  n: number;
  note: string;
  X: Float64s;
  y: Float64s;
  rows: Int32s;
  means: Array<number>;
}

/** Units as text, "" where there is none; the lists have an entry per parameter. */
export interface UnitNames {
  theta: Array<string>;
  gradient: Array<string>;
  rate: Array<string>;
  loss: string;
  target: string;
}

/** The names of columns and parameters, in short and at length. */
export interface Names {
  features: Array<string>;
  target: string;
  featureLabels: Array<string>;
  targetLabel: string;
  intercept: boolean;
  params: Array<string>;
  paramNames: Array<string>;
  units: UnitNames;
}

/** The letters of the chosen notation. */
export interface Symbols {
  theta: string;
  fitted: string;
  rate: string;
}

/** The loss as scale · (rho2 + ‖w − s∘Vᵀθ‖²), with V of shape (p, p) row after row. */
export interface Bowl {
  V: Float64s;
  s: Float64s;
  w: Float64s;
  rho2: number;
  scale: number;
  best: Float64s;
  bestLoss: number;
}

/** The loss, its minimum and the measures there. */
export interface Loss {
  loss: LossKind;
  tss: number;
  toleranceRoot: number;
  bestTsse: number;
  bestMse: number;
  bestR2: number | null;
  r2Note: string;
  bowl: Bowl;
}

/** Learning rates at which the behaviour changes; null where no rate moves anything. */
export interface Limits {
  smooth: number | null;
  limit: number | null;
  fastest: number | null;
}

/** The forecast for the learning rate of the run; a growth of null no longer fits a float. */
export interface Forecast {
  zone: Zone;
  growth: number | null;
  convergesAt: number | null;
  overflowsAt: number | null;
  narrow: boolean;
}

/** The run at the steps in `kept`; `theta` and `gradient` hold p numbers per kept step. */
export interface Run {
  steps: number;
  rate: number;
  status: "converged" | "stopped" | "diverged";
  converged_at: number | null;
  diverged_at: number | null;
  minimum: number;
  rounding: number;
  excess: number;
  kept: Int32s;
  theta: Float64s;
  loss: Float64s;
  gradient: Float64s;
}

/** The limits of the learning rate, and the forecast for the chosen one. */
export interface Outlook {
  limits: Limits;
  forecast: Forecast;
}

/** The same experiment at another learning rate: its keys replace those of the payload. */
export interface RateVariant {
  limits: Limits;
  forecast: Forecast;
  run: Run;
}

/** The same experiment with standardised features. */
export interface StandardisedVariant {
  loss: LossKind;
  tss: number;
  toleranceRoot: number;
  bestTsse: number;
  bestMse: number;
  bestR2: number | null;
  r2Note: string;
  bowl: Bowl;
  limits: Limits;
  forecast: Forecast;
  run: Run;
  X: Float64s;
  means: Array<number>;
  featureLabels: Array<string>;
  paramNames: Array<string>;
  units: UnitNames;
}

/** Many learning rates and the step at which each converges, NaN for never. */
export interface Sweep {
  rates: Float64s;
  steps: Float64s;
  zones: Array<Zone>;
}

/** The view that is shown first. */
export interface View {
  step: number;
  log: boolean;
  pair: Array<number>;
  dataView: string;
}

/** The part that stays, whatever the learning rate, start and number of steps. */
export interface Setting {
  n: number;
  note: string;
  X: Float64s;
  y: Float64s;
  rows: Int32s;
  means: Array<number>;
  features: Array<string>;
  target: string;
  featureLabels: Array<string>;
  targetLabel: string;
  intercept: boolean;
  params: Array<string>;
  paramNames: Array<string>;
  units: UnitNames;
  loss: LossKind;
  tss: number;
  toleranceRoot: number;
  bestTsse: number;
  bestMse: number;
  bestR2: number | null;
  r2Note: string;
  bowl: Bowl;
  key: string;
  colours: Record<"light" | "dark", Record<string, string>>;
  constants: Constants;
  forecasts: ForecastTemplates;
  endings: EndingTemplates;
  drawing: boolean;
  symbols: Symbols;
}

/** An experiment and its run; a page may add variants to see beside it, or a sweep. */
export interface Payload {
  n: number;
  note: string;
  X: Float64s;
  y: Float64s;
  rows: Int32s;
  means: Array<number>;
  features: Array<string>;
  target: string;
  featureLabels: Array<string>;
  targetLabel: string;
  intercept: boolean;
  params: Array<string>;
  paramNames: Array<string>;
  units: UnitNames;
  loss: LossKind;
  tss: number;
  toleranceRoot: number;
  bestTsse: number;
  bestMse: number;
  bestR2: number | null;
  r2Note: string;
  bowl: Bowl;
  key: string;
  colours: Record<"light" | "dark", Record<string, string>>;
  constants: Constants;
  forecasts: ForecastTemplates;
  endings: EndingTemplates;
  drawing: boolean;
  symbols: Symbols;
  limits: Limits;
  forecast: Forecast;
  link: string;
  revision: string;
  seed: number | null;
  view: View;
  run: Run;
  variants: Array<RateVariant | StandardisedVariant>;
  sweep: Sweep | null;
}

export type PanelName =
  | "data"
  | "loss"
  | "theta-plane"
  | "bowl"
  | "residuals"
  | "gradient-arrows"
  | "slow-motion-plane"
  | "slow-motion-data"
  | "slow-motion-loss"
  | "residual-block"
  | "parabola"
  | "directions-plane"
  | "direction-errors"
  | "distance"
  | "rate-sweep"
  | "compare-plane";

export type BoxName = "data" | "model" | "loss" | "gradient" | "update" | "stop";

export type ControlName =
  | "loop"
  | "transport"
  | "learning-rate"
  | "status"
  | "numbers"
  | "start"
  | "weights"
  | "prediction"
  | "best-fit"
  | "losses"
  | "tries"
  | "directions"
  | "rows-table"
  | "phases"
  | "arithmetic"
  | "step-guess"
  | "next-steps";

/** One picture of a page; the keys after `variant` are options of its kind. */
export interface PictureSpec {
  panel: PanelName;
  id: string;
  title?: string;
  variant?: number;
  handles?: boolean;
  residuals?: boolean;
  squares?: boolean;
  dataView?: NamedView;
  run?: boolean;
  tries?: boolean;
  take?: boolean;
  equal?: boolean;
}

/** The pictures and controls of a page. */
export interface LayoutSpec {
  name: string;
  label: string;
  pictures: Array<PictureSpec>;
  top: Array<ControlName>;
  side: Array<ControlName>;
  still: boolean;
  best: boolean;
  show: "fitted" | "model";
  box: BoxName | null;
  place: string;
}

/** All that the component receives: with the page's layout, and where its files are. */
export interface Message {
  n: number;
  note: string;
  X: Float64s;
  y: Float64s;
  rows: Int32s;
  means: Array<number>;
  features: Array<string>;
  target: string;
  featureLabels: Array<string>;
  targetLabel: string;
  intercept: boolean;
  params: Array<string>;
  paramNames: Array<string>;
  units: UnitNames;
  loss: LossKind;
  tss: number;
  toleranceRoot: number;
  bestTsse: number;
  bestMse: number;
  bestR2: number | null;
  r2Note: string;
  bowl: Bowl;
  key: string;
  colours: Record<"light" | "dark", Record<string, string>>;
  constants: Constants;
  forecasts: ForecastTemplates;
  endings: EndingTemplates;
  drawing: boolean;
  symbols: Symbols;
  limits: Limits;
  forecast: Forecast;
  link: string;
  revision: string;
  seed: number | null;
  view: View;
  run: Run;
  variants: Array<RateVariant | StandardisedVariant>;
  sweep: Sweep | null;
  layout: LayoutSpec;
  assets: string;
  plotly: string;
}

/** A guess about the step that follows `step`, with values and units or a way. */
export interface GuessChoice {
  step: number;
  parameters: Array<number>;
  values: Array<number>;
  units: Array<number>;
  way: UpOrDown | null;
}

/** A choice that the browser sends, with one key; `random` is a seed, a point is [x, y]. */
export interface Choice {
  rate?: number;
  start?: Array<number>;
  random?: number;
  points?: Array<Array<number>>;
  guess?: GuessChoice;
  page?: BoxName;
}
