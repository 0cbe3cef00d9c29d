// The contract of a control: an element, and the calls that tell it the state.

/** @import { Stage, State } from "../types.js" */

/**
 * A control. It reads the state that it is given, and changes it by `stage.update` only. What a reader chooses is part
 * of the state; with the element stays what is folded out, scrolled or half typed.
 */
export class Control {
  /**
   * @param {Stage} stage
   * @param {HTMLElement} element - stands in the stage; its listeners go with it
   */
  constructor(stage, element) {
    this.stage = stage;
    this.element = element;
  }

  /**
   * An element of the control's own markup.
   * @template {keyof HTMLElementTagNameMap} Tag
   * @param {Tag} tag
   * @param {string} [selector] - where there are several of this tag
   * @returns {HTMLElementTagNameMap[Tag]}
   */
  part(tag, selector = tag) {
    const found = this.element.querySelector(selector);
    if (found?.localName !== tag) throw new Error(`the control has no ${tag} at ${selector}`);
    return /** @type {HTMLElementTagNameMap[Tag]} */ (found);
  }

  /**
   * Python answered: names, numbers and limits may be others.
   * @param {State} _state
   */
  set(_state) {}

  /**
   * A hand or a control moved the rate or the start: another run is shown.
   * @param {State} _state
   */
  preview(_state) {}

  /**
   * A picture is drawn; called up to 60 times a second.
   * @param {State} _state
   */
  show(_state) {}

  /**
   * A picture is drawn, at most once a second while playing: for what a screen reader says.
   * @param {State} _state
   */
  speak(_state) {}
}
