"""Checks of an .xlsx archive before it is read: its parts, its size, its range in use."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import IO, Any
from xml.etree import ElementTree

import numpy as np
from python_calamine import CalamineError

from linreg.data.files.storage.source import GIGABYTE
from linreg.errors import DataError
from linreg.text.numbers import count, counted

MAX_WORKBOOK_BYTES = GIGABYTE  # unpacked: a workbook is held in memory as a whole
PLACES_AT_ONCE = 10_000  # of cells that are added together
# calamine holds all cells up to the last, 40 bytes for an empty one and 110 for another: a single
# cell far from the table would take more memory than there is.
MAX_SPARSE_CELLS = 1 << 22  # nearly all of them may be empty: they take 160 MB and a second
MAX_CELLS_PER_USED_CELL = 4  # beyond those: then the empty cells take as much as the others
MAX_CELLS = 1 << 26  # in any case: more than fit into a full workbook of the size above
MAX_INDEX_PART_BYTES = 1 << 24  # of the parts that only name others
SHEET_BLOCK_BYTES = 1 << 20  # searched at a time
MAX_TAG_BYTES = 256  # of a cell as programs usually write it
MAIN_NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DAMAGED_WORKBOOK = (
    "The Excel file is damaged or cut off; open it in Excel, save it, and choose it again."
)
DAMAGE_ERRORS = (  # raised by zipfile, expat and calamine where bytes make no sense
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    EOFError,
    KeyError,
    OSError,
    RuntimeError,
    ValueError,
)
TAG = rb' r="%b[A-Z]{1,3}[1-9][0-9]{0,6}%b"(?: [stcmvph]++="[^"<>&]*+")*+ ?'
BLANK_CELL = TAG % (b"", b"") + rb"(?:/>|></c>)"
# Captures the place of a cell that is not blank, or "" if its tag is not written as usual.
CELL = re.compile(rb"<c(?:" + TAG % (b"(", b")") + rb">(?!</c>)|(?!" + BLANK_CELL + rb")[\s/>])")
PREFIXED_CELL = re.compile(rb":c[\s/>]")
FORMULA = re.compile(rb"f(?<=[<:]f)[\s/>]")
CELL_PLACE = re.compile("[A-Za-z]{1,3}[0-9]{1,7}")
COLUMN_LETTERS, ROW_DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0123456789"


@contextmanager
def damage_as_data_error() -> Iterator[None]:
    """Turn what any library raises about a damaged workbook into a DataError."""
    try:
        yield
    except DataError:
        raise
    except DAMAGE_ERRORS:
        raise DataError(DAMAGED_WORKBOOK) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # Rust's, which has no name to import
            raise DataError(DAMAGED_WORKBOOK) from None
        raise


def check_size(archive: zipfile.ZipFile) -> None:
    """Refuse a workbook whose directory declares more unpacked bytes than the limit."""
    if sum(entry.file_size for entry in archive.infolist()) > MAX_WORKBOOK_BYTES:
        raise DataError(
            f"The Excel file unpacks to more than {MAX_WORKBOOK_BYTES / GIGABYTE:g} GB, which is "
            "the limit for workbooks; save the sheet as CSV."
        )


def sheet_part(archive: zipfile.ZipFile, place: int, name: str) -> zipfile.ZipInfo:
    """Find a sheet as calamine does, by its place and name; refuse where it could find another."""
    parts = _parts(archive)
    books = [
        link.get("Target", "").removeprefix("/").lower()
        for link in _elements(archive, parts["_rels/.rels"], "Relationship")
        if link.get("Type", "").endswith("/officeDocument")
    ]
    sheets = _elements(archive, parts["xl/workbook.xml"], "sheet")
    sheet = sheets[place] if place < len(sheets) else {}
    wanted = [value for key, value in sheet.items() if _local(key) == "id"]
    targets = [
        link.get("Target", "")
        for link in _elements(archive, parts["xl/_rels/workbook.xml.rels"], "Relationship")
        if [link.get("Id")] == wanted
    ]
    is_named = sheet.get("name") == name
    if books != ["xl/workbook.xml"] or len(targets) != 1 or not is_named:
        raise DataError(DAMAGED_WORKBOOK)
    path = targets[0]
    return parts[(path[1:] if path.startswith("/") else f"xl/{path}").lower()]


def _parts(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return the parts of the archive, by their names as calamine compares them.

    Texts and formats are read to their end, where a wrong checksum shows; calamine does not.
    """
    entries = archive.infolist()
    parts = {entry.filename.replace("\\", "/").lower(): entry for entry in entries}
    packing = {entry.compress_type for entry in entries}
    if len(parts) < len(entries) or not packing <= {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise DataError(DAMAGED_WORKBOOK)
    for name in parts.keys() & {"xl/sharedstrings.xml", "xl/styles.xml"}:
        with archive.open(parts[name]) as file:
            for _ in _blocks(file):
                pass
    return parts


def _elements(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> list[dict[str, str]]:
    """Return the attributes of all elements with this name."""
    if part.file_size > MAX_INDEX_PART_BYTES:
        raise DataError(DAMAGED_WORKBOOK)
    with archive.open(part) as file:
        tree = ElementTree.parse(file, _parser())
    return [element.attrib for element in tree.iter() if _local(element.tag) == name]


def _parser(target: Any = None) -> ElementTree.XMLParser:
    """Return a parser that decodes all XML as UTF-8, as calamine does."""
    return ElementTree.XMLParser(target=target, encoding="utf-8")


def _local(name: str) -> str:
    return name.rpartition("}")[2]


class UsedRange:
    """The range of a sheet that is in use, and whether there are formulas."""

    def __init__(self) -> None:
        self.n = self.rows = self.last = 0
        self.first = MAX_CELLS
        self.lowest = self.rightmost = ""
        self.formulas = False

    @property
    def columns(self) -> int:
        """How many columns there are from the first to the last in use."""
        return self.last - self.first + 1

    @property
    def is_sparse(self) -> bool:
        """Whether the table would be large, and nearly all of it empty."""
        return self.rows * self.columns > min(
            max(MAX_SPARSE_CELLS, MAX_CELLS_PER_USED_CELL * self.n), MAX_CELLS
        )

    def check(self, sheet: str) -> None:
        """Refuse a table that would be large, and nearly all of it empty."""
        if self.is_sparse:
            far = list(dict.fromkeys([self.lowest, self.rightmost]))
            raise DataError(
                f"The {sheet} reaches to cell {' and to cell '.join(far)}, so the table would "
                f"have {count(self.rows)} rows of {counted(self.columns, 'column')}, nearly all "
                "empty; delete what stands far from the rest, or save the table as CSV."
            )

    def add(self, cells: list[bytes]) -> None:
        """Extend the range by some cells, given by places such as B7."""
        if not cells:
            return
        self.n += len(cells)
        places = b" ".join(cells)
        row = int(np.fromstring(places.translate(None, COLUMN_LETTERS), np.int64, sep=" ").max())
        columns = [_number(letters) for letters in set(places.translate(None, ROW_DIGITS).split())]
        self.first = min(self.first, *columns)
        if row > self.rows:
            cell = next(cell for cell in reversed(cells) if int(cell.strip(COLUMN_LETTERS)) == row)
            self.rows, self.lowest = row, cell.decode()
        if (column := max(columns)) > self.last:
            cell = next(cell for cell in cells if _number(cell.strip(ROW_DIGITS)) == column)
            self.last, self.rightmost = column, cell.decode()


class _ExactUsedRange(UsedRange):
    """A used range found by an XML parser: no blank cells, but those that omit their place."""

    def __init__(self) -> None:
        super().__init__()
        self._row = 1
        self._place = ""  # of the previous cell in this row
        self._blank = False  # whether that cell has been empty so far
        self._held: list[bytes] = []

    def start(self, tag: str, given: dict[str, str]) -> None:
        name = _local(tag)
        if name == "c":
            place = given.get("r") or self._next()
            if not CELL_PLACE.fullmatch(place):
                raise DataError(DAMAGED_WORKBOOK)
            self._place, self._blank = place.upper(), True
        elif name == "row":
            self._row = int(given.get("r", self._row))
        elif self._blank:
            self._held.append(self._place.encode())
            self._blank = False
            if len(self._held) > PLACES_AT_ONCE:
                self.close()
        self.formulas = self.formulas or name == "f"

    def end(self, tag: str) -> None:
        name = _local(tag)
        if name == "c":
            self._blank = False
        elif name == "row":
            self._row, self._place = self._row + 1, ""

    def close(self) -> None:
        self.add(self._held)
        self._held.clear()

    def _next(self) -> str:
        return f"{_letters(_number(self._place.encode().strip(ROW_DIGITS)) + 1)}{self._row}"


def used_range(archive: zipfile.ZipFile, sheet: zipfile.ZipInfo) -> UsedRange:
    """Return the range in use of a sheet; parse its XML only where a search cannot tell."""
    with archive.open(sheet) as file:
        plain = _plain_used_range(file)
    if plain and plain.n and not plain.is_sparse:
        return plain
    exact = _ExactUsedRange()
    parser = _parser(exact)
    with archive.open(sheet) as file:
        for block in _blocks(file):
            parser.feed(block)
    parser.close()
    return exact


def _plain_used_range(file: IO[bytes]) -> UsedRange | None:
    """Search for cells that are written as usual; return None if one is not.

    Everything that calamine may take for a cell is counted, so its table is never larger.
    """
    reach, rest = UsedRange(), b""
    for block in chain(_blocks(file), [b" " * MAX_TAG_BYTES]):
        text = rest + block
        cut = text.rfind(b"<", -MAX_TAG_BYTES)  # perhaps a tag that the next block completes
        cut = cut if cut >= 0 else len(text) - 2
        text, rest = text[:cut], text[cut:]
        cells = CELL.findall(text)
        if b"" in cells or PREFIXED_CELL.search(text):
            return None
        reach.add(cells)
        reach.formulas = reach.formulas or FORMULA.search(text) is not None
    return reach


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(SHEET_BLOCK_BYTES):
        yield block


def _number(letters: bytes) -> int:
    """Return the number of a column, from 1."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _letters(number: int) -> str:
    """Return the name of a column, from its number."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def check_formulas(archive: zipfile.ZipFile, sheet: zipfile.ZipInfo, called: str) -> None:
    """Refuse a formula without its value, as programs that do not calculate write it."""
    with archive.open(sheet) as file:
        for _, element in ElementTree.iterparse(file, ["end"], _parser()):
            if element.tag == f"{MAIN_NAMESPACE}c":
                has_formula = element.find(f"{MAIN_NAMESPACE}f") is not None
                has_value = element.findtext(f"{MAIN_NAMESPACE}v") or element.get("t") == "str"
                if has_formula and not has_value:
                    raise DataError(
                        f"Cell {element.get('r')} of the {called} has a formula whose value is "
                        "not in the file; open it in Excel, save it, and choose it again."
                    )
            elif element.tag == f"{MAIN_NAMESPACE}row":
                element.clear()
