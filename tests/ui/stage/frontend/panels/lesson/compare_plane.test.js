import assert from "node:assert/strict";
import { test } from "node:test";
import { figure } from "#frontend/drawing/markup.js";
import { BesidePanel } from "#frontend/panels/lesson/compare_plane.js";
import { installDocument, size, stageOf } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { stateOf } from "../../helpers/state.js";

installDocument();
Object.assign(size, { width: 600, height: 400 });
const experiments = fixture("experiments");

test("unequal scales are told only of the plane that has them", () => {
  const two = stateOf(experiments[""].sent);
  const panel = /** @type {any} */ (
    new BesidePanel(figure("beside", BesidePanel.figure), { panel: "beside", id: "beside", equal: true }, stageOf(two))
  );
  panel.prepare(two);
  panel.skewed = true; // as after data whose level curves are too long for one scale
  panel.prepare(stateOf(experiments["?data=five"].sent));
  assert.equal(panel.skewed, false);
});
