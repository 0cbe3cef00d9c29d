"""Rules that stop a descent, and the step at which each would have stopped a run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linreg.training.gradient_descent import Run

MIN_GAIN = 1e-3  # a step that lowers the loss by a smaller share of it brings no further gain


@dataclass(frozen=True)
class Stops:
    """The steps at which three rules stop a run; None for a rule that does not within its steps.

    Attributes
    ----------
    converged : int or None
        First step within the tolerance of the minimum.  The rule needs to know the minimum.
    no_gain : int or None
        First step that lowers the loss by less than the share `MIN_GAIN` of it, or raises it.
    budget : int
        Last step.
    """

    converged: int | None
    no_gain: int | None
    budget: int

    @property
    def first(self) -> int:
        """The step at which the first of the rules stops the run."""
        return min(step for step in (self.converged, self.no_gain, self.budget) if step is not None)


def stops(run: Run) -> Stops:
    """Apply three rules to a finished run."""
    before, after = run.loss[:-1], run.loss[1:]
    too_little = np.flatnonzero(after > before * (1 - MIN_GAIN))
    return Stops(
        converged=run.converged_at,
        no_gain=int(too_little[0]) + 1 if len(too_little) else None,
        budget=len(run.loss) - 1,
    )
