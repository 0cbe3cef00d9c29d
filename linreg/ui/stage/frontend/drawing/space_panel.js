// A panel in space. WebGL is slow to redraw, so it follows at its own pace and never holds the flat panels up.

import { untagged } from "../math/format.js";
import { nextFrame, painted } from "./animation_frames.js";
import { Panel } from "./panel.js";

/** @import { Figure, PictureSpec, PlotElement, Plotly, SpaceAxes, Stage, State } from "../types.js" */

const SPACE_CONFIG = {
  displayModeBar: false,
  typesetMath: false,
  responsive: false,
  scrollZoom: false,
  plotGlPixelRatio: Math.min(2, globalThis.devicePixelRatio ?? 1),
};
const FRAME_MS = 1000 / 60;
const MAX_WAIT_MS = 4000; // between two pictures while something moves
const PAUSE_FACTOR = 30; // times as long as a picture took to draw, until the next one while something moves

export class SpacePanel extends Panel {
  /**
   * @param {HTMLElement} figure
   * @param {PictureSpec} options
   * @param {Stage} stage
   */
  constructor(figure, options, stage) {
    super(figure, options, stage);
    this.plot = /** @type {PlotElement} */ (figure.querySelector(".lr-space"));
    /** @type {"" | "moved" | "new"} How far the picture lags behind the stage. */
    this.behind = "";
    this.busy = false;
    this.due = 0;
    this.drawn = "";
  }

  /**
   * The axes: three of them.
   * @param {State} _state
   * @returns {SpaceAxes}
   */
  axes(_state) {
    throw new Error("a panel in space has three axes");
  }

  /**
   * What is drawn, as Plotly's traces.
   * @param {State} _state
   * @returns {Figure[]}
   */
  traces(_state) {
    return [];
  }

  /**
   * What moves with a step: coordinates of the traces at these indices.
   * @param {State} _state
   * @returns {{ x: Figure[], y: Figure[], z: Figure[], indices: number[] }}
   */
  moving(_state) {
    return { x: [], y: [], z: [], indices: [] };
  }

  /**
   * Writes the words around the picture; called with every picture that a screen reader hears of.
   * @param {State} _state
   */
  describe(_state) {}

  /**
   * Says that the picture no longer shows the stage: "moved" by a step, or altogether "new".
   * @param {"moved" | "new"} what
   */
  expect(what) {
    if (this.behind !== "new") this.behind = what;
  }

  /**
   * Catches up if it is time to, and says whether it drew. While something moves, at most a thirtieth of the time goes
   * into this panel.
   * @param {() => State} now - the state at the moment of drawing
   * @param {boolean} moving
   * @param {Plotly} Plotly
   */
  async follow(now, moving, Plotly) {
    if (!this.behind || this.busy || (moving && performance.now() < this.due)) return false;
    this.busy = true;
    try {
      await painted(); // the flat panels come first
      await this.#draw(now(), Plotly);
    } catch (error) {
      this.drawn = ""; // whatever Plotly left there: the next picture is drawn whole
      throw error;
    } finally {
      this.busy = false;
    }
    return true;
  }

  /**
   * Draws what is behind, and waits as long as its cost asks for.
   * @param {State} state
   * @param {Plotly} Plotly
   */
  async #draw(state, Plotly) {
    const isNew = this.behind === "new" || !this.drawn,
      began = performance.now();
    this.behind = "";
    if (isNew && this.#isAnother(state)) await this.#set(state, Plotly);
    else {
      const { x, y, z, indices } = this.moving(state);
      await Plotly.restyle(this.plot, { x, y, z }, indices);
    }
    // Without a graphics card the drawing goes on after the call: what counts is when frames come again.
    await nextFrame();
    await nextFrame();
    const cost = Math.max(0, performance.now() - began - 2 * FRAME_MS);
    this.due = performance.now() + Math.min(MAX_WAIT_MS, PAUSE_FACTOR * cost);
  }

  /**
   * Whether axes, names, colours or what is drawn on them differ from the last time; else only what moves is drawn.
   * @param {State} state
   */
  #isAnother(state) {
    this.prepare(state);
    const { V, s, w, scale } = state.bowl;
    const layout = this.layout(state);
    const drawn = JSON.stringify([layout, state.payload.key, state.best, state.colours, scale, ...V, ...s, ...w]);
    if (drawn === this.drawn) return false;
    this.drawn = drawn;
    return true;
  }

  /**
   * @param {State} state
   * @param {Plotly} Plotly
   */
  async #set(state, Plotly) {
    await Plotly.react(this.plot, this.traces(state), this.layout(state), SPACE_CONFIG);
    this.plot.setAttribute("aria-label", this.label(state));
  }

  /** @param {State} state */
  layout(state) {
    const { ink, grid, font } = state.theme;
    const axis = { color: ink, gridcolor: grid, zeroline: false, showbackground: false, showspikes: false, nticks: 6 };
    const { x, y, z } = this.axes(state);
    /** @param {string} title */
    const text = (title) => ({ title: { text: untagged(title) } });
    return {
      autosize: true,
      uirevision: "camera", // the camera stays where the user put it
      margin: { l: 0, r: 0, t: 0, b: 0 },
      paper_bgcolor: "rgba(0,0,0,0)",
      font: { color: ink, family: font, size: state.theme.size },
      showlegend: false,
      hovermode: false,
      scene: {
        aspectmode: "cube",
        dragmode: "orbit",
        uirevision: "camera",
        camera: { eye: { x: 1.5, y: -1.5, z: 0.95 }, center: { x: 0, y: 0, z: -0.18 } },
        xaxis: { ...axis, ...x, ...text(x.title) },
        yaxis: { ...axis, ...y, ...text(y.title) },
        zaxis: { ...axis, ...z, ...text(z.title) },
      },
    };
  }

  /** @param {Plotly} Plotly */
  resize(Plotly) {
    if (this.plot._fullLayout && this.plot.clientWidth) Plotly.Plots.resize(this.plot);
  }
}
