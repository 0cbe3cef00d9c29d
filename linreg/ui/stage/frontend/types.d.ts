// The shapes that the modules of the stage share. JSDoc names them by `@import`; nothing here is sent to a browser.
// What Python sends has its types in payload.d.ts.

import type { FlatPanel } from "./drawing/flat_panel.js";
import type { PlotArea } from "./drawing/plot_area.js";
import type { SpacePanel } from "./drawing/space_panel.js";
import type { Payload } from "./math/payload.js";
import type { Quadratic } from "./math/quadratic.js";
import type { Choice, LayoutSpec, Run as SentRun, UpOrDown } from "./payload.js";
import type { Picture } from "./picture.js";

// ---- numbers -------------------------------------------------------------------------------------------------

/** Numbers by index: a plain array or a typed one. */
export interface Numbers extends Iterable<number> {
  readonly length: number;
  readonly [index: number]: number;
  slice(start?: number, end?: number): Numbers;
  at(index: number): number | undefined;
  every(holds: (value: number) => boolean): boolean;
}

/** Low and high; of a logarithmic axis in powers of ten. */
export type Range = [low: number, high: number];

/** Two parameters by their index: across and upwards. With a single parameter both are 0. */
export type Pair = [across: number, up: number];

/** Where a run is at one step. */
export interface Point {
  theta: Float64Array;
  loss: number;
  gradient: Float64Array;
}

/** A run: Python's exact one, or a preview of another rate or start that is computed here. */
export interface Run {
  bowl: Quadratic;
  rate: number;
  steps: number;
  /** Whether Python computed it. */
  exact: boolean;
  /** null of a preview: it says nothing of its end. */
  status: SentRun["status"] | null;
  /** null where it did not converge, or nobody knows yet. */
  converged_at: number | null;
  /** null where its numbers fit a float, or nobody knows yet. */
  diverged_at: number | null;
  /** The least loss of all θ; of Python, 0 if it is not above `rounding`. */
  minimum: number;
  /** What rounding may leave of a loss that is 0. */
  rounding: number;
  /** The last loss less the minimum; of Python, without cancellation. */
  excess: number;
  /** The steps that are drawn; `theta` and `gradient` hold p numbers for each. */
  kept: Numbers;
  theta: Numbers;
  loss: Numbers;
  gradient: Numbers;
  last: number;
  at(t: number): Point;
}

/** The loss over two parameters, the others held: lowest point, principal axes, half-axes at one unit of loss above. */
export interface Slice {
  centre: [number, number];
  low: number;
  axes: [[number, number], [number, number]];
  halves: [number, number];
}

// ---- the state -----------------------------------------------------------------------------------------------

/** Colours by their role: data, model, gradient, path, optimum. */
export type Colours = Record<string, string>;

export interface Theme {
  key: string;
  ink: string;
  page: string;
  /** Of the text, in pixels. */
  size: number;
  dark: boolean;
  paper: string;
  font: string;
  grid: string;
  level: string;
  surface: string;
}

/** A prediction of the next step: of values, or of the way that one parameter goes. */
export interface StepGuess {
  step: number;
  parameters: number[];
  values?: number[];
  way?: UpOrDown;
  /** Set once the step was taken. */
  taken?: boolean;
  units?: number[];
  correct?: boolean;
  share?: number | null;
}

/** What a hand holds: while it does, previews survive an answer of Python and axes may be frozen. */
export interface Held {
  by: "step" | "start" | "point" | "line" | "weight" | "rate" | "other";
  frozen?: { x: Range; y: Range };
}

/**
 * All that there is to show, and every choice of a reader. Only `Stage.update` and an answer of Python replace it;
 * nothing writes into it.
 */
export interface State {
  readonly payload: Payload;
  readonly bowl: Quadratic;
  /** The same experiment otherwise, to be seen beside it. */
  readonly variants: readonly Payload[];
  readonly run: Run;
  /** The step that was asked for; `t` is the same within this run, and `here` where θ is then. */
  readonly step: number;
  readonly t: number;
  readonly here: Point;
  /** The last step of this run or, where that is later, of a variant. */
  readonly last: number;
  readonly pair: Pair;
  readonly log: boolean;
  /** "fitted", "plane", or the index of a feature. */
  readonly dataView: string;
  /** The view of the data that a reader chose, for the address and other pages. */
  readonly chosenView: string;
  readonly best: boolean;
  /** Whether a click on the data takes a row away, on a page where rows are drawn. */
  readonly removing: boolean;
  /** Whether the parameters in slow motion are zoomed to this step. */
  readonly closeUp: boolean;
  /** The parameter that the parabola is over. */
  readonly parameter: number;
  /** Whether the page has no run to be played: what counts are the tries of a hand. */
  readonly still: boolean;
  /** Values of the features for which a prediction is asked; null on pages without one. */
  readonly newX: readonly number[] | null;
  /** θ under a pointer. */
  readonly ghost: Numbers | null;
  readonly hoverRow: number | null;
  /** The role of the formula's term under a pointer: what has another one fades. */
  readonly lit: string | null;
  /** Each θ that a hand let go of on this data. */
  readonly tries: readonly Numbers[];
  /** How far this step is shown, 0 to 5; undefined on pages without slow motion. */
  readonly phase: number | undefined;
  readonly guess: StepGuess | null;
  readonly playing: boolean;
  /** The share of the next step that has passed while playing, where that is slow enough to be seen; else null. */
  readonly moment: number | null;
  /** Steps per second. */
  readonly speed: number;
  readonly held: Held | null;
  readonly colours: Colours;
  readonly theme: Theme;
}

