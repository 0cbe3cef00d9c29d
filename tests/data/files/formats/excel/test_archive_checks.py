"""Workbooks: where the first sheet and its cells are, before they are made a table."""

import io
import re
import struct
import warnings
import zipfile

import numpy as np
import pytest

from linreg.data.files.formats.excel import archive_checks
from linreg.data.files.read_table import read_table
from linreg.errors import DataError
from tests.helpers import files

SHEET, LINKS = "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"
DAMAGED = "The Excel file is damaged or cut off; open it in Excel, save it"
BOTH = f"<worksheet {files.MAIN} {files.MAIN.replace('xmlns', 'xmlns:x')}>"


def cell(place, value=7):
    return f'<row><c r="{place}"><v>{value}</v></c></row>'


TABLE = cell("A1", "x") + cell("A2", 5) + cell("A3", 6)


def sheet(rows, head=BOTH):
    return f"{head}<sheetData>{rows}</sheetData></worksheet>"


def book(parts, packing=zipfile.ZIP_DEFLATED):
    """Return a workbook in which parts are written again, one behind the other, or taken out."""
    out = io.BytesIO()
    old = zipfile.ZipFile(io.BytesIO(files.excel({"x": [5, 6]})))
    with zipfile.ZipFile(out, "w", packing) as new, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names that are there twice
        for name, given in ({name: old.read(name) for name in old.namelist()} | parts).items():
            for text in given if isinstance(given, list) else filter(None, [given]):
                new.writestr(name, text)
    return out.getvalue()


def read(rows):
    return read_table(book({SHEET: sheet(rows)}))


def prefixed(rows):
    return re.sub(r"<(/?)(\w)", r"<\1x:\2", rows)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (cell("XFD1048576"), "cell XFD1048576, .* have 1,048,576 rows of 16,384 columns, nearly"),
        (cell("ZZ200000"), "cell ZZ200000, so the table would have 200,000 rows of 702 columns"),
        (cell("E1") + cell("A1048576"), "cell A1048576 and to cell E1, .* rows of 5 columns"),
        (cell("E1") + cell("e1048576"), "cell E1048576 and to cell E1, so"),
        (cell("E1") + '<row r="1048576"><c><f>A2</f></c></row>', "cell A1048576 and to cell E1"),
        ('<row r="1048576"><c r="E9"/><c><v>1</v></c></row>', "cell F1048576, so"),
        (cell("XFD1048576").replace('"', "'"), "cell XFD1048576"),
        (cell("XFD1048576").replace("<c ", "<c\n"), "cell XFD1048576"),
        (cell("XFD1048576").replace("<c ", '<c x="/>" '), "cell XFD1048576"),
        (prefixed(cell("XFD1048576")), "cell XFD1048576"),
    ],
)
def test_a_cell_far_from_the_table_is_refused(rows, message):
    with pytest.raises(DataError, match=f"The first sheet, “.*”, reaches to {message}"):
        read(TABLE + rows)


@pytest.mark.parametrize(
    "far",
    [
        '<row><c r="XFD1048576" s="1"/></row>',
        '<row><c r="XFD1048576" s="1" /></row>',
        '<row><c r="XFD1048576" s="1"></c></row>',
        "<row><c s='1' r='XFD1048576'/></row>",
        '<row r="1048576"><c r="XFC9"/><c/></row>',
        f"<!-- {cell('XFD1048576')} -->",
    ],
)
def test_what_is_blank_far_from_the_table_is_no_cell(far):
    assert read(TABLE + far).columns["x"].tolist() == [5, 6]
    assert read(prefixed(TABLE + far)).columns["x"].tolist() == [5, 6]


