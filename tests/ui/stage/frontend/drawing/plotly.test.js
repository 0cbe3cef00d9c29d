import assert from "node:assert/strict";
import { test } from "node:test";
import { plotly } from "#frontend/drawing/plotly.js";
import { installDocument } from "../helpers/dom.js";

installDocument();
const head = document.createElement("head");
Object.assign(globalThis, { window: globalThis });
Object.assign(document, { head });

/** @returns {any[]} */
const scripts = () => [...head.children];

test("the library is loaded once, and again only after it could not be", async () => {
  const refused = plotly("/plotly.js");
  assert.equal(plotly("/plotly.js"), refused, "two pictures ask, one script is loaded");
  const [first, ...more] = scripts();
  assert.deepEqual([first.src, more], ["/plotly.js", []]);
  first.onerror();
  await assert.rejects(refused, /could not be loaded\. Reload the page\.$/);
  assert.deepEqual(scripts(), []);

  const loading = plotly("/plotly.js");
  const library = /** @type {any} */ ({ react: () => {} });
  window.Plotly = library;
  scripts()[0].onload();
  assert.equal(await loading, library);
  assert.equal(await plotly("/another.js"), library, "what is there already is taken");
  assert.equal(scripts().length, 1);
  const other = /** @type {any} */ ({ react: () => {} });
  window.Plotly = other;
  assert.equal(await plotly("/plotly.js"), other, "also where another page loaded it");
});
