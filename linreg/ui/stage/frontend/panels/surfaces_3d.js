// The two pictures in space: the bowl over two parameters, and for two features the fitted plane over the rows.

import { extent, padded, within, withStart } from "../drawing/flat_panel.js";
import { key, note, space, write } from "../drawing/markup.js";
import { SpacePanel } from "../drawing/space_panel.js";
import { measured, number } from "../math/format.js";
import { hideKeys, thetaWindow } from "./theta_plane.js";

const RINGS = 14,
  SPOKES = 40;

const dots = (color, size, symbol) => ({
  type: "scatter3d",
  mode: "markers",
  hoverinfo: "skip",
  marker: { color, size, symbol },
});
const sheet = (color, opacity) => ({
  type: "surface",
  hoverinfo: "skip",
  showscale: false,
  opacity,
  colorscale: [
    [0, color],
    [1, color],
  ],
  lighting: { ambient: 0.75, diffuse: 0.5, specular: 0.05 },
  contours: { z: { highlight: false } },
});

export class BowlPanel extends SpacePanel {
  static figure = {
    title: "The bowl",
    controls: note("drag to turn"),
    canvas: space,
    legend:
      key("path", "line", "path", "run") +
      key("data", "line", "your tries", "tries") +
      key("model", "point", "this step", "run") +
      key("model", "point", "your model", "hand") +
      key("optimum", "diamond", "minimum", "best") +
      '<span class="lr-axes-units"></span>',
  };

  prepare(state) {
    const { xRange, yRange, rise } = thetaWindow(state, this.options); // the window of the θ-plane
    const low = state.bowl.bestLoss;
    Object.assign(this, { xRange, yRange, rise, zRange: [low - 0.03 * rise, low + 1.15 * rise] });
  }

  axes({ scene, pair }) {
    return {
      x: { range: this.xRange, title: scene.params[pair[0]] },
      y: { range: this.yRange, title: scene.params[pair[1]] },
      z: { range: this.zRange, title: "", exponentformat: "e" },
    };
  }

  label({ scene, here, t }) {
    return `The loss as a bowl over two parameters, with the path; at step ${t} ${scene.lossName} is ${number(here.loss, 5)}`;
  }

  /** Whether there is such a picture: it takes two parameters. */
  inSpace({ bowl }) {
    return bowl.p > 1;
  }

  describe(state) {
    const { scene, pair } = state;
    this.figure.hidden = !this.inSpace(state);
    if (this.figure.hidden) return;
    hideKeys(this.figure, {
      run: this.options.run === false,
      hand: this.options.run !== false,
      tries: !this.options.tries,
      best: !state.best,
    });
    write(
      this.figure.querySelector("h3"),
      `The bowl: ${scene.lossName} over ${scene.params[pair[0]]} and ${scene.params[pair[1]]}`,
    );
    const units = pair.map((j) => [scene.params[j], scene.units.theta[j]]).filter(([, unit]) => unit);
    write(this.figure.querySelector(".lr-axes-units"), units.map(([name, unit]) => measured(name, unit)).join(", "));
    const note = this.figure.querySelector(".lr-note");
    note.title = this.#note(state);
    write(note, note.title);
  }

  /** Says where this step is when the window does not show it. */
  #note(state) {
    this.prepare(state);
    const { scene, here, pair } = state;
    const { low } = scene.bowl.slice(here.theta, ...pair);
    if (low > this.zRange[1]) return `all of it lies higher, from ${number(low, 3)}`;
    if (this.#spot(here.theta, here.loss, pair).x[0] === null)
      return `outside: ${scene.lossName} ${number(here.loss, 3)}`;
    return "drag to turn";
  }

  /** The bowl as rings of equal loss up to its rim, cut where it leaves the window. */
  #surface(bowl, here, [j, k]) {
    const {
      centre,
      low,
      axes: [u, v],
      halves,
    } = bowl.slice(here.theta, j, k);
    const rim = Math.sqrt(Math.max(0, bowl.bestLoss + 1.15 * this.rise - low));
    const spans = [this.xRange[1] - this.xRange[0], this.yRange[1] - this.yRange[0]];
    const x = [],
      y = [],
      z = [];
    for (let ring = 0; ring <= RINGS; ring++) {
      const rows = [[], [], []];
      for (let spoke = 0; spoke <= SPOKES; spoke++) {
        const phi = (2 * Math.PI * spoke) / SPOKES;
        const full = [halves[0] * rim * Math.cos(phi), halves[1] * rim * Math.sin(phi)];
        const direction = [u[0] * full[0] + v[0] * full[1], u[1] * full[0] + v[1] * full[1]];
        let share = ring / RINGS;
        if (Number.isFinite(direction[0]) && Number.isFinite(direction[1])) {
          const room = Math.min(...[0, 1].map((axis) => this.#room(axis, centre[axis], direction[axis])));
          share *= Math.min(1, room);
          rows[0].push(centre[0] + share * direction[0]);
          rows[1].push(centre[1] + share * direction[1]);
          rows[2].push(low + (share * rim) ** 2);
        } else {
          const reach = 0.5 * share * Math.sign(Math.sin(phi) || 1) * Math.min(...spans);
          rows[0].push(centre[0] + v[0] * reach + u[0] * halves[0] * rim * share * Math.cos(phi));
          rows[1].push(centre[1] + v[1] * reach + u[1] * halves[0] * rim * share * Math.cos(phi));
          rows[2].push(low + (share * rim * Math.cos(phi)) ** 2);
        }
      }
      x.push(rows[0]);
      y.push(rows[1]);
      z.push(rows[2]);
    }
    return { x, y, z };
  }

  /** How many times `direction` fits between a centre and the wall of the window on one axis. */
  #room(axis, centre, direction) {
    const [low, high] = axis === 0 ? this.xRange : this.yRange;
    if (direction === 0) return Infinity;
    return Math.max(0, ((direction > 0 ? high : low) - centre) / direction);
  }

