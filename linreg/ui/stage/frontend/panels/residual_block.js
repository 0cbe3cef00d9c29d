// The squared residuals packed into one square: its area is TSSE, its side √TSSE.

import { FlatPanel } from "../drawing/flat_panel.js";
import { flat, key, note } from "../drawing/markup.js";
import { readRow, rowWords } from "../input/gestures.js";
import { number } from "../math/format.js";
import { joined, largest, outline, packed } from "../math/square_layout.js";

const ROOM = 1.08; // of the window beside the largest square in it

/** A free pointer on a block reads its row and lights it everywhere. */
function reading(picture) {
  const read = (at) => {
    const row = at ? picture.flat.rowAt(picture.state, at) : -1;
    return readRow(row, () => rowWords(picture.state, row, false));
  };
  return { hover: read, leave: () => read(null) };
}

export class BlockPanel extends FlatPanel {
  static figure = {
    title: "All squares in one block",
    controls: note(),
    canvas: flat,
    legend:
      key("data", "square", "one row's square, as a rectangle of the same area") +
      key("path", "square", "all of them: area TSSE") +
      key("optimum", "dash", "least TSSE", "best") +
      key("model", "dash", "TSSE of the mean", "mean"),
  };
  static gestures = reading;

  set(state) {
    super.set(state);
    this.figure.querySelector('[data-key="best"]').hidden = !state.best;
    const mean = this.figure.querySelector('[data-key="mean"]');
    mean.hidden = !(state.scene.tss > 0);
    mean.lastElementChild.textContent = state.scene.intercept ? "a level line at the mean" : "Σy²";
  }

  /** The window holds the block of now and that of the mean; a smaller block does not change it. */
  prepare({ scene, bowl, here, theme }) {
    const { tss } = scene,
      side = Math.sqrt(Math.max(here.loss / bowl.scale, tss)) || 1;
    if (!(this.side >= side) || this.key !== scene.key || this.side > 2 * side) this.side = side;
    this.key = scene.key;
    // One unit is as long across as upwards: the frame tells how many fit beside the shorter side.
    const { clientWidth, clientHeight } = this.plot;
    const width = Math.max(1, clientWidth - Math.round(6.2 * theme.size) - 10),
      height = Math.max(1, clientHeight - 6 - Math.round(3.3 * theme.size));
    const most = ROOM * this.side,
      unit = most / Math.min(width, height);
    this.xRange = [-0.03 * most, unit * width - 0.03 * most];
    this.yRange = [-0.03 * most, unit * height - 0.03 * most];
  }

  axes() {
    return { x: { range: this.xRange, title: "" }, y: { range: this.yRange, title: "" } }; // neither is y: only areas count
  }

  label(state) {
    const tsse = this.#tsse(state);
    return `The squared residuals as one block: its area is TSSE, ${number(tsse)}, its side ${number(Math.sqrt(tsse))}`;
  }

  note(state) {
    const tsse = this.#tsse(state);
    return `area ${number(tsse)} = ${number(Math.sqrt(tsse))}²`;
  }

  #tsse({ here, bowl }) {
    return here.loss / bowl.scale;
  }

  /** Where each row's block lies, [x, y, width, height] from the lower left corner; the rows that are not drawn share one. */
  #blocks(state) {
    const { scene, here } = state,
      fitted = scene.fit(here.theta);
    const residuals = fitted.map((value, i) => scene.y[i] - value);
    const order = largest(residuals),
      areas = order.map((i) => residuals[i] ** 2);
    const rest = this.#tsse(state) - areas.reduce((sum, area) => sum + area, 0);
    if (scene.shown < scene.n && rest > 0) {
      const at = areas.findIndex((area) => area < rest),
        place = at < 0 ? areas.length : at;
      areas.splice(place, 0, rest);
      order.splice(place, 0, -1);
    }
    const side = Math.sqrt(areas.reduce((sum, area) => sum + area, 0));
    return packed(areas).map(([x, y, w, h], m) => ({ row: order[m], x, y: side - y - h, w, h }));
  }

  rowAt(state, { x, y }) {
    return (
      this.#blocks(state).find(
        (block) => x >= block.x && x <= block.x + block.w && y >= block.y && y <= block.y + block.h,
      )?.row ?? -1
    );
  }

  traces(state) {
    const { scene, colours, hoverRow, best } = state;
    const blocks = this.#blocks(state),
      side = Math.sqrt(this.#tsse(state));
    const drawn = joined(blocks.map(({ x, y, w, h }) => outline(x, y, x + w, y + h)));
    const lit = hoverRow === null ? [] : blocks.filter(({ row }) => row === hoverRow);
    const square = (size) => outline(0, 0, size, size);
    const none = { x: [], y: [] };
    return [
      { ...drawn, moves: "step", mode: "lines", fill: colours.data, line: { color: colours.data, width: 1 } },
      { ...square(side), moves: "step", mode: "lines", line: { color: colours.path, width: 2.5 } },
      {
        ...(scene.tss > 0 ? square(Math.sqrt(scene.tss)) : none),
        moves: "step",
        mode: "lines",
        line: { color: colours.model, width: 2, dash: "dot" },
      },
      {
        ...(best ? square(Math.sqrt(scene.bestTsse)) : none),
        moves: "step",
        mode: "lines",
        line: { color: colours.optimum, width: 2, dash: "dash" },
      },
      {
        ...joined(lit.map(({ x, y, w, h }) => outline(x, y, x + w, y + h))),
        moves: "step",
        mode: "lines",
        fill: colours.gradient,
        line: { color: colours.gradient, width: 2.5 },
      },
    ];
  }
}
