// Surfaces and points in space, as Plotly draws them.

/** @import { Figure } from "../types.js" */

/**
 * Points in space.
 * @param {string} color
 * @param {number} size
 * @param {"circle" | "diamond"} symbol
 * @returns {Figure}
 */
export const spheres = (color, size, symbol) => ({
  type: "scatter3d",
  mode: "markers",
  hoverinfo: "skip",
  marker: { color, size, symbol },
});

/**
 * A surface of one colour.
 * @param {string} color
 * @param {number} opacity
 * @returns {Figure}
 */
export const sheet = (color, opacity) => ({
  type: "surface",
  hoverinfo: "skip",
  showscale: false,
  opacity,
  colorscale: [
    [0, color],
    [1, color],
  ],
  lighting: { ambient: 0.75, diffuse: 0.5, specular: 0.05 },
  contours: { z: { highlight: false } },
});
