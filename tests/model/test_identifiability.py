"""Notes on rows before they are trained on."""

import numpy as np
import pytest

from linreg import Moments
from linreg.model.identifiability import is_constant, moment_notes
from linreg.text.lists import MAX_NAMES_IN_SENTENCE
from linreg.text.numbers import number, once_rounded


def notes(*columns, names="abc", y=None, intercept=True):
    X = np.column_stack(columns).astype(float)
    y = np.arange(len(X), dtype=float) if y is None else np.array(y, dtype=float)
    moments = Moments.from_arrays(X, y)
    return " ".join(moment_notes(moments, names[: X.shape[1]], "y", intercept=intercept))


A, B = np.array([1, 2, 4, 7, 3, 9]), np.array([5, 1, 2, 2, 8, 0])


def test_good_features_need_no_notes():
    assert notes(A, B) == ""


def test_a_constant_feature_is_told():
    assert notes(A, np.full(6, 3)) == (
        "Feature “b” is constant (3), so its weight cannot be told apart from the intercept."
    )


def test_a_repeated_feature_is_told():
    assert "Feature “b” repeats feature “a”." in notes(A, A)


def test_a_shifted_or_stretched_copy_is_no_repetition():
    for copy in (A + 1000, 3 * A, -A):
        assert "Feature “b” is a linear combination of “a”." in notes(A, copy)


def test_the_units_of_a_copy_do_not_hide_it():
    assert "Feature “c” is a linear combination of “a”." in notes(A, B, 1e12 * A + 3)
    assert "Feature “c” repeats feature “b”." in notes(A, 1e12 * B, 1e12 * B)


def test_only_the_columns_that_take_part_are_named():
    assert "Feature “c” is a linear combination of “b”. Many" in notes(A, B, 2 * B + 1)


def test_without_an_intercept_a_constant_is_a_feature_like_any_other():
    assert notes(A, np.full(6, 3), intercept=False) == ""
    assert "“c” is a linear combination of “a” and “b”." in notes(
        A, np.full(6, 3), A + 1, intercept=False
    )
    assert "“b” is a linear combination of “a”." in notes(A, 2 * A, intercept=False)
    assert "“b” repeats feature “a”." in notes(A, A, intercept=False)


def test_without_an_intercept_a_feature_of_zeros_is_told():
    assert notes(A, 0 * A, intercept=False) == (
        "Feature “b” is 0 in every row, so its weight can be anything."
    )


def test_a_long_list_is_cut_short():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(100, 20))
    names = [f"x{j}" for j in range(40)]
    copies = moment_notes(Moments.from_arrays(np.hstack([X, X]), X[:, 0]), names, "y")
    assert len(copies) == MAX_NAMES_IN_SENTENCE
    assert copies[0].startswith("Feature “x20” repeats feature “x0”.")
    (total,) = moment_notes(
        Moments.from_arrays(np.column_stack([X, X.sum(axis=1)]), X[:, 0]), names[:21], "y"
    )
    assert "“x9” and others." in total


def test_a_dependent_feature_is_told_with_the_others():
    assert "Feature “c” is a linear combination of “a” and “b”." in notes(A, B, 2 * A - B + 5)


def test_fewer_rows_than_parameters():
    assert "fewer rows (2) than parameters (3). Many minima" in notes(A[:2], B[:2])


def test_a_constant_target_is_told():
    assert notes(A, y=[2500] * 6) == (
        "Target “y” is the same in every row (2,500): with an intercept the best model is that "
        "constant, and R² is not defined."
    )


def test_a_column_that_differs_by_little_in_every_row_is_no_repetition():
    size = np.array([1500.0, 40, 1500, 576, 64, 1280]) * 1e6
    for other in (size + 40, size + np.arange(6), np.nextafter(size, np.inf)):
        sentence = notes(size, other, names=["bytes", "total"])
        assert "repeats" not in sentence
        assert "“total” is a linear combination of “bytes”" in sentence or not sentence
    assert "“total” repeats feature “bytes”" in notes(size, size, names=["bytes", "total"])


@pytest.mark.parametrize("level", [1e16, -1e16, 3e300])
def test_a_column_that_varies_in_its_last_digits_is_not_called_constant(level):
    step = np.spacing(level)
    x = level + step * np.array([0, 1, 2, 1, 0, 3])
    assert len(set(x.tolist())) > 1
    if abs(level) < 1e100:
        assert notes(x, A, names="xa").startswith(
            f"Feature “x” varies only in the last digits of {number(level)}, so its weight cannot"
        )
        assert notes(A, y=x).startswith("Target “y” varies only in the last digits of ")
    small = x / 1e290 if abs(level) > 1e100 else x
    assert "is constant" not in notes(small, A)
    assert f"is constant{once_rounded(small[0])} (" in notes(np.full(6, small[0]), A)


@pytest.mark.parametrize("value", [0.1, 1e16, 7.3, 1e-5, 1 / 3])
@pytest.mark.parametrize("n", [3, 1000, 100_000])
def test_a_constant_is_called_one_however_its_mean_rounds(value, n):
    moments = Moments.from_arrays(np.full(n, value), np.arange(n))
    assert is_constant(moments, 0)
    assert not is_constant(moments, 1)
    one_off = np.full(n, value)
    one_off[n // 2] = np.nextafter(value, np.inf)
    assert not is_constant(Moments.from_arrays(one_off, np.arange(n)), 0)


def test_a_feature_far_too_small_is_not_called_zero():
    sentence = notes([1e-300, 2e-300, 4e-300], names="x", y=[1e3, 2e3, 5e3], intercept=False)
    assert "0 in every row" not in sentence
    assert "measure it in a smaller unit" in sentence
    assert "is constant" not in notes([1e-300, 2e-300, 4e-300], names="x", y=[1e3, 2e3, 5e3])
