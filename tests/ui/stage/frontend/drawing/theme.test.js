import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { theme } from "#frontend/drawing/theme.js";
import { installDocument } from "../helpers/dom.js";

installDocument();
const root = document.createElement("section");

/**
 * What the browser makes of a colour. @type {Record<string, string>}
 */
const COMPUTED = {
  "#fff": "rgb(255, 255, 255)",
  "#000": "rgb(0, 0, 0)",
  "#ffffff": "rgb(255, 255, 255)",
  "#0e1117": "rgb(14, 17, 23)",
  black: "rgb(0, 0, 0)",
  "hsl(0 0% 20%)": "rgb(51, 51, 51)",
};

/** @type {Record<string, string>} */
let variables;

beforeEach(() => {
  variables = { "--st-text-color": " #31333f ", "--st-background-color": "#ffffff" };
  Object.assign(globalThis, {
    innerWidth: 1200,
    getComputedStyle: (/** @type {HTMLElement} */ { style }) => ({
      fontFamily: "Source Sans",
      getPropertyValue: (/** @type {string} */ name) => variables[name] ?? "",
      color: COMPUTED[style.color] ?? "color(srgb 0.5 0.25 1 / 0.5)",
    }),
  });
});

test("text and page have the colours of the page", () => {
  const { ink, page, font, size, dark } = theme(root);
  assert.deepEqual([ink, page, font, size, dark], ["#31333f", "#ffffff", "Source Sans", 12, false]);
  variables = {};
  const plain = theme(root);
  assert.deepEqual([plain.ink, plain.page, plain.dark], ["#222", "#fff", false]);
});

test("a page is dark by its colour, however that is written", () => {
  for (const page of ["#0e1117", "#000", "black", "hsl(0 0% 20%)"]) {
    variables["--st-background-color"] = page;
    assert.equal(theme(root).dark, true, page);
  }
});

test("shades are colours that Plotly reads, and leave nothing on the page", () => {
  const { grid, level, surface } = theme(root);
  assert.deepEqual([grid, level, surface], ["rgb(128,64,255)", "rgb(128,64,255)", "rgb(128,64,255)"]);
  assert.equal(root.children.length, 0);
});

test("the same theme is the same value, and another one another", () => {
  const known = theme(root);
  assert.equal(theme(root, known), known);
  Object.assign(globalThis, { innerWidth: 1700 });
  const projected = theme(root, known);
  assert.equal(projected.size, 15, "read from afar");
  assert.notEqual(projected.key, known.key);
});