@pytest.mark.parametrize("block", [1, 5, 40, 300])
@pytest.mark.parametrize("text", ["a", "long " * 100, "c:c f r A9"])
def test_the_cells_are_found_wherever_a_block_ends(monkeypatch, block, text):
    monkeypatch.setattr(archive_checks, "SHEET_BLOCK_BYTES", block)
    monkeypatch.setattr(archive_checks, "MAX_SPARSE_CELLS", 12)
    rows = [["x", "y", "t"], [1, None, text], [2.5, 3, text]]
    assert read_table(files.workbook({"D": rows})).columns["x"].tolist() == [1, 2.5]
    with pytest.raises(DataError, match="reaches to cell H9, so the table would have 9 rows of 8"):
        read_table(files.workbook({"D": [*rows, *[[]] * 5, [None] * 7 + [1]]}))
    with pytest.raises(DataError, match=r"Cell B2 .* has a formula whose value"):
        read_table(files.workbook({"D": [rows[0], [1, "=A2", text], [2, 3, text]]}))


@pytest.mark.parametrize(
    ("few", "each", "most", "read"),
    [(40, 1, 99, True), (1, 6, 99, True), (39, 5, 99, False), (99, 9, 39, False)],
)
def test_how_many_cells_may_be_empty(monkeypatch, few, each, most, read):
    monkeypatch.setattr(archive_checks, "MAX_SPARSE_CELLS", few)
    monkeypatch.setattr(archive_checks, "MAX_CELLS_PER_USED_CELL", each)
    monkeypatch.setattr(archive_checks, "MAX_CELLS", most)
    rows = [["x"], *[[k] for k in range(5)], *[[]] * 3, [None, None, None, 1]]  # 7 of 40 cells
    if read:
        assert read_table(files.workbook({"D": rows})).n == 6
    else:
        with pytest.raises(DataError, match="10 rows of 4 columns, nearly all empty"):
            read_table(files.workbook({"D": rows}))


@pytest.mark.parametrize(
    "rows",
    [
        "<row><c t='str'><v>x</v></c></row><row><c><v>5</v></c></row><row><c><v>6</v></c></row>",
        "<row r='7'><c t='str'><v>x</v></c></row><row><c/><c/></row><row><c><v>5</v></c></row>"
        "<row r='70'><c r='A70'><v>6</v></c></row>",
        cell("A3", 6) + cell("A1", "x") + cell("A2", 5),
        cell("a1", "x") + cell("A002", 5) + cell("A3", 6),
    ],
)
def test_cells_in_any_order_that_may_not_say_where_they_are(rows):
    assert read(rows).columns["x"].tolist() == [5, 6]
    assert read(prefixed(rows)).columns["x"].tolist() == [5, 6]


@pytest.mark.parametrize(
    "place",
    [
        "A0",
        "A",
        "9",
        "ZZZZ99999999",
        "A99999999999",
        "A4294967297",
        "$A$9",
        "A9:B9",
        "A&#57;",
        "\u212a9",  # a kelvin, which is no K
    ],
)
def test_a_cell_where_no_sheet_has_one(place):
    with pytest.raises(DataError, match=DAMAGED):
        read(TABLE + cell(place))


@pytest.mark.parametrize("row", ["0", "x", "99999999999", "9" * 5000])
def test_a_row_that_no_sheet_has(row):
    with pytest.raises(DataError, match=DAMAGED):
        read(TABLE + f'<row r="{row}"><c><v>1</v></c></row>')


def link(target, name="rId1"):
    return files._links([("worksheet", target)]).replace("rId1", name)


def root(*targets):
    return files._links([("officeDocument", target) for target in targets])


STRICT = "http://purl.oclc.org/ooxml"


@pytest.mark.parametrize(
    "parts",
    [
        {LINKS: link("/xl/worksheets/sheet1.xml")},
        {LINKS: link("worksheets/Sheet1.XML")},
        {LINKS: link("other.xml"), "xl/other.xml": sheet(TABLE), SHEET: sheet(cell("XFD1048576"))},
        {SHEET: None, "xl\\worksheets\\sheet1.xml": sheet(TABLE)},
        {SHEET: sheet(TABLE).encode("utf-8-sig")},
        {"_rels/.rels": root("/xl/workbook.xml")},
    ],
)
def test_the_first_sheet_is_found_by_the_links(parts):
    assert read_table(book(parts)).columns["x"].tolist() == [5, 6]