/** What a reader means by a gesture or a control: keys of the state, or what changes several of them. */
export interface Change
  extends Partial<
    Pick<
      State,
      | "step"
      | "pair"
      | "log"
      | "dataView"
      | "best"
      | "removing"
      | "closeUp"
      | "parameter"
      | "newX"
      | "ghost"
      | "hoverRow"
      | "lit"
      | "tries"
      | "phase"
      | "guess"
      | "playing"
      | "moment"
      | "speed"
      | "held"
      | "colours"
      | "theme"
    >
  > {
  /** A run at another rate or from another start is computed here and drawn at once, … */
  rate?: number;
  start?: Numbers;
  /** … and Python is asked for it when the hand lets go. */
  ask?: "rate" | "start";
  /** All rows drawn by hand, [x, y] each; they go to Python as fast as it answers. */
  points?: number[][];
  /** Axes have to be drawn again: what they had room for is gone. */
  redraw?: boolean;
}

/** What controls and panels know of the stage. */
export interface Stage {
  readonly root: HTMLElement;
  readonly layout: LayoutSpec;
  readonly state: State;
  readonly pictures: readonly Picture[];
  readonly closed: boolean;
  /** The state as a variant of the experiment shows it. */
  stateOf(variant?: number): State;
  /** The one way to change what is shown. */
  update(change: Change): void;
  /** Says on the page what went wrong. */
  fail(error: unknown): void;
  /** Tells Python what was chosen beside the run: a random start, a guess or another page. */
  send(choice: Choice): void;
}

// ---- gestures ------------------------------------------------------------------------------------------------

/** Where a pointer is: in data units, and in pixels from the upper left corner of the plotting area. */
export interface Place {
  x: number;
  y: number;
  px: number;
  py: number;
}

/** A change, and what the note beside the pointer says: "" closes it, undefined leaves it. */
export interface Meant extends Change {
  tip?: string;
  /** Words for the note beside the title. */
  note?: string;
}

/** What a pointer that is down means: at once, as it moves, as it is let go. Without the last two it holds nothing. */
export interface Drag {
  held?: Held;
  /** A finger that begins here may scroll the page. */
  pans?: boolean;
  begin?: Meant;
  move?(at: Place, event: PointerEvent): Meant | null;
  end?(at: Place | null, event: PointerEvent): Meant | null;
}

/** What pointers do on a flat panel. Each handler says what was meant and changes nothing itself. */
export interface Gestures {
  down?(at: Place, event: PointerEvent): Drag | null;
  hover?(at: Place | null, event: PointerEvent): Meant | null;
  leave?(): Meant | null;
}

// ---- pictures ------------------------------------------------------------------------------------------------

/** What a panel's element is made of, as markup that this project wrote itself. */
export interface FigureMarkup {
  title: string;
  controls?: string;
  canvas: string;
  legend?: string;
}

/** The class of a flat panel: what `picture.js` needs of it. */
export interface FlatPanelClass {
  new (figure: HTMLElement, options: PictureSpec, stage: Stage): FlatPanel;
  figure: FigureMarkup;
  gestures: ((picture: FlatPicture<never>) => Gestures) | null;
}

export interface SpacePanelClass {
  new (figure: HTMLElement, options: PictureSpec, stage: Stage): SpacePanel;
  /** Missing where it lies over a flat panel. */
  figure?: FigureMarkup;
}

/** A picture with a flat panel, as its gestures see it: `state` is that of its variant. */
export interface FlatPicture<Flat = FlatPanel> {
  readonly flat: Flat;
  readonly state: State;
}

export type { PictureSpec } from "./payload.js";

import type { PictureSpec } from "./payload.js";

export type Coordinates = ArrayLike<number | null>;

export interface Line {
  color: string;
  width: number;
  dash?: string;
}

export interface Marker {
  symbol: string;
  color: string;
  size: number | number[];
  line?: Line;
  angleref?: string;
}

/** A line or symbols in data units. `moves` says when it has to be drawn again; `fill` is a colour for its inside. */
export interface Trace {
  x: Coordinates;
  y: Coordinates;
  moves: "step" | "run" | "never";
  mode: "lines" | "markers" | "lines+markers";
  line?: Line;
  marker?: Marker;
  opacity?: number;
  fill?: string;
  role?: string;
}

/** An axis; what Plotly knows beyond these keys goes to it as it is. */
export interface Axis {
  range: Range;
  title: string;
  type?: "log" | "linear";
  dtick?: number | string;
  exponentformat?: string;
  showticklabels?: boolean;
}

export interface Axes {
  x: Axis;
  y: Axis;
}

export interface SpaceAxes extends Axes {
  z: Axis;
}

/** The element of a plot, with what is drawn on it in data units: for the console and the tests. */
export interface PlotElement extends HTMLElement {
  frame: PlotArea;
  picture: Trace[];
  /** Set by Plotly once it drew here. */
  _fullLayout?: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: figures are Plotly's own vocabulary and go to it as they are.
export type Figure = any;

/** The functions of Plotly.js that the stage calls. */
export interface Plotly {
  react(plot: HTMLElement, traces: Figure[], layout: Figure, config: Figure): Promise<unknown>;
  restyle(plot: HTMLElement, update: Figure, indices: number[]): Promise<unknown>;
  purge(plot: Element): void;
  Plots: { resize(plot: HTMLElement): void };
}

declare global {
  interface Window {
    Plotly?: Plotly;
  }
}
