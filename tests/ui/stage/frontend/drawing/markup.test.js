import assert from "node:assert/strict";
import { test } from "node:test";
import { cell, element, figure, fill, flat, key, put, write } from "#frontend/drawing/markup.js";
import { installDocument } from "../helpers/dom.js";

installDocument();

test("a figure has its title, canvas and legend", () => {
  const made = figure("loss", { title: "Loss", canvas: flat, legend: key("path", "line", "this run", "run") });
  assert.equal(made.dataset.panel, "loss");
  assert.equal(made.querySelector("h3")?.textContent, "Loss");
  assert.equal(made.querySelector(".lr-canvas .lr-plot")?.getAttribute("role"), "img");
  assert.equal(made.querySelector('[data-key="run"]')?.textContent, "this run");
});

test("a select gets options only if it has others", () => {
  const select = /** @type {HTMLSelectElement} */ (document.createElement("select"));
  fill(select, [
    [0, "x1"],
    ["plane", "plane"],
  ]);
  const [first] = select.children;
  fill(select, [
    [0, "x1"],
    ["plane", "plane"],
  ]);
  assert.equal(select.children[0], first);
  assert.equal(/** @type {HTMLOptionElement} */ (first).value, "0");
  fill(select, [[1, "x2"]]);
  assert.equal(select.textContent, "x2");
});

test("a number has all its digits in the title, and null leaves its place empty", () => {
  const place = cell("td", "");
  put(place, 1 / 3);
  assert.deepEqual([place.textContent, place.title], ["0.333333", "0.3333333333333333"]);
  put(place, null, "never read");
  assert.deepEqual([place.textContent, place.title], ["", ""]);
});

test("a name is text and never markup", () => {
  assert.equal(cell("th", "<b>x</b>", { scope: "row" }).children.length, 0);
  const place = element("<p></p>");
  write(place, "<b>x</b>");
  assert.equal(place.children.length, 0);
});
