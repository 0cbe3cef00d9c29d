// The state of the stage, as a picture or a control is shown it, made from what Python sends.

import { Payload } from "#frontend/math/payload.js";

/**
 * @param {any} sent
 * @param {Record<string, any>} [more] a step t, or any other part of the state
 * @returns {any}
 */
export function stateOf(sent, { t = 0, ...more } = {}) {
  const payload = new Payload(sent);
  return {
    payload,
    bowl: payload.bowl,
    run: payload.exact,
    t,
    here: payload.exact.at(t),
    pair: payload.bowl.p === 1 ? [0, 0] : [0, 1],
    log: false,
    dataView: "fitted",
    colours: sent.colours.light,
    theme: { size: 12, page: "#fff", ink: "#222", grid: "#ddd", paper: "rgba(0,0,0,0)" },
    ghost: null,
    hoverRow: null,
    best: false,
    removing: false,
    closeUp: false,
    parameter: Math.min(payload.offset, payload.bowl.p - 1),
    lit: null,
    newX: null,
    tries: [],
    phase: undefined,
    playing: false,
    moment: null,
    guess: undefined,
    ...more,
  };
}

/**
 * Asserts that two lists of numbers are as near as `relative` of the expected, or `absolute`.
 * @param {ArrayLike<number>} actual
 * @param {ArrayLike<number>} expected
 * @param {{relative?: number, absolute?: number, about?: string}} [within]
 */
export function close(actual, expected, { relative = 1e-9, absolute = 0, about = "" } = {}) {
  const wrong = Array.from(expected).findIndex(
    (value, i) => !(Math.abs(actual[i] - value) <= absolute + relative * Math.abs(value)),
  );
  if (actual.length !== expected.length || wrong >= 0)
    throw new Error(`${about}: [${wrong}] is ${actual[wrong]}, not ${expected[wrong]} (${actual.length} numbers)`);
}

/**
 * The numbers in a sentence, as a reader would type them.
 * @param {string} text
 */
export const numbersIn = (text) =>
  (text.match(/(?<![\wθ])−?\d[\d,]*(?:\.\d+)?(?:e−?\d+)?/g) ?? []).map((each) => shown(each.replace(/,$/, "")));

/**
 * A number as the page writes it.
 * @param {string} text
 */
export const shown = (text) => Number(text.replace(/[()]/g, "").replaceAll("−", "-").replaceAll(",", ""));

/**
 * Lower left corner, width and height of each outline of a trace.
 * @param {{x: ArrayLike<number | null>, y: ArrayLike<number | null>}} trace
 */
export function boxesOf({ x, y }) {
  const [xs, ys] = [Array.from(x, Number), Array.from(y, Number)];
  return Array.from({ length: xs.length / 6 }, (_, m) => ({
    x: Math.min(xs[6 * m], xs[6 * m + 1]),
    y: Math.min(ys[6 * m], ys[6 * m + 2]),
    width: Math.abs(xs[6 * m + 1] - xs[6 * m]),
    height: Math.abs(ys[6 * m + 2] - ys[6 * m]),
  }));
}
