"""Files of many rows to Moments, against reading them into memory."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from bench.servers import ROOT
from bench.table import Row
from linreg import LeastSquares, Moments
from linreg.data.summary.dask_engine import local_cluster
from linreg.model.moments import Floats

READ_ROWS, COLUMNS = 10_000_000, 5
GENERATED_ROWS = 500_000  # generated at a time


def reading(*, quick: bool) -> list[Row]:
    """Measure time and memory of one pass over CSV and Parquet, here and on Dask."""
    rows, rounds = (READ_ROWS // 10, 1) if quick else (READ_ROWS, 3)
    with tempfile.TemporaryDirectory(prefix="linreg-bench-") as name:
        csv, twice, parquet = (Path(name) / f for f in ("once.csv", "twice.csv", "once.parquet"))
        _make(rows, csv, twice, parquet)
        jobs = [("read_csv", csv), *((e, f) for e in ("polars", "pandas") for f in (csv, parquet))]
        best: dict[tuple[str, Path], dict[str, Any]] = {}
        for _ in range(rounds):
            for job in jobs:
                best[job] = _faster(best.get(job, {}), _pass(*job))
        double = {engine: _pass(engine, twice) for engine in ("polars", "pandas")}
        return [
            *_against_pandas(rows, csv, best, double),
            *_parquet(csv, parquet, best),
            *_on_dask(parquet, best["polars", parquet], rounds),
        ]


def _against_pandas(
    rows: int,
    csv: Path,
    best: dict[tuple[str, Path], dict[str, Any]],
    double: dict[str, dict[str, Any]],
) -> list[Row]:
    whole = best["read_csv", csv]
    table = []
    for engine, slower, most in (("polars", 1.0, 450.0), ("pandas", 2.5, 200.0)):
        ours = best[engine, csv]
        table += [
            Row(
                f"CSV of {rows:,} rows × {COLUMNS} ({csv.stat().st_size / 1e9:.2f} GB) to Moments "
                f"with {engine}, against pandas.read_csv of it all",
                f"{whole['seconds']:.2f} s",
                f"{ours['seconds']:.2f} s",
                ours["seconds"] / whole["seconds"],
                slower,
                most=True,
            ),
            Row(
                "… its peak memory",
                f"{whole['peak']:.0f} MB",
                f"{ours['peak']:.0f} MB",
                ours["peak"],
                most,
                most=True,
                unit=" MB",
            ),
            Row(
                "… the same for twice the rows",
                f"{ours['peak']:.0f} MB",
                f"{double[engine]['peak']:.0f} MB",
                double[engine]["peak"] / ours["peak"],
                1.1,
                most=True,
            ),
        ]
    return table


def _parquet(csv: Path, parquet: Path, best: dict[tuple[str, Path], dict[str, Any]]) -> list[Row]:
    slow, fast = best["polars", csv]["seconds"], best["polars", parquet]["seconds"]
    return [
        Row(
            "Parquet of the same to Moments, times faster than the CSV",
            f"{slow:.2f} s",
            f"{fast:.2f} s",
            slow / fast,
            4.0,
        )
    ]


def _on_dask(parquet: Path, single: dict[str, Any], rounds: int) -> list[Row]:
    with local_cluster(2) as cluster:
        spread: dict[str, Any] = {}
        for _ in range(rounds + 1):  # the first one only lets the workers import what they need
            spread = _faster(spread, _pass("dask", parquet, cluster.scheduler_address))
    return [
        Row(
            "the same on Dask with two local workers, against a single process",
            f"{single['seconds']:.2f} s",
            f"{spread['seconds']:.2f} s",
            spread["seconds"] / single["seconds"],
            2.5,
            most=True,
        ),
        Row(
            "… how far the two answers differ, relatively",
            "–",
            "means, columns of K, slopes",
            _apart(single, spread),
            1e-15,
            most=True,
            unit="",
        ),
    ]


def _apart(one: dict[str, Any], other: dict[str, Any]) -> float:
    """Return the largest difference of a slope, a mean or a column of K, relatively."""
    a, b = (Moments(m["n"], np.array(m["mean"]), np.array(m["K"])) for m in (one, other))
    assert a.n == b.n
    return max(
        _relative(a.mean, b.mean),
        _relative(np.hypot.reduce(a.K, axis=0), np.hypot.reduce(b.K, axis=0)),
        _relative(*(LeastSquares.from_moments(m).minimiser()[1:] for m in (a, b))),
    )


def _relative(a: Floats, b: Floats) -> float:
    return float((np.abs(a - b) / np.abs(a)).max())


def _pass(*arguments: object) -> dict[str, Any]:
    """Run `bench.one_pass` in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.one_pass", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _faster(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    return new if not old or new["seconds"] < old["seconds"] else old


def _make(rows: int, csv: Path, twice: Path, parquet: Path) -> None:
    """Write a table of random numbers with all their digits, in three files."""
    rng = np.random.default_rng(0)
    with csv.open("wb") as file, twice.open("wb") as double:
        for start in range(0, rows, GENERATED_ROWS):
            piece = _piece(rng, min(GENERATED_ROWS, rows - start))
            text = piece.write_csv(include_header=not start).encode()
            file.write(text)
            double.write(text)
            piece.write_parquet(parquet.with_suffix(f".{start}"))
        file.flush()
        with csv.open("rb") as again:
            again.readline()
            while block := again.read(1 << 24):
                double.write(block)
    pieces = sorted(parquet.parent.glob(f"{parquet.stem}.[0-9]*"), key=lambda p: int(p.suffix[1:]))
    # Compressed as pandas and pyarrow do by default.
    together = pl.scan_parquet(pieces)
    together.sink_parquet(parquet, row_group_size=GENERATED_ROWS, compression="snappy")
    for piece in pieces:
        piece.unlink()


def _piece(rng: np.random.Generator, n: int) -> pl.DataFrame:
    columns = {f"x{j}": rng.normal(10.0**j, 3.0**j, n) for j in range(1, COLUMNS)}
    columns["y"] = sum(columns.values()) + rng.standard_normal(n)
    return pl.DataFrame(columns)
