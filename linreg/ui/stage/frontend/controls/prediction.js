// A prediction for a new x: a box per feature, and the arithmetic that anyone can do again by hand.

import { element, write } from "../drawing/markup.js";
import { numberBox, numberIn } from "../input/number_box.js";
import { factor, inUnit, number } from "../math/format.js";
import { Control } from "./control.js";

/** @import { Stage, State } from "../types.js" */

export class PredictionControl extends Control {
  /** @param {Stage} stage */
  constructor(stage) {
    super(
      stage,
      element(`
      <div class="lr-predict" role="group" aria-label="Predict a new x">
        <b>Predict a new x</b><div class="lr-predict-boxes"></div><p class="lr-arithmetic"></p>
      </div>`),
    );
    this.boxes = this.part("div", ".lr-predict-boxes");
    this.words = this.part("p");
    /** @type {HTMLInputElement[]} */
    this.inputs = [];
    this.key = "";
    /** @type {State["newX"]} */
    this.written = null;
  }

  /** @param {State} state */
  set({ payload }) {
    if (this.key === payload.key) return;
    this.key = payload.key;
    this.inputs = payload.features.map((name, j) => this.#input(name, j));
    this.boxes.replaceChildren(...this.inputs.map((input, j) => labelled(input, payload.featureLabels[j])));
    this.written = null;
  }

  /**
   * @param {string} name
   * @param {number} j
   */
  #input(name, j) {
    const input = numberBox(`New ${name}`);
    input.addEventListener("change", () => {
      const newX = this.stage.state.newX ?? [];
      const value = numberIn(input);
      if (Number.isNaN(value)) this.#write(newX);
      else this.stage.update({ newX: newX.map((old, k) => (k === j ? value : old)) });
    });
    return input;
  }

  /** @param {readonly number[]} newX */
  #write(newX) {
    this.written = newX;
    this.inputs.forEach((input, j) => {
      input.value = String(newX[j]);
    });
  }

  /** @param {State} state */
  show(state) {
    const { newX } = state;
    if (!newX) return;
    if (this.written !== newX) this.#write(newX); // otherwise a number half typed would be lost
    write(this.words, arithmeticOf(state, newX));
  }
}

/**
 * The prediction as a rule, with numbers, and its value.
 * @param {Pick<State, "payload" | "here">} state
 * @param {readonly number[]} newX
 */
export function arithmeticOf({ payload, here: { theta } }, newX) {
  const { offset, params, M, symbols } = payload,
    { arithmeticDigits: digits } = payload.constants;
  const letters = M === 1 ? ["x"] : newX.map((_, j) => `x${j + 1}`);
  const rule = [...params.slice(0, offset), ...letters.map((x, j) => `${params[j + offset]}·${x}`)].join(" + ");
  const numbers = [
    ...(offset ? [number(theta[0], digits)] : []),
    ...newX.map((x, j) => `${factor(theta[j + offset], digits)}·${factor(x, digits)}`),
  ].join(" + ");
  const value = inUnit(number(payload.predict(theta, newX), digits), payload.units.target);
  return `${symbols.fitted} = ${rule}\n= ${numbers}\n= ${value}`;
}

/**
 * @param {HTMLInputElement} input
 * @param {string} text
 */
function labelled(input, text) {
  const label = document.createElement("label"),
    words = document.createElement("span");
  words.textContent = text;
  label.title = text;
  label.append(words, input);
  return label;
}
