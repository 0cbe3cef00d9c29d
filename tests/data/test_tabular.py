"""A table and the summary of its columns answer the same questions."""

from linreg.data.files.read_table import read_text
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.summary.accumulator import Accumulator
from linreg.data.tabular import Tabular
from linreg.data.training_set import done_before

TEXT = "# repaired: fill:a: filled\na,b,word\n1,2,u\n2,1,v\n3,5,w\n"
ASKED = [name for name in vars(Tabular) if not name.startswith("_")]


def sources():
    table = read_text(TEXT)
    summary = Accumulator(["a", "b"]).feed([*table.columns.values()]).summary("b")
    return table, summary


def test_both_answer_what_is_asked_of_either():
    assert {"columns", "notes", "repairs", "table", "usual"} < {*ASKED}
    for source in sources():
        assert list(source.columns) == ["a", "b"]
        for name in ASKED:
            getattr(source, name)


def test_only_a_table_has_rows_and_text():
    table, summary = sources()
    assert table.table is table
    assert (table.text, [*table.first_text]) == (("word",), ["word"])
    assert (summary.table, summary.text, [*summary.first_text]) == (None, (), [])


def test_either_is_asked_by_the_function_for_its_kind():
    table, summary = sources()
    assert table.either(lambda rows: ("rows", rows), lambda sums: ("sums", sums)) == ("rows", table)
    asked = summary.either(lambda rows: ("rows", rows), lambda sums: ("sums", sums))
    assert asked == ("sums", summary)


def test_columns_that_come_with_a_table_are_its_usual_ones():
    table, summary = sources()
    assert (table.usual, summary.usual) == (None, ("b", ("a",)))
    tips = BUILT_IN["tips"]
    assert tips.table().usual == (tips.target, tips.features)
    assert tips.table().units == tips.units


def test_what_was_done_before_is_read_from_the_file():
    assert done_before(sources()[0]) == ("fill:a: filled",)
