"""One pass over a table in a process of its own: its time, its memory and its result.

`python -m bench.one_pass ENGINE FILE [SCHEDULER]` prints JSON. ENGINE is "read_csv" for the
baseline, which only loads the table into memory, or one of `linreg.data.summary.summarise`.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

from threadpoolctl import threadpool_limits

from linreg.data.files.process.malloc import keep_freed_memory
from linreg.data.summary.summarise import summarise

# Imported before the clock starts.
ENGINE_MODULES = {
    "read_csv": "pandas",
    "pandas": "pandas",
    "polars": "linreg.data.files.batches.polars",
    "dask": "linreg.data.summary.dask_engine",
}


def main(engine: str, path: str, scheduler: str | None = None) -> dict[str, Any]:
    """Read the table and return the measurements and the moments."""
    needed = import_module(ENGINE_MODULES[engine])
    start = perf_counter()
    if engine == "read_csv":
        needed.read_csv(path)
        return {"seconds": perf_counter() - start, "peak": _peak()}
    if engine == "pandas":  # this and one thread: as in the command line
        keep_freed_memory()
    with threadpool_limits(limits=1, user_api="blas"):
        moments = summarise([path], "y", engine=engine, scheduler=scheduler).moments()
    return {
        "seconds": perf_counter() - start,
        "peak": _peak(),
        "n": moments.n,
        "mean": moments.mean.tolist(),
        "K": moments.K.tolist(),
    }


def _peak() -> float:
    """Return the most memory that this process ever had, in MB."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the kernel tells no peak memory")


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
