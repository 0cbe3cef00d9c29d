import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { lookedAt, remember, render, write } from "#frontend/input/address.js";

/** @type {string[]} */
let written;

/** @param {string} search */
function at(search, hash = "") {
  const place = { pathname: "/app/rate", search, hash };
  written = [];
  Object.assign(globalThis, {
    location: place,
    history: {
      state: "kept",
      /** @type {(state: any, title: string, address: string) => void} */
      replaceState: (state, _, address) => {
        assert.equal(state, "kept");
        written.push(address);
      },
    },
  });
}

beforeEach(() => at(""));

test("the address is the link with the view over it", () => {
  write({ link: "data=plane&rate=0.5", view: "step=3&log=1", steps: 100 });
  assert.deepEqual(written, ["/app/rate?data=plane&rate=0.5&step=3&log=1"]);
});

test("commas and colons stay readable", () => {
  write({ link: "start=1,2&points=0,0+2,4&repairs=a:b", view: "axes=2,1", steps: 9 });
  assert.deepEqual(written, ["/app/rate?start=1,2&points=0,0+2,4&repairs=a:b&axes=2,1"]);
});

test("an address that says so already is left alone", () => {
  at("?data=plane&step=3", "#anchor");
  write({ link: "data=plane", view: "step=3", steps: 9 });
  assert.deepEqual(written, []);
  write({ link: "", view: "", steps: 9 });
  assert.deepEqual(written, ["/app/rate#anchor"], "and an empty one has no question mark");
});

test("a step after the last becomes the last", () => {
  write({ link: "", view: "step=300", steps: 100 });
  assert.deepEqual(written, ["/app/rate?step=100"]);
});

test("how the app is embedded stays, what the page keeps stays, and nothing else", () => {
  at("?embed=true&embed_options=dark_theme&from=a&other=b");
  write({ link: "data=five", view: "", steps: 9, keep: /** @type {any} */ (["from"]) });
  assert.deepEqual(written, ["/app/rate?embed=true&embed_options=dark_theme&from=a&data=five"]);
});

/**
 * A view of the data with this key.
 * @param {string} key
 */
const viewOf = (key) => ({
  key,
  step: 4,
  log: false,
  pair: [0, 1],
  dataView: "fitted",
  speed: 20,
  query: new URLSearchParams("step=4"),
});

test("a view is remembered for its own data only", () => {
  assert.equal(lookedAt("a"), null);
  const view = viewOf("a");
  remember(view);
  assert.equal(lookedAt("a"), view);
  assert.equal(lookedAt("b"), null);
});

test("a page without a stage goes on with what was looked at, and shuts the sidebar once", () => {
  globalThis.MouseEvent ??= /** @type {any} */ (class extends Event {});
  const parentElement = /** @type {any} */ (new EventTarget());
  let presses = 0;
  parentElement.addEventListener("a press", () => presses++);
  const data = { key: "a", link: "data=plane", view: "step=1", steps: 9, press: "a press" };
  remember(viewOf("a"));
  render({ parentElement, data });
  remember(viewOf("b"));
  render({ parentElement, data });
  assert.deepEqual(written, ["/app/rate?data=plane&step=4", "/app/rate?data=plane&step=1"]);
  assert.equal(presses, 1);
});
