"""Findings in the rows, with what the fit is without them."""

import re

import numpy as np
import pytest

from linreg.data.cleaning.repairs.column_repairs import (
    Fill,
)
from linreg.data.cleaning.repairs.pipeline import apply
from linreg.data.cleaning.repairs.row_repairs import LeaveMissing, LeaveRows
from tests.helpers.findings import X1, X2, N, Y, findings_of, only, repairs_of, table


def test_missing_values_and_what_filling_does_to_the_fit():
    a = np.where(np.arange(N) % 10 == 3, np.nan, X1)
    y = np.where(np.arange(N) == 5, np.nan, Y)
    own = table({"a": a, "y": y})
    finding = only(own, "missing")
    assert finding.sentence == "5 of 40 rows miss a value in “y” (1), “a” (4), and are left out."
    assert repairs_of(finding) == [(LeaveMissing("y"), LeaveMissing("a")), (Fill("a"),)]
    present = np.isfinite(y)
    filled = np.where(np.isfinite(a), a, np.nanmean(a))[present]
    A = np.column_stack([np.ones(present.sum()), filled, X2[present]])
    theta = np.linalg.lstsq(A, y[present], rcond=None)[0]
    numbers = re.findall(r"θ\d(?: \(\w\))? is (\S+) instead", finding.why.replace("−", "-"))
    np.testing.assert_allclose(np.array(numbers, dtype=float), theta, rtol=1e-3)
    assert "39 rows are used" in finding.why
    assert "pull every weight towards 0" in finding.why
    for offer in finding.offers:
        left = [f for f in findings_of(apply(own, offer.repairs)) if f.kind == "missing"]
        assert bool(left) == (offer.label == "Fill with the mean")  # the target still misses one


def test_filling_the_only_feature_keeps_its_weight():
    a = np.where(np.arange(N) % 10 == 3, np.nan, X1)
    finding = only(table({"a": a}), "missing", features=("a",))
    assert re.search(r"θ0 is \S+ instead of \S+, θ1 \(a\) stays \S+;", finding.why)
    finding = only(table({"a": 5 + a}), "missing", features=("a",), intercept=False)
    assert re.search(r"and θ1 \(a\) is \S+ instead of \S+;", finding.why)


def test_an_outlier_is_named_with_its_share_and_what_the_fit_is_without_it():
    y = Y.copy()
    y[16] += 9
    own = apply(table({"y": y}), [LeaveRows((3,))])
    finding = only(own, "outlier")
    keep = np.arange(N) != 2
    A = np.column_stack([np.ones(N), X1, X2])
    theta = np.linalg.lstsq(A[keep], y[keep], rcond=None)[0]
    errors = np.square(y - A @ theta)[keep]
    (share,) = re.findall(r"Row 17 carries ([\d.]+) % of TSSE", finding.sentence)
    assert float(share) == pytest.approx(100 * errors.max() / errors.sum(), rel=0.02)
    keep[16] = False
    without = np.linalg.lstsq(A[keep], y[keep], rcond=None)[0]
    numbers = re.findall(r"is (\S+) instead of (\S+?)[,.] ", finding.why.replace("−", "-"))
    np.testing.assert_allclose(np.array(numbers, dtype=float), np.transpose([without, theta]), 1e-3)
    assert repairs_of(finding) == [(LeaveRows((17,)),)]
    assert all(f.kind != "outlier" for f in findings_of(apply(own, finding.offers[0].repairs)))


def test_several_outliers_can_be_left_out_together():
    y = Y.copy()
    y[[4, 9, 20, 30]] += 30
    finding = only(table({"y": y}), "outlier")
    together = finding.offers[1].repairs[0]
    assert {5, 10, 21, 31} >= set(together.rows)


def test_one_more_outlier_is_told_as_one():
    y = Y.copy()
    y[[4, 9, 20, 33]] += [30, -30, 30, -30]
    assert only(table({"y": y}), "outlier").sentence.endswith(" Another 1 stands out less.")


def test_a_leverage_below_one_is_not_shown_as_one():
    a, y = np.array(X1), Y.copy()
    a[16], y[16] = 5000, 900
    finding = only(table({"a": a, "y": y}), "outlier")
    (leverage,) = re.findall(r"its leverage is ([\d.]+) where", finding.sentence)
    A = np.column_stack([np.ones(N), a, X2])
    h = np.diag(A @ np.linalg.pinv(A))[16]
    assert 0.99 < float(leverage) < 1
    assert float(leverage) == pytest.approx(h, abs=0.1 * (1 - h))
