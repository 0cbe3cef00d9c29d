"""A table and the summary of its columns answer the same questions."""

from linreg.data.files.read_table import read_text
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.summary.accumulator import Accumulator
from linreg.data.tabular import Tabular

TEXT = "# repaired: fill:a: filled\na,b,word\n1,2,u\n2,1,v\n3,5,w\n"
ASKED = (
    *("name", "columns", "text", "first_text", "units", "notes", "repairs", "usual"),
    *("done_before", "table"),
)


def sources():
    table = read_text(TEXT)
    summary = Accumulator(["a", "b"]).feed([*table.columns.values()]).summary("b")
    return table, summary


def test_both_answer_what_is_asked_of_either():
    assert {type(source) for source in sources()} == set(Tabular.__args__)
    for source in sources():
        assert list(source.columns) == ["a", "b"]
        for name in ASKED:
            getattr(source, name)


def test_only_a_table_has_rows_and_text():
    table, summary = sources()
    assert table.table is table
    assert (table.text, [*table.first_text]) == (("word",), ["word"])
    assert (summary.table, summary.text, [*summary.first_text]) == (None, (), [])


def test_columns_that_come_with_a_table_are_its_usual_ones():
    table, summary = sources()
    assert (table.usual, summary.usual) == (None, ("b", ("a",)))
    tips = BUILT_IN["tips"]
    assert tips.table().usual == (tips.target, tips.features)
    assert tips.table().units == tips.units


def test_what_was_done_before_is_read_from_the_file():
    assert sources()[0].done_before == ("fill:a: filled",)