@pytest.mark.parametrize(
    "parts",
    [
        {LINKS: link("worksheets/sheet7.xml")},
        {LINKS: link("worksheets/sheet1.xml", "rId7")},
        {LINKS: None},
        {SHEET: None},
        {SHEET: [sheet(cell("XFD1048576")), sheet(TABLE)]},
        {"xl/worksheets/SHEET1.xml": sheet(cell("XFD1048576"))},
        {"_rels/.rels": root("xl/workbook.xml", "other/workbook.xml")},
        {"_rels/.rels": root("other/workbook.xml")},
        {"xl/workbook.xml": f"<workbook {files.MAIN}/>"},
        {"xl/workbook.xml": "<"},
        {SHEET: sheet(TABLE)[:-40]},
        {SHEET: '<?xml version="1.0" encoding="utf-7"?>' + sheet(TABLE.replace('"', "'"))[:-40]},
    ],
)
def test_a_workbook_that_may_be_read_in_two_ways_or_in_none(parts):
    with pytest.raises(DataError, match=DAMAGED):
        read_table(book(parts))


def test_a_workbook_in_the_strict_format():
    strict = {SHEET: sheet(TABLE, f'<worksheet xmlns="{STRICT}/spreadsheetml/main">')}
    strict["xl/workbook.xml"] = (
        f'<workbook xmlns="{STRICT}/spreadsheetml/main" '
        f'xmlns:r="{STRICT}/officeDocument/relationships"><sheets>'
        '<sheet name="D" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    assert read_table(book(strict)).columns["x"].tolist() == [5, 6]


def patched(data, name, at, value):
    """Write 32 bits over what the directory of an archive, and the part itself, say of a part."""
    data = bytearray(data)
    entry = zipfile.ZipFile(io.BytesIO(data)).getinfo(name)
    listed = data.index(b"PK\1\2")
    while not data.startswith(name.encode(), listed + 46):
        listed = data.index(b"PK\1\2", listed + 4)
    struct.pack_into("<I", data, listed + at, value)
    struct.pack_into("<I", data, entry.header_offset + at - 2, value)
    return bytes(data)


CRC, SIZE = 16, 24


@pytest.mark.parametrize("name", [SHEET, LINKS, "xl/sharedStrings.xml", "xl/styles.xml"])
@pytest.mark.parametrize(("at", "value"), [(SIZE, 100), (SIZE, 0), (CRC, 1)])
def test_parts_that_are_not_what_the_directory_says(name, at, value):
    strings = f"<sst {files.MAIN}>{'<si><t>a</t></si>' * 999}</sst>"
    data = patched(book({"xl/sharedStrings.xml": strings}), name, at, value)
    with pytest.raises(DataError, match=DAMAGED):
        read_table(data)


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_workbook_packed_as_no_workbook_is(packing):
    with pytest.raises(DataError, match=DAMAGED):
        read_table(book({}, packing))


def test_bytes_that_cannot_be_unpacked():
    data = book({SHEET: sheet(TABLE + "<!-- " + str(np.random.default_rng(0).random(999)))})
    at = zipfile.ZipFile(io.BytesIO(data)).getinfo(SHEET).header_offset + 60
    with pytest.raises(DataError, match=DAMAGED):
        read_table(data[:at] + b"\xff" * 40 + data[at + 40 :])


def test_a_part_whose_name_is_no_utf8_is_damage():
    damaged = bytearray(files.excel({"x": [5, 6]}).replace(b"styles.xml", b"style\xff.xml"))
    damaged[damaged.rindex(b"PK\1\2", 0, damaged.rindex(b"style\xff")) + 9] |= 8
    with pytest.raises(DataError, match=DAMAGED):
        read_table(bytes(damaged))
