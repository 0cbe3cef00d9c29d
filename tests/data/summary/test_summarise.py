"""One pass over files: the same problem whatever reads them."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from linreg import LeastSquares
from linreg.data.summary.summarise import summarise
from linreg.errors import DataError
from tests.helpers.oracle import digits, nist

ENGINES = ["polars", "pandas"]


def problem(summary, **options):
    return LeastSquares.from_moments(summary.moments(), **options)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("name", "floor"),
    [("norris", 11.5), ("pontius", 11.5), ("wampler1", 8.5), ("wampler4", 7), ("noint1", 12)],
)
def test_reference_data_keep_their_digits_through_a_file(tmp_path, engine, name, floor):
    X, y, certified = nist(name)
    columns = {f"x{k}": [repr(float(v)) for v in X[:, k]] for k in range(X.shape[1])}
    columns["y"] = [repr(float(v)) for v in y]
    path = tmp_path / f"{name}.csv"
    lines = [columns, *zip(*columns.values(), strict=True)]
    path.write_text("\n".join(",".join(line) for line in lines))
    summary = summarise([str(path)], "y", engine=engine)
    theta = problem(summary, intercept=certified["intercept"]).minimiser()
    assert digits(theta, np.array(certified["theta"], dtype=float)) >= floor


@pytest.fixture
def folder(tmp_path):
    rng = np.random.default_rng(0)
    for k in range(3):
        a, b = rng.normal(size=(2, 2000))
        table = pa.table({"a": a, "city": ["x", "y"] * 1000, "b": b, "y": a - b})
        pq.write_table(table, tmp_path / f"{k}.parquet")
    return tmp_path


@pytest.mark.parametrize("engine", ENGINES)
def test_all_columns_of_numbers_are_features_but_the_target(folder, engine):
    summary = summarise([str(folder)], "b", engine=engine)
    assert summary.features == ("a", "y")
    assert summary.read == summary.total.n == 6000
    assert any("“city”" in note for note in summary.notes)
    np.testing.assert_allclose(problem(summary).minimiser(), [0, 1, -1], atol=1e-13)


@pytest.mark.parametrize("engine", ENGINES)
def test_only_the_columns_asked_for_are_read(folder, engine):
    assert summarise([str(folder)], "y", ["b"], engine=engine).columns == ("b", "y")


@pytest.mark.parametrize("engine", ENGINES)
def test_groups_are_gathered_apart(folder, engine):
    summary = summarise([str(folder / "*.parquet")], "y", grouped_by="city", engine=engine)
    assert {name: moments.n for name, moments in summary.groups.items()} == {"x": 3000, "y": 3000}
    assert summary.source == str(folder / "*.parquet")


def test_a_target_that_is_text_is_refused(folder):
    with pytest.raises(DataError, match="“city” is not a number in row 1"):
        summarise([str(folder)], "city")


def test_many_files_make_a_short_source(folder):
    files = [str(folder / f"{k}.parquet") for k in (0, 1, 2, 0)]
    assert summarise(files, "y").source == f"{', '.join(files[:3])}, …"
