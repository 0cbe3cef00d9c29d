// The squares of the residuals: on the rows, and packed into one block.

export const MOST_SQUARES = 300; // more than this are a blot

/**
 * Which rows have the largest residuals, largest first.
 * @param {ArrayLike<number>} residuals
 */
export function largest(residuals, most = residuals.length) {
  return Array.from(residuals, (_, i) => i)
    .sort((a, b) => Math.abs(residuals[b]) - Math.abs(residuals[a]))
    .slice(0, most);
}

/**
 * A line of x and y with null where it is interrupted.
 * @typedef {{ x: (number | null)[], y: (number | null)[] }} Outline
 */

/**
 * Outline of a rectangle as a line: corner, opposite corner.
 * @param {number} x
 * @param {number} y
 * @param {number} x1
 * @param {number} y1
 * @returns {Outline}
 */
export const outline = (x, y, x1, y1) => ({ x: [x, x1, x1, x, x, null], y: [y, y, y1, y1, y, null] });

/**
 * Several outlines as one line.
 * @param {Outline[]} outlines
 * @returns {Outline}
 */
export function joined(outlines) {
  return { x: outlines.flatMap(({ x }) => x), y: outlines.flatMap(({ y }) => y) };
}

/**
 * Packs areas, largest first, into a square whose area is their sum, each as near to a square as it gets (the squarified
 * tree map of Bruls, Huizing and van Wijk). Returns [x, y, width, height] for each, from the upper left corner down.
 * @param {number[]} areas
 */
export function packed(areas) {
  const side = Math.sqrt(areas.reduce((sum, area) => sum + area, 0)),
    /** @type {[number, number, number, number][]} */
    out = [];
  const room = { x: 0, y: 0, w: side, h: side };
  let at = 0;
  while (at < areas.length && areas[at] > 0) {
    const length = Math.min(room.w, room.h);
    let end = at + 1,
      sum = areas[at];
    /**
     * @param {number} total
     * @param {number} largest
     * @param {number} smallest
     */
    const worst = (total, largest, smallest) =>
      Math.max((length ** 2 * largest) / total ** 2, total ** 2 / (length ** 2 * smallest));
    while (
      end < areas.length &&
      areas[end] > 0 &&
      worst(sum + areas[end], areas[at], areas[end]) <= worst(sum, areas[at], areas[end - 1])
    )
      sum += areas[end++];
    const depth = sum / length;
    let along = 0;
    for (; at < end; at++) {
      const part = areas[at] / depth;
      out.push(room.w >= room.h ? [room.x, room.y + along, depth, part] : [room.x + along, room.y, part, depth]);
      along += part;
    }
    if (room.w >= room.h) [room.x, room.w] = [room.x + depth, room.w - depth];
    else [room.y, room.h] = [room.y + depth, room.h - depth];
  }
  while (out.length < areas.length) out.push([side, side, 0, 0]);
  return out;
}
