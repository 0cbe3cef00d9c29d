"""The same rows written in every format; an Excel workbook by hand, so that nothing is rounded."""

import io
import json
import zipfile
from datetime import date, datetime
from xml.sax.saxutils import escape

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from linreg.data.files.read_table import read_table
from linreg.data.files.scan import scan

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STATE = ' state="hidden"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def workbook(sheets, hidden=()):
    """Return an .xlsx file with sheets of rows; a cell "=…" is a formula without its value."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        types = f'<Types xmlns="{PACKAGE}/content-types">'
        main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        types += '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        types += 'relationships+xml"/><Override PartName="/xl/workbook.xml" '
        types += f'ContentType="{main}.sheet.main+xml"/></Types>'
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", _links([("officeDocument", "xl/workbook.xml")]))
        listed = "".join(
            f'<sheet name="{escape(name)}" sheetId="{k}" r:id="rId{k}"{STATE * (name in hidden)}/>'
            for k, name in enumerate(sheets, 1)
        )
        head = f'<workbook {MAIN} xmlns:r="{LINKS}"><sheets>{listed}</sheets></workbook>'
        archive.writestr("xl/workbook.xml", head)
        parts = [("worksheet", f"worksheets/sheet{k}.xml") for k in range(1, len(sheets) + 1)]
        parts.append(("styles", "styles.xml"))
        archive.writestr("xl/_rels/workbook.xml.rels", _links(parts))
        formats = '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/>'
        archive.writestr(
            "xl/styles.xml",
            f'<styleSheet {MAIN}><cellXfs count="3">{formats}</cellXfs></styleSheet>',
        )
        for k, rows in enumerate(sheets.values(), 1):
            body = "".join(_row(i, row) for i, row in enumerate(rows, 1))
            sheet = f"<worksheet {MAIN}><sheetData>{body}</sheetData></worksheet>"
            archive.writestr(f"xl/worksheets/sheet{k}.xml", sheet)
    return out.getvalue()


def json_lines(columns):
    return "\n".join(json.dumps(row) for row in _rows(columns)).encode()


def json_array(columns):
    return json.dumps(list(_rows(columns)), indent=1).encode()


def parquet(columns):
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, row_group_size=3)
    return out.getvalue()


def excel(columns):
    return workbook({"Data": [list(columns), *zip(*columns.values(), strict=True)]})


def _rows(columns):
    return (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))


def _links(parts):
    listed = "".join(
        f'<Relationship Id="rId{k}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for k, (kind, target) in enumerate(parts, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def _row(i, row):
    cells = (_cell(f"{_letters(j)}{i}", cell) for j, cell in enumerate(row) if cell is not None)
    return f'<row r="{i}">{"".join(cells)}</row>'


def _letters(j):
    """Name a column, counted from 0: A, …, Z, AA, …"""
    return (_letters(j // 26 - 1) if j >= 26 else "") + chr(65 + j % 26)


def _cell(place, cell):
    match cell:
        case bool():
            return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
        case datetime():
            days = (cell - datetime(1899, 12, 30)).total_seconds() / 86400
            return f'<c r="{place}" s="2"><v>{days!r}</v></c>'
        case date():
            return f'<c r="{place}" s="1"><v>{(cell - date(1899, 12, 30)).days}</v></c>'
        case str() if cell.startswith("=") and not cell.startswith('="'):
            return f'<c r="{place}"><f>{escape(cell[1:])}</f></c>'
        case str():
            return f'<c r="{place}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
    return f'<c r="{place}"><v>{cell!r}</v></c>'


def read_everywhere(folder, data):
    """Return a table and the notes of a scan, once both have the same columns and numbers."""
    table = read_table(data)
    path = folder / "table"
    path.write_bytes(data)
    for engine in ("polars", "pandas"):
        passed = scan([path], engine=engine)
        assert passed.columns == tuple(table.columns)
        rows = np.concatenate([np.column_stack(batch.columns) for batch in passed])
        np.testing.assert_array_equal(rows, np.column_stack([*table.columns.values()]))
    return table, passed.notes
