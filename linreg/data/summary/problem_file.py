"""A problem file: all that training needs of a table, a few kB for a billion rows.

It is JSON, and docs/problem-file.md describes it. Numbers of the moments are written with the
fewest digits that read back as the same float64; the sample is base64 of little-endian
float64. A checksum over the content tells a damaged file; nothing in a file is ever executed.
"""

import binascii
import hashlib
import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import isfinite
from typing import Any

import numpy as np

from linreg.data.files.cells.column_names import SURROGATES, all_without_surrogates
from linreg.data.files.storage import atomic_write
from linreg.data.files.storage.source import unreadable_error
from linreg.data.select import MAX_NUMBER
from linreg.data.summary.accumulator import SAMPLE_ROWS
from linreg.data.summary.row_sample import Sample
from linreg.data.summary.summary import MAX_SUMMED_GROUPS, Summary
from linreg.errors import DataError
from linreg.model.moments import Floats, Moments

FORMAT, VERSION = "linreg problem", 1
MAX_FILE_BYTES = 1 << 25
MAX_COLUMNS = 500  # what the core's decompositions are made for
MAX_TEXT_CHARACTERS = 10_000  # of one name or note
MAX_SENTENCES, MAX_ALL_CHARACTERS = 10_000, 1_000_000  # of all notes, and of all repairs
ROW_TOLERANCE = 1e-9  # relative; sample rows are checked against their moments
ROW_NUMBER_LIMIT = 1 << 62
MAKE_AGAIN = "make it again with “python -m linreg summarise”, or download it again."


def dumps(summary: Summary) -> str:
    """Write a summary as the text of a problem file.

    Raises
    ------
    DataError
        If `loads` would refuse it.
    """
    content = _content(summary)
    head = {"format": FORMAT, "version": VERSION, "checksum": checksum(content)}
    text = json.dumps({**head, "content": content}, ensure_ascii=False, indent=1) + "\n"
    size = len(text.encode())
    if size > MAX_FILE_BYTES:
        raise DataError(
            f"No problem file can be made of these data: it would have {size / (1 << 20):.1f} MB, "
            f"and may have {MAX_FILE_BYTES >> 20} MB; choose fewer columns, or group by a column "
            "with fewer values."
        )
    with _can_be_read_again():
        _summary(content)
    return text


def check_columns(chosen: Sequence[str], others: Sequence[str]) -> None:
    """Refuse columns that `dumps` would refuse, before all rows are summed up.

    Parameters
    ----------
    chosen : sequence of str
        The target and the features.
    others : sequence of str
        Columns that come along as far as there is room.

    Raises
    ------
    DataError
        If their names are too long, or too many are chosen.
    """
    with _can_be_read_again():
        _columns(all_without_surrogates([*chosen]))
        _texts(all_without_surrogates([*others]), "columns")


@contextmanager
def _can_be_read_again() -> Iterator[None]:
    """Turn what is wrong with a content into a refusal to write it."""
    try:
        yield
    except ValueError as error:
        raise DataError(
            f"No problem file can be made of these data, for it could not be read again: {error}; "
            "choose other columns, or shorten or leave out what is too long."
        ) from None


def _content(summary: Summary) -> dict[str, Any]:
    """Return what a file holds; of a character that UTF-8 cannot write, that there was one."""
    header = {
        "source": _cut(summary.source),
        "columns": list(summary.columns),
        "target": summary.target,
        "features": list(summary.features),
        "units": summary.units,
        "repairs": [*map(_cut, summary.repairs)],
        "notes": [*map(_cut, summary.notes)],
        "rows_read": summary.read,
        "rows_left_out": summary.left_out,
        "grouped_by": summary.grouped_by,
    }
    numbers = {
        "groups": [
            {
                "name": all_without_surrogates(name),
                "n": moments.n,
                "mean": moments.mean.tolist(),
                **({"mean_tail": moments.mean_tail.tolist()} if len(summary.groups) > 1 else {}),
                "K": moments.K[np.triu_indices(len(moments.mean))].tolist(),
            }
            for name, moments in summary.groups.items()
        ],
        "sample": {
            "size": summary.sample.size,
            "rows": summary.sample.rows.tolist(),
            "groups": summary.sample.labels.tolist(),
            "values": b64encode(summary.sample.values.astype("<f8").tobytes()).decode(),
        },
    }
    return {**all_without_surrogates(header), **numbers}


