// The step in one sentence, for eyes and for screen readers.

import { element, write } from "../drawing/markup.js";
import { count, number, percent } from "../math/format.js";
import { Control } from "./control.js";

export class Status extends Control {
  constructor(stage) {
    super(stage, element('<p class="lr-status" role="status"></p>'));
  }

  speak({ scene, run, t, here }) {
    const before = t > 0 ? run.at(t - 1).loss : null;
    const change = before > 0 ? (here.loss - before) / before : 0;
    const moved =
      before === null
        ? "the start"
        : Math.abs(change) < 5e-7
          ? "as good as unchanged"
          : `${change < 0 ? "down" : "up"} ${percent(Math.abs(change))} from the step before`;
    const theta = scene.params.map((name, j) => `${name}\u00a0=\u00a0${number(here.theta[j], 4)}`).join(", ");
    const over =
      run.exact &&
      (run.status === "diverged" || t === run.last || (run.converged_at !== null && t >= run.converged_at));
    write(
      this.element,
      `Step ${count(t)} of ${count(run.last)}: ${scene.lossName} ${number(here.loss)}, ${moved}; ${theta}.${over ? ` ${run.reason}` : ""}`,
    );
  }
}
