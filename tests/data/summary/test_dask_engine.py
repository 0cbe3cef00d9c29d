"""The pass on Dask: a cluster of two processes on this machine, shared by all tests."""

import gzip
import os
import signal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from linreg import LeastSquares, Moments
from linreg.data.summary import dask_engine
from linreg.data.summary.dask_engine import local_cluster, summarise_on_dask
from linreg.data.summary.summarise import summarise
from linreg.errors import DataError

pytestmark = pytest.mark.slow

FILES, ROWS = 24, 1000
NAMES = ["a", "b", "y"]


@pytest.fixture(scope="module")
def cluster():
    with local_cluster(2) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def columns():
    rng = np.random.default_rng(0)
    a, b = rng.normal(5, 2, FILES * ROWS), rng.lognormal(size=FILES * ROWS)
    return [a, b, 1 + 2 * a - b + rng.normal(size=FILES * ROWS)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory, columns):
    """Return a folder of Parquet files with a column of groups."""
    folder = tmp_path_factory.mktemp("dask")
    for k in range(FILES):
        part = {name: c[k * ROWS : (k + 1) * ROWS] for name, c in zip(NAMES, columns, strict=True)}
        part["kind"] = np.array(["p", "q"])[np.arange(ROWS) % 2]
        pq.write_table(pa.table(part), folder / f"{k:03}.parquet", row_group_size=300)
    return folder


def same(summary, columns, groups=None):
    whole = Moments.from_arrays(np.column_stack(columns[:2]), columns[2])
    mine = summary.total
    assert mine.n == whole.n
    for a, b in (
        (mine.mean, whole.mean),
        (np.hypot.reduce(mine.K, axis=0), np.hypot.reduce(whole.K, axis=0)),
        *[[LeastSquares.from_moments(m).minimiser()[1:] for m in (mine, whole)]],
    ):
        np.testing.assert_allclose(a, b, rtol=2e-15)


def test_the_answer_is_that_of_one_process(cluster, folder, columns):
    shares = []
    summary = summarise_on_dask(
        [str(folder)], None, "y", scheduler=cluster.scheduler_address, on_progress=shares.append
    )
    same(summary, columns)
    assert summary.read == FILES * ROWS
    assert shares[-1] == 1


def test_the_sample_is_of_rows_with_their_true_numbers(cluster, folder, columns):
    sample = summarise_on_dask(
        [str(folder)], NAMES, "y", scheduler=cluster.scheduler_address
    ).sample
    assert len(sample.rows) == 2000
    np.testing.assert_array_equal(sample.values, np.column_stack(columns)[sample.rows - 1])


def test_a_killed_worker_does_not_lose_the_answer(folder, columns):
    killed = []
    with local_cluster(2) as cluster:

        def kill(share):
            if not killed and share > 0.2:
                killed.append(next(iter(cluster.workers.values())).pid)
                os.kill(killed[0], signal.SIGKILL)

        summary = summarise_on_dask(
            [str(folder)], NAMES, "y", scheduler=cluster.scheduler_address, on_progress=kill
        )
    assert killed
    same(summary, columns)


def test_a_cluster_of_its_own(folder, columns):
    same(summarise_on_dask([str(folder)], NAMES, "y"), columns)


def test_bad_cells_and_columns_are_told_with_their_file(cluster, tmp_path):
    def refused(*columns):
        with pytest.raises(DataError) as refusal:
            summarise_on_dask(
                [str(tmp_path / "*.csv")], columns, "y", scheduler=cluster.scheduler_address
            )
        return str(refusal.value)

    (tmp_path / "1.csv").write_text("a,y\n1,2\n3,5\n")
    (tmp_path / "2.csv").write_text("y,a\n1,2\n3,5\n4,oops\n")
    assert "2.csv”: Column “a” is not a number in row 3 (“oops”)" in refused("a", "y")
    assert "“z”" in refused("z", "y")


