// The part of an address that says what is looked at.

import { FITTED } from "../math/payload.js";

/** @import { Payload } from "../math/payload.js" */

/**
 * The query of a view: what is not at its default, as far as these data leave a choice. Mirrors
 * linreg.experiment.url.view_link.
 * @param {{ step: number, log: boolean, pair: readonly number[], dataView: string }} view
 * @param {Pick<Payload, "bowl" | "M">} payload
 */
export function viewQuery({ step, log, pair, dataView }, { bowl, M }) {
  const query = new URLSearchParams();
  if (step > 0) query.set("step", String(step));
  if (log) query.set("log", "1");
  if (bowl.p > 2 && (pair[0] !== 0 || pair[1] !== 1)) query.set("axes", pair.join(","));
  if (M > 1 && dataView !== FITTED) query.set("show", dataView);
  return query;
}
