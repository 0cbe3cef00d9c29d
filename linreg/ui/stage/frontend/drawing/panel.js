// The contract of a panel, flat or in space.

/** @import { Axes, PictureSpec, Range, Stage, State } from "../types.js" */

/**
 * One panel of a picture. For a state it says what is to be seen, but does not draw: `FlatPanel` and `SpacePanel`
 * do that. `prepare` sets what the other methods read from `this`, ranges above all; it runs whenever axes may change.
 *
 * What a reader chooses is part of `State`, and changes by `stage.update` only. A panel keeps what follows from the
 * states it was shown: ranges, what is drawn, the window that stays while a hand moves the model.
 */
export class Panel {
  /**
   * What of the axes is seen; `prepare` sets it.
   * @type {Range}
   */
  xRange = [0, 1];

  /** @type {Range} */
  yRange = [0, 1];

  /**
   * @param {HTMLElement} figure - the picture's element, see `figure` in markup.js
   * @param {PictureSpec} options - what Python asked for, options of this kind of panel among it
   * @param {Stage} stage
   */
  constructor(figure, options, stage) {
    this.figure = figure;
    this.options = options;
    this.stage = stage;
  }

  /**
   * Works out ranges and what else depends on the data and the run.
   * @param {State} _state
   */
  prepare(_state) {}

  /**
   * The axes, with their ranges and titles.
   * @param {State} _state
   * @returns {Axes}
   */
  axes(_state) {
    throw new Error("a panel has axes");
  }

  /**
   * The picture in a sentence, for those who do not see it.
   * @param {State} _state
   * @returns {string}
   */
  label(_state) {
    throw new Error("a panel has a label");
  }

  /**
   * Whether the picture is seen in space: of a flat panel, whether one in space lies over it.
   * @param {State} _state
   */
  inSpace(_state) {
    return false;
  }
}
