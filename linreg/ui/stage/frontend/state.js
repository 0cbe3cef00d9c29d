// The state of the stage as one value, and the two ways in which it becomes another: Python answers (`received`), or a
// reader means something (`changed`). Nothing here draws, sends or remembers; stage.js does.

import { FITTED, PLANE } from "./math/payload.js";
import { GRADIENT } from "./math/phases.js";
import { preview } from "./math/run.js";

/**
 * @import { Change, Numbers, Pair, Run, State } from "./types.js"
 * @import { ControlName, LayoutSpec } from "./payload.js"
 * @import { Payload } from "./math/payload.js"
 */

const MAX_TRIES = 200;

/** What a hand may hold while the run it made outlasts an answer of Python. */
const KEEPS_PREVIEW = ["step", "start", "line", "weight", "other"];

/**
 * What the first state depends on besides the data: the page, and the view that the address or another page left.
 * @typedef {{ step: number, log: boolean, pair: number[], dataView: string, speed: number }} FirstView
 */

/**
 * The state when Python answered. What a reader looks at stays, unless the data are others.
 * @param {State | null} before - null at the first answer
 * @param {Payload} payload
 * @param {Payload[]} variants
 * @param {Pick<State, "tries" | "colours" | "theme"> & { layout: LayoutSpec, view: FirstView }} setting
 * @returns {State}
 */
export function received(before, payload, variants, { layout, view, ...rest }) {
  const { bowl } = payload;
  const keepsPreview = before && !before.run.exact && before.held && KEEPS_PREVIEW.includes(before.held.by);
  const run = keepsPreview ? previewOf(payload, before.run.rate, before.run.at(0).theta) : payload.exact;
  const looks = before?.payload.key === payload.key ? before : look(before, payload, layout, view);
  const pair = possiblePair(looks.pair, bowl.p);
  const dataView = possibleView(looks.dataView, payload);
  return placed(before, {
    ...(before ?? {
      log: view.log,
      best: layout.best,
      still: layout.still,
      phase: hasControl(layout, "phases") ? GRADIENT : undefined,
      playing: false,
      moment: null,
      speed: view.speed,
      held: null,
      removing: false,
      closeUp: false,
      lit: null,
    }),
    ...looks,
    ...rest,
    payload,
    bowl,
    variants,
    run,
    pair,
    dataView,
    guess:
      before && isSame(before.pair, pair) && isSame(before.payload.paramNames, payload.paramNames)
        ? before.guess
        : null,
    ghost: null,
    hoverRow: null,
  });
}

/**
 * @param {LayoutSpec} layout
 * @param {ControlName} name
 */
const hasControl = ({ top, side }, name) => top.includes(name) || side.includes(name);

/**
 * The state that a reader means: the same object where nothing becomes different.
 * @param {State} before
 * @param {Change} change
 * @returns {State}
 */
export function changed(before, change) {
  const { rate, start, ask, points: _points, redraw: _redraw, ...chosen } = change;
  const { payload } = before;
  const state = { ...before, ...chosen };
  if (chosen.dataView !== undefined) state.chosenView = chosen.dataView;
  // The same parameter twice is no picture: the other axis takes the one that was given up.
  if (chosen.pair && chosen.pair[0] === chosen.pair[1]) state.pair = [before.pair[1], before.pair[0]];
  if (rate !== undefined || start)
    state.run = previewOf(payload, rate ?? before.run.rate, start ?? before.run.at(0).theta);
  if (ask && !state.run.exact) {
    const first = payload.exact.at(0).theta,
      now = state.run.at(0).theta;
    if (ask === "start" && state.still) state.tries = withTry(state.tries, first, now);
    // Python gave this run already.
    if (state.run.rate === payload.exact.rate && isSame(now, first)) state.run = payload.exact;
  }
  return placed(before, state, chosen);
}

/**
 * The state as a variant of the experiment shows it.
 * @param {State} state
 * @param {number | undefined} variant
 * @returns {State}
 */
export function variantOf(state, variant) {
  if (variant === undefined) return state;
  const payload = state.variants[variant],
    run = payload.exact,
    t = Math.min(state.step, run.last);
  return { ...state, payload, bowl: payload.bowl, run, t, here: run.at(t) };
}

/**
 * The state with its step within the run, and where θ is there. Another step begins with its gradient, and unguessed.
 * @param {State | null} before
 * @param {Omit<State, "last" | "t" | "here">} state
 * @param {Change} [chosen]
 * @returns {State}
 */
function placed(before, state, chosen = {}) {
  const { run, variants } = state;
  const last = Math.max(run.last, ...variants.map(({ exact }) => exact.last));
  const step = Math.max(0, Math.min(state.step, last)),
    t = Math.min(step, run.last);
  const here = before?.run === run && before.t === t ? before.here : run.at(t);
  const next = { ...state, last, step, t, here };
  if (!before) return next;
  if (before.t !== t) {
    if (next.phase !== undefined && chosen.phase === undefined) next.phase = GRADIENT;
    if (chosen.guess === undefined) next.guess = null;
  }
  const keys = /** @type {(keyof State)[]} */ (Object.keys(next));
  return keys.every((key) => next[key] === before[key]) ? before : next;
}

/**
 * What is looked at of data that are new here: at first as the address or the page before had it.
 * @param {State | null} before
 * @param {Payload} payload
 * @param {LayoutSpec} layout
 * @param {FirstView} view
 * @returns {Pick<State, "step" | "pair" | "dataView" | "chosenView" | "parameter" | "newX">}
 */
function look(before, payload, layout, view) {
  const step = before || layout.still ? 0 : view.step;
  const pair = before ? [0, 1] : view.pair;
  const chosenView = possibleView(before ? FITTED : view.dataView, payload);
  // A page about the model shows it over a feature, or as a plane, where nobody chose otherwise.
  const onModel = layout.show === "model" && chosenView === FITTED && payload.M > 1;
  return {
    step,
    pair: possiblePair(pair, payload.bowl.p),
    chosenView,
    dataView: onModel ? (payload.M === 2 ? PLANE : "0") : chosenView,
    parameter: Math.min(payload.offset, payload.bowl.p - 1), // a weight says more than the intercept
    newX: hasControl(layout, "prediction") ? payload.means.map((mean) => Number(mean.toPrecision(3))) : null,
  };
}

/**
 * @param {readonly number[]} pair
 * @param {number} p
 * @returns {Pair}
 */
function possiblePair([across, up], p) {
  if (p === 1) return [0, 0];
  return across < p && up < p && across !== up ? [across, up] : [0, 1];
}

/**
 * @param {string} view
 * @param {Payload} payload
 */
function possibleView(view, { M }) {
  return view === FITTED || view === PLANE || Number(view) < M ? view : FITTED;
}

/**
 * @param {Payload} payload
 * @param {number} rate
 * @param {Numbers} start
 * @returns {Run}
 */
function previewOf(payload, rate, start) {
  return preview(payload.bowl, start, rate, payload.run.steps, payload.previewSteps);
}

/**
 * The tries with one more. The first one begins the trail where the hand found θ.
 * @param {State["tries"]} tries
 * @param {Numbers} from
 * @param {Numbers} theta
 */
function withTry(tries, from, theta) {
  const trail = tries.length ? tries : [Array.from(from)];
  return isSame(theta, trail[trail.length - 1]) ? tries : [...trail, Array.from(theta)].slice(-MAX_TRIES);
}

/**
 * @template T
 * @param {ArrayLike<T>} some
 * @param {ArrayLike<T>} others
 */
function isSame(some, others) {
  return some.length === others.length && Array.from(some).every((value, j) => value === others[j]);
}
