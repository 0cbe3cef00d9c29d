"""Dates in the forms that people write, against the standard library."""

from contextlib import nullcontext
from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linreg.data.cleaning.repairs.dates import are_dates, looks_like_dates, read_dates
from linreg.errors import DataError

FORMS = (
    *("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%d %b %Y", "%d-%b-%Y", "%d %B %Y"),
    *("%b %d, %Y", "%B %d, %Y", "%d-%B-%Y"),
)
dates = st.lists(st.dates(date(1000, 1, 1), date(9999, 12, 31)), min_size=1, max_size=20)


def column(cells, chunks=1):
    parts = [part.tolist() for part in np.array_split(np.array(cells, dtype=object), chunks)]
    return pa.chunked_array(parts, pa.large_string())


def read(cells, **how):
    return read_dates(column(cells, **how), "when", np.arange(1, len(cells) + 1))


@pytest.mark.slow
@given(dates, st.sampled_from(FORMS))
def test_days_since_the_first_in_every_form(own, form):
    cells = [day.strftime(form) for day in own]
    result = read([*cells, None], chunks=2)
    first = min(own)
    assert result.first == first
    np.testing.assert_array_equal(result.days, [*((day - first).days for day in own), np.nan])
    assert looks_like_dates(column(cells))


@pytest.mark.parametrize("mark", "/-")
def test_a_number_above_12_tells_day_from_month(mark):
    result = read([f"03{mark}04{mark}2020", f"25{mark}04{mark}2020"])
    assert (result.days.tolist(), result.note) == ([0, 22], "read as day, month, year")
    result = read([f"03{mark}04{mark}2020", f"04{mark}25{mark}2020"])
    assert (result.days.tolist(), result.note) == ([0, 52], "read as month, day, year")


@pytest.mark.parametrize("mark", "/-")
def test_day_and_month_that_could_be_exchanged_are_refused(mark):
    with pytest.raises(DataError, match=r"day and month cannot be told apart \(“03.04.2020”\)"):
        read([f"03{mark}04{mark}2020", f"05{mark}06{mark}2020"])
    assert read([f"03{mark}03{mark}2020", f"05{mark}05{mark}2020"]).days.tolist() == [0, 63]


def test_what_tells_day_from_month_may_come_late():
    cells = [f"{1 + k % 12:02}/01/{2000 + k // 12}" for k in range(600)]
    result = read([*cells, "01/31/1999"])
    assert result.first == date(1999, 1, 31)
    assert result.note == "read as month, day, year"


def test_the_time_of_day_is_a_part_of_a_day():
    result = read(["2020-01-01T18:00", "2020-01-02 06:00:00", "2020-01-03", "2020-01-01T18:00:00Z"])
    assert result.days.tolist() == [0.75, 1.25, 2, 0.75]
    result = read(["2020-01-01T00:30+02:00", "2020-01-01"])
    at = datetime(2019, 12, 31, 22, 30) - datetime(2019, 12, 31)
    assert result.first == date(2019, 12, 31)
    np.testing.assert_allclose(result.days, [at / timedelta(days=1), 1], rtol=1e-15)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (["2020-01-01", None, "soon"], "“soon” in row 3, which is no date"),
        (["2020-02-30", "2020-01-01"], "“2020-02-30” in row 1, which is no date"),
        (["31.1.2020", "1/2/2020", "2.2.2020"], "“1/2/2020” in row 2"),
        (["31.1.20", "1.2.20"], "“31.1.20” in row 1"),
        (["north"], "“north” in row 1"),
        (["2020-01-01", "-3.5"], "“-3.5” in row 2"),
        (["0000-01-01", "2020-01-01"], "“0000-01-01” in row 1"),
        (["-3.5"], "“-3.5” in row 1"),
        ([None, None], "is empty, so it holds no dates"),
    ],
)
def test_what_is_no_date_is_named(cells, why):
    with pytest.raises(DataError, match=why):
        read(cells)


@pytest.mark.parametrize("cells", [["3-4", "1-2"], ["a b c"], ["12:30"], [None], ["R2-D2"], []])
def test_what_does_not_look_like_dates(cells):
    assert not looks_like_dates(column(cells))


@pytest.mark.parametrize(
    ("cells", "readable"),
    [
        (["2020-01-31", None, "2020-02-01 12:00"], True),
        (["31.1.2020", "1.2.2020"], True),
        (["03/04/2020", "25/04/2020"], True),
        (["03/03/2020", "05/05/2020"], True),
        (["03/04/2020", "05/06/2020"], False),  # day and month could be exchanged
        (["2020-01-31", "2020-02-30"], False),
        (["2020-01-31"] * 40 + ["soon"], False),
        ([None, None], False),
        ([], False),
    ],
)
def test_what_can_be_read_as_dates_is_told_without_reading(cells, readable):
    assert are_dates(column(cells)) == readable
    with nullcontext() if readable else pytest.raises(DataError):
        read(cells)
