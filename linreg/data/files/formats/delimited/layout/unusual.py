"""`unusual_layout`: the layout of a table that is not plain, by trying what people write.

Each delimiter, blanks among them, is tried with each kind of quotes. A trial yields rows; most of
them have the width of the table, and the first of that width is its header, or its first row. What
stands above is passed over, with a note. The trial counts whose rows agree in width and hold the
most numbers. Where none fits, the rows stay as they are, and reading says what is wrong with them.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from linreg.data.files.cells.column_names import judged_header
from linreg.data.files.cells.number_syntax import is_missing, is_number
from linreg.data.files.formats.delimited.dialect import lines_of, plain_layout
from linreg.data.files.formats.delimited.layout.above import (
    Rows,
    are_names,
    below_padded_title,
    count_comments,
    count_wide_titles,
    few_lines,
    has_numbers,
    is_header,
    is_prose,
    is_word,
    may_stand_above,
    note_on_lines,
    without_units,
)
from linreg.data.files.formats.delimited.rows import (
    BLANKS,
    DELIMITERS,
    NO_DELIMITER,
    QUOTED_ROW,
    Layout,
    Record,
    records,
)
from linreg.errors import DataError

MAX_ROWS_BELOW = 20  # rows of another width at the end that are no reason against a layout
SHORT_ROW_WEIGHT = 0.8  # of a row that lacks fields at the end; one of full width counts 1
LINE_MARKS = ("#", "%", "//")  # of comments between rows
SPLIT_NUMBER = re.compile(r"\d[,;\t|]\S|\S[,;\t|]\d")  # as where “1;2,5” is cut at the comma
TRAILING = (
    "A delimiter stands behind each row; the empty field behind it was passed over.",
    "Delimiters stand behind each row; the empty fields behind them were passed over.",
)
ROW_NAME = "row name"
ROW_NAMES = (
    "The header is one name short, so the first column was read as names of the rows; it is called "
    f"“{ROW_NAME}” here."
)
ROW_NUMBERS = (
    "The header is one name short, so the first column, which numbers the rows, was left out."
)


@dataclass(frozen=True)
class _Trial:
    """A way to read the lines, and how well it does: the higher the score, the better."""

    layout: Layout
    score: tuple[float, int]
    above: int  # number of lines above the header, or above the first row


def unusual_layout(head: bytes, *, cut: bool) -> Layout:
    """Return the layout that suits the start of a text best.

    Parameters
    ----------
    head : bytes
        The start of the text as UTF-8: at least the first row and its line end.
    cut : bool
        Whether the text goes on behind `head`.

    Raises
    ------
    DataError
        If there is no row, or quotes cannot be matched.
    """
    text, skip, named = lines_of(head, cut=cut)
    lines = list(io.StringIO(text, newline=""))
    for mark in LINE_MARKS:
        if layout := _without_comments(lines, mark, skip, named, cut=cut):
            return layout
    return _best_layout(lines, lines, skip, named)


def _without_comments(
    lines: Sequence[str], mark: str, skip: int, named: str | None, *, cut: bool
) -> Layout | None:
    """Return the layout of the lines without those between the rows that begin with a mark.

    Return None if there are no such lines, or if they may be rows.
    """
    marked = [
        k
        for k, line in enumerate(lines)
        if line.lstrip().startswith(mark)
        and not is_missing(re.split(r"[,;\t| ]", line.strip(), maxsplit=1)[0])
    ]
    last = max(
        (k for k, line in enumerate(lines) if line.strip() and k not in {*marked}), default=0
    )
    inside = [k for k in marked if count_comments(lines) <= k < last]
    if not inside or 2 * len(inside) > len(lines):
        return None
    blanked = ["\n" if k in inside else line for k, line in enumerate(lines)]
    try:
        layout = _best_layout(blanked, lines, skip, named)
    except DataError:
        return None
    above = len("".join(lines).encode()[: layout.skip - skip].decode().splitlines())
    found = [lines[k].strip() for k in inside if k > above]
    rows = _rows(blanked[above:], layout)
    numeric = [
        has_numbers([row[j : j + 1] for row in rows[1:] if j < len(row)])
        for j in range(len(rows[0]))
    ]
    if not found or lines[above].lstrip().startswith(mark):
        return None
    for line in found:
        (row,) = _rows([line], layout) or [[""]]
        is_tag = not numeric[0] and not line[len(mark) :].startswith((" ", mark))
        cells = [cell for cell, only in zip(row, numeric, strict=False) if only]
        is_row = len(row) == len(rows[0]) and not any(map(is_word, cells))
        is_short = len(row) == 1 and is_tag
        if is_short or (is_row and (is_tag or any(map(is_number, cells)) or not cells)):
            return None
    if cut:
        note = f"Lines that begin with “{mark}” were passed over: {few_lines(found)}."
    elif len(found) == 1:
        note = f"The comment between the rows was passed over: {few_lines(found)}."
    else:
        note = f"{len(found)} comments between the rows were passed over: {few_lines(found)}."
    return replace(layout, comment=mark, notes=(*layout.notes, note))


def _best_layout(
    lines: Sequence[str], written: Sequence[str], skip: int, named: str | None
) -> Layout:
    """Return the layout that suits lines best; `written` are they with comments between them."""
    text = "".join(lines)
    comments = count_comments(lines)
    candidates = _candidates(text, named)
    plain = Layout(named) if named else plain_layout(text.encode())[0]
    rows = _rows(lines, plain)
    if len(rows[0]) > 1 and len({len(row) for row in rows}) == 1:  # its delimiter is beyond doubt
        candidates = (
            c
            for c in candidates
            if c.quoted_rows or (c.delimiter == plain.delimiter and not c.escape)
        )
        below = _rows(lines[comments:], plain)
        if comments and not (are_names(below[0]) and is_header(below)):
            comments = 0
    trials = [
        trial for layout in candidates if (trial := _tried(lines[comments:], layout)) is not None
    ]
    if not trials:
        rest = "".join(lines[comments:]).encode()
        plain = Layout(named) if named else plain_layout(rest)[0]
        trials = [_Trial(plain, (0, 0), 0)]
    best = max(trials, key=lambda trial: trial.score)
    above, mark = comments + best.above, 0
    if comments and not best.above:
        above, mark = _header_in_comment(lines, comments, best)
    while above and above < len(lines) and lines[above] != written[above]:
        above += 1  # a comment above the header
    passed = [line.strip() for line in written[:above] if line.strip(" \t\r\n,;|")]
    skipped = len("".join(written[:above]).encode()) + mark
    return replace(
        best.layout, skip=skip + skipped, notes=(*note_on_lines(passed), *best.layout.notes)
    )


def _header_in_comment(lines: Sequence[str], comments: int, best: _Trial) -> tuple[int, int]:
    """Return the lines above a header that is the last comment, and the bytes of its mark.

    Without such a header, return the lines above the table and no bytes.
    """
    below = _rows(lines[comments:], best.layout)
    line = lines[comments - 1]
    mark = re.match(r"\s*(?:#+|%+|//+)[ \t]*", line)
    if mark is None or judged_header(below)[0]:
        return comments, 0
    kept = 0 if best.layout.delimiter != BLANKS else len(mark[0].encode())
    (names,) = _rows([line[len(mark[0]) if kept else 0 :]], best.layout) or [[]]
    if len(names) == len(below[0]) and not any(map(is_number, names)):
        return comments - 1, kept
    return comments, 0


def _candidates(text: str, named: str | None) -> Iterator[Layout]:
    delimiters = [d for d in DELIMITERS if d in text or d == BLANKS] if named is None else [named]
    lines = [line for line in text.splitlines() if line.strip()]
    in_quotes = sum(bool(QUOTED_ROW.fullmatch(line)) for line in lines)
    for delimiter in delimiters:
        layout = Layout(delimiter)
        if "'" in text and '"' not in text:
            yield replace(layout, quote="'")
        if in_quotes >= max(len(lines) - 1, 1) and delimiter != BLANKS:
            yield replace(layout, quoted_rows=True)
        yield layout
        if '\\"' in text:
            yield replace(layout, escape="\\")
    if named is None:
        yield Layout(NO_DELIMITER)


def _rows(lines: Sequence[str], layout: Layout) -> Rows:
    return [record.fields for record in records(iter(lines), layout)]


def _tried(lines: Sequence[str], layout: Layout) -> _Trial | None:
    """Try a layout; None if it yields no table."""
    try:
        found = list(records(iter(lines), layout))
    except DataError:
        return None
    rows = [record.fields for record in found]
    if len(rows) < 2:
        return None
    if layout.delimiter == NO_DELIMITER:
        name = rows[0][0]
        is_single = is_number(name) or not any(mark in name for mark in ",;\t|")
        return _Trial(layout, (2, 1), 0) if is_single and _cleanness(rows[1:]) == 1 else None
    widths = [len(row) for row in rows]
    most = Counter(width for width in widths if width > 1).most_common()
    if not most:
        return None
    width = max(w for w, times in most if times == most[0][1])
    if layout.delimiter != BLANKS and (behind := _count_behind_rows(rows)):
        layout, width = _with_trailing(layout, behind), max(widths)
        body = [row[: width - behind] for row in rows[1:]]
        return _Trial(replace(layout, width=width), (1 + _cleanness(body), width), 0)
    short = _has_short_rows(widths) and layout.delimiter != BLANKS
    if short:
        width = widths[0]
    first = widths.index(width)
    above = first > 0
    if first and not is_header(rows[first:]):
        step = widths[first - 1] - width
        if step in (-1, 1) and are_names(rows[first - 1][: width - 1]):
            body = [row for row in rows[first:] if len(row) == width]
            changed = _with_odd_header(layout, rows[first - 1], body, lines)
            if changed is None and width > 2:
                return None
            if changed is not None:
                layout, first = changed, first - 1
                above = first > 0
    elif first == 0:
        first = below_padded_title(rows, layout)
    if first and not may_stand_above(rows[:first], rows[first:], width):
        return None
    if not (layout.row_names or layout.row_numbers or layout.trailing):
        first += _count_titles(lines, found[first:], layout)
    table = rows[first:]
    if not layout.trailing and (behind := _count_behind_all(table, width)):
        layout = _with_trailing(layout, behind)
    table, layout = without_units(table, layout)
    if layout.quote == "'" and not _are_in_single_quotes(lines, rows, layout):
        return None
    body = table[1:]
    for _ in range(min(len(body) - 1, MAX_ROWS_BELOW)):
        if len(body[-1]) == width and not (is_word(body[-1][0]) and is_number(body[-2][0])):
            break
        body = body[:-1]
    agree = sum(len(row) == width for row in body) / max(len(body), 1)
    if short and not first and are_names(rows[0]):
        agree += SHORT_ROW_WEIGHT * (1 - agree)
    is_certain = agree == 1 and has_numbers(body)
    if layout.quoted_rows and not (is_certain and widths[0] == width):
        return None
    if layout.delimiter == BLANKS and not is_certain and (agree < 0.5 or _cleanness(body) < 1):
        return None
    score = (
        (1 if agree == 1 else 0.8 * agree) + _cleanness(body) - 0.05 * (above + layout.quoted_rows)
    )
    lines_above = found[first - 1].end if first else 0
    return _Trial(replace(layout, width=width), (score, width), lines_above)


def _count_titles(lines: Sequence[str], found: Sequence[Record], layout: Layout) -> int:
    """Count the rows that are titles as wide as the table below them."""
    places = [k for k, record in enumerate(found) if any(map(str.strip, record.fields))]
    rows = [found[k].fields for k in places]
    after_blank = {
        k
        for k, (above, place) in enumerate(pairwise(places), start=1)
        if place > above + 1 or not lines[found[above].end].strip()
    }
    others = lines[found[0].end :][:MAX_ROWS_BELOW]
    prose = layout.delimiter != BLANKS and is_prose(
        lines[found[0].end - 1], others, layout.delimiter
    )
    count = count_wide_titles(rows, after_blank, is_prose=prose) if rows else 0
    return places[count] if count else 0


def _has_short_rows(widths: Sequence[int]) -> bool:
    """Tell whether rows lack fields at the end that the first row and others have."""
    rest = widths[1:]
    return widths[0] > 1 and max(rest) == widths[0] and min(rest) < widths[0]


def _with_odd_header(
    layout: Layout, header: Sequence[str], body: Rows, lines: Sequence[str]
) -> Layout | None:
    """Return the layout of rows that have a field more or less than the header, or None."""
    if len(header) > len(body[0]):  # a delimiter behind the header alone
        return layout if not header[-1].strip() else None
    if any(mark in name for mark in ",;\t|" for name in header):  # which tells the names apart
        return None
    if layout.delimiter != BLANKS and not any(row[-1].strip() for row in body):
        return _with_trailing(layout, 1)
    cells = [row[0].strip() for row in body]
    if len(set(cells)) < len(cells):
        return None
    if any(cells == list(map(str, range(k, k + len(cells)))) for k in (0, 1)):
        return replace(layout, row_numbers=True, notes=(ROW_NUMBERS,))
    in_quotes = sum(line.lstrip().startswith('"') for line in lines) >= len(body)
    if in_quotes or all(map(is_word, cells)):
        return replace(layout, row_names=ROW_NAME, notes=(ROW_NAMES,))
    return None


def _with_trailing(layout: Layout, behind: int) -> Layout:
    return replace(layout, trailing=behind, notes=(TRAILING[behind > 1],))


def _filled(row: Sequence[str]) -> int:
    """Return the number of fields up to the last one that is not empty."""
    return max((j for j, cell in enumerate(row, start=1) if cell.strip()), default=0)


def _count_behind_rows(rows: Rows) -> int:
    """Count the empty fields behind the names where rows have more fields than the header."""
    named, width = _filled(rows[0]), max(map(len, rows))
    longer = sum(len(row) > len(rows[0]) for row in rows)
    if not 1 < named <= len(rows[0]) < width or max(map(_filled, rows)) > named:
        return 0
    if width > len(rows[0]) + 1 and longer == 1:  # as after a slip
        return 0
    return width - named if judged_header([row[:named] for row in rows])[0] else 0


def _count_behind_all(table: Rows, width: int) -> int:
    """Count the empty fields at the end of all rows, the header too."""
    full = [_filled(row) for row in table if len(row) == width]
    return width - max(1, *full) if full else 0


def _are_in_single_quotes(lines: Sequence[str], rows: Rows, layout: Layout) -> bool:
    """Tell whether all texts of the header, or of a column, stand in single quotes."""
    try:
        bare = _rows(lines, replace(layout, quote='"'))
    except DataError:
        return True
    if len({len(row) for row in rows}) == 1 < len({len(row) for row in bare}):
        return True
    columns = [bare[0], *([row[j] for row in bare if j < len(row)] for j in range(len(bare[0])))]
    return any(
        len(words) > 1 and all(len(word) > 1 and word[0] == word[-1] == "'" for word in words)
        for words in ([cell.strip() for cell in column if is_word(cell)] for column in columns)
    )


def _cleanness(rows: Rows) -> float:
    """Return the share of the cells that are numbers or missing, less that of split numbers."""
    cells = [cell.strip() for row in rows for cell in row]
    clean = [is_missing(cell) or is_number(cell) for cell in cells]
    split = sum(
        bool(SPLIT_NUMBER.search(cell)) for cell, ok in zip(cells, clean, strict=True) if not ok
    )
    return (sum(clean) - split) / max(len(cells), 1)
