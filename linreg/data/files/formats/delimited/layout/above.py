"""Lines above the rows of a table: comments, titles, units; which they are, and notes on them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from linreg.data.files.cells.column_names import judged_header
from linreg.data.files.cells.number_syntax import is_missing, is_number
from linreg.data.files.formats.delimited.rows import BLANKS, COMMENT_MARKS, Layout
from linreg.text.lists import quoted
from linreg.text.numbers import counted

MAX_LINES_ABOVE = 100
MAX_LINES_IN_NOTE, MAX_CHARACTERS_IN_NOTE = 3, 40
UNIT = re.compile(
    r"[\[(].*[\])]|%|‰|°\s?[CF]?|[kKCF]|[$€£¥]|USD|EUR|GBP|"
    r"(?:[numkcdMGµμ]?(?:m|g|s|l|L|V|A|W|J|N|Pa|Hz|mol|bar|Ω|Wh|h)|min|h|d|days?|years?|yr|y|mi|mph|"
    r"lb|lbs|ft|in|ppm|hPa|km/h|m/s)(?:[²³23]|\^-?\d)?(?:/(?:[a-zA-Zµμ]+)(?:[²³23]|\^\d)?)?"
)

Rows = list[list[str]]


def few_lines(lines: Sequence[str]) -> str:
    """Return the first of some lines, shortened, in quotes."""
    short = [
        line if len(line) <= MAX_CHARACTERS_IN_NOTE else f"{line[:MAX_CHARACTERS_IN_NOTE]}…"
        for line in lines[:MAX_LINES_IN_NOTE]
    ]
    return quoted(short) if len(lines) <= MAX_LINES_IN_NOTE else f"“{short[0]}” and others"


def note_on_lines(passed: Sequence[str]) -> tuple[str, ...]:
    """Return a note on the lines that stand above the table, if there are any."""
    if not passed:
        return ()
    lines = "The line" if len(passed) == 1 else counted(len(passed), "line")
    were = "was" if len(passed) == 1 else "were"
    return (f"{lines} above the table {were} passed over: {few_lines(passed)}.",)


def count_comments(lines: Sequence[str]) -> int:
    """Count the lines at the top that are comments or blank; none if all are."""
    count, inside = 0, False
    for k, line in enumerate(lines, start=1):
        bare = line.strip()
        inside = inside or bare.startswith("/*")
        if not (inside or not bare or bare.startswith(COMMENT_MARKS)):
            return count
        if inside or bare:
            count = k
        inside = inside and "*/" not in bare
    return 0


def is_word(cell: str) -> bool:
    """Tell whether a cell is neither a number nor missing."""
    return not is_missing(cell) and not is_number(cell.strip())


def are_names(row: Sequence[str]) -> bool:
    """Tell whether all cells are words."""
    return all(map(is_word, row))


def is_header(table: Rows) -> bool:
    """Tell whether the first row is a header of words."""
    words = [cell.strip() for cell in table[0]]
    return not any(map(is_number, words)) and judged_header(table)[0]


def may_stand_above(above: Rows, table: Rows, width: int) -> bool:
    """Tell whether rows are lines above a table rather than rows of it, or a damaged header."""
    if len(above) > MAX_LINES_ABOVE:
        return False
    named = is_header(table)
    filled = [sum(cell.strip() != "" for cell in row) for row in above]
    return named or (width > 2 and max(filled) == 1)


def below_padded_title(rows: Rows, layout: Layout) -> int:
    """Return the number of the row that is the header, where titles as wide stand above it."""
    for k, row in enumerate(rows[: MAX_LINES_ABOVE + 1]):
        if sum(cell.strip() != "" for cell in row) > 1:
            named = k and judged_header(rows[k:])[0] and are_names(list(filter(None, row)))
            if named and len(row) == len(rows[0]):
                return k
            break
    is_title = len(rows) > 3 and are_names(rows[0]) and are_names(rows[1])
    if is_title and len(rows[1]) == len(rows[0]) and has_numbers(rows[2:]):
        units = _are_units(rows[0])
        if (layout.delimiter == BLANKS and not _are_units(rows[1])) or units:
            return 1
    return 0


def _are_units(row: Sequence[str]) -> bool:
    cells = [cell.strip() for cell in row if cell.strip()]
    return bool(cells) and all(map(UNIT.fullmatch, cells))


def without_units(table: Rows, layout: Layout) -> tuple[Rows, Layout]:
    """Leave out a row of units below the header."""
    if len(table) < 3 or not _are_units(table[1]) or not judged_header([table[0], *table[2:]])[0]:
        return table, layout
    if not all(map(is_word, filter(None, (cell.strip() for cell in table[0])))):
        return table, layout
    named = [j for j, cell in enumerate(table[1]) if cell.strip()]
    if not any(has_numbers([row[j : j + 1] for row in table[2:] if j < len(row)]) for j in named):
        return table, layout
    units = ", ".join(table[1][j].strip() for j in named)
    note = f"The line below the header was passed over: “{units}”."
    layout = replace(layout, units=True, notes=(*layout.notes, note))
    return [table[0], *table[2:]], layout


def has_numbers(body: Rows) -> bool:
    """Tell whether a column holds numbers only."""
    columns = ([row[j] for row in body if j < len(row)] for j in range(max(map(len, body))))
    present = ([cell for cell in cells if not is_missing(cell)] for cells in columns)
    return any(bool(cells) and all(map(is_number, cells)) for cells in present)
