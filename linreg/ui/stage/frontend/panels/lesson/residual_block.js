// The squared residuals packed into one square: its area is TSSE, its side √TSSE.

import { FlatPanel } from "../../drawing/flat_panel.js";
import { flat, hideKeys, key, note } from "../../drawing/markup.js";
import { areaOf } from "../../drawing/plot_area.js";
import { readRow, rowWords } from "../../input/gestures.js";
import { number } from "../../math/format.js";
import { squareWindow } from "../../math/geometry/equal_scale.js";
import { joined, outline, residualBlocks } from "../../math/geometry/square_layout.js";
import { line, NOTHING } from "../traces.js";

/** @import { Axes, FlatPicture, Gestures, Place, State } from "../../types.js" */

/**
 * A free pointer on a block reads its row and lights it everywhere.
 * @param {FlatPicture<ResidualBlockPanel>} picture
 * @returns {Gestures}
 */
function reading(picture) {
  /** @param {Place | null} at */
  const read = (at) => {
    const row = at ? picture.flat.rowAt(picture.state, at) : -1;
    return readRow(row, () => rowWords(picture.state, row, false));
  };
  return { hover: read, leave: () => read(null) };
}

export class ResidualBlockPanel extends FlatPanel {
  static figure = {
    title: "All squares in one block",
    controls: note(),
    canvas: flat,
    legend:
      key("data", "square", "one row's square, as a rectangle of the same area") +
      key("path", "square", "all of them: area TSSE") +
      key("optimum", "dash", "least TSSE", "best") +
      key("model", "dash", "TSSE of always predicting the mean", "mean"),
  };
  static gestures = reading;

  side = 0; // of the largest square for which there is room
  key = ""; // of the data that the window is for

  /** @param {State} state */
  set(state) {
    super.set(state);
    const { payload, best } = state;
    hideKeys(this.figure, { best: !best, mean: !(payload.tss > 0) });
    const mean = this.figure.querySelector('[data-key="mean"] > span');
    if (mean) mean.textContent = payload.intercept ? "always predicting the mean" : "Σy²";
  }

  /**
   * The window holds the block of now and that of the mean; it stays until a block has no room or only half of it.
   * @param {State} state
   */
  prepare(state) {
    const { payload, theme } = state;
    const side = Math.sqrt(Math.max(tsseOf(state), payload.tss)) || 1;
    if (this.key !== payload.key || this.side < side || this.side > 2 * side) this.side = side;
    this.key = payload.key;
    Object.assign(this, squareWindow(this.side, areaOf(this.plot, theme.size)));
  }

  /** @returns {Axes} */
  axes() {
    // Neither axis is y: only areas count.
    return { x: { range: this.xRange, title: "" }, y: { range: this.yRange, title: "" } };
  }

  /** @param {State} state */
  label(state) {
    const tsse = tsseOf(state);
    const area = `its area is TSSE, ${number(tsse)}, its side ${number(Math.sqrt(tsse))}`;
    return `The squared residuals as one block: ${area}`;
  }

  /** @param {State} state */
  note(state) {
    const tsse = tsseOf(state);
    return `area ${number(tsse)} = ${number(Math.sqrt(tsse))}²`;
  }

  /**
   * Where each row's block lies.
   * @param {State} state
   */
  #blocks(state) {
    const { payload, here } = state;
    const residuals = payload.fit(here.theta).map((fitted, i) => payload.y[i] - fitted);
    const drawn = residuals.reduce((sum, residual) => sum + residual ** 2, 0);
    return residualBlocks(residuals, payload.shown < payload.n ? tsseOf(state) - drawn : 0);
  }

  /**
   * The row whose block lies under a pointer, or −1.
   * @param {State} state
   * @param {{ x: number, y: number }} at
   */
  rowAt(state, { x, y }) {
    const under = this.#blocks(state).find(
      (block) => x >= block.x && x <= block.x + block.w && y >= block.y && y <= block.y + block.h,
    );
    return under?.row ?? -1;
  }

  /** @param {State} state */
  traces(state) {
    const { payload, colours, hoverRow, best } = state;
    const blocks = this.#blocks(state);
    const lit = hoverRow === null ? [] : blocks.filter(({ row }) => row === hoverRow);
    const mean = payload.tss > 0 ? square(payload.tss) : NOTHING;
    return [
      { ...line(outlines(blocks), "step", colours.data, 1), fill: colours.data },
      line(square(tsseOf(state)), "step", colours.path, 2.5),
      line(mean, "step", colours.model, 2, "dot"),
      line(best ? square(payload.bestTsse) : NOTHING, "step", colours.optimum, 2, "dash"),
      { ...line(outlines(lit), "step", colours.gradient, 2.5), fill: colours.gradient },
    ];
  }
}

/** @param {State} state */
const tsseOf = ({ here, bowl }) => here.loss / bowl.scale;

/** @param {number} area */
const square = (area) => outline(0, 0, Math.sqrt(area), Math.sqrt(area));

/** @param {{ x: number, y: number, w: number, h: number }[]} blocks */
const outlines = (blocks) => joined(blocks.map(({ x, y, w, h }) => outline(x, y, x + w, y + h)));
