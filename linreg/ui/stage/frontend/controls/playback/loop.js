// The loop of training as a strip of boxes with their numbers. They light as the run goes round, and open their pages.

import { element, write } from "../../drawing/markup.js";
import { count } from "../../math/format.js";
import { Control } from "../control.js";
import { BOXES, lit, valuesOf } from "./loop_boxes.js";

/**
 * @import { BoxName } from "../../payload.js"
 * @import { Stage, State } from "../../types.js"
 */

const TITLES = { data: "Data", model: "Model", loss: "Loss", gradient: "Gradient", update: "Update", stop: "Stop?" };

export class LoopControl extends Control {
  /** @param {Stage} stage */
  constructor(stage) {
    super(
      stage,
      element(`
      <nav class="lr-loop" aria-label="The loop of training">
        <ol>${BOXES.map((box) => `<li><a data-box="${box}"><b>${TITLES[box]}</b><span></span></a></li>`).join("")}</ol>
        <p class="lr-again"><span></span></p>
        <p class="lr-page-place"></p>
      </nav>`),
    );
    this.again = this.part("span", ".lr-again span");
    this.place = this.part("p", ".lr-page-place");
    this.boxes = /** @type {HTMLAnchorElement[]} */ ([...this.element.querySelectorAll("a")]);
    this.values = this.boxes.map((box) => box.querySelector("span"));
    /** @type {HTMLAnchorElement | undefined} The box that was last brought into view. */
    this.seen = undefined;
    for (const box of this.boxes) box.addEventListener("click", (event) => this.#open(event, box));
  }

  /** @param {State} state */
  set({ payload }) {
    const { box, place } = this.stage.layout;
    write(this.place, place);
    for (const each of this.boxes) {
      const name = nameOf(each);
      each.href = `${name}?${payload.link}`;
      if (name === box) each.setAttribute("aria-current", this.#isOpen(each) ? "page" : "true");
    }
    if (!this.seen) this.#bring(this.boxes.find((each) => nameOf(each) === box));
  }

  /**
   * Whether the page of a box is open: two pages are about the update, and one of them is its own.
   * @param {HTMLElement} box
   */
  #isOpen(box) {
    return nameOf(box) === this.stage.layout.name;
  }

  /**
   * Brings a box into view where the strip is wider than the page, which itself does not move.
   * @param {HTMLAnchorElement | undefined} box
   */
  #bring(box) {
    if (!box || box === this.seen) return;
    this.seen = box;
    const strip = this.element.getBoundingClientRect(),
      { left, width } = box.getBoundingClientRect();
    this.element.scrollLeft += left + width / 2 - (strip.left + strip.width / 2);
  }

  /** @param {State} state */
  show(state) {
    const { playing, moment, t, run, still } = state,
      values = valuesOf(state),
      now = lit(state);
    this.boxes.forEach((box, k) => {
      const name = nameOf(box);
      write(this.values[k], values[name]);
      box.classList.toggle("lr-now", name === now);
      if (name === now) this.#bring(box);
    });
    this.element.classList.toggle("lr-spinning", playing && moment === null);
    write(this.again, still ? "and again" : `step ${count(t)} of ${count(run.last)}`);
  }

  /**
   * Opens a box's page without loading the app again; with a key held it opens as any link does.
   * @param {MouseEvent} event
   * @param {HTMLAnchorElement} box
   */
  #open(event, box) {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!this.#isOpen(box)) this.stage.send({ page: nameOf(box) });
  }
}

/** @param {HTMLElement} box */
const nameOf = (box) => /** @type {BoxName} */ (box.dataset.box);
