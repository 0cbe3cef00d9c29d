import assert from "node:assert/strict";
import { test } from "node:test";
import { hasKeys, targetOf } from "#frontend/controls/playback/keys.js";
import { element } from "#frontend/drawing/markup.js";
import { installDocument } from "../../helpers/dom.js";

installDocument();

/** @param {Record<string, unknown>} [event] */
const press = (event) => /** @type {any} */ ({ defaultPrevented: false, composedPath: () => [document], ...event });

test("a key outside of any element is meant for the page", () => {
  assert.equal(targetOf(press()), document.documentElement);
  const button = document.createElement("button");
  assert.equal(targetOf(press({ composedPath: () => [button] })), button);
});

test("a key with a modifier, or one that was taken, is meant for nobody here", () => {
  for (const taken of ["defaultPrevented", "ctrlKey", "metaKey", "altKey"])
    assert.equal(targetOf(press({ [taken]: true })), null, taken);
});

test("what can be typed into or moved by arrows has keys of its own, and so has all that is in it", () => {
  for (const markup of [
    "<input>",
    "<select></select>",
    "<textarea></textarea>",
    '<div contenteditable="true"></div>',
    '<div role="slider"></div>',
    '<div role="tablist"></div>',
  ]) {
    const box = element(`<div>${markup}</div>`);
    assert.ok(hasKeys(/** @type {Element} */ (box.firstElementChild)), markup);
    assert.ok(!hasKeys(box));
  }
  const tabs = element('<div role="radiogroup"><button></button></div>');
  assert.ok(hasKeys(/** @type {Element} */ (tabs.firstElementChild)));
  assert.ok(!hasKeys(document.createElement("button")));
});
