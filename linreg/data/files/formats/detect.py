"""The format of a file, by its first bytes, whatever its name says."""

import codecs
import json
import re
import zipfile
from contextlib import suppress
from io import BytesIO

from linreg.data.files.formats.delimited.dialect import EMPTY_FILE
from linreg.data.files.formats.delimited.reader import TextReader
from linreg.data.files.formats.excel.archive_checks import damage_as_data_error, used_range
from linreg.data.files.formats.excel.reader import ExcelReader
from linreg.data.files.formats.json_lines import JsonReader
from linreg.data.files.formats.parquet.reader import ParquetReader
from linreg.data.files.reader import Reader
from linreg.data.files.storage.source import GZIP_SIGNATURE, Source
from linreg.errors import DataError

DETECT_BYTES = 1 << 12
ZIP_SIGNATURE, OLE_SIGNATURE, PARQUET_SIGNATURE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1"
PROBLEM_SIGNATURE, PROBLEM_HEAD_BYTES = b'"linreg problem"', 200
BYTE_ORDER_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Larger files take a second or more and are read in a process of their own. How large a packed file
# is inside is unknown, and a damaged Parquet file may make its C++ reader end the process.
QUICK_BYTES, QUICK_PACKED_BYTES = 8 << 20, 1 << 16
# Each column has a cost of its own, and a cell that is absent takes as long as another.
QUICK_COLUMNS, QUICK_CELLS = 2000, 1 << 20
JSON_SLOWNESS = 8  # times as long as another text of its length
WIDTH_LINES, COLUMN_MARKS = 30, (b",", b";", b"\t", b"|", b" ")  # which tell how wide a text is
JSON_NAME = re.compile(rb'"((?:[^"\\]|\\.)*+)"\s*:')
PACKED_SIGNATURES = (ZIP_SIGNATURE, GZIP_SIGNATURE, PARQUET_SIGNATURE)
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|\?xml|html|table|svg)\b", re.IGNORECASE)
REFUSED_SIGNATURES = {
    b"PK\x05\x06": "an empty zip archive; choose the table itself",
    b"PARE": "an encrypted Parquet file; save it without encryption",
    b"ARROW1": "an Arrow file; save the table as Parquet or CSV",
    b"BZh": "compressed with bzip2; unpack it first, or pack it with gzip",
    b"\xfd7zXZ\0": "compressed with xz; unpack it first, or pack it with gzip",
    b"\x28\xb5\x2f\xfd": "compressed with Zstandard; unpack it first, or pack it with gzip",
    b"\x89PNG": "a PNG picture; a table is needed",
    b"\xff\xd8\xff": "a JPEG picture; a table is needed",
    b"%PDF": "a PDF document; a table is needed",
    b"SQLite format 3": "a database; save the table as CSV",
}


def reader_of(source: Source, mark: str | None = None) -> Reader:
    """Return the reader for a file.

    `mark` is the decimal mark of a text that leaves it open.

    Raises
    ------
    DataError
        If the file is empty or in a format that is not read; it says which.
    """
    head = source.head(DETECT_BYTES)
    if not head.strip() and len(source.head(DETECT_BYTES + 1)) <= DETECT_BYTES:  # no more
        raise DataError(EMPTY_FILE)
    if MARKUP.match(head):
        raise _not_read("a web page or other markup; open it in a spreadsheet, and save it as CSV")
    for signature, what in REFUSED_SIGNATURES.items():
        if head.startswith(signature):
            raise _not_read(what)
    binary = (GZIP_SIGNATURE, ZIP_SIGNATURE, OLE_SIGNATURE, PARQUET_SIGNATURE)
    if source.packed and head.startswith(binary):
        raise _not_read("packed with gzip, and no text is inside; unpack it first")
    if head.startswith(ZIP_SIGNATURE):
        _check_workbook(source)
        return ExcelReader.of(source)
    if head.startswith(OLE_SIGNATURE):
        raise _not_read(_old_office(source))
    if head.startswith(PARQUET_SIGNATURE):
        return ParquetReader.of(source)
    return JsonReader(source) if _looks_like_json(head) else TextReader.of(source, mark=mark)


