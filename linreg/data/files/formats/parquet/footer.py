"""Statistics of columns from the footer of a Parquet file, read without pyarrow.

pyarrow ends the interpreter where they contradict each other, as in a damaged file.  They are
written in Thrift's compact protocol: https://parquet.apache.org/docs/file-format/.
"""

import io
from dataclasses import dataclass
from typing import Any

from linreg.data.files.storage.source import Source

TAIL_BYTES = 8  # the length of the footer, and the four letters PAR1
MAX_VARINT_SHIFT_BITS = 63
# Types of the protocol, then the field numbers that are read, named as in parquet.thrift.
TRUE, FALSE, BYTE, DOUBLE, BINARY, LIST, SET, MAP, STRUCT = 1, 2, 3, 7, 8, 9, 10, 11, 12
INTEGERS = (4, 5, 6)
ROW_GROUPS, COLUMN_CHUNKS, META_DATA, NUM_VALUES, STATISTICS = 4, 1, 3, 5, 12
OLD_MAX, OLD_MIN, NULL_COUNT, MAX_VALUE, MIN_VALUE = 1, 2, 3, 5, 6


@dataclass(frozen=True)
class ChunkStatistics:
    """Statistics of one column in one row group; None where the file has none.

    Attributes
    ----------
    values : int
        Number of values, missing ones included.
    missing : int or None
    low, high : bytes or None
        The smallest and the largest value, as stored.
    """

    values: int
    missing: int | None
    low: bytes | None
    high: bytes | None


def read_statistics(source: Source) -> list[list[ChunkStatistics]]:
    """Return the statistics of each row group and column; an empty list if they are unreadable."""
    with source.open() as file:
        file.raw.seek(-TAIL_BYTES, io.SEEK_END)
        size = int.from_bytes(file.read(4), "little")
        file.raw.seek(-TAIL_BYTES - size, io.SEEK_END)
        data = file.read(size)
    try:
        groups = _Compact(data).structure()[ROW_GROUPS]
        return [
            [_chunk_statistics(column.get(META_DATA, {})) for column in group[COLUMN_CHUNKS]]
            for group in groups
        ]
    # A damaged footer is cut off, has values of another type, or nests too deeply.
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return []


def _chunk_statistics(about: dict[int, Any]) -> ChunkStatistics:
    statistics = _field(about, dict, STATISTICS) or {}
    return ChunkStatistics(
        _field(about, int, NUM_VALUES) or 0,
        _field(statistics, int, NULL_COUNT),
        _field(statistics, bytes, MIN_VALUE, OLD_MIN),
        _field(statistics, bytes, MAX_VALUE, OLD_MAX),
    )


def _field(fields: dict[int, Any], kind: type, *numbers: int) -> Any:
    """Return the first of some fields that exists and has the type `kind`, or None."""
    return next((fields[n] for n in numbers if isinstance(fields.get(n), kind)), None)


class _Compact:
    """A reader of Thrift's compact protocol; structures become dictionaries by field number."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        whole = dict.fromkeys(INTEGERS, self._whole)
        single = dict.fromkeys((TRUE, FALSE, BYTE), lambda: self._bytes(1))
        double = {DOUBLE: lambda: self._bytes(8)}
        lists = dict.fromkeys((LIST, SET), self._list)
        others = {BINARY: lambda: self._bytes(self._size()), MAP: self._map, STRUCT: self.structure}
        self._readers = {**whole, **single, **double, **lists, **others}

    def structure(self) -> dict[int, Any]:
        """Return the next value, which is a structure."""
        fields: dict[int, Any] = {}
        field = 0
        while head := self._bytes(1)[0]:
            step, kind = head >> 4, head & 15
            field = field + step if step else self._whole()
            fields[field] = kind == TRUE if kind <= FALSE else self._readers[kind]()
        return fields

    def _list(self) -> list[Any]:
        head = self._bytes(1)[0]
        size, kind = head >> 4, head & 15
        read = self._readers[kind]
        return [read() for _ in range(self._size() if size == 15 else size)]

    def _map(self) -> list[Any]:
        size = self._size()
        kinds = self._bytes(1)[0] if size else 0
        return [(self._readers[kinds >> 4](), self._readers[kinds & 15]()) for _ in range(size)]

    def _whole(self) -> int:
        number = self._size()
        return number >> 1 ^ -(number & 1)

    def _size(self) -> int:
        at, number, shift = self._at, 0, 0
        while (byte := self._data[at]) >= 128:
            number |= (byte & 127) << shift
            shift += 7
            at += 1
            if shift > MAX_VARINT_SHIFT_BITS:
                raise ValueError("a number is too long")
        self._at = at + 1
        return number | byte << shift

    def _bytes(self, size: int) -> bytes:
        at = self._at
        self._at = at + size
        if self._at > len(self._data):  # else a list of wrong length would never end
            raise ValueError("cut off")
        return self._data[at : self._at]
