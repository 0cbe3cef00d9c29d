// A run as the stage shows it: the steps that Python computed and kept, and between two kept steps the same closed form.

/** Python's exact run. `kept` are the steps sent; `theta` and `gradient` are rows of p numbers. */
export class ExactRun {
  constructor(bowl, sent) {
    Object.assign(this, sent, { bowl, exact: true, last: sent.kept[sent.kept.length - 1] });
  }

  at(t) {
    const { bowl, kept, theta, loss, gradient } = this;
    const p = bowl.p;
    const k = lastAtMost(kept, t);
    const from = theta.subarray(k * p, (k + 1) * p);
    if (kept[k] === t) return { theta: from, loss: loss[k], gradient: gradient.subarray(k * p, (k + 1) * p) };
    return bowl.after(from, this.rate, t - kept[k]);
  }
}

/** The run that a rate or a start would give, computed here while a hand is dragging. */
export function preview(bowl, start, rate, steps, kept) {
  const p = bowl.p;
  const walk = bowl.walk(start, rate);
  const run = { bowl, rate, start, steps, exact: false, kept: [], theta: [], loss: [], gradient: [], at: walk };
  for (const t of kept) {
    const here = walk(t);
    if (!Number.isFinite(here.loss) || !here.gradient.every(Number.isFinite)) break;
    run.kept.push(t);
    run.loss.push(here.loss);
    for (let j = 0; j < p; j++) {
      run.theta.push(here.theta[j]);
      run.gradient.push(here.gradient[j]);
    }
  }
  run.last = run.kept[run.kept.length - 1] ?? 0;
  return run;
}

/** Which steps of a run are sent and drawn: all up to `most`, then evenly many per decade. Mirrors linreg.ui.stage.payload.kept_steps. */
export function keptSteps(steps, most) {
  if (steps <= most) return Array.from({ length: steps + 1 }, (_, t) => t);
  const dense = most / 2;
  const kept = Array.from({ length: dense }, (_, t) => t);
  for (let m = 0; m <= dense; m++) kept.push(Math.round(dense * (steps / dense) ** (m / dense)));
  return [...new Set(kept)];
}

function lastAtMost(sorted, t) {
  let low = 0,
    high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sorted[middle] <= t) low = middle;
    else high = middle - 1;
  }
  return low;
}
