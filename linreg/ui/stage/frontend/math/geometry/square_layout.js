// Squares of the residuals: which are drawn, their outlines, and how they are packed into one block.

/** @import { Numbers } from "../../types.js" */
/** @typedef {{ x: (number | null)[], y: (number | null)[] }} Outline - with a gap after it */
/** @typedef {[x: number, y: number, width: number, height: number]} Block - from its upper left corner */

export const MAX_SQUARES = 300; // more than this are a blot

/** @param {Numbers | number[]} values */
const total = (values) => Array.from(values).reduce((sum, value) => sum + value, 0);

/**
 * Which rows have the largest residuals, largest first.
 * @param {Numbers} residuals
 */
export function largest(residuals, most = residuals.length) {
  return Array.from(residuals, (_, i) => i)
    .sort((a, b) => Math.abs(residuals[b]) - Math.abs(residuals[a]))
    .slice(0, most);
}

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
 * Packs areas, largest first, into a square whose area is their sum, each as near to a square as it gets: the
 * squarified tree map of Bruls, Huizing and van Wijk.
 * @param {number[]} areas
 */
export function packed(areas) {
  const side = Math.sqrt(total(areas));
  const room = { x: 0, y: 0, w: side, h: side };
  /** @type {Block[]} */
  const blocks = [];
  let at = 0;
  while (at < areas.length && areas[at] > 0) {
    const length = Math.min(room.w, room.h);
    const row = areas.slice(at, endOfRow(areas, at, length));
    const depth = total(row) / length;
    const upright = room.w >= room.h; // the row stands at the left of the room that is left, else it lies on top
    let along = 0;
    for (const area of row) {
      const part = area / depth;
      blocks.push(upright ? [room.x, room.y + along, depth, part] : [room.x + along, room.y, part, depth]);
      along += part;
    }
    if (upright) [room.x, room.w] = [room.x + depth, room.w - depth];
    else [room.y, room.h] = [room.y + depth, room.h - depth];
    at += row.length;
  }
  while (blocks.length < areas.length) blocks.push([side, side, 0, 0]);
  return blocks;
}

/**
 * Where the row of blocks ends that begins at `start`: as long as one more makes the worst of them no longer.
 * @param {number[]} areas
 * @param {number} start
 * @param {number} length - of the row
 */
function endOfRow(areas, start, length) {
  const first = areas[start];
  /** @type {(sum: number, smallest: number) => number} */
  const worst = (sum, smallest) => Math.max((length ** 2 * first) / sum ** 2, sum ** 2 / (length ** 2 * smallest));
  let end = start + 1;
  let sum = first;
  while (areas[end] > 0 && worst(sum + areas[end], areas[end]) <= worst(sum, areas[end - 1])) {
    sum += areas[end];
    end++;
  }
  return end;
}

/**
 * Where each row's square lies in the block, from its lower left corner; rows that are not drawn share one, of
 * row −1.
 * @param {Numbers} residuals
 * @param {number} rest - sum of the squares of the rows that are not drawn
 */
export function residualBlocks(residuals, rest) {
  const squares = largest(residuals).map((row) => ({ row, area: residuals[row] ** 2 }));
  if (rest > 0) {
    const smaller = squares.findIndex(({ area }) => area < rest);
    squares.splice(smaller < 0 ? squares.length : smaller, 0, { row: -1, area: rest });
  }
  const areas = squares.map(({ area }) => area);
  const side = Math.sqrt(total(areas));
  return packed(areas).map(([x, y, w, h], m) => ({ row: squares[m].row, x, y: side - y - h, w, h }));
}