def _cut(sentence: str) -> str:
    """Cut a sentence that is too long: long names may be in it."""
    too_long = len(sentence) > MAX_TEXT_CHARACTERS
    return sentence[: MAX_TEXT_CHARACTERS - 1] + "…" if too_long else sentence


def checksum(content: Mapping[str, Any]) -> str:
    """Return SHA-256 of the content as JSON with sorted keys and without spaces."""
    plain = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return "sha256:" + hashlib.sha256(plain.encode()).hexdigest()


def save(summary: Summary, path: str | os.PathLike[str]) -> None:
    """Write a problem file; whatever goes wrong, no half file is left.

    Raises
    ------
    DataError
        If the file cannot be written, or `loads` would refuse it.
    """
    atomic_write.write(dumps(summary), path)


def loads(data: bytes, name: str = "file") -> Summary:
    """Read a problem file.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str
        What the file is called.

    Raises
    ------
    DataError
        If it is no problem file, of another version, damaged, or makes no sense.
    """
    if len(data) > MAX_FILE_BYTES:
        raise DataError(
            f"“{name}” is too large for a problem file, which takes less than "
            f"{MAX_FILE_BYTES >> 20} MB; {MAKE_AGAIN}"
        )
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        raise DataError(f"The problem file “{name}” is cut off or damaged; {MAKE_AGAIN}") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise DataError(f"“{name}” is not a problem file; {MAKE_AGAIN}")
    if document.get("version") != VERSION:
        raise DataError(
            f"The problem file “{name}” has {_version(document.get('version'))}, and this program "
            f"reads version {VERSION}; {MAKE_AGAIN}"
        )
    content = document.get("content")
    try:
        right = isinstance(content, dict) and checksum(content) == document.get("checksum")
    except (ValueError, RecursionError):
        right = False
    if not right:
        raise DataError(
            f"The problem file “{name}” was changed or damaged: its checksum does not fit its "
            f"content; {MAKE_AGAIN}"
        )
    try:
        return _summary(content)
    except (KeyError, TypeError, ValueError, OverflowError, binascii.Error) as error:
        raise DataError(
            f"The problem file “{name}” makes no sense ({_why(error)}); {MAKE_AGAIN}"
        ) from None


def load(path: str | os.PathLike[str]) -> Summary:
    """Read the problem file at a path; raises DataError as `loads` does, or if it is not there."""
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise unreadable_error(path, error) from None
    return loads(data, str(path))


def _version(value: object) -> str:
    return (
        f"version {value}"[:30] if isinstance(value, int) else "a version that is no whole number"
    )


def _why(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)[:200]


def _summary(content: Any) -> Summary:
    """Build a summary from the content of a file, believing nothing."""
    columns = _columns(content["columns"])
    p = len(columns)
    target, features = _text(content["target"], "target"), _texts(content["features"], "features")
    if target in features or len(set(features)) < len(features) or not features:
        raise ValueError("target and features must be different columns")
    if not {target, *features} <= set(columns):
        raise ValueError("target and features must be among the columns")
    groups = {}
    for group in _list(content["groups"], "groups"):
        groups[_text(group["name"], "the name of a group")] = _moments(group, p)
    if not 1 <= len(groups) <= MAX_SUMMED_GROUPS or len(groups) < len(content["groups"]):
        raise ValueError(f"a problem has 1 to {MAX_SUMMED_GROUPS} groups with different names")
    units = content["units"]
    if not isinstance(units, dict) or not units.keys() <= set(columns):
        raise ValueError("units must be those of the columns")
    grouped_by = content["grouped_by"]
    summary = Summary(
        columns=columns,
        groups=groups,
        sample=_sample(content["sample"], p, len(groups)),
        read=_whole(content["rows_read"], "rows_read"),
        left_out=_whole(content["rows_left_out"], "rows_left_out"),
        target=target,
        features=features,
        grouped_by=None if grouped_by is None else _text(grouped_by, "grouped_by"),
        units={name: _text(unit, "a unit") for name, unit in units.items()},
        repairs=_sentences(content["repairs"], "repairs"),
        source=_text(content["source"], "source"),
        notes=_sentences(content["notes"], "notes"),
    )
    n = sum(moments.n for moments in groups.values())
    if summary.read != n + summary.left_out:
        raise ValueError("the rows used and left out must add up to those read")
    if len(summary.sample.rows) > n:
        raise ValueError("the sample must not have more rows than were used")
    for number, moments in enumerate(groups.values()):
        _check_belong(summary.sample.values[summary.sample.labels == number], moments)
    return summary


