"""Dates as days since the first one.

A date is read in one way only or not at all: ISO (2020-01-31, with or without a time), with a
month in words (31 Jan 2020), with points (31.1.2020, day first as wherever points are written), or
with slashes or hyphens, where a number above 12 somewhere in the column must tell day and month.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from linreg.errors import DataError
from linreg.model.moments import Floats
from linreg.text.numbers import count

CLEAR_FORMATS = (
    "ISO8601",
    *(f"%Y{mark}%m{mark}%d" for mark in "/."),
    "%d.%m.%Y",
    *(f"%d{mark}{month}{mark}%Y" for mark in " -" for month in ("%b", "%B")),
    *(f"{month} %d{mark} %Y" for mark in (",", "") for month in ("%b", "%B")),
)
AMBIGUOUS_FORMATS = tuple((f"%d{mark}%m{mark}%Y", f"%m{mark}%d{mark}%Y") for mark in "/-")
DATE_SHAPE = re.compile(r"\d{4}-\d|\w+[-/. ]+\w+[-/., ]+\w")  # of what may be a date
SAMPLE_CELLS = 200  # that decide whether a column may hold dates


@dataclass(frozen=True, eq=False)
class Dates:
    """A column of dates.

    Attributes
    ----------
    days : ndarray of shape (n,)
        Days since the first date, with a fraction for the time of day; NaN where one is missing.
    first : date
    note : str
        How they were read where that was a decision, else empty.
    """

    days: Floats
    first: date
    note: str


def looks_like_dates(cells: Any) -> bool:
    """Tell from its first cells whether a column of text holds dates, perhaps ambiguous ones."""
    words = cells[: 10 * SAMPLE_CELLS].drop_null()[:SAMPLE_CELLS].to_pandas()
    if not len(words) or not DATE_SHAPE.match(words.iloc[0]):
        return False
    return bool(_parsed(words, _style(words)).notna().mean() > 0.9)


def read_dates(cells: Any, name: str, rows: Any) -> Dates:
    """Read a column of text as dates.

    Parameters
    ----------
    cells : pyarrow array of strings, n of them
        Null where one is missing.
    name : str
        What the column is called.
    rows : ndarray of int, shape (n,)
        The numbers of the rows.

    Raises
    ------
    DataError
        If a cell is no date, or day and month could be exchanged.
    """
    coded = _coded(cells)
    words = coded.dictionary.to_pandas()
    if not len(words):
        raise DataError(f"Column “{name}” is empty, so it holds no dates.")
    times, note = _read(words)
    if note is None:
        raise DataError(
            f"In column “{name}” day and month cannot be told apart (“{words.iloc[0][:40]}”): "
            "no number is above 12; write the dates as year-month-day in the file."
        )
    bad = times.isna().to_numpy()
    codes = coded.indices.to_numpy(zero_copy_only=False)
    if bad.any():
        place = int(np.flatnonzero(np.isin(codes, np.flatnonzero(bad)))[0])
        raise DataError(
            f"Column “{name}” has “{cells[place].as_py()[:40]}” in row {count(int(rows[place]))}, "
            "which is no date that can be read like the others; correct that cell, or leave the "
            "row out."
        )
    first = times.min().normalize()
    own = ((times - first) / pd.Timedelta(days=1)).to_numpy(dtype=float)
    present = np.isfinite(codes)
    days = np.full(len(codes), np.nan)
    days[present] = own[codes[present].astype(int)]
    return Dates(days, first.date(), note)


def are_dates(cells: Any) -> bool:
    """Tell whether `read_dates` reads a column of text: all cells are dates, in one way only."""
    times, note = _read(_coded(cells).dictionary.to_pandas())
    return note is not None and len(times) > 0 and bool(times.notna().all())


def _coded(cells: Any) -> Any:
    """Return the cells as codes, with the different texts as dictionary."""
    return cells.dictionary_encode().unify_dictionaries().combine_chunks()


def _read(words: pd.Series[Any]) -> tuple[pd.Series[Any], str | None]:
    """Read different dates, NaT where one is none; beside them what was decided.

    That is None where day and month could be exchanged.
    """
    style = _style(words[:SAMPLE_CELLS])
    times = _parsed(words, style)
    for day_first, month_first in AMBIGUOUS_FORMATS:
        if style not in (day_first, month_first):
            continue
        one, other = _parsed(words, day_first), _parsed(words, month_first)
        if one.notna().all() and other.notna().all() and not one.equals(other):
            return times, None
        if other.notna().sum() > one.notna().sum():
            return other, "read as month, day, year"
        return one, "read as day, month, year"
    return times, ""


def _style(words: pd.Series[Any]) -> str:
    """Return the way of writing that most of some cells follow."""
    styles = (*CLEAR_FORMATS, *(style for pair in AMBIGUOUS_FORMATS for style in pair))
    return max(styles, key=lambda style: int(_parsed(words, style).notna().sum()))


def _parsed(words: pd.Series[Any], style: str) -> pd.Series[Any]:
    times = pd.to_datetime(words, format=style, errors="coerce", utc=True).dt.tz_localize(None)
    return times.where(times.dt.year.between(date.min.year, date.max.year))  # “-3.5” is no year
