// What a pointer does on the flat panels: scrub the loss curve, drag the start of θ, move the rows one has drawn.

import { tip } from "../drawing/tooltip.js";
import { count, inUnit, number, percent } from "../math/format.js";

const REACH = { mouse: 14, pen: 18, touch: 26 }; // pixels from a handle that still hold it
const STILL = 8; // pixels that a finger may wander and still tap

/** Listens to a picture's pointers: `down` may return a drag with move and end, `hover` follows a free pointer. */
export function listen(stage, { figure, flat }, { down, hover, leave }) {
  const plot = figure.querySelector(".lr-plot");
  const holds = (event) => plot.hasPointerCapture(event.pointerId);
  plot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !flat.frame) return;
    const at = flat.locate(event, 6);
    if (event.pointerType === "touch") hover?.(at, event); // a finger can not hover: it asks by touching
    const drag = at && down?.(at, event);
    if (!drag) return;
    stage.dragging = drag;
    event.preventDefault();
    plot.setPointerCapture(event.pointerId);
  });
  plot.addEventListener("pointermove", (event) => {
    if (!flat.frame) return;
    if (stage.dragging) {
      const at = flat.locate(event, Infinity);
      if (at && holds(event)) stage.dragging.move?.(at, event);
    } else hover?.(flat.locate(event), event);
  });
  const finish = (event) => {
    const { dragging } = stage;
    if (!dragging || !holds(event)) return;
    stage.dragging = null;
    dragging.end?.(flat.locate(event, Infinity), event);
    stage.change();
  };
  plot.addEventListener("pointerup", finish);
  plot.addEventListener("pointercancel", (event) => {
    if (stage.dragging?.pans) stage.dragging = null;
    else finish(event);
  });
  // A finger that lifts has not left: what it asked for stays to be read until the next touch.
  plot.addEventListener("pointerleave", (event) => {
    if (event.pointerType !== "touch") leave?.();
  });
  // A finger on a handle drags it; elsewhere it scrolls the page.
  plot.addEventListener(
    "touchstart",
    (event) => {
      if (stage.dragging && !stage.dragging.pans) event.preventDefault();
    },
    { passive: false },
  );
}

/** A value rounded to the power of ten that is just finer than a pixel. */
function toPixel(value, [low, high], pixels) {
  const unit = 10 ** Math.floor(Math.log10((high - low) / pixels));
  return Number((Math.round(value / unit) * unit).toPrecision(12));
}

/** The loss curve: a click jumps to a step, a drag scrubs. */
export function scrubbing(stage) {
  const jump = (at) => stage.jump(Math.round(at.x));
  return {
    down: (at, event) => {
      if (event.pointerType !== "touch") {
        jump(at);
        return { move: jump };
      }
      // A finger: sideways scrubs, up and down scrolls the page, a tap jumps.
      return {
        pans: true,
        end: jump,
        move: (to) => {
          if (Math.abs(to.px - at.px) > STILL) jump(to);
        },
      };
    },
  };
}

/** The θ-plane: a click sets the start, a drag of the start moves it, a free pointer shows its line on the data. */
export function startDragging(stage, picture) {
  const ghost = (theta) => {
    if (!theta) tip(picture.flat, null);
    stage.showGhost(theta);
  };
  const moved = (theta, at) => {
    const [j, k] = stage.pair;
    theta[j] = at.x;
    if (stage.scene.bowl.p > 1) theta[k] = at.y;
    return theta;
  };
  const startAt = (at) => {
    const { x, y, width, height } = picture.flat.frame;
    return moved(Float64Array.from(stage.run.at(0).theta), {
      x: toPixel(at.x, x.range, width),
      y: toPixel(at.y, y.range, height),
    });
  };
  const place = (at) => {
    ghost(null);
    if (!at) return;
    stage.moveStart(startAt(at));
    stage.sendStart();
  };
  return {
    down: (at, event) => {
      const { run } = stage,
        plane = picture.flat;
      const onHandle =
        plane.distance(at, ...plane.place(run.at(0).theta, run.loss[0], stage.pair)) < REACH[event.pointerType];
      if (event.pointerType === "touch" && !onHandle) return { pans: true, end: place }; // a tap places, a swipe scrolls
      ghost(null);
      if (!onHandle) stage.moveStart(startAt(at));
      return { move: (to) => stage.moveStart(startAt(to)), end: () => stage.sendStart() };
    },
    hover: (at) => {
      if (!at || !stage.run) return ghost(null);
      const { scene } = stage;
      const theta = moved(Float64Array.from(stage.run.at(stage.t).theta), at);
      const values = scene.params.map((name, j) => inUnit(`${name} = ${number(theta[j], 4)}`, scene.units.theta[j]));
      ghost(theta);
      tip(
        picture.flat,
        at,
        [...values, inUnit(`${scene.lossName} ${number(scene.bowl.loss(theta), 5)}`, scene.units.loss)].join("\n"),
      );
    },
    leave: () => ghost(null),
  };
}

