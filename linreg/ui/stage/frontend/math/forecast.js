// The forecast of what a learning rate will do, while it is being dragged. The rules are those of
// linreg.training.learning_rate; the Node tests compare the sentences that controls/messages.js makes of both.

/**
 * @import { Numbers } from "../types.js"
 * @import { Forecast, Zone } from "../payload.js"
 * @import { Payload } from "./payload.js"
 */

/**
 * What a rate will do from a start.
 * @param {Payload} payload
 * @param {Numbers} start
 * @param {number} rate
 * @returns {Forecast}
 */
export function forecast(payload, start, rate) {
  const {
    bowl,
    constants: { rateTolerance, maxSearchedSteps },
  } = payload;
  const b = bowl.residual(start).map((value, i) => (bowl.s[i] > 0 ? value : 0));
  const pull = Float64Array.from(bowl.s, (_, i) => {
    const value = rate * bowl.eigenvalue(i);
    return Math.abs(value - 2) <= 2 * rateTolerance ? 2 : value;
  });
  const axes = [...b.keys()];
  const excited = axes.filter((i) => Math.abs(b[i]) * Math.sqrt(b.length) > payload.toleranceRoot);
  const growing = axes.filter((i) => b[i] !== 0 && pull[i] > 2);
  let convergesAt = convergenceStep(b, pull, payload.toleranceRoot, maxSearchedSteps);
  const overflowsAt = overflowStep(
    growing.map((i) => b[i]),
    growing.map((i) => pull[i]),
  );
  const decisive = growing.length ? growing : excited;
  const zone = convergesAt === 0 ? "at the minimum" : zoneOf(Math.max(...decisive.map((i) => pull[i])), rateTolerance);
  if (zone === "bounces") convergesAt = null;
  const pushed = zone === "at the minimum" ? axes.filter((i) => bowl.s[i] > 0) : decisive;
  const growth = Math.max(0, ...pushed.map((i) => Math.abs(1 - pull[i])));
  const slopes = [...bowl.s].filter((s) => s > 0);
  const narrow = slopes.length > 0 && (Math.min(...slopes) / Math.max(...slopes)) ** 2 <= rateTolerance;
  return { zone, growth, convergesAt, overflowsAt, narrow };
}

/**
 * The learning rate with the least loss after so many steps. The excess is convex in the rate: bisection between
 * 1/λmax and 2/λmax finds where it no longer falls.
 * @param {Payload} payload
 * @param {Numbers} start
 * @param {number} steps
 */
export function bestRate({ bowl }, start, steps) {
  const axes = [...bowl.s.keys()].filter((i) => bowl.s[i] > 0);
  if (!axes.length) return 1;
  const errors = bowl.residual(start);
  const largest = Math.max(...axes.map((i) => Math.abs(errors[i])), Number.MIN_VALUE);
  const steepest = Math.max(...axes.map((i) => bowl.s[i]));
  const curves = axes.map((i) => ({
    // Rounding puts a little error along every axis, and a rate too large lets it grow.
    weight: 2 * Math.log(Math.hypot(errors[i], Number.EPSILON * largest) * bowl.s[i]),
    share: (bowl.s[i] / steepest) ** 2,
  }));
  const power = 2 * Math.max(steps, 1) - 1;
  /** @param {number} rate - in units of 1/λmax */
  const falls = (rate) => {
    const parts = curves.map(({ weight, share }) => {
      const factor = 1 - rate * share;
      return { sign: Math.sign(factor), size: weight + power * Math.log(Math.abs(factor)) };
    });
    const most = Math.max(...parts.map((part) => part.size));
    return parts.reduce((sum, { sign, size }) => sum + sign * Math.exp(size - most), 0) > 0;
  };
  let low = 1,
    high = 2;
  for (let middle = 1.5; low < middle && middle < high; middle = (low + high) / 2)
    if (falls(middle)) low = middle;
    else high = middle;
  return low / Math.max(...axes.map((i) => bowl.eigenvalue(i)));
}

/**
 * The zone of a rate whose product with the decisive eigenvalue is `pull`.
 * @param {number} pull
 * @param {number} rateTolerance
 * @returns {Zone}
 */
function zoneOf(pull, rateTolerance) {
  if (pull <= 1 + rateTolerance) return "smooth";
  if (pull < 2 * (1 - rateTolerance)) return "zig-zag";
  return pull <= 2 * (1 + rateTolerance) ? "bounces" : "diverges";
}

/**
 * The first step from which on the root of the excess loss is within the tolerance; null if there is none.
 * @param {Float64Array} errors - the residual along each direction
 * @param {Float64Array} pull - rate times eigenvalue along each
 * @param {number} tolerance
 * @param {number} maxSearchedSteps - where the search gives up
 */
function convergenceStep(errors, pull, tolerance, maxSearchedSteps) {
  const b = errors.map((value) => value / (tolerance || 1)), // in these units squares of tiny errors do not vanish
    enough = tolerance > 0 ? 1 : 0;
  const slope = pull.map((x) => (x < 1 ? Math.log1p(-x) : Math.log(Math.abs(x - 1))));
  /**
   * @param {number} i
   * @param {number} t
   */
  const power = (i, t) => (t === 0 ? 1 : Math.exp(t * slope[i]));
  /** @param {number} t */
  const excess = (t) => b.reduce((sum, value, i) => sum + (value === 0 ? 0 : (value * power(i, t)) ** 2), 0);
  /** @param {number} t */
  const speed = (t) =>
    b.reduce((sum, value, i) => {
      const left = value === 0 ? 0 : (value * power(i, t)) ** 2;
      return sum + (left > 0 ? left * slope[i] : 0);
    }, 0);
  /** @param {number} t */
  const settled = (t) => excess(t) <= enough || !(speed(t) < 0);
  const step = first(settled, maxSearchedSteps);
  return excess(step) <= enough ? step : null;
}

/**
 * The step near which the loss leaves the range of a float64; null if nothing grows.
 * @param {number[]} b
 * @param {number[]} pull
 */
function overflowStep(b, pull) {
  if (!b.length) return null;
  const room = b.map(
    (value, i) => (Math.log(Number.MAX_VALUE) / 2 - Math.log(Math.abs(value))) / Math.log(pull[i] - 1),
  );
  return Math.max(1, Math.ceil(Math.min(...room)));
}

/**
 * The smallest t up to `maxSearchedSteps` from which on `holds` is true, by bisection.
 * @param {(t: number) => boolean} holds
 * @param {number} maxSearchedSteps
 */
function first(holds, maxSearchedSteps) {
  let low = -1,
    high = 1;
  while (high < maxSearchedSteps && !holds(high)) [low, high] = [high, 2 * high];
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    if (middle <= low || middle >= high) break; // beyond 2^53 a float skips whole numbers
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
