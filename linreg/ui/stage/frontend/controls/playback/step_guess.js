// The control to predict, then step: a mark in the plane, a number or a direction; the step runs, and the verdict says
// how far off the guess was.

import { element, write } from "../../drawing/markup.js";
import { numberBox, numberIn } from "../../input/number_box.js";
import { next } from "../../math/phases.js";
import { isOpen, judge, line, scoreOf, summaryOf, verdict } from "../../math/step_guess.js";
import { Control } from "../control.js";

/**
 * @import { Score } from "../../math/step_guess.js"
 * @import { StepGuess, Stage, State } from "../../types.js"
 */

const LISTED_SCORES = 6;

/** @type {Score[]} The guesses of this browser tab, newest first; they outlive a visit to another page. */
const scores = [];

export class StepGuessControl extends Control {
  /** @param {Stage} stage */
  constructor(stage) {
    super(
      stage,
      element(`
      <div class="lr-guess" role="group" aria-label="Predict, then step">
        <p><b>Predict, then step</b> <span class="lr-guess-how"></span></p>
        <div class="lr-guess-boxes"></div>
        <div class="lr-guess-ways" role="group"><span></span><button type="button" data-way="up"
          aria-pressed="false">up</button><button type="button" data-way="down" aria-pressed="false">down</button></div>
        <button type="button" class="lr-guess-go">Take the step</button>
        <p class="lr-guess-verdict" aria-live="polite"></p>
        <details class="lr-guess-scores"><summary></summary><ol></ol></details>
      </div>`),
    );
    this.how = this.part("span", ".lr-guess-how");
    this.boxes = this.part("div", ".lr-guess-boxes");
    this.ways = this.part("div", ".lr-guess-ways");
    this.question = this.part("span", ".lr-guess-ways > span");
    this.up = this.part("button", "[data-way=up]");
    this.down = this.part("button", "[data-way=down]");
    this.go = this.part("button", ".lr-guess-go");
    this.verdict = this.part("p", ".lr-guess-verdict");
    this.scores = this.part("details");
    this.names = "";
    /** @type {number[]} The parameters that are asked for. */
    this.asked = [];
    /** @type {HTMLInputElement[]} A box for each. */
    this.inputs = [];
    /** @type {State["guess"]} */
    this.written = null;
    this.listed = -1;
    this.up.addEventListener("click", () => this.#say("up"));
    this.down.addEventListener("click", () => this.#say("down"));
    this.go.addEventListener("click", () => (isOpen(stage.state) ? this.#take() : this.#another()));
  }

  /** @param {State} state */
  set({ payload, pair }) {
    const asked = [...new Set(pair)];
    const names = JSON.stringify([payload.paramNames, asked]);
    if (names !== this.names) {
      this.names = names;
      this.asked = asked;
      this.inputs = asked.map((j) => numberBox(`Your guess for ${payload.paramNames[j]}`));
      this.boxes.replaceChildren(...this.inputs.map((input, k) => this.#labelled(input, payload.params[asked[k]])));
    }
    const last = payload.params[this.#last];
    write(this.question, `or just guess the direction of ${last}:`);
    this.ways.setAttribute("aria-label", `Where ${last} goes`);
    const all = asked.map((j) => payload.params[j]).join(" and ");
    write(this.how, `Where will this step take ${all}? Click in the picture of the parameters, or type:`);
  }

  /** The parameter whose way up or down is guessed. */
  get #last() {
    return this.asked[this.asked.length - 1];
  }

  /**
   * @param {HTMLInputElement} input
   * @param {string} name
   */
  #labelled(input, name) {
    const label = document.createElement("label");
    input.addEventListener("input", () => this.#typed());
    label.append(`next ${name}`, input);
    return label;
  }

  #typed() {
    const filled = this.asked
      .map((j, k) => ({ j, value: numberIn(this.inputs[k]) }))
      .filter(({ value }) => !Number.isNaN(value));
    const guess = filled.length
      ? {
          step: this.stage.state.t,
          parameters: filled.map(({ j }) => j),
          values: filled.map(({ value }) => value),
        }
      : null;
    this.written = guess; // the boxes hold it already, and a number that is half typed stays
    this.stage.update({ guess });
  }

  /** @param {"up" | "down"} way */
  #say(way) {
    this.stage.update({ guess: { step: this.stage.state.t, parameters: [this.#last], way } });
  }

  /**
   * One unit of each parameter: as wide as the picture, so that a distance is the one that is seen.
   * @param {number[]} parameters
   */
  #units(parameters) {
    const { pictures, state } = this.stage;
    const window = pictures.map(({ flat }) => flat?.guessWindow()).find(Boolean);
    if (!window) throw new Error("no picture takes guesses");
    return parameters.map((j) => {
      const [low, high] = j === state.pair[0] ? window.x : window.y;
      return high - low;
    });
  }

  #take() {
    const { stage } = this,
      { state } = stage,
      { guess, payload, here } = state;
    if (!guess) return;
    const { step, parameters, values = [], way = null } = guess;
    const units = guess.values ? this.#units(parameters) : [];
    const judged = judge({ ...guess, units }, here.theta, next(state).theta, payload.constants.correctShare);
    /** @type {StepGuess} */
    const taken = { ...guess, units, ...judged, taken: true };
    this.written = taken;
    scores.unshift(scoreOf(taken, payload.params));
    stage.send({ guess: { step, parameters, values, units, way } });
    stage.update({ guess: taken });
  }

  #another() {
    this.stage.update({ step: this.stage.state.t + 1, playing: false });
  }

  /** @param {State} state */
  show(state) {
    const { t, run, guess } = state,
      open = isOpen(state),
      over = t >= run.last;
    this.#write(guess);
    for (const part of [...this.inputs, this.up, this.down]) part.disabled = !open;
    this.up.setAttribute("aria-pressed", String(guess?.way === "up"));
    this.down.setAttribute("aria-pressed", String(guess?.way === "down"));
    write(this.go, open ? "Take the step" : "Predict the next step");
    this.go.disabled = open ? !guess : over;
    const hint = over ? "The run ends here; go back for another step." : "Predict the next step instead.";
    const late = open ? "" : `The picture shows where it lands. ${hint}`;
    write(this.verdict, guess?.taken ? verdict(guess) : late);
    this.#list();
  }

  /**
   * Writes into the boxes what was marked in the picture; they are empty where nothing, or only a way, is guessed.
   * @param {State["guess"]} guess
   */
  #write(guess) {
    if (guess === this.written) return;
    this.written = guess;
    this.inputs.forEach((input, k) => {
      const at = guess?.values ? guess.parameters.indexOf(this.asked[k]) : -1;
      input.value = at < 0 ? "" : String(guess?.values?.[at]);
    });
  }

  #list() {
    this.scores.hidden = scores.length === 0;
    if (this.listed === scores.length) return;
    this.listed = scores.length;
    write(this.part("summary"), summaryOf(scores));
    this.part("ol").replaceChildren(
      ...scores
        .slice(0, LISTED_SCORES)
        .map((each) => Object.assign(document.createElement("li"), { textContent: line(each) })),
    );
  }
}
