// The loss over one parameter while the others stay where the hand left them: a parabola.

import { extent, FlatPanel, marker, padded, spot } from "../drawing/flat_panel.js";
import { fill, flat, key, note } from "../drawing/markup.js";
import { number } from "../math/format.js";

/** A drag along the parabola sets its parameter. */
function sliding(picture) {
  const { flat } = picture;
  const move = (at) => {
    const theta = Float64Array.from(picture.state.run.at(0).theta),
      [low, high] = flat.xRange;
    theta[flat.j] = Number(Math.min(high, Math.max(low, at.x)).toPrecision(4));
    return { start: theta };
  };
  return {
    down: (at, event) => {
      const { theta, loss } = picture.state.here;
      if (event.pointerType === "touch" && flat.distance(at, theta[flat.j], loss) > 26) return null; // a swipe scrolls
      return { held: { by: "start" }, begin: move(at), move, end: () => ({ ask: "start" }) };
    },
  };
}

export class ParabolaPanel extends FlatPanel {
  static figure = {
    title: "Loss",
    controls: `<label>over <select aria-label="Parameter of the parabola"></select></label>${note()}`,
    canvas: flat,
    legend:
      key("path", "line", "loss") +
      key("model", "point", "your model") +
      key("optimum", "diamond", "lowest while the others stay"),
  };
  static gestures = sliding;

  j = 0;

  set(state) {
    const { scene, bowl } = state,
      select = this.figure.querySelector("select");
    if (this.key !== scene.key) this.j = Math.min(scene.offset, bowl.p - 1); // a weight says more than the intercept
    this.key = scene.key;
    fill(
      select,
      scene.paramNames.map((name, j) => [j, name]),
    );
    select.value = this.j;
    select.onchange = () => {
      this.j = Number(select.value);
      this.stage.update({ redraw: true });
    };
    this.figure.hidden = bowl.p === 1; // the plane of a single parameter is this parabola
    super.set(state);
  }

  prepare(state) {
    const { bowl, here, tries, scene } = state,
      { j } = this;
    const { at, curvature } = bowl.along(here.theta, j);
    const least = curvature > 0 ? 0.5 * Math.sqrt((bowl.scale * scene.tss) / curvature) : 0;
    const values = [here.theta[j], at, at - least, at + least, ...tries.map((theta) => theta[j])];
    this.xRange = padded(...extent(values), 0.15);
    const highest = Math.max(...this.xRange.map((value) => this.#loss(state, value)), here.loss);
    this.yRange = [-0.05 * highest, 1.05 * highest || 1];
  }

  #loss({ bowl, here }, value) {
    const { at, low, curvature } = bowl.along(here.theta, this.j);
    return low + curvature * (value - at) ** 2;
  }

  axes({ scene }) {
    return {
      x: { range: this.xRange, title: scene.paramLabels[this.j] },
      y: { range: this.yRange, title: scene.lossLabel },
    };
  }

  label({ scene, bowl, here }) {
    const { at, low } = bowl.along(here.theta, this.j),
      name = scene.params[this.j];
    return `${scene.lossName} over ${name}, a parabola: ${number(here.loss, 5)} at your ${name} = ${number(here.theta[this.j], 4)}, lowest ${number(low, 5)} at ${number(at, 4)}`;
  }

  note({ scene, bowl, here }) {
    const { at, curvature } = bowl.along(here.theta, this.j),
      name = scene.params[this.j];
    if (!(curvature > 0)) return `flat: ${name} changes nothing here`;
    const others = scene.params.filter((_, j) => j !== this.j);
    const held =
      others.length === 0 ? "" : others.length === 1 ? ` while ${others[0]} stays` : " while the others stay";
    return `lowest at ${name} = ${number(at, 4)}${held}`;
  }

  traces(state) {
    const { bowl, here, colours, theme } = state,
      [low, high] = this.xRange;
    const x = Array.from({ length: 101 }, (_, m) => low + ((high - low) * m) / 100);
    const lowest = bowl.along(here.theta, this.j);
    return [
      {
        x,
        y: x.map((value) => this.#loss(state, value)),
        moves: "step",
        mode: "lines",
        line: { color: colours.path, width: 2.5 },
      },
      {
        x: lowest.curvature > 0 ? [lowest.at] : [],
        y: [lowest.low],
        moves: "step",
        mode: "markers",
        marker: marker("diamond", colours.optimum, 12),
      },
      {
        ...spot(this.xRange, this.yRange, here.theta[this.j], here.loss, colours.model, 12, theme.page),
        moves: "step",
      },
    ];
  }
}