def _looks_like_json(head: bytes) -> bool:
    """Tell whether a text starts as JSON lines or as a JSON array do, rather than as CSV.

    In UTF-16 and UTF-32 the characters that tell are the same, with zeros between them.
    """
    text = head.replace(b"\0", b"")
    for mark in BYTE_ORDER_MARKS:
        text = text.removeprefix(mark)
    text = text.lstrip()
    if re.match(rb'\{\s*["}]|\[\s*[{\[]', text):
        return True
    line = text.split(b"\n", 1)[0].strip()
    try:
        return line.startswith(b"[") and isinstance(json.loads(line), list)
    except (ValueError, RecursionError):
        return False


def looks_like_problem(head: bytes) -> bool:
    """Tell whether a file with these first bytes means to be a problem file."""
    start = head[:PROBLEM_HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"{") and PROBLEM_SIGNATURE in start


def is_slow(start: bytes, size: int) -> bool:
    """Tell whether a file of `size` bytes with this start takes too long to read at once."""
    if start.startswith(PARQUET_SIGNATURE):
        return True
    return size > (QUICK_PACKED_BYTES if start.startswith(PACKED_SIGNATURES) else QUICK_BYTES)


def takes_long(content: bytes) -> bool:
    """Tell whether reading a file at once takes a second or more, by the work that is in it.

    Parameters
    ----------
    content : bytes
        The whole file. What it unpacks to counts, and how many columns and cells there are.
    """
    if is_slow(content[:PROBLEM_HEAD_BYTES], len(content)):
        return True
    with suppress(DataError):  # reading refuses it, and soon
        if content.startswith(ZIP_SIGNATURE):
            return _is_large_workbook(content)
        text = Source.of(content).head(QUICK_BYTES + 1)
        if len(text) > QUICK_BYTES:
            return True
        if _looks_like_json(text[:DETECT_BYTES]):
            if len(text) > QUICK_BYTES // JSON_SLOWNESS:
                return True
            names = len(set(JSON_NAME.findall(text.replace(b"\0", b""))))
            return names > QUICK_COLUMNS or names * text.count(b"{") > QUICK_CELLS
        lines = re.split(rb"[\r\n]+", text, maxsplit=WIDTH_LINES)[:WIDTH_LINES]
        return any(line.count(mark) >= QUICK_COLUMNS for line in lines for mark in COLUMN_MARKS)
    return False


def _is_large_workbook(content: bytes) -> bool:
    with damage_as_data_error(), zipfile.ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > QUICK_BYTES:
            return True
        sheets = [part for part in parts if part.filename.startswith("xl/worksheets/")]
        ranges = [used_range(archive, part) for part in sheets if not part.is_dir()]
    return any(r.columns > QUICK_COLUMNS or r.rows * r.columns > QUICK_CELLS for r in ranges)


def _check_workbook(source: Source) -> None:
    with source.open() as file, damage_as_data_error(), zipfile.ZipFile(file.raw) as archive:
        names = archive.namelist()
    if "xl/workbook.xml" in names:
        return
    if "xl/workbook.bin" in names:
        raise _not_read("a binary Excel file (.xlsb); in Excel, save it as .xlsx or CSV")
    if "content.xml" in names:
        raise _not_read("an OpenDocument file; save it as .xlsx or CSV")
    raise _not_read("a zip archive; take the table out of it")


def _old_office(source: Source) -> str:
    """Name what an OLE file holds: only an encrypted workbook has a part EncryptedPackage."""
    start = source.head(1 << 20)
    if "EncryptedPackage".encode("utf-16-le") in start:
        return "an encrypted Excel file; in Excel, save it without a password"
    return "an old Excel file (.xls); in Excel, save it as .xlsx or CSV"


def _not_read(what: str) -> DataError:
    return DataError(f"The file cannot be read: it is {what}.")
