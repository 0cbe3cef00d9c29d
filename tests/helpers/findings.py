"""A table to look for findings in, and what is found."""

import numpy as np
import pyarrow as pa

from linreg.data.cleaning.findings.inspect import findings
from linreg.data.files.table import Table

RNG = np.random.default_rng(3)
N = 40
X1, X2 = RNG.normal(size=N), RNG.normal(size=N)
Y = 1 + 2 * X1 - X2 + 0.1 * RNG.normal(size=N)


def table(numbers=None, **texts):
    numbers = {"a": X1, "b": X2, "y": Y} | (numbers or {})
    numbers = {name: np.asarray(values, dtype=float) for name, values in numbers.items()}
    cells = {
        name: pa.chunked_array([list(text)], pa.large_string()) for name, text in texts.items()
    }
    return Table("t", numbers, tuple(cells), len(numbers["y"]), (), texts=cells)


def findings_of(own, target="y", features=("a", "b"), **how):
    return findings(own, target, features, **how)


def only(own, kind, **how):
    (one,) = (finding for finding in findings_of(own, **how) if finding.kind == kind)
    return one


def repairs_of(finding):
    return [offer.repairs for offer in finding.offers]