/** The data: a free pointer reads a row; rows that were drawn by hand are added, moved and removed. */
export function pointDragging(stage, picture) {
  return {
    down: (at, event) => (stage.scene.drawing ? grabPoint(stage, picture, at, event) : null),
    hover: (at, event) => readRow(stage, picture, at, event),
    leave: () => readRow(stage, picture, null),
  };
}

function readRow(stage, { flat, state }, at, event) {
  const nearest = at && flat.frame ? flat.nearest(state, at, REACH[event.pointerType] + 4) : -1;
  tip(flat, nearest < 0 ? null : at, nearest < 0 ? "" : rowWords(state, nearest, !flat.options.handles));
  stage.lightRow(nearest < 0 ? null : nearest);
}

/** What there is to say of a row; on a page before the gradient, without its share of it. */
export function rowWords({ scene, run, t }, i, withGradient = true) {
  const { fitted, residual, tsse, gradient, arrow } = scene.share(run.at(t).theta, i);
  return [
    `row ${count(scene.rows[i])}`,
    ...scene.featureLabels.map((name, j) => `${name} = ${number(scene.column(j)[i])}`),
    `${scene.targetLabel} = ${number(scene.y[i])}`,
    inUnit(`model ${scene.symbols.fitted} = ${number(fitted)}`, scene.units.target),
    inUnit(`residual y − ${scene.symbols.fitted} = ${number(residual)}`, scene.units.target),
    `${percent(tsse)} of the loss`,
    ...(withGradient
      ? [
          `${percent(gradient)} of the gradient, measured along it: (${arrow.map((value) => number(value, 4)).join(", ")})`,
        ]
      : []),
  ].join("\n");
}

function grabPoint(stage, picture, at, event) {
  const { scene } = stage,
    data = picture.flat;
  const index = data.nearest(picture.state, at, REACH[event.pointerType]);
  const points = Array.from(scene.y, (y, i) => [scene.X[i], y]);
  readRow(stage, picture, null);
  if (data.removing || event.shiftKey) {
    if (points.length <= 2) data.say("2 points are the fewest that make a line");
    else if (index >= 0) stage.sendPoints(points.filter((_, i) => i !== index));
    return null;
  }
  if (index < 0)
    return {
      pans: true,
      end: (to) => {
        if (to && Math.hypot(to.px - at.px, to.py - at.py) < STILL) addPoint(stage, data, points, at);
      },
    };
  const frozen = { x: data.xRange, y: data.yRange };
  const clamp = ([low, high], value) => Math.min(high, Math.max(low, value));
  const move = (to) => {
    points[index] = [clamp(frozen.x, to.x), clamp(frozen.y, to.y)];
    stage.sendPoints(points);
  };
  return {
    point: true,
    frozen,
    move,
    end: (to) => {
      if (to) move(to);
      stage.redrawAfterAnswer();
    },
  };
}

function addPoint(stage, data, points, { x, y }) {
  const { mostPoints } = stage.scene.constants;
  if (points.length >= mostPoints) data.say(`${mostPoints} points are the most that fit into the address`);
  else stage.sendPoints([...points, [x, y]]);
}