def test_files_agree_on_the_decimal_mark_as_in_a_scan(cluster, tmp_path):
    (tmp_path / "a.tsv").write_text("x\ty\n1,234\t2\n2,555\t3\n")
    (tmp_path / "b.tsv").write_text("x\ty\n1,5\t2\n2,25\t3\n")
    paths = [str(tmp_path / "*.tsv")]
    summary = summarise_on_dask(paths, None, "y", scheduler=cluster.scheduler_address)
    alone = summarise(paths, "y")
    np.testing.assert_allclose(summary.total.mean, [(1.234 + 2.555 + 1.5 + 2.25) / 4, 2.5])
    assert summary.notes == alone.notes == ("Read with tabs between columns, decimal comma.",)


def test_a_mark_that_shows_only_far_down_is_that_of_the_other_files(cluster, tmp_path):
    rows = gzip.compress(b"x\ty\n" + b"1\t2\n" * 30_000 + b"1,5\t3\n")  # only its start is seen
    (tmp_path / "a.gz").write_bytes(rows)
    (tmp_path / "b.gz").write_bytes(gzip.compress(b"x\ty\n2,25\t3\n"))
    paths = [str(tmp_path / "*.gz")]
    summary = summarise_on_dask(paths, None, "y", scheduler=cluster.scheduler_address)
    assert summary.total.n == summarise(paths, "y").total.n == 30_002
    (tmp_path / "b.gz").write_bytes(gzip.compress(b"x\ty\n2.25\t3\n"))
    own = summarise_on_dask(paths, None, "y", scheduler=cluster.scheduler_address)
    for summary in (own, summarise(paths, "y")):  # each file is certain of its own mark
        np.testing.assert_allclose(summary.total.mean[0], (30_000 + 1.5 + 2.25) / 30_002)


def test_notes_that_reading_brings_are_those_of_a_scan(cluster, tmp_path):
    (tmp_path / "a.csv").write_text('x,y\n1,"1,234"\n2,"12,345,678"\n3,999\n')
    paths = [str(tmp_path / "a.csv")]
    summary = summarise_on_dask(paths, None, "y", scheduler=cluster.scheduler_address)
    assert summary.notes == summarise(paths, "y").notes
    assert summary.notes == ("Thousands separators were removed in “y”.",)


def test_missing_values_are_left_out_as_everywhere(cluster, tmp_path):
    (tmp_path / "1.csv").write_text("a,y\n1,2\n3,\n5,7\n")
    (tmp_path / "2.csv").write_text("a,y\nNA,2\n")
    summary = summarise_on_dask(
        [str(tmp_path / "*.csv")], None, "y", scheduler=cluster.scheduler_address
    )
    assert (summary.read, summary.left_out, summary.total.n) == (4, 2, 2)
    assert summary.sample.rows.tolist() == [1, 3]


def test_a_scheduler_that_is_not_there_is_named(folder, monkeypatch):
    monkeypatch.setattr(dask_engine, "TIMEOUT_SECONDS", 1)
    with pytest.raises(DataError, match=r"No Dask scheduler answers at “tcp://127\.0\.0\.1:1”"):
        summarise_on_dask([str(folder)], None, "y", scheduler="tcp://127.0.0.1:1")


def test_times_in_milliseconds_keep_their_digits_on_many_processes(cluster, tmp_path):
    rng = np.random.default_rng(1)
    time = 1.7e12 + np.sort(rng.integers(0, 3_600_000, 60_000))
    y = 2.5e-6 * (time - 1.7e12) + rng.normal(size=60_000)
    for k in range(6):
        part = slice(10_000 * k, 10_000 * (k + 1))
        pq.write_table(pa.table({"time": time[part], "y": y[part]}), tmp_path / f"{k}.parquet")
    address = cluster.scheduler_address
    one = summarise_on_dask([str(tmp_path)], ["time", "y"], "y", scheduler=address).moments()
    whole = Moments.from_arrays(time - 1.7e12, y)
    np.testing.assert_allclose(
        np.hypot.reduce(one.K, axis=0), np.hypot.reduce(whole.K, axis=0), rtol=1e-15
    )
    slopes = [LeastSquares.from_moments(m).minimiser()[1] for m in (one, whole)]
    assert slopes[0] == pytest.approx(slopes[1], rel=1e-14)
