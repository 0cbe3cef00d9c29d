"""Units follow from those of the columns."""

import time
from dataclasses import replace
from urllib.parse import parse_qs

import pytest

from linreg.data.cleaning.repairs.column_repairs import Days, Fill, Numbers, Standardise
from linreg.data.cleaning.repairs.row_repairs import LeaveRows
from linreg.data.files.read_table import read_text
from linreg.data.load import load_training_set, without_refused
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.choice import TableChoice
from linreg.data.sources.synthetic import Line
from linreg.data.training_set import done_before
from linreg.experiment.column_units import fitting, label, unit_of, units_before
from linreg.experiment.experiment import Experiment
from linreg.experiment.exports.problem import summary_of
from linreg.experiment.url import from_query, to_link


def test_the_unit_of_a_column_is_the_typed_one_or_the_tables_own():
    assert unit_of(TableChoice("tips"), "tip") == "US dollars"
    assert unit_of(TableChoice("tips", units=(("tip", "cents"),)), "tip") == "cents"
    assert unit_of(TableChoice("upload"), "tip") == ""
    assert unit_of(TableChoice("upload"), "tip", {"tip": "€"}) == "€"
    assert unit_of(Line(), "x") == ""


def test_repairs_change_units():
    typed = (("tip", "cents"), ("day", "d"))
    chosen = TableChoice(
        "tips", repairs=(Fill("size"), Standardise("tip"), Days("day"), Days("time"))
    )
    assert unit_of(chosen, "tip") == "standard deviations"
    assert unit_of(chosen, "size") == "people"
    assert unit_of(chosen, "day") == unit_of(chosen, "time") == "days"
    with_units = TableChoice("tips", repairs=chosen.repairs, units=typed)
    assert unit_of(with_units, "tip") == "standard deviations"
    assert unit_of(with_units, "day") == "d"


def test_numbers_that_are_read_keep_their_unit():
    repairs = (Numbers("way", "m"), Numbers("way", "km"))
    assert unit_of(TableChoice("upload", repairs=repairs), "way") == "km"
    assert unit_of(TableChoice("upload", repairs=repairs), "other") == ""
    assert unit_of(TableChoice("upload", repairs=repairs, units=(("way", "mi"),)), "way") == "mi"
    chosen = TableChoice("upload", repairs=(*repairs, Standardise("way")), units=(("way", "mi"),))
    assert unit_of(chosen, "way") == "standard deviations"


def test_units_follow_from_what_was_done_before_a_file_was_made():
    lines = "".join(
        f"# repaired: {line}\n"
        for line in (
            "standardise:a: b: “a: b” is standardised: 1 was subtracted.",
            "numbers:way=km/h: “way” is read as numbers.",
            "days:when: “when” counts the days.",
            "standardise:gone: “gone” is standardised.",
            *("fill:n: filled", "sample: 20 of 40 rows", "numbers:=: x", "standardise"),
        )
    )
    table = read_text(f"{lines}a: b,way,when,n,20 of 40 rows\n1,2,3,4,5\n")
    assert done_before(table)[1] == "numbers:way=km/h: “way” is read as numbers."
    assert units_before(table) == {
        "a: b": "standard deviations",
        "way": "km/h",
        "when": "days",
    }
    summary = replace(
        summary_of(Experiment(TableChoice("tips"))),
        repairs=("days:tip: x",),
        notes=table.notes[1:2],
    )
    assert units_before(summary) == summary.units
    assert done_before(summary) == (done_before(table)[1], "days:tip: x")


@pytest.mark.parametrize("name", BUILT_IN)
def test_labels_of_real_tables_name_their_units(name):
    for column, unit in BUILT_IN[name].units.items():
        assert label(TableChoice(name), column) == f"{column} ({unit})"
    assert label(TableChoice(name), "sex") == "sex"
    assert label(TableChoice("upload"), "tip") == "tip"
    assert label(Line(), "x") == "x"


def test_a_line_on_a_repair_is_read_once_whatever_is_in_it():
    lines = ["numbers:a" + ": a" * 3000, "standardise:a" + ": a" * 3000, "numbers:a=km: x"]
    table = read_text("".join(f"# repaired: {line}\n" for line in lines * 100) + "a,b\n1,2\n3,4\n")
    begin = time.perf_counter()
    assert units_before(table) == {"a": "standard deviations"}
    assert time.perf_counter() - begin < 1


def test_of_two_columns_the_one_with_the_longer_name_is_meant():
    table = read_text("# repaired: days:a: b: “a: b” counts the days\na,a: b\n1,2\n3,4\n")
    assert units_before(table) == {"a: b": "days"}


@pytest.mark.parametrize("repair", [Numbers("d", "km"), Days("d"), Standardise("d")])
def test_a_repair_that_can_not_be_done_gives_no_unit(repair):
    table = read_text("x,y,d\n1,2,5\n2,3,5\n4,4,5\n")
    chosen = TableChoice("upload", repairs=(repair, Standardise("x"), LeaveRows((999,))))
    done = without_refused(chosen, load_training_set(chosen, table).refused)
    assert done.repairs == (Standardise("x"),)
    assert (unit_of(done, "d"), unit_of(done, "x")) == ("", "standard deviations")
    assert summary_of(Experiment(chosen), table).units == {"x": "standard deviations"}
    problem = summary_of(Experiment(TableChoice("upload", "y", ("x", "d"))), table)
    assert summary_of(Experiment(chosen), problem).units == {"x": "standard deviations"}


def test_repairs_that_were_refused_are_left_out_by_their_place():
    """The same repair may be done at one place and refused at another."""
    repairs = (Fill("tip"), LeaveRows((2,)), Standardise("tip"), LeaveRows((2,)))
    chosen = TableChoice("tips", repairs=repairs)
    rows = load_training_set(chosen)
    assert rows.refused == (0, 3)
    assert without_refused(chosen, rows.refused).repairs == repairs[1:3]
    assert without_refused(chosen, ()) == chosen
    assert without_refused(Line(), load_training_set(Line()).refused) == Line()


def test_units_that_come_with_a_file_fit_into_a_link():
    long = "kilometres " * 900
    table = read_text(f"# repaired: numbers:a={long}: read\na,b\n1,2\n3,4\n")
    summary = replace(
        summary_of(Experiment(TableChoice("tips"))), units={"tip": long, "size": "\n"}
    )
    for source, column in ((table, "a"), (summary, "tip")):
        ((name, unit),) = units_before(source).items()
        assert (name, unit[:21], unit[-1]) == (column, "kilometres kilometres", "…")
        chosen = TableChoice("upload", units=((name, unit),))
        again, problems = from_query(parse_qs(to_link(Experiment(chosen))))
        assert (again.data, problems) == (chosen, [])
    assert unit_of(TableChoice("upload"), "tip", summary.units) == fitting(long)
