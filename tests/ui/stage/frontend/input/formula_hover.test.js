import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FormulaHover } from "#frontend/input/formula_hover.js";
import { installDocument } from "../helpers/dom.js";

installDocument();
const palettes = {
  light: { data: "#475569", model: "#0b62c4" },
  dark: { data: "#a9b8cf", model: "#5fb0ff" },
};
/** @type {HTMLElement} */
let body;
/** @type {HTMLElement} */
let stage;
/** @type {(string | null)[]} */
let lit;
/** @type {FormulaHover} */
let formulas;
/** @type {(changes: { target: unknown }[]) => void} */
let changed;
let watching = true;

/**
 * A term of a formula, as KaTeX writes it.
 * @param {string} color
 */
function term(color) {
  const made = document.createElement("span");
  made.className = "katex-html";
  made.style.color = color;
  body.append(made);
  return made;
}

beforeEach(() => {
  [body, stage, lit] = [document.createElement("body"), document.createElement("section"), []];
  body.append(stage);
  Object.assign(document, {
    body,
    querySelectorAll: (/** @type {string} */ selector) => {
      assert.match(selector, /^\.katex-html \[style\*="color"\]$/);
      return [...body.querySelectorAll(".katex-html")];
    },
  });
  Object.assign(globalThis, {
    MutationObserver: class {
      /** @param {typeof changed} callback */
      constructor(callback) {
        changed = callback;
      }
      observe() {
        watching = true;
      }
      disconnect() {
        watching = false;
      }
    },
  });
  formulas = new FormulaHover(palettes, stage, (role) => lit.push(role));
});

test("a term has the colour of its role in the theme, however the browser writes it", () => {
  const [model, data, other] = ["#0b62c4", "rgb(71, 85, 105)", "#123456"].map(term);
  formulas.set(palettes.dark);
  assert.deepEqual([model.style.color, data.style.color, other.style.color], ["#5fb0ff", "#a9b8cf", "#123456"]);
  assert.deepEqual([model.dataset.role, data.dataset.role, other.dataset.role], ["model", "data", undefined]);
  formulas.set(palettes.light);
  assert.deepEqual([model.style.color, data.style.color], ["#0b62c4", "#475569"]);
});

test("a pointer on a term lights its role, once", () => {
  const model = term("#0b62c4");
  formulas.set(palettes.light);
  formulas.set(palettes.dark); // found twice, heard once
  model.dispatchEvent(new Event("pointerenter"));
  model.dispatchEvent(new Event("pointerleave"));
  assert.deepEqual(lit, ["model", null]);
});

test("a formula that comes later is found; what changes on the stage is none", () => {
  formulas.set(palettes.dark);
  const late = term("#475569");
  changed([{ target: stage }]);
  assert.equal(late.style.color, "#475569");
  changed([{ target: stage }, { target: body }]);
  assert.equal(late.style.color, "#a9b8cf");
});

test("before the theme is known the terms stay as they are", () => {
  const model = term("#0b62c4");
  changed([{ target: body }]);
  assert.deepEqual([model.style.color, model.dataset.role], ["#0b62c4", undefined]);
});

test("a stage that closes no longer watches the page", () => {
  assert.ok(watching);
  formulas.close();
  assert.equal(watching, false);
});
