// The page's theme as the drawing needs it: text and page colours, and shades between them.

/** @import { Theme } from "../types.js" */

const MIN_PROJECTOR_WIDTH = 1700; // pixels from which on a window is read from afar

/**
 * The theme as it is now.
 * @param {HTMLElement} root
 * @param {Theme} [known] - returned if it is still this one
 * @returns {Theme}
 */
export function theme(root, known) {
  const style = getComputedStyle(root);
  /** @param {string} name */
  const value = (name) => style.getPropertyValue(name).trim();
  const ink = value("--st-text-color") || "#222",
    page = value("--st-background-color") || "#fff";
  const size = innerWidth >= MIN_PROJECTOR_WIDTH ? 15 : 12;
  const key = [ink, page, size].join();
  if (known?.key === key) return known;
  /** @param {number} share */
  const fade = (share) => resolved(root, `color-mix(in srgb, ${ink} ${share}%, ${page})`);
  return {
    key,
    ink,
    page,
    size,
    dark: lightness(resolved(root, page)) < 0.5,
    paper: "rgba(0,0,0,0)",
    font: style.fontFamily,
    grid: fade(14),
    level: fade(38),
    surface: fade(45),
  };
}

/** @param {string} colour - as rgb() */
function lightness(colour) {
  const [r, g, b] = (colour.match(/[\d.]+/g) ?? [255, 255, 255]).map(Number);
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
}

/**
 * A CSS colour as the rgb() that Plotly reads.
 * @param {HTMLElement} root
 * @param {string} colour
 */
function resolved(root, colour) {
  const probe = document.createElement("span");
  probe.style.color = colour;
  root.append(probe);
  const computed = getComputedStyle(probe).color;
  probe.remove();
  const srgb = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)/.exec(computed);
  return srgb
    ? `rgb(${srgb
        .slice(1, 4)
        .map((value) => Math.round(255 * Number(value)))
        .join(",")})`
    : computed;
}
