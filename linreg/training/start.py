"""A random start of the descent, equally bad on data in any units."""

import numpy as np

from linreg.model.least_squares import LeastSquares
from linreg.model.moments import Floats
from linreg.training.arguments import whole_number

MAX_DISTANCE = 1e100  # of θ from its minimum, on features that hardly differ from 0


def random_start(problem: LeastSquares, seed: int) -> Floats:
    """Return θ(0), shape (p,), at random around the minimiser, far out where the loss is flat.

    Along each axis of the bowl the distance is normal; one standard deviation costs three times
    the spread of y in TSSE, so the start is bad in any units. It is rounded to four digits.
    """
    spectrum = problem.spectrum
    draws = np.random.default_rng(whole_number("seed", seed)).standard_normal(len(spectrum.s))
    size = np.sqrt(3 * problem.tss or 1.0)
    with np.errstate(over="ignore"):
        reach = np.divide(size, spectrum.s, out=np.zeros_like(spectrum.s), where=spectrum.s > 0)
    start = problem.minimiser() + spectrum.V @ (np.minimum(reach, MAX_DISTANCE) * draws)
    return np.array([float(f"{value:.4g}") for value in start])