  /** The path as far as the window reaches: WebGL does not cut what leaves it. */
  #path({ run, pair, t: until, here, bowl, tries }) {
    const p = run.bowl.p;
    const x = [],
      y = [],
      z = [];
    const add = (theta, loss) => {
      const spot = this.#spot(theta, loss, pair);
      x.push(...spot.x);
      y.push(...spot.y);
      z.push(...spot.z);
    };
    if (this.options.tries) for (const theta of tries) add(theta, bowl.loss(theta));
    else
      for (let m = 0; m < run.kept.length && run.kept[m] <= until; m++)
        add(run.theta.slice(m * p, (m + 1) * p), run.loss[m]);
    add(here.theta, here.loss);
    return { x, y, z };
  }

  #spot(theta, loss, [j, k]) {
    const outside = [
      [theta[j], this.xRange],
      [theta[k], this.yRange],
      [loss, this.zRange],
    ].some(([value, [low, high]]) => !(value >= low && value <= high));
    return outside ? { x: [null], y: [null], z: [null] } : { x: [theta[j]], y: [theta[k]], z: [loss] };
  }

  #geometry(state) {
    const { scene, here, pair } = state;
    const slice = scene.bowl.slice(here.theta, ...pair);
    return [
      this.#surface(scene.bowl, here, pair),
      this.#path(state),
      this.#spot(here.theta, here.loss, pair),
      state.best ? { x: [slice.centre[0]], y: [slice.centre[1]], z: [slice.low] } : { x: [null], y: [null], z: [null] },
    ];
  }

  traces(state) {
    const { colours, theme } = state,
      trail = this.options.tries ? colours.data : colours.path;
    const styles = [
      { ...sheet(theme.surface, 0.55) },
      {
        type: "scatter3d",
        mode: "lines+markers",
        hoverinfo: "skip",
        line: { color: trail, width: 5 },
        marker: { color: trail, size: this.options.tries ? 4 : 2.5 },
      },
      dots(colours.model, 6, "circle"),
      dots(colours.optimum, 5, "diamond"),
    ];
    return this.#geometry(state).map((geometry, index) => ({ ...styles[index], ...geometry }));
  }

  moving(state) {
    const all = this.#geometry(state);
    const indices = state.scene.bowl.p > 2 ? [0, 1, 2, 3] : [1, 2];
    const pick = (name) => indices.map((index) => all[index][name]);
    return { x: pick("x"), y: pick("y"), z: pick("z"), indices };
  }
}

/** Two features: the rows and the fitted plane. It lies over the flat panel of the data. */
export class PlaneOfFitPanel extends SpacePanel {
  inSpace({ scene, dataView }) {
    return scene.M === 2 && dataView === "plane";
  }

  /** The ranges stay while the start moves: nothing jumps under the hand that sets the model. */
  prepare(state) {
    const { scene } = state,
      rows = [scene.column(0), scene.column(1), scene.y].map(extent);
    const key = JSON.stringify([scene.key, rows]);
    if (this.held === key) return;
    this.held = key;
    rows[2] = withStart(state, rows[2]);
    this.ranges = rows.map((range) => padded(...range, 0.05));
  }

  axes({ scene }) {
    const [x, y, z] = this.ranges;
    return {
      x: { range: x, title: scene.features[0] },
      y: { range: y, title: scene.features[1] },
      z: { range: z, title: scene.target },
    };
  }

  label({ t }) {
    return `The rows and the fitted plane over two features at step ${t}`;
  }

  #plane({ scene, here }) {
    const [x, y, z] = this.ranges;
    const corners = (at) => [
      [at(x[0], y[0]), at(x[1], y[0])],
      [at(x[0], y[1]), at(x[1], y[1])],
    ];
    const fit = (a, b) => within(z, scene.predict(here.theta, [a, b]));
    return { x: corners((a) => a), y: corners((_, b) => b), z: corners(fit) };
  }

  traces(state) {
    const { scene, colours } = state;
    return [
      { ...sheet(colours.model, 0.5), ...this.#plane(state) },
      {
        ...dots(colours.data, 3, "circle"),
        x: Array.from(scene.column(0)),
        y: Array.from(scene.column(1)),
        z: Array.from(scene.y),
      },
    ];
  }

  moving(state) {
    const { x, y, z } = this.#plane(state);
    return { x: [x], y: [y], z: [z], indices: [0] };
  }
}
