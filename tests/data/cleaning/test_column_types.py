import pytest

from linreg.data.cleaning.column_types import (
    can_be_numbers,
    kind_of,
    reading_of,
)
from linreg.data.cleaning.findings.column_findings import text_finding
from linreg.data.cleaning.repairs.column_repairs import Blank, Days, LeaveOut, Negatives, Numbers
from linreg.data.files.read_table import read_text

ROWS = 12
TEXTS = {
    "empty": [""] * ROWS,
    "mostly missing": ["a", "b"] + [""] * (ROWS - 2),
    "dates": [f"2020-01-{day + 1:02}" for day in range(ROWS)],
    "dates with a slip": [f"2020-01-{day + 1:02}" for day in range(ROWS - 1)] + ["soon"],
    "day or month": [f"0{day % 9 + 1}/0{day % 8 + 1}/2020" for day in range(ROWS)],
    "numbers with a slip": [*map(str, range(ROWS - 1)), "soon"],
    "units": [f"{row} km" for row in range(ROWS)],
    "accounts": [f"({row}.5)" if row % 3 else f"{row}.5" for row in range(ROWS)],
    "minus behind": [f"{row}.5-" if row % 2 else f"{row}.5" for row in range(ROWS)],
    "all in parentheses": [f"({row})" for row in range(ROWS)],
    "names": [f"row {'abcdefghijkl'[row]}" for row in range(ROWS)],
    "few words": ["red", "green", "blue"] * (ROWS // 3),
    "one word": ["red"] * ROWS,
    "many words": [f"word {'abcdefghijkl'[row % 11]}" for row in range(ROWS)],
}


def table_with(cells):
    lines = [f"{row * 1.5};{cell}" for row, cell in enumerate(cells)]
    return read_text("\n".join(["y;x", *lines]) + "\n")


@pytest.mark.parametrize(
    ("name", "kind", "reading"),
    [
        ("empty", "empty", None),
        ("dates", "date", Days("x")),
        ("dates with a slip", "date", Days("x")),
        ("numbers with a slip", "identifier", Blank("x")),
        ("units", "text", Numbers("x", "km")),
        ("accounts", "text", Negatives("x")),
        ("minus behind", "text", Negatives("x")),
        ("all in parentheses", "text", Negatives("x")),
        ("names", "identifier", None),
        ("few words", "text", None),
    ],
)
def test_text_has_a_kind_and_the_repair_that_reads_it(name, kind, reading):
    table = table_with(TEXTS[name])
    assert kind_of(table, "x") == kind
    assert reading_of(table, "x") == reading


@pytest.mark.parametrize("name", TEXTS)
def test_text_can_be_numbers_where_a_finding_offers_more_than_to_leave_it_out(name):
    table = table_with(TEXTS[name])
    finding = text_finding(table, "x", is_target=False)
    repairs = [repair for offer in finding.offers for repair in offer.repairs]
    assert can_be_numbers(table, "x") == any(not isinstance(each, LeaveOut) for each in repairs)
