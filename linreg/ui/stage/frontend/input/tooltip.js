// The note beside the pointer on a flat panel.

/** @import { Place } from "../types.js" */

/**
 * Writes the note at a pointer; without a place it closes.
 * @param {{ figure: HTMLElement, frame: import("../drawing/plot_area.js").PlotArea }} panel
 * @param {Place | null} at
 * @param {string} text - lines
 */
export function tip({ figure, frame }, at, text) {
  const note = /** @type {HTMLElement} */ (figure.querySelector(".lr-tip"));
  note.hidden = !at;
  if (!at) return;
  note.textContent = text;
  const box = /** @type {HTMLElement} */ (note.parentElement).getBoundingClientRect();
  const x = at.px + frame.margin.l,
    y = at.py + frame.margin.t;
  const left = x + 16 + note.offsetWidth > box.width ? x - 16 - note.offsetWidth : x + 16;
  note.style.left = `${Math.max(0, left)}px`;
  note.style.top = `${Math.max(0, Math.min(y - 10, box.height - note.offsetHeight))}px`;
}
