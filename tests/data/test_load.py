"""The training set of a choice of data: loaded, repaired, with default columns."""

import numpy as np
import pyarrow as pa
import pytest

from linreg.data.cleaning.column_profile import MAX_PROFILED_COLUMNS, profile
from linreg.data.cleaning.findings.inspect import findings
from linreg.data.cleaning.repairs.column_repairs import LeaveOut, Standardise
from linreg.data.cleaning.repairs.row_repairs import LeaveRows
from linreg.data.cleaning.suggest_columns import propose
from linreg.data.files import read_table
from linreg.data.files.reader import Chunk
from linreg.data.files.table import Table
from linreg.data.load import chosen_columns, load_repaired, load_training_set, with_repairs
from linreg.data.select import check_choice
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.choice import UPLOAD, TableChoice
from linreg.data.sources.synthetic import GENERATORS, Drawn
from linreg.data.training_set import take_columns
from linreg.errors import DataError

DATA = {
    **{name: kind() for name, kind in GENERATORS.items()},
    **{name: TableChoice(name) for name in BUILT_IN},
    "drawn": Drawn(),
}


@pytest.fixture
def uploaded():
    columns = {"a": [1.0, 2.0, 4.0, 8.0], "b": [3.0, 1.0, 2.0, 5.0], "c": [2.0, np.nan, 3.0, 7.0]}
    arrays = {name: np.array(values) for name, values in columns.items()}
    texts = {"who": pa.chunked_array([["Ann", "Ben", "Cem", "Dan"]], pa.large_string())}
    return Table("mine.csv", arrays, ("who",), 4, (), {"who": (1, "Ann")}, texts=texts)


@pytest.fixture(params=sorted(DATA))
def data(request):
    return DATA[request.param]


def test_material_holds_the_rows_and_their_sums(data):
    training_set = load_training_set(data)
    whole = np.column_stack([training_set.dataset.X, training_set.dataset.y])
    assert training_set.moments.n == len(whole)
    np.testing.assert_allclose(
        training_set.moments.mean, whole.mean(axis=0), rtol=1e-12, atol=1e-12
    )
    centred = whole - whole.mean(axis=0)
    gram = training_set.moments.K.T @ training_set.moments.K
    np.testing.assert_allclose(gram, centred.T @ centred, rtol=1e-9, atol=1e-9 * gram.max())


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_a_built_in_table_proposes_its_own_columns(name):
    table = BUILT_IN[name]
    assert chosen_columns(TableChoice(name), None) == (table.target, table.features)
    for target in table.units:
        training_set, features = chosen_columns(TableChoice(name, target), None)
        assert training_set == target
        assert features
        assert target not in features


def test_an_upload_proposes_last_and_first_column(uploaded):
    assert chosen_columns(TableChoice(UPLOAD), uploaded) == ("c", ("a",))
    assert chosen_columns(TableChoice(UPLOAD, "a"), uploaded) == ("a", ("b",))
    assert chosen_columns(TableChoice(UPLOAD, "a", ("c", "b")), uploaded) == ("a", ("c", "b"))


def test_uploaded_rows_that_miss_a_value_are_left_out(uploaded):
    training_set = load_training_set(TableChoice(UPLOAD, "c", ("a", "b")), uploaded).dataset
    np.testing.assert_array_equal(training_set.rows, [1, 3, 4])
    np.testing.assert_array_equal(training_set.X, [[1, 3], [4, 2], [8, 5]])
    np.testing.assert_array_equal(training_set.y, [2, 3, 7])
    assert "1 of 4" in training_set.notes[0]


@pytest.mark.parametrize(
    ("chosen", "named"),
    [
        (TableChoice(UPLOAD, "a", ("a",)), "“a” is both target and feature"),
        (TableChoice(UPLOAD, "who", ("a",)), "“who” is not a number in row 1"),
        (TableChoice(UPLOAD, "a", ("z",)), "no column “z”"),
    ],
)
def test_columns_that_can_not_be_trained_on_are_named(uploaded, chosen, named):
    with pytest.raises(DataError, match=named):
        load_training_set(chosen, uploaded)


