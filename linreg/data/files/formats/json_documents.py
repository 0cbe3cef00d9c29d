"""`rows_of`, the rows of JSON values: objects, lists of cells, or one object that holds a table.

One object holds a table where it is plain which part of it: a list of objects or of lists, such as
“data”; lists of equal length, one a column; or objects of equal names, one a column or one a row.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from linreg.data.files.cells.column_names import judged_header, unique_names
from linreg.data.files.cells.convert import written
from linreg.errors import DataError
from linreg.text.lists import quoted, quoted_few
from linreg.text.numbers import count

AN_OBJECT = 'an object like {"x": 1, "y": 2}'
MAX_JUDGED_LISTS = 1000  # that tell whether the first one has the names of the columns
MAX_DEPTH = 3  # of objects around a list of rows
INDEX = "index"  # the column of the names of the rows

Row = dict[str, Any]


def rows_of(values: Iterator[Any]) -> tuple[str, Iterator[Row]]:
    """Return how JSON values are read, where that needs saying, and the rows they stand for.

    Raises
    ------
    DataError
        If a value, here or while it is yielded, is no row; the message names it.
    """
    start = list(islice(values, 2))
    if len(start) == 1 and isinstance(start[0], dict):
        return _rows_of_document(start[0])
    if start and isinstance(start[0], list):
        if len(start) == 1 and _is_column(start[0]):
            raise _not_an_object(1, start[0][0])
        return _rows_of_lists(chain(start, values))
    return "", map(_checked, _counted(chain(start, values)))


def _counted(values: Iterable[Any]) -> Iterator[tuple[int, Any]]:
    return enumerate(values, start=1)


def _checked(numbered: tuple[int, Any]) -> Row:
    row, value = numbered
    if isinstance(value, dict):
        return value
    raise _not_an_object(row, value)


def _not_an_object(row: int, value: object) -> DataError:
    return DataError(
        f"Row {count(row)} is not {AN_OBJECT} but {_kind(value)}; write each row as an object with "
        "the names of the columns."
    )


def _kind(value: object) -> str:
    kinds = {list: "a list", str: "a text", bool: "a truth value", type(None): "null"}
    return kinds.get(type(value), "a number")


def _rows_of_lists(
    values: Iterator[Any], names: Sequence[str] | None = None
) -> tuple[str, Iterator[Row]]:
    """Return rows that are lists of cells; the first one may have the names of the columns."""
    start = list(islice(values, MAX_JUDGED_LISTS))
    note, behind = "", 0
    if names is None:
        cells = written([row for row in start if isinstance(row, list)])
        headed, note = judged_header(cells)
        behind = int(headed and len(start) > 1)
        names = cells[0] if behind else [""] * len(cells[0])
    unique, _ = unique_names(names)

    def rows() -> Iterator[Row]:
        for row, value in islice(_counted(chain(start, values)), behind, None):
            if not isinstance(value, list):
                raise DataError(
                    f"Row {count(row)} is not a list, as those above it, but {_other(value)}; "
                    "write all rows alike."
                )
            if len(value) > len(unique):
                raise DataError(
                    f"Row {count(row)} has {count(len(value))} values where {count(len(unique))} "
                    "were expected; correct that row."
                )
            yield dict(zip(unique, value, strict=False))

    return note, rows()


def _other(value: object) -> str:
    return "an object" if isinstance(value, dict) else _kind(value)


def _rows_of_document(document: Row) -> tuple[str, Iterator[Row]]:
    """Return the rows of a single object: those of the table in it, or the object itself."""
    lists = {name: part for name, part in document.items() if _is_column(part)}
    lengths = {len(part) for part in lists.values()}
    is_of_columns = len(lists) > 1 and len(lengths) == 1 and lengths != {1}
    if is_of_columns and not any(map(_is_rows, document.values())):
        rows = (dict(zip(lists, cells, strict=True)) for cells in zip(*lists.values(), strict=True))
        return _of(f"the lists {quoted_few([*lists])}", [*document.keys() - lists.keys()]), rows
    if document and all(_is_flat(part) for part in document.values()):
        return _rows_of_objects(document)
    level: Mapping[str, Any] = document
    for _ in range(MAX_DEPTH):
        if tables := {name: part for name, part in level.items() if _is_rows(part)}:
            return _rows_of_part(level, tables)
        inner = [part.items() for part in level.values() if isinstance(part, dict)]
        level = dict(chain.from_iterable(inner))
    return "", iter([document])


def _rows_of_part(level: Mapping[str, Any], tables: Mapping[str, Any]) -> tuple[str, Iterator[Row]]:
    if len(tables) > 1:
        raise DataError(
            f"The file is one JSON object with several lists of rows: {quoted(list(tables))}; save "
            f"one of them, each row as {AN_OBJECT}."
        )
    (name, rows), *_ = tables.items()
    others = [other for other in level if other != name]
    if isinstance(rows[0], dict):
        return _of(f"“{name}”", others), map(_checked, _counted(rows))
    width = max(len(row) for row in rows)
    titles = [o for o in others if _is_column(level[o]) and len(level[o]) == width]
    title = "columns" if "columns" in titles else titles[0] if titles else None
    if title is None:
        note, found = _rows_of_lists(iter(rows))
        return " ".join(filter(None, [_of(f"“{name}”", others), note])), found
    names, labels = [*map(str, level[title])], level.get(INDEX, [])
    others = [other for other in others if other not in (title, INDEX)]
    if len(labels) == len(rows) and not _counts(map(str, labels)):
        names = [INDEX, *names]
        rows = [[label, *row] for label, row in zip(labels, rows, strict=True)]
    return _of(f"“{name}”", others), _rows_of_lists(iter(rows), names)[1]


def _rows_of_objects(document: Mapping[str, Row]) -> tuple[str, Iterator[Row]]:
    """Return the rows of an object of objects: columns, as pandas writes them, or rows."""
    inner = {name: None for part in document.values() for name in part}
    same = all(part.keys() == inner.keys() for part in document.values())
    by_row = [[part.get(name) for part in document.values()] for name in inner]
    if not same or _are_rows(document, by_row):
        labels = _labels(document)
        found = ({**label, **part} for label, part in zip(labels, document.values(), strict=True))
        return "Each object in the file was read as a row.", found
    labels = _labels(inner)
    rows = (
        {**label, **dict(zip(document, cells, strict=True))}
        for label, cells in zip(labels, by_row, strict=True)
    )
    return "Each object in the file was read as a column.", rows


def _are_rows(document: Mapping[str, Row], columns: Sequence[Sequence[Any]]) -> bool:
    """Tell whether objects of equal names are rows: numbered, or of one kind only across them.

    Else they are rows where they are more than their names, as most tables are tall.
    """
    numbered, names_numbered = _counts(document), _counts(next(iter(document.values())))
    if numbered != names_numbered:
        return numbered
    by_row = all(_is_uniform([*part.values()]) for part in document.values())
    by_column = all(map(_is_uniform, columns))
    return by_column if by_row != by_column else len(document) > len(columns)


def _is_uniform(values: Sequence[Any]) -> bool:
    """Tell whether values are all text, or none of them is."""
    return len({isinstance(value, str) for value in values if value is not None}) < 2


def _labels(names: Iterable[str]) -> list[Row]:
    """Return a column of the names of the rows, unless they only count them."""
    given = list(names)
    return [{}] * len(given) if _counts(given) else [{INDEX: name} for name in given]


def _counts(names: Iterable[str]) -> bool:
    """Tell whether names are 0, 1, 2 …, or the same from 1."""
    given = list(names)
    return given in ([str(k + first) for k in range(len(given))] for first in (0, 1))


def _is_column(part: Any) -> bool:
    return _is_index(part) and bool(part)


def _is_index(part: Any) -> bool:
    return isinstance(part, list) and not any(isinstance(cell, dict | list) for cell in part)


def _is_flat(part: Any) -> bool:
    """Tell whether a value is an object of cells."""
    return bool(part) and isinstance(part, dict) and _is_index([*part.values()])


def _is_rows(part: Any) -> bool:
    """Tell whether a value is a list of objects, or of lists."""
    if not isinstance(part, list) or not part:
        return False
    return all(isinstance(row, dict) for row in part) or all(map(_is_column, part))


def _of(what: str, others: Sequence[str]) -> str:
    left = f"; {quoted_few(others)} left out" if others else ""
    return f"Read from {what} of one JSON object{left}."
