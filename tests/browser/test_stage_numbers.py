"""The numbers on the screen are the core's, and the arithmetic shown is right to its last digit."""

from math import floor, log10

import numpy as np
import pytest

from linreg.model import row_by_row
from linreg.model.least_squares import loss_scale
from tests.browser.stage import core, shown

pytestmark = pytest.mark.browser


def rounding(value):
    """Return how far a number written to six digits may be from the number meant."""
    return 0.5 * 10.0 ** (floor(log10(abs(value))) - 5) if value else 0.0


def check_arithmetic(row):
    theta, rate, gradient, after = (
        shown(cell[0]) for cell in (row.theta, row.rate, row.gradient, row.next)
    )
    slack = rounding(theta) + rounding(after) + abs(gradient) * rounding(rate)
    slack += rate * rounding(gradient)
    assert abs(theta - rate * gradient - after) <= 1.01 * slack, row
    theta, rate, gradient, after = (
        float(cell[1]) for cell in (row.theta, row.rate, row.gradient, row.next)
    )
    assert theta - rate * gradient == pytest.approx(after, rel=1e-9, abs=1e-12)


def test_each_step_is_the_core_s_own(open_page):
    address = "?data=plane&correlation=0.9&loss=mse"
    stage, truth = open_page(address), core(address)
    run, data, bowl = truth.run, truth.training_set.dataset, truth.problem
    X = np.column_stack([np.ones(len(data.y)), data.X]) if bowl.intercept else data.X
    scale = loss_scale(run.loss_name, bowl.n)
    exactly = {"rtol": 1e-12, "atol": 0}
    for step in (0, 1, 7, len(run.loss) - 1):
        stage.scrubber.fill(str(step))
        stage.shows_step(step)
        table = stage.update_table()
        for row in table:
            check_arithmetic(row)
        for column, value in [
            ("theta", run.theta[step]),
            ("gradient", run.gradient[step]),
            ("rate", np.full(len(table), run.rate)),
            ("best", bowl.minimiser()),
        ]:
            texts = [getattr(row, column) for row in table]
            np.testing.assert_allclose([float(title) for _, title in texts], value, **exactly)
            np.testing.assert_allclose([shown(text) for text, _ in texts], value, rtol=6e-6)
        tsse = row_by_row.tsse(X, data.y, run.theta[step])
        for key, value in {
            "loss": scale * tsse,
            "tsse": tsse,
            "mse": tsse / bowl.n,
            "gradient": np.linalg.norm(run.gradient[step]),
            "r2": bowl.r2(run.theta[step]),
        }.items():
            if (key, run.loss_name) in [("tsse", "tsse"), ("tsse", "half-mse"), ("mse", "mse")]:
                continue  # not in the table: it is the loss, or one too many
            text, title = stage.measure(key)
            assert float(title) == pytest.approx(value, rel=1e-11)
            assert shown(text) == pytest.approx(value, rel=6e-6)
