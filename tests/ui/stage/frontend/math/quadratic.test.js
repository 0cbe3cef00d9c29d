import assert from "node:assert/strict";
import { test } from "node:test";
import { Payload } from "#frontend/math/payload.js";
import { ellipse } from "#frontend/math/quadratic.js";
import { fixture } from "../helpers/fixtures.js";
import { close } from "../helpers/state.js";

const walks = fixture("walks");
const experiments = fixture("experiments");
/** @param {string} address */
const bowlOf = (address) => new Payload(experiments[address].sent).bowl;

test("a previewed path is the exact path", () => {
  assert.equal(walks.length, 60);
  for (const { sent, start, rate, steps, path } of walks) {
    const { bowl } = new Payload(sent);
    const from = Float64Array.from(start);
    const walk = bowl.walk(from, rate);
    const reach = bowl.reach(from);
    for (const [k, t] of steps.entries()) {
      const { theta, loss, gradient } = walk(t);
      for (const [j, value] of path[k].theta.entries()) assert.ok(Math.abs(theta[j] - value) <= 1e-9 * reach[j]);
      close([loss], [path[k].loss]);
      const size = Math.max(...path[0].gradient.map(Math.abs));
      close(gradient, path[k].gradient, { absolute: 1e-9 * size });
    }
  }
});

test("loss and gradient are those of the rows", () => {
  for (const [address, { sent, steps }] of Object.entries(experiments)) {
    const { bowl } = new Payload(sent);
    const size = Math.max(...steps[0].gradient.map(Math.abs));
    for (const step of steps) {
      close([bowl.loss(step.theta)], [step.loss], { about: address });
      close(bowl.gradient(step.theta), step.gradient, { absolute: 1e-9 * size, about: address });
    }
  }
});

test("the loss over one parameter is a parabola that touches its lowest point", () => {
  for (const [address, { steps }] of Object.entries(experiments)) {
    const bowl = bowlOf(address);
    const theta = Float64Array.from(steps[0].theta);
    for (let j = 0; j < bowl.p; j++) {
      const { at, low, curvature } = bowl.along(theta, j);
      for (const off of [-2, -0.5, 0, 1, 3]) {
        const moved = Float64Array.from(theta);
        moved[j] = at + off;
        close([low + curvature * off ** 2], [bowl.loss(moved)], { relative: 1e-8, about: address });
      }
    }
  }
});

test("an ellipse of a slice lies at its loss", () => {
  for (const address of ["", "?data=plane", "?data=five"]) {
    const bowl = bowlOf(address);
    const theta = Float64Array.from(experiments[address].steps[1].theta);
    const slice = bowl.slice(theta, 0, 1);
    const loss = 1.5 * slice.low + 1;
    const { x, y } = ellipse(slice, loss, 1e9);
    assert.equal(x.length, 73);
    const held = bowl.p === 2 ? bowl.best : theta;
    for (const [m, value] of x.entries())
      close([bowl.loss(Object.assign(Float64Array.from(held), { 0: value, 1: y[m] }))], [loss], { about: address });
  }
});

test("a level below the lowest point has no ellipse", () => {
  const slice = bowlOf("").slice(bowlOf("").best, 0, 1);
  assert.deepEqual(ellipse(slice, slice.low, 1e9), { x: [], y: [] });
});

test("an endless half-axis is cut", () => {
  /** @type {import("#frontend/types.js").Slice} */
  const slice = {
    centre: [1, 2],
    low: 0,
    axes: [
      [1, 0],
      [0, 1],
    ],
    halves: [1, Infinity],
  };
  const { x, y } = ellipse(slice, 4, 50);
  close([Math.max(...x), Math.max(...y)], [3, 52], { relative: 1e-3 });
});
