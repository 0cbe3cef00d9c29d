// Boxes for numbers: how one is made, what is in it, and why a number is not taken.

import { number } from "../math/format.js";

const TOLD = 4000; // milliseconds that a refused number stays to be seen

/** A box for a number under this accessible name. */
export function numberBox(name) {
  const box = Object.assign(document.createElement("input"), { type: "number", step: "any" });
  box.setAttribute("aria-label", name);
  return box;
}

/** The number in a box; NaN if there is none. */
export function numberIn(box) {
  const value = box.value.trim() === "" ? NaN : Number(box.value);
  return Number.isFinite(value) ? value : NaN;
}

/**
 * The number in a box if it `holds`, else NaN: an empty box gets back what was in it before by `restore`, and so does, after
 * a while, one whose number is refused in these words.
 */
function taken(box, holds, words, restore) {
  const value = numberIn(box);
  if (holds(value)) return value;
  if (Number.isNaN(value)) restore();
  else refuse(box, words, restore);
  return NaN;
}

export const parameterOf = (box, largest, restore) =>
  taken(
    box,
    (value) => Math.abs(value) <= largest,
    `A parameter lies between ${number(-largest)} and ${number(largest)}; farther out the loss does not fit a float.`,
    restore,
  );

export const rateOf = (box, largest, restore) =>
  taken(
    box,
    (value) => value > 0 && value <= largest,
    `A learning rate lies above 0 and is at most ${number(largest)}.`,
    restore,
  );

export const seedOf = (box, most, restore) =>
  taken(
    box,
    (value) => Number.isInteger(value) && value >= 0 && value <= most,
    `A seed is a whole number from 0 to ${most.toLocaleString("en")}.`,
    restore,
  );

/** Says at a box why its number is not taken, until another one is typed or the one before comes back. */
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
  }, TOLD);
  box.addEventListener("input", accept, { once: true });
}
