// Predict, then step: a mark in the plane, a number or a direction; the step runs and says how far off it was.

import { element, write } from "../drawing/markup.js";
import { numberBox, numberIn } from "../input/number_box.js";
import { count, counted } from "../math/format.js";
import { GRADIENT, next } from "../math/phases.js";
import { brief, isOpen, judge, percentOf, verdict } from "../math/step_guess.js";
import { Control } from "./control.js";

const MOST = 6; // entries of the list
const scores = []; // of this browser tab, newest first; they outlive a visit to another page

export class Guess extends Control {
  constructor(stage) {
    super(
      stage,
      element(`
      <div class="lr-guess" role="group" aria-label="Predict, then step">
        <p><b>Predict, then step</b> <span class="lr-guess-how"></span></p>
        <div class="lr-guess-boxes"></div>
        <div class="lr-guess-ways" role="group"><span></span><button type="button" data-way="up" aria-pressed="false">up</button><button type="button" data-way="down" aria-pressed="false">down</button></div>
        <button type="button" class="lr-guess-go">Take the step</button>
        <p class="lr-guess-verdict" aria-live="polite"></p>
        <details class="lr-guess-scores"><summary></summary><ol></ol></details>
      </div>`),
    );
    const find = (selector) => this.element.querySelector(selector);
    [this.how, this.boxes, this.ways, this.go, this.verdict, this.scores] = [
      ".lr-guess-how",
      ".lr-guess-boxes",
      ".lr-guess-ways",
      ".lr-guess-go",
      ".lr-guess-verdict",
      ".lr-guess-scores",
    ].map(find);
    for (const button of this.ways.querySelectorAll("button"))
      button.addEventListener("click", () => this.#towards(button.dataset.way));
    this.go.addEventListener("click", () => (isOpen(stage.state) ? this.#take() : this.#another()));
  }

  set(state) {
    const { scene, pair } = state,
      asked = [...new Set(pair)];
    const said = JSON.stringify([scene.paramNames, asked]);
    if (said !== this.said) {
      this.said = said;
      this.asked = asked;
      this.boxes.replaceChildren(...asked.map((j) => this.#box(scene.params[j], scene.paramNames[j])));
    }
    this.about = asked[asked.length - 1];
    write(this.ways.firstElementChild, `or only say where ${scene.params[this.about]} goes:`);
    this.ways.setAttribute("aria-label", `Where ${scene.params[this.about]} goes`);
    write(
      this.how,
      `Where will this step take ${asked.map((j) => scene.params[j]).join(" and ")}? Click in the picture of the parameters, or type:`,
    );
  }

  #box(name, longName) {
    const label = document.createElement("label"),
      box = numberBox(`Your guess for ${longName}`);
    box.addEventListener("input", () => this.#typed());
    label.append(`next ${name}`, box);
    return label;
  }

  get #fields() {
    return [...this.boxes.querySelectorAll("input")];
  }

  #typed() {
    const filled = this.#fields
      .map((box, k) => [this.asked[k], numberIn(box)])
      .filter(([, value]) => !Number.isNaN(value));
    this.#guess(
      filled.length
        ? { step: this.stage.state.t, parameters: filled.map(([j]) => j), values: filled.map(([, value]) => value) }
        : null,
    );
  }

  /** Changes the guess to what is written in the boxes. */
  #guess(guess) {
    this.written = guess;
    this.stage.update({ guess });
  }

  #towards(way) {
    this.stage.update({ guess: { step: this.stage.state.t, parameters: [this.about], way } });
  }

  /** One unit of each parameter: as wide as the picture, so that a distance is the one that is seen. */
  #units(parameters) {
    const window = this.stage.pictures.map(({ flat }) => flat?.guessWindow()).find(Boolean);
    return parameters.map((j) => {
      const [low, high] = j === this.stage.state.pair[0] ? window.x : window.y;
      return high - low;
    });
  }

  #take() {
    const { stage } = this,
      { guess, here, scene } = stage.state;
    const units = guess.values ? this.#units(guess.parameters) : [];
    const verdict = judge({ ...guess, units }, here.theta, next(stage.state).theta, scene.constants.closeGuess);
    const taken = { ...guess, taken: true, units, ...verdict };
    scores.unshift({ ...taken, what: this.#what(taken, scene) });
    const { step, parameters, values = [], way = null } = guess;
    stage.send({ guess: { step, parameters, values, units, way } });
    this.#guess(taken);
  }

  #what({ parameters, way }, { params }) {
    const names = parameters.map((j) => params[j]).join(", ");
    return way ? `${names} goes ${way}` : names;
  }

  #another() {
    const { stage } = this;
    stage.update({ step: stage.state.t + 1, playing: false });
  }

  show(state) {
    const { t, run, phase, guess } = state,
      open = isOpen(state),
      over = t >= run.last;
    if (guess !== this.written) this.#write(guess);
    for (const control of [...this.#fields, ...this.ways.querySelectorAll("button")]) control.disabled = !open;
    for (const button of this.ways.querySelectorAll("button"))
      button.setAttribute("aria-pressed", String(guess?.way === button.dataset.way));
    write(this.go, open ? "Take the step" : "Predict the next step");
    this.go.disabled = open ? !guess : over;
    const late =
      !open && !guess?.taken
        ? `The picture shows where it lands. ${over ? "The run ends here; go back for another step." : "Predict the next step instead."}`
        : "";
    write(this.verdict, guess?.taken ? verdict(guess) : late);
    this.#list();
    if (phase === GRADIENT && !guess)
      for (const box of this.#fields) if (document.activeElement !== box) box.value = "";
  }

  /** Writes a guess into the boxes that was made elsewhere: in the picture, or about the step before. */
  #write(guess) {
    this.written = guess;
    this.#fields.forEach((box, k) => {
      box.value = guess?.values?.[guess.parameters.indexOf(this.asked[k])] ?? "";
    });
  }

  #list() {
    this.scores.hidden = scores.length === 0;
    const shares = scores.map(({ share }) => share).filter(Number.isFinite),
      right = scores.filter(({ correct }) => correct).length;
    const mean = shares.length
      ? `, on average ${percentOf(shares.reduce((sum, share) => sum + share, 0) / shares.length)} of a step away`
      : "";
    write(
      this.scores.firstElementChild,
      `Your score: ${right} right of ${counted(scores.length, "guess").replace("guesss", "guesses")}${mean}`,
    );
    const said = scores.slice(0, MOST).map((each) => `step ${count(each.step)}, ${each.what}: ${brief(each)}`);
    const list = this.scores.lastElementChild;
    if (list.dataset.said === said.join()) return;
    list.dataset.said = said.join();
    list.replaceChildren(...said.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  }
}
