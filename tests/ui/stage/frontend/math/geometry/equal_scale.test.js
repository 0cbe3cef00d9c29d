import assert from "node:assert/strict";
import { test } from "node:test";
import { squareWindow, unitRatio, withEqualParameters, withEqualUnits } from "#frontend/math/geometry/equal_scale.js";
import { span } from "#frontend/math/geometry/ranges.js";
import { fixture } from "../../helpers/fixtures.js";
import { close, stateOf } from "../../helpers/state.js";

/** @import { Range } from "#frontend/types.js" */

const area = { width: 600, height: 300 };
/** @type {(across: number, upwards: number) => { xRange: Range, yRange: Range }} */
const windowOf = (across, upwards) => ({ xRange: [0, across], yRange: [-upwards, 0] });

test("the shorter axis is lengthened about its middle until units are equal", () => {
  for (const [across, upwards] of [
    [2, 2],
    [40, 2],
    [1, 1],
  ]) {
    const equal = withEqualUnits(windowOf(across, upwards), area);
    assert.ok(equal);
    close([unitRatio(equal, area)], [1]);
    assert.ok(span(equal.xRange) >= across && span(equal.yRange) >= upwards);
    close([(equal.xRange[0] + equal.xRange[1]) / 2, equal.yRange[0] + equal.yRange[1]], [across / 2, -upwards]);
  }
});

test("a window that would have to be stretched too far has no equal units", () => {
  assert.equal(withEqualUnits(windowOf(100, 1), area, 3.5), null);
  assert.ok(withEqualUnits(windowOf(6.9, 1), area, 3.5));
});

test("a round bowl is worth any stretch, a narrow one six times", () => {
  const { bowl } = stateOf(fixture("experiments")[""].sent);
  const narrow = { eigenvalue: (/** @type {number} */ i) => [1000, 1][i] };
  const round = { eigenvalue: (/** @type {number} */ i) => [1, 1][i] };
  const far = windowOf(1000, 1);
  assert.ok(withEqualParameters(/** @type {never} */ (round), far, area));
  assert.equal(withEqualParameters(/** @type {never} */ (narrow), far, area), null);
  assert.ok(withEqualParameters(bowl, windowOf(2, 2), area));
});

test("a square of the block's area fits into its window with equal units", () => {
  for (const box of [area, { width: 200, height: 500 }]) {
    const window = squareWindow(7, box);
    close([unitRatio(window, box)], [1]);
    assert.ok(window.xRange[0] < 0 && window.xRange[1] > 7 && window.yRange[0] < 0 && window.yRange[1] > 7);
    close([Math.min(span(window.xRange), span(window.yRange))], [7 * 1.08]);
  }
});
