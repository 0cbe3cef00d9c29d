// The squares of the residuals: on the rows, and packed into one block.

export const MOST_SQUARES = 300; // more than this are a blot

/** Which rows have the largest residuals, largest first. */
export function largest(residuals, most = residuals.length) {
  return Array.from(residuals, (_, i) => i)
    .sort((a, b) => Math.abs(residuals[b]) - Math.abs(residuals[a]))
    .slice(0, most);
}

/** Outline of a rectangle as a line: corner, opposite corner. */
export const outline = (x, y, x1, y1) => ({ x: [x, x1, x1, x, x, null], y: [y, y, y1, y1, y, null] });

/** Several outlines as one line. */
export function joined(outlines) {
  return { x: outlines.flatMap(({ x }) => x), y: outlines.flatMap(({ y }) => y) };
}

/**
 * Packs areas, largest first, into a square whose area is their sum, each as near to a square as it gets (Bruls, Huizing
 * and van Wijk's squarified tree map). Returns [x, y, width, height] for each, from the upper left corner down.
 */
export function packed(areas) {
  const side = Math.sqrt(areas.reduce((sum, area) => sum + area, 0)),
    out = [];
  const room = { x: 0, y: 0, w: side, h: side };
  let at = 0;
  while (at < areas.length && areas[at] > 0) {
    const length = Math.min(room.w, room.h);
    let end = at + 1,
      sum = areas[at];
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
