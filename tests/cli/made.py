"""The table that the tests of the command line read."""

import numpy as np


def rows(n=3000, seed=0):
    """Return columns a, “b, c” and y, and a group for each row."""
    rng = np.random.default_rng(seed)
    a, b = rng.normal(5, 2, n), rng.lognormal(size=n)
    y = 1 + 2 * a - b + rng.normal(size=n)
    return [a, b, y], np.array(["north", "south"])[np.arange(n) % 3 // 2]
