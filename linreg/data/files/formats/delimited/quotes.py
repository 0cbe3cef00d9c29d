"""`other_quotes` and `backslash_quotes`, which only all lines of a text show to be used."""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace

from linreg.data.files.formats.delimited.dialect import Dialect
from linreg.data.files.formats.delimited.encoding import Utf8Stream
from linreg.data.files.formats.delimited.rows import BLANKS, Layout


def other_quotes(text: Utf8Stream, dialect: Dialect) -> Layout | None:
    """Return a layout with other quotes that suits each line with such a quote, or None.

    Parameters
    ----------
    text : Utf8Stream
        The rows, some of which are too long with the quotes of the dialect.
    dialect : Dialect
    """
    layout = dialect.layout
    if layout.delimiter == BLANKS or not layout.has_usual_quotes:
        return None
    at_start = rf"(?:^|{re.escape(layout.delimiter)}) *"
    escaped, single = replace(layout, escape="\\"), replace(layout, quote="'")
    marks = {escaped: re.compile(r"\\"), single: re.compile(f"{at_start}'")}
    possible, met = [escaped, single], set[Layout]()
    for line in _lines(text):
        if single in possible and re.search(f'{at_start}"', line):
            possible.remove(single)
        for candidate in [layout for layout in possible if marks[layout].search(line)]:
            met.add(candidate)
            if not _suits(line, candidate, dialect.width):
                possible.remove(candidate)
        if not possible:
            return None
    return next((candidate for candidate in possible if candidate in met), None)


def backslash_quotes(text: Utf8Stream, dialect: Dialect) -> Layout | None:
    """Return a layout with backslash quotes if they suit all lines and doubled ones do not.

    A backslash before anything but a quote or another backslash is no such mark, as in a path.

    Parameters
    ----------
    text : Utf8Stream
        The rows, which have the right width with the quotes of the dialect too.
    dialect : Dialect
    """
    layout, is_misread = dialect.layout, False
    if layout.delimiter == BLANKS or not layout.has_usual_quotes:
        return None
    escaped = replace(layout, escape="\\")
    for line in (line for line in _lines(text) if "\\" in line):
        if "\\" in _ESCAPED.sub("", line) or not _suits(line, escaped, dialect.width):
            return None
        is_misread = is_misread or not _suits(line, layout, dialect.width)
    return escaped if is_misread else None


def _suits(line: str, layout: Layout, width: int) -> bool:
    """Tell whether a line is a row of full width whose quotes are closed."""
    try:
        (fields,) = csv.reader(
            [line],
            delimiter=layout.delimiter,
            quotechar=layout.quote,
            escapechar=layout.escape,
            skipinitialspace=True,
            strict=True,
        )
    except (csv.Error, ValueError):
        return False
    return len(fields) == width


def _lines(text: Utf8Stream) -> Iterator[str]:
    """Yield the lines that have a quote or a backslash."""
    rest = b""
    for block in text:
        *lines, rest = (rest + block).split(b"\n")
        yield from (line.decode() for line in lines if _MARK.search(line))
    if _MARK.search(rest):
        yield rest.decode()


_MARK = re.compile(rb"[\"'\\]")
_ESCAPED = re.compile(r'\\["\\]')
