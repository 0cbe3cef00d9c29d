"""Exact answers by rational arithmetic, and how many digits of an estimate are right."""

import csv
import json
from fractions import Fraction
from pathlib import Path

import numpy as np

NIST = Path(__file__).parent / "nist"
NIST_SETS = json.loads((NIST / "expected.json").read_text())


def nist(name):
    """Return X (n, M), y (n,) and the expected entry of a NIST reference set."""
    with (NIST / f"{name}.csv").open() as file:
        y, x = np.array(list(csv.reader(file))[1:], dtype=float).T
    entry = NIST_SETS[name]
    return np.column_stack([x**k for k in range(1, entry["degree"] + 1)]), y, entry


def digits(estimate, exact):
    """Count the correct digits of the worst entry (LRE), at most 16."""
    estimate, exact = np.atleast_1d(estimate), np.atleast_1d(exact)
    wrong = np.abs((estimate - exact) / exact)
    return float(min(16, -np.log10(max(wrong.max(), 1e-16))))


def fractions(values):
    """Return an array as nested lists of Fractions."""
    return [fractions(v) if np.ndim(v) else Fraction(float(v)) for v in values]


def exact_gram(columns):
    """Return Σ (w − w̄)(w − w̄)ᵀ of equally long columns, as Fractions."""
    # Whole numbers are far faster than Fractions: the smallest unit in the last place fits all.
    values = [[Fraction(float(v)) for v in column] for column in columns]
    unit = max(v.denominator for column in values for v in column)
    whole = [[int(v * unit) for v in column] for column in values]
    n, sums = len(whole[0]), [sum(column) for column in whole]
    return [
        [
            Fraction(n * sum(a * b for a, b in zip(u, v, strict=True)) - su * sv, n * unit**2)
            for v, sv in zip(whole, sums, strict=True)
        ]
        for u, su in zip(whole, sums, strict=True)
    ]


def exact_solution(A, b):
    """Solve a regular square system of Fractions by Gauss-Jordan elimination."""
    rows = [[*row, right] for row, right in zip(A, b, strict=True)]
    for k in range(len(rows)):
        pivot = next(i for i in range(k, len(rows)) if rows[i][k])
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [v / rows[k][k] for v in rows[k]]
        for i in range(len(rows)):
            if i != k:
                rows[i] = [v - rows[i][k] * w for v, w in zip(rows[i], rows[k], strict=True)]
    return [row[-1] for row in rows]


def exact_minimiser(X, y):
    """Return θ* with intercept for X (n, M) and y (n,), as Fractions, from the normal equations."""
    columns, y = fractions(np.column_stack([np.ones(len(y)), X]).T), fractions(y)
    gram = [[dot(u, v) for v in columns] for u in columns]
    return exact_solution(gram, [dot(u, y) for u in columns])


def dot(u, v):
    """Return Σ u·v of two lists."""
    return sum(a * b for a, b in zip(u, v, strict=True))
