import assert from "node:assert/strict";
import { test } from "node:test";
import { Control } from "#frontend/controls/control.js";
import { element } from "#frontend/drawing/markup.js";
import { installDocument, stageOf } from "../helpers/dom.js";

installDocument();

test("a control finds its own parts, by their tag and where they are", () => {
  const control = new Control(stageOf({}), element('<div><p class="a"></p><p class="b">second</p></div>'));
  assert.equal(control.part("p").className, "a");
  assert.equal(control.part("p", ".b").textContent, "second");
});

test("a part that is missing, or of another tag, is an error that names it", () => {
  const control = new Control(stageOf({}), element('<div><p class="a"></p></div>'));
  assert.throws(() => control.part("span"), /no span at span/);
  assert.throws(() => control.part("button", ".a"), /no button at \.a/);
});

test("a control without news of its own can be told everything", () => {
  const control = new Control(stageOf({}), element("<div></div>"));
  for (const method of /** @type {const} */ (["set", "preview", "show", "speak"]))
    assert.equal(control[method](/** @type {any} */ ({})), undefined);
});