def test_an_upload_without_a_file():
    with pytest.raises(LookupError, match="no file"):
        load_repaired(TableChoice(UPLOAD), None)


def test_one_column_alone_is_refused_with_a_sentence():
    lone = Table("one.csv", {"a": np.arange(3.0)}, (), 3, ())
    with pytest.raises(DataError, match="a target needs at least one feature"):
        load_training_set(TableChoice(UPLOAD), lone)


def test_a_repaired_table_is_trained_on(uploaded):
    chosen = TableChoice(UPLOAD, "c", ("a",), (Standardise("a"), LeaveRows((4,))))
    data = load_training_set(chosen, uploaded).dataset
    z = (uploaded.columns["a"] - 3.75) / np.std(uploaded.columns["a"])
    np.testing.assert_array_equal(data.X[:, 0], z[[0, 2]])
    np.testing.assert_array_equal(data.rows, [1, 3])


def test_columns_that_a_repair_takes_away_are_chosen_no_more(uploaded):
    chosen = TableChoice(UPLOAD, "c", ("a", "b"))
    less = with_repairs(chosen, (LeaveOut("a"),), uploaded)
    assert less == TableChoice(UPLOAD, "c", ("b",), (LeaveOut("a"),))
    other = with_repairs(chosen, (LeaveOut("c"),), uploaded)
    assert (other.target, other.features) == (None, ("a", "b"))
    tips = with_repairs(TableChoice("tips", "tip", ("size",)), (LeaveOut("tip"),), None)
    assert chosen_columns(tips, None) == ("total_bill", ("size",))


def test_what_was_repaired_and_what_could_not_be_is_told(uploaded):
    repairs = (Standardise("a"), LeaveRows((9,)), LeaveRows((4,)))
    data = load_training_set(TableChoice(UPLOAD, "c", ("a",), repairs), uploaded).dataset
    assert [line.partition(": ")[0] for line in data.repairs] == ["standardise:a", "leave-rows:4"]
    assert data.notes[0] == "1 of 4 rows was left out by you."
    assert data.notes[-1].startswith("“leave-rows:9” was not done. Row 9 can not be found")


class Name(str):
    """A name of a column that counts how often it is compared with another one."""

    comparisons = 0
    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other):
        Name.comparisons += 1
        return str.__eq__(self, other)


class WideReader:
    """Two chunks of a row each: numbers, text, and text that looks like numbers at first."""

    decimal, style, notes = ".", "", ()

    def __init__(self, width):
        self.names = [Name(f"x{j}") for j in range(width)]

    def chunks(self, as_text=(), *, only=False):
        for row in (1, 2):
            words = pa.array([f"{row}" if row == 1 else "a", "7"], pa.large_string())
            kinds = np.array([row, 7.0]), pa.array(["a", "b"], pa.large_string()), words
            cells = {
                name: kinds[j % 3]
                for j, name in enumerate(self.names)
                if name in as_text or not only
            }
            yield Chunk(2, cells, row / 2)


@pytest.mark.slow
@pytest.mark.parametrize("in_folder", [False, True])
def test_a_wide_table_is_taken_without_comparing_each_name_with_each(tmp_path, in_folder):
    reader = WideReader(1500)
    folder = tmp_path if in_folder else None
    Name.comparisons = 0
    table = read_table._collected(reader, "wide", folder, lambda share: None)
    assert (len(table.columns), len(table.text)) == (500, 1000)
    assert table.texts["x2"].to_pylist() == ["1", "7", "a", "7"]
    proposal = propose(table)
    chosen = proposal.target, proposal.features[:1]
    take_columns(table, *chosen)
    findings(table, *chosen)
    assert len(profile(table, *chosen)) == MAX_PROFILED_COLUMNS
    repaired = LeaveRows((3,)).do(table)[0]
    assert len(repaired.columns) == 1000  # the third row alone made text of every third column
    check_choice("x1", [*repaired.columns])
    assert Name.comparisons <= 10 * len(reader.names)
