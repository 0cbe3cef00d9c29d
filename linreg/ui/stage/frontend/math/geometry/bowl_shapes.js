// Shapes of the bowl: level curves over two parameters, its parabola over one, and its surface in space.

import { ellipse } from "../quadratic.js";
import { samples, span } from "./ranges.js";

/** @import { Range, Slice } from "../../types.js" */
/** @typedef {{ x: (number | null)[], y: (number | null)[] }} Line - with a gap at null */
/** @typedef {{ at: number, low: number, curvature: number }} Parabola - its lowest place and the height there */
/** @typedef {[x: Range, y: Range]} Window */

const RINGS = 14; // of the surface
const SPOKES = 40;

/**
 * The level curves at these losses as one line.
 * @param {Slice} slice
 * @param {number[]} losses
 * @param {number} cap - longest half-axis: in a valley without end there is none
 * @param {number} [points] - of each
 */
export function levelCurves(slice, losses, cap, points) {
  /** @type {Line} */
  const line = { x: [], y: [] };
  for (const loss of losses) {
    const { x, y } = ellipse(slice, loss, cap, points);
    line.x.push(...x, null);
    line.y.push(...y, null);
  }
  return line;
}

/**
 * A parabola as points.
 * @param {Parabola} form
 * @param {Range} range
 */
export function parabola(form, range) {
  const x = samples(range);
  return { x, y: x.map((value) => parabolaAt(form, value)) };
}

/**
 * @param {Parabola} form
 * @param {number} value
 */
export const parabolaAt = ({ at, low, curvature }, value) => low + curvature * (value - at) ** 2;

/**
 * The surface as rings of equal loss up to its rim, cut where they leave the window: a grid of points, ring by ring and
 * in each spoke by spoke, as Plotly takes it.
 * @param {Slice} slice
 * @param {number} rise - of the rim above the lowest point of the slice
 * @param {Window} window
 */
export function bowlSurface(slice, rise, window) {
  const rim = Math.sqrt(Math.max(0, rise));
  const spokes = Array.from({ length: SPOKES + 1 }, (_, k) => spokeOf(slice, rim, (2 * Math.PI * k) / SPOKES, window));
  const rings = Array.from({ length: RINGS + 1 }, (_, ring) => spokes.map((spoke) => spoke(ring / RINGS)));
  const [x, y, z] = [0, 1, 2].map((axis) => rings.map((ring) => ring.map((point) => point[axis])));
  return { x, y, z };
}

/**
 * One way from the lowest point to the rim: from the share of the way to a point in space.
 * @param {Slice} slice
 * @param {number} rim - square root of the rise
 * @param {number} phi
 * @param {Window} window
 * @returns {(share: number) => [number, number, number]}
 */
function spokeOf({ centre, low, axes: [u, v], halves }, rim, phi, window) {
  const along = [halves[0] * rim * Math.cos(phi), halves[1] * rim * Math.sin(phi)];
  const way = [u[0] * along[0] + v[0] * along[1], u[1] * along[0] + v[1] * along[1]];
  if (way.every(Number.isFinite)) {
    const most = Math.min(1, ...way.map((part, axis) => room(window[axis], centre[axis], part)));
    return (share) => [
      centre[0] + share * most * way[0],
      centre[1] + share * most * way[1],
      low + (share * most * rim) ** 2,
    ];
  }
  // A valley without end: rings are lines along it, as long as the window is wide.
  const reach = 0.5 * Math.sign(Math.sin(phi) || 1) * Math.min(...window.map(span));
  return (share) => [
    centre[0] + v[0] * reach * share + u[0] * along[0] * share,
    centre[1] + v[1] * reach * share + u[1] * along[0] * share,
    low + (share * rim * Math.cos(phi)) ** 2,
  ];
}

/**
 * How many times a way fits between a centre and the wall of the window on one axis.
 * @param {Range} range
 * @param {number} centre
 * @param {number} way
 */
function room([low, high], centre, way) {
  if (way === 0) return Infinity;
  return Math.max(0, ((way > 0 ? high : low) - centre) / way);
}
