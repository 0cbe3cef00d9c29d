// Pieces of the stage's elements. Nothing that a user typed or uploaded goes in here: names arrive as text content.

import { number } from "../math/format.js";

/** @import { FigureMarkup } from "../types.js" */

/** @param {string} dash */
const line = (dash) =>
  `<line x1="0" y1="6" x2="24" y2="6" stroke="currentColor" stroke-width="3" stroke-dasharray="${dash}"/>`;
const GLYPHS = {
  line: line(""),
  dash: line("6 4"),
  dot: line("2 3"),
  thin: '<line x1="0" y1="6" x2="24" y2="6" stroke="currentColor" stroke-width="1.2"/>',
  point: '<circle cx="12" cy="6" r="4.5" fill="currentColor"/>',
  ring: '<circle cx="12" cy="6" r="4.2" fill="none" stroke="currentColor" stroke-width="2"/>',
  square: '<rect x="7" y="1" width="10" height="10" fill="none" stroke="currentColor" stroke-width="2"/>',
  star: '<path d="M12 0l1.8 4.2 4.5.4-3.4 3 1 4.4-3.9-2.4-3.9 2.4 1-4.4-3.4-3 4.5-.4z" fill="currentColor"/>',
  diamond: '<path d="M12 0l6 6-6 6-6-6z" fill="currentColor"/>',
  arrow: '<path d="M0 6h16M14 1l9 5-9 5z" stroke="currentColor" stroke-width="2" fill="currentColor"/>',
};

/**
 * An entry of a legend.
 * @param {string} role - gives the colour
 * @param {keyof typeof GLYPHS} glyph
 * @param {string} text - markup of this project's own
 * @param {string} [name] - finds the entry again
 */
export const key = (role, glyph, text, name = "") =>
  `<span data-role="${role}" ${name && `data-key="${name}"`}>` +
  `<svg viewBox="0 0 24 12" style="color:var(--${role})" aria-hidden="true">${GLYPHS[glyph]}</svg>` +
  `<span>${text}</span></span>`;

export const flat = '<div class="lr-plot" role="img"></div>';
export const space = '<div class="lr-space" role="img"></div>';
export const note = (text = "") => `<span class="lr-note">${text}</span>`;

/**
 * An element from markup that this project wrote itself.
 * @param {string} markup
 * @returns {HTMLElement}
 */
export function element(markup) {
  const holder = document.createElement("template");
  holder.innerHTML = markup.trim();
  return /** @type {HTMLElement} */ (holder.content.firstElementChild);
}

/**
 * The element of a picture: title, controls beside it, the canvas and the legend under it.
 * @param {string} id
 * @param {FigureMarkup} parts
 */
export const figure = (id, { title, controls = "", canvas, legend = "" }) =>
  element(`
  <figure class="lr-panel" data-panel="${id}">
    <figcaption><h3>${title}</h3>${controls}</figcaption>
    <div class="lr-canvas">${canvas}<div class="lr-tip" hidden></div></div>
    <div class="lr-legend">${legend}</div>
  </figure>`);

/**
 * Gives a select these options if it has others.
 * @param {HTMLSelectElement} select
 * @param {[value: string | number, text: string][]} options
 */
export function fill(select, options) {
  const key = JSON.stringify(options);
  if (select.dataset.options === key) return;
  select.dataset.options = key;
  select.replaceChildren(...options.map(([value, text]) => new Option(text, String(value))));
}

/**
 * Writes text, only where it changed.
 * @param {Element | null} element
 * @param {string} text
 */
export function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

/**
 * Writes a number, with all its digits as the title; null leaves its place empty.
 * @param {HTMLElement} element
 * @param {number | null} value
 */
export function put(element, value, text = number(value)) {
  write(element, value === null ? "" : text);
  element.title = value === null ? "" : String(value);
}

/**
 * A cell of a table.
 * @param {"td" | "th"} tag
 * @param {string} text
 * @param {Record<string, string | number>} [attributes]
 */
export function cell(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}

/**
 * Hides the entries of a legend that have no part in the picture.
 * @param {HTMLElement} figure
 * @param {Record<string, boolean>} hidden - by the name of the entry
 */
export function hideKeys(figure, hidden) {
  for (const [name, hide] of Object.entries(hidden)) {
    for (const entry of /** @type {NodeListOf<HTMLElement>} */ (figure.querySelectorAll(`[data-key="${name}"]`))) {
      entry.hidden = hide;
    }
  }
}
