"""What there is to say about rows before they are trained on."""

import numpy as np

from linreg.datasets import row_notes


def told(*columns, names="abc", y=None):
    X = np.column_stack(columns).astype(float)
    y = np.arange(len(X), dtype=float) if y is None else np.array(y, dtype=float)
    return " ".join(row_notes(X, y, tuple(names[: X.shape[1]]), "y"))


A, B = np.array([1, 2, 4, 7, 3, 9]), np.array([5, 1, 2, 2, 8, 0])


def test_good_features_need_no_notes():
    assert told(A, B) == ""


def test_a_constant_feature_is_told():
    assert told(A, np.full(6, 3)) == (
        "Feature “b” is constant (3), so its weight cannot be told apart from the intercept."
    )


def test_a_repeated_feature_is_told():
    assert "Feature “b” repeats feature “a”." in told(A, A)


def test_a_dependent_feature_is_told_with_the_others():
    assert "Feature “c” is a linear combination of “a” and “b”." in told(A, B, 2 * A - B + 5)


def test_fewer_rows_than_parameters():
    assert "fewer rows (2) than parameters (3). Many minima" in told(A[:2], B[:2])


def test_a_constant_target_is_told():
    assert told(A, y=[2500] * 6) == (
        "Target “y” is the same in every row (2,500): with an intercept the best model is that "
        "constant, and R² is not defined."
    )
