"""The measurement of every promise: prints a table and writes docs/benchmarks.md.

Exits with 1 if a promise is not kept.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from playwright.sync_api import Error as BrowserError
from websockets.exceptions import WebSocketException

from bench.browser import chromium
from bench.changing import change, size
from bench.core import core
from bench.lesson import lesson
from bench.load import load
from bench.moving import dragging, playing, points
from bench.opening import opening
from bench.reading import reading
from bench.table import RESULTS, Row, failed, markdown, save
from bench.upload import upload
from bench.wide import wide

Measure = Callable[..., list[Row]]
MEASURES: dict[str, Measure] = {
    "core": core,
    "playing": playing,
    "change": change,
    "load": load,
    "dragging": dragging,
    "points": points,
    "size": size,
    "opening": opening,
    "lesson": lesson,
    "upload": upload,
    "reading": reading,
    "wide": wide,
}


def main() -> int:
    """Run the bench and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repeats; nothing is written")
    parser.add_argument("--only", choices=MEASURES, help="one measurement; nothing is written")
    options = parser.parse_args()
    rows: list[Row] = []
    for name in [options.only] if options.only else MEASURES:
        print(f"{name} …", file=sys.stderr, flush=True)
        try:
            rows += MEASURES[name](quick=options.quick)
        except (BrowserError, WebSocketException, RuntimeError, OSError) as error:
            rows.append(failed(name, error))
    print(markdown(rows))
    if not (options.quick or options.only):
        with chromium() as browser:
            save(rows, browser.version)
        print(f"\nwritten to {RESULTS}")
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
