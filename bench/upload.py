"""A large CSV chosen in a browser to its first picture, and the server's memory afterwards.

`python -m bench.upload FILE` is the baseline: the reader's own pass over the file, in seconds.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from playwright.sync_api import Browser, FilePayload, Page

from bench.browser import chromium, tab
from bench.opening import PICTURES
from bench.servers import ROOT, Server, app
from bench.soak import resident
from bench.table import Row
from linreg.data.files.process.malloc import keep_freed_memory
from linreg.data.files.read_table import read_table

UPLOADED_ROWS, COLUMNS = 2_000_000, 5  # 200 MB with all digits, as much as the app takes
WRITTEN_ROWS = 100_000  # written at a time
SETTLE_MEMORY_SECONDS = 3.0  # before the memory is measured
NEW_PICTURE = """former => {
  const now = document.querySelector(".lr-stage")?.dataset.revision;
  return now !== undefined && now !== former;
}"""
SMALL_FILE = b"u,v\n1,2\n2,5\n3,4\n"


def upload(*, quick: bool) -> list[Row]:
    """Measure in fresh browser contexts, on a server that has read a small file before."""
    rows, rounds = (UPLOADED_ROWS // 10, 1) if quick else (UPLOADED_ROWS, 3)
    with tempfile.TemporaryDirectory(prefix="linreg-bench-") as name:
        path = Path(name) / "rows.csv"
        _make(path, rows)
        alone, seen = [], []
        with app() as server, chromium() as browser:
            for _ in range(rounds):
                alone.append(_alone(path))
                seen.append(_uploaded(server, browser, path))
        size = path.stat().st_size / 1e6
    base, first = median(alone), median(seconds for seconds, _ in seen)
    grown = max(memory for _, memory in seen)
    return [
        Row(
            f"{size:.0f} MB CSV ({rows:,} rows × {COLUMNS}) chosen in the browser to first "
            "picture, against the reader’s own pass over it",
            f"{base:.2f} s",
            f"{first:.2f} s",
            first / base,
            3.0,
            most=True,
        ),
        Row(
            "… the server’s memory afterwards, above what it was before",
            "–",
            f"{grown:.0f} MB",
            grown,
            100.0,
            most=True,
            unit=" MB",
        ),
    ]


def _make(path: Path, rows: int) -> None:
    """Write random rows of 17 digits, the last column the target."""
    draws = np.random.default_rng(0)
    with path.open("w", encoding="ascii") as file:
        file.write(",".join([*(f"x{j}" for j in range(1, COLUMNS)), "y"]) + "\n")
        for first in range(0, rows, WRITTEN_ROWS):
            X = draws.normal(size=(min(WRITTEN_ROWS, rows - first), COLUMNS - 1))
            y = X.sum(axis=1) + draws.normal(size=len(X))
            piece = np.column_stack([X, y]).tolist()
            file.writelines(",".join(map(repr, row)) + "\n" for row in piece)


def _alone(path: Path) -> float:
    """Return the seconds of the reader's own pass, in a process of its own."""
    command = [sys.executable, "-m", "bench.upload", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout)


def _uploaded(server: Server, browser: Browser, path: Path) -> tuple[float, float]:
    """Return the seconds until the picture, and by how many MB the server has grown."""
    with tab(browser, f"{server.page}?data=upload", PICTURES) as opened:
        page = opened.page
        small: FilePayload = {"name": "small.csv", "mimeType": "text/csv", "buffer": SMALL_FILE}
        _choose(page, small)
        page.wait_for_timeout(1000 * SETTLE_MEMORY_SECONDS)
        before = resident(server.pid)
        start = perf_counter()
        _choose(page, path)
        seconds = perf_counter() - start
        page.wait_for_timeout(1000 * SETTLE_MEMORY_SECONDS)
        return seconds, resident(server.pid) - before


def _choose(page: Page, file: Path | FilePayload) -> None:
    """Choose a file and wait for its picture."""
    former = page.locator(PICTURES).get_attribute("data-revision")
    page.locator("input[type=file]").set_input_files(file)
    page.wait_for_function(
        NEW_PICTURE,
        arg=former,
        timeout=120_000,
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="linreg-bench-") as folder:
        keep_freed_memory()  # as the app's reader
        began = perf_counter()
        read_table(Path(sys.argv[1]), folder=Path(folder))
        print(perf_counter() - began)
