"""The counts; nothing is timed."""

import pytest

from linreg.teaching import operation_counts
from linreg.teaching.operation_counts import MEASURED_SIZES, count_cost, measure_cost


def test_counts_follow_the_formulas():
    cost = count_cost(1000, 10)
    assert cost.closed == pytest.approx(1000 * 100 / 2 + 1000 / 3)
    assert cost.step == 20_000
    assert cost.steps_for_the_price == pytest.approx(cost.closed / cost.step)
    assert cost.steps_in_the_time is None


def test_a_step_is_ever_cheaper_beside_the_closed_form_as_parameters_grow():
    prices = [count_cost(4000, p).steps_for_the_price for p in (8, 32, 128, 512)]
    assert prices == sorted(prices)
    assert count_cost(10**9, 400).steps_for_the_price == pytest.approx(100, rel=1e-3)


def test_measuring_gives_times(monkeypatch):
    monkeypatch.setattr(operation_counts, "MEASURE_SECONDS", 0)
    cost = measure_cost(20, 3)
    assert cost.closed_time > 0
    assert cost.step_time > 0
    assert cost.steps_in_the_time == cost.closed_time / cost.step_time


def test_measuring_all_sizes_is_bounded():
    assert 2 * len(MEASURED_SIZES) * operation_counts.MEASURE_SECONDS < 1
    assert max(n * p for n, p in MEASURED_SIZES) <= 4_000_000