def _columns(value: object) -> tuple[str, ...]:
    columns = _texts(value, "columns")
    p = len(columns)
    if not 2 <= p <= MAX_COLUMNS or len(set(columns)) < p or "" in columns:
        raise ValueError(f"a problem has 2 to {MAX_COLUMNS} columns with different names")
    return columns


def _moments(group: Mapping[str, Any], p: int) -> Moments:
    n = _whole(group["n"], "n")
    if n < 1:
        raise ValueError("a group must have a row")
    K = np.zeros((p, p))
    K[np.triu_indices(p)] = _floats(group["K"], p * (p + 1) // 2, "K")
    mean = _floats(group["mean"], p, "mean")
    if "mean_tail" not in group:  # as in files of before there was one
        return Moments(n, mean, K)
    tail = _floats(group["mean_tail"], p, "mean_tail")
    if (mean + tail != mean).any():
        raise ValueError("mean_tail must be what rounding left out of mean")
    return Moments(n, mean, K, tail)


def _check_belong(values: Floats, moments: Moments) -> None:
    """Refuse rows, shape (k, p), that the moments cannot be of.

    A column of K is as long as the root of Σ (w − mean)², and none of these squares is longer.
    """
    furthest = np.hypot.reduce(moments.K, axis=0)
    slack = ROW_TOLERANCE * (furthest + np.abs(moments.mean) + np.abs(values))
    if len(values) > moments.n or (np.abs(values - moments.mean) > furthest + slack).any():
        raise ValueError("the sample must be of rows that the mean and K allow")


def _sample(content: Mapping[str, Any], p: int, groups: int) -> Sample:
    size = _whole(content["size"], "size")
    rows = [_whole(row, "a row number") for row in _list(content["rows"], "rows")]
    labels = [_whole(label, "the group of a row") for label in _list(content["groups"], "groups")]
    k = len(rows)
    if k > min(size, SAMPLE_ROWS) or sorted(set(rows)) != rows or rows[:1] == [0]:
        raise ValueError("the rows of the sample must be different, in order and not too many")
    if len(labels) != k or any(label >= groups for label in labels):
        raise ValueError("each row of the sample must be of one group")
    if not isinstance(content["values"], str):
        raise ValueError("the values of the sample must be text")
    values = np.frombuffer(b64decode(content["values"], validate=True), "<f8")
    if values.shape != (k * p,) or not (np.abs(values) <= MAX_NUMBER).all():
        raise ValueError("the sample must have a finite number for each row and column")
    whole = np.array([rows, labels], dtype=np.int64).reshape(2, k)
    return Sample(whole[0], values.astype(float).reshape(k, p), whole[1], size)


def _floats(values: object, size: int, name: str) -> Floats:
    numbers = _list(values, name)
    real = all(isinstance(v, int | float) and not isinstance(v, bool) for v in numbers)
    # The sum of squares of a column is at most n times the square of its largest number.
    if len(numbers) != size or not real or not all(isfinite(v) and abs(v) < 1e160 for v in numbers):
        raise ValueError(f"{name} must be {size} finite numbers")
    return np.array(numbers, dtype=float)


def _list(value: object, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(f"{name} must be a list")
    return value


def _texts(value: object, name: str) -> tuple[str, ...]:
    return tuple(_text(item, name) for item in _list(value, name))


def _sentences(value: object, name: str) -> tuple[str, ...]:
    texts = _texts(value, name)
    if len(texts) > MAX_SENTENCES or sum(map(len, texts)) > MAX_ALL_CHARACTERS:
        raise ValueError(
            f"{name} must be at most {MAX_SENTENCES:,}, of {MAX_ALL_CHARACTERS:,} characters"
        )
    return texts


def _text(value: object, name: str) -> str:
    if not isinstance(value, str) or len(value) > MAX_TEXT_CHARACTERS:
        raise ValueError(f"{name} must be text of at most {MAX_TEXT_CHARACTERS:,} characters")
    if SURROGATES.search(value):
        raise ValueError(f"{name} must be text without halves of characters")
    return value


def _whole(value: object, name: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < ROW_NUMBER_LIMIT:
        raise ValueError(f"{name} must be a whole number from 0 to below {ROW_NUMBER_LIMIT:,}")
    return value
