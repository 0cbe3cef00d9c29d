// Boxes for numbers: how one is made, what is in it, and why a number is not taken.

import { number } from "../math/format.js";

const REFUSAL_MS = 4000; // that a refused number stays to be seen

/**
 * A box for a number.
 * @param {string} name - its accessible name
 */
export function numberBox(name) {
  const box = Object.assign(document.createElement("input"), { type: "number", step: "any" });
  box.setAttribute("aria-label", name);
  return box;
}

/**
 * The number in a box; NaN if there is none.
 * @param {HTMLInputElement} box
 */
export function numberIn(box) {
  const value = box.value.trim() === "" ? NaN : Number(box.value);
  return Number.isFinite(value) ? value : NaN;
}

/**
 * The number in a box if it is one to take, else NaN. An empty box gets back what was in it before at once, and one
 * whose number is refused after a while.
 * @param {HTMLInputElement} box
 * @param {(value: number) => boolean} holds
 * @param {string} words - why it is refused
 * @param {() => void} restore
 */
function taken(box, holds, words, restore) {
  const value = numberIn(box);
  if (holds(value)) return value;
  if (Number.isNaN(value)) restore();
  else refuse(box, words, restore);
  return NaN;
}

/**
 * A parameter typed into a box; NaN if it is none to take.
 * @param {HTMLInputElement} box
 * @param {number} most
 * @param {() => void} restore
 */
export const parameterOf = (box, most, restore) =>
  taken(
    box,
    (value) => Math.abs(value) <= most,
    `A parameter lies between ${number(-most)} and ${number(most)}; farther out the loss does not fit a float.`,
    restore,
  );

/**
 * A learning rate typed into a box; NaN if it is none to take.
 * @param {HTMLInputElement} box
 * @param {number} most
 * @param {() => void} restore
 */
export const rateOf = (box, most, restore) =>
  taken(
    box,
    (value) => value > 0 && value <= most,
    `A learning rate lies above 0 and is at most ${number(most)}.`,
    restore,
  );

/**
 * A seed typed into a box; NaN if it is none to take.
 * @param {HTMLInputElement} box
 * @param {number} most
 * @param {() => void} restore
 */
export const seedOf = (box, most, restore) =>
  taken(
    box,
    (value) => Number.isInteger(value) && value >= 0 && value <= most,
    `A seed is a whole number from 0 to ${most.toLocaleString("en")}.`,
    restore,
  );

/**
 * Says at a box why its number is not taken, until another one is typed or the one before comes back.
 * @param {HTMLInputElement} box
 * @param {string} words
 * @param {() => void} restore
 */
function refuse(box, words, restore) {
  box.setCustomValidity(words);
  box.reportValidity();
  const accept = () => {
    clearTimeout(waiting);
    box.setCustomValidity("");
  };
  const waiting = setTimeout(() => {
    accept();
    restore();
  }, REFUSAL_MS);
  box.addEventListener("input", accept, { once: true });
}
