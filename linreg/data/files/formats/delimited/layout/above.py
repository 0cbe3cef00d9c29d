"""Lines above the rows of a table: comments, titles, units; which they are, and notes on them."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from linreg.data.files.cells.column_names import judged_header
from linreg.data.files.cells.number_syntax import is_missing, is_number
from linreg.data.files.formats.delimited.rows import BLANKS, COMMENT_MARKS, Layout
from linreg.text.lists import quoted
from linreg.text.numbers import counted

MAX_LINES_ABOVE = 1000
MAX_TITLE_BLOCKS = 20  # with blank lines below them
MAX_LINES_IN_NOTE, MAX_CHARACTERS_IN_NOTE = 3, 40
UNIT = re.compile(
    r"[\[(].*[\])]|%|‰|°\s?[CF]?|[kKCF]|[$€£¥]|USD|EUR|GBP|"
    r"(?:[numkcdMGµμ]?(?:m|g|s|l|L|V|A|W|J|N|Pa|Hz|mol|bar|Ω|Wh|h)|min|h|d|days?|years?|yr|y|mi|mph|"
    r"lb|lbs|ft|in|ppm|hPa|km/h|m/s)(?:[²³23]|\^-?\d)?(?:/(?:[a-zA-Zµμ]+)(?:[²³23]|\^\d)?)?"
)
DATE = re.compile(r"\d{4}-\d\d-\d\d|\d\d?[./]\d\d?[./]\d{2,4}")

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


def count_wide_titles(rows: Rows, after_blank: Collection[int], *, is_prose: bool = False) -> int:
    """Count the rows above the header that have as many fields as it, or more.

    They are titles if a blank line stands below them, if they are padded with empty cells and the
    header is not, if the first row has a number or a date and the second words above numbers, or
    if the first row is prose.

    Parameters
    ----------
    rows : list of list of str
    after_blank : collection of int
        The rows below a blank line, or below a row of empty cells.
    is_prose : bool
        Whether the first row is written like a sentence, and no other.
    """
    first = [cell.strip() for cell in rows[0]]
    padded = next((k for k, row in enumerate(rows) if row[-1].strip()), 0)
    places = [
        k for k in sorted(after_blank) if any(any(cell.strip() for cell in row) for row in rows[:k])
    ]
    for k in sorted({*places[:MAX_TITLE_BLOCKS], min(padded, MAX_LINES_ABOVE), 1} - {0}):
        if not _is_below_titles(rows, k):
            continue
        if k == padded or (k in places and not _is_other_table(rows[:k], rows[k:])):
            return k
        numeric = [
            has_numbers([row[j : j + 1] for row in rows[k + 1 :]]) for j in range(len(first))
        ]
        is_odd = any(is_number(cell) or DATE.match(cell) for cell in first) and any(
            is_word(cell) and only for cell, only in zip(first, numeric, strict=True)
        )
        if k == 1 and (is_prose or is_odd):
            return k
    return 0


def _is_below_titles(rows: Rows, k: int) -> bool:
    """Tell whether row k is a header of words in all columns, above numbers."""
    if k + 1 >= len(rows):
        return False
    row, below = [cell.strip() for cell in rows[k]], rows[k + 1 :]
    names = [cell for j, cell in enumerate(row) if cell or _is_in_column(j, below)]
    return (
        len(row) == len(rows[0])
        and len(names) > 1
        and all(names)
        and any(map(is_word, names))
        and not all(map(is_word, filter(None, map(str.strip, rows[k + 1]))))
        and not _are_units(row)
        and has_numbers(below)
        and judged_header(rows[k:])[0]
    )


def _is_in_column(j: int, below: Rows) -> bool:
    return any(row[j].strip() for row in below if j < len(row))


def _is_other_table(above: Rows, below: Rows) -> bool:
    """Tell whether rows above a blank line are a table of their own, or the start of this one."""
    cells = [[cell.strip() for cell in row] for row in above]
    is_title = len(cells) > 1 and is_word(cells[0][0])
    if is_title and all(are_names([*filter(None, row)]) for row in cells[1:]):
        return cells[0] == [cell.strip() for cell in below[0]]
    if any(is_number(row[0]) or sum(map(is_number, row)) > 1 for row in cells):
        return True
    if cells[0] == [cell.strip() for cell in below[0]]:
        return True
    is_table = all(cells[0]) and has_numbers(above[1:] or above) and judged_header(above)[0]
    return is_table and len(below) <= 2 * len(above)


def is_prose(line: str, others: Sequence[str], delimiter: str) -> bool:
    """Tell whether a line is written like a sentence, and the others are not."""
    sentence = re.compile(rf"{re.escape(delimiter)} |[.!:]\s*$|: ")
    return bool(sentence.search(line)) and not any(map(sentence.search, others))


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
