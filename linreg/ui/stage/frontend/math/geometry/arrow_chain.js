// Arrows tip to tail: where each begins, their heads as strokes, and which is nearest to a place.

/** @import { Numbers, Pair } from "../../types.js" */
/** @import { Payload } from "../payload.js" */
/** @typedef {[x: number, y: number]} Spot - in pixels or in data units */

/**
 * Where the arrows of the rows begin and end: sums[axis][i] is the sum of the first i of them.
 * @param {Payload} payload
 * @param {Numbers} theta
 * @param {Pair} pair
 */
export function arrowSums(payload, theta, pair) {
  const { bowl, offset, shown, y } = payload;
  const fitted = payload.fit(theta);
  return pair.map((j) => {
    const column = j < offset ? null : payload.column(j - offset); // the intercept's column is all ones
    const sums = new Float64Array(shown + 1);
    for (let i = 0; i < shown; i++) {
      sums[i + 1] = sums[i] - 2 * bowl.scale * (y[i] - fitted[i]) * (column ? column[i] : 1);
    }
    return sums;
  });
}

/**
 * The two strokes of an arrow head as their outer ends, or none where the arrow is too short to have one.
 * @param {Spot} tail
 * @param {Spot} tip
 * @param {number} most - longest head
 * @returns {[Spot, Spot] | null}
 */
export function barbs(tail, tip, most) {
  const along = [tip[0] - tail[0], tip[1] - tail[1]];
  const length = Math.hypot(...along);
  if (!(length > 2)) return null;
  const [ux, uy] = along.map((part) => (part / length) * Math.min(most, length / 2));
  return [
    [tip[0] - ux - uy * 0.5, tip[1] - uy + ux * 0.5],
    [tip[0] - ux + uy * 0.5, tip[1] - uy - ux * 0.5],
  ];
}

/**
 * The distance of a place from the nearest point of a line between two others.
 * @param {Spot} place
 * @param {Spot} from
 * @param {Spot} to
 */
export function distanceToSegment([x, y], [x0, y0], [x1, y1]) {
  const length = (x1 - x0) ** 2 + (y1 - y0) ** 2;
  const along = (x - x0) * (x1 - x0) + (y - y0) * (y1 - y0);
  const share = length > 0 ? Math.min(1, Math.max(0, along / length)) : 0;
  return Math.hypot(x - x0 - share * (x1 - x0), y - y0 - share * (y1 - y0));
}

/**
 * The index of the least of some distances that is below `reach`, or −1.
 * @param {number} count
 * @param {(index: number) => number} distance
 * @param {number} reach
 */
export function nearestIndex(count, distance, reach) {
  let nearest = -1;
  let least = reach;
  for (let i = 0; i < count; i++) {
    const away = distance(i);
    if (away < least) [nearest, least] = [i, away];
  }
  return nearest;
}
