"""Every control of the sidebar, moved."""

from dataclasses import fields, replace

import pytest

from linreg.data.files.read_table import read_table
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.choice import UPLOAD, TableChoice
from linreg.data.sources.synthetic import GENERATORS, Drawn
from linreg.experiment.experiment import Experiment, View
from linreg.ui.state import tab_state

pytestmark = pytest.mark.slow

FILE = "a,b,c\n" + "".join(f"{i},{i * i},{3 - i}\n" for i in range(9))
LISTS = ("Target y", "Features X")
HOSTILE = ("<img src=x onerror=alert(1)>", "*a* $x^2$ :smile:", ":red[b] [c](http://d.e)")


def own(tab, kind):
    """The generator's controls, as a set of keys."""
    return {c.key for c in tab.at.number_input if c.key.startswith(f"{kind}.")}


@pytest.mark.parametrize("kind", sorted(GENERATORS))
def test_every_parameter_of_a_kind_moves_the_stage(app, expected, kind):
    tab, data = app({"data": kind}), GENERATORS[kind]()
    assert own(tab, kind) == {f"{kind}.{f.name}" for f in fields(data)}
    for f in fields(data):
        value = f.default + f.metadata["step"]
        data = replace(data, **{f.name: value})
        before = tab.payload
        tab.set(f"{kind}.{f.name}", value)
        assert tab.payload == expected(Experiment(data=data))
        assert tab.payload["y"] != before["y"]


def test_every_kind_can_be_chosen(app, expected):
    tab = app()
    for kind in reversed(GENERATORS):
        tab.set("generator", kind)
        assert tab.payload == expected(Experiment(data=GENERATORS[kind]()))
        assert GENERATORS[kind].about in tab.captions


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_every_column_of_a_table_can_be_target_or_feature(app, expected, name):
    tab, table = app({"data": name}), BUILT_IN[name]
    for target in table.units:
        features = tuple(column for column in table.units if column != target)
        tab.set(f"features:{name}", list(features)).set(f"target:{name}", target)
        tab.set(f"features:{name}", list(features))
        assert tab.payload == expected(Experiment(data=TableChoice(name, target, features)))
        assert tab.warnings == []


def test_every_table_can_be_chosen(app, expected):
    tab = app().set("way", tab_state.TABLES)
    for name in reversed(BUILT_IN):
        own = BUILT_IN[name]
        tab.set("built_in", name)
        shown = TableChoice(name, own.target, own.features)
        assert tab.payload == expected(Experiment(data=shown))
        assert any(own.source in caption for caption in tab.captions)


def test_columns_are_chosen_by_their_bare_names(app):
    tab = app({"data": "tips", "unit": "tip=EUR"})
    target = next(c for c in tab.at.selectbox if c.key == "target:tips")
    assert target.options[:4] == ["total_bill", "tip", "size", "sex"]


def test_all_ways_can_be_chosen_and_left(app, expected):
    tab = app({"n": "70", "seed": "4"})
    first = tab.payload
    assert tab.set("way", tab_state.DRAW).payload == expected(Experiment(data=Drawn()))
    assert tab.set("way", tab_state.TABLES).payload["target"] == "tip"
    assert any(
        "Until then you still see" in text for text in tab.set("way", tab_state.OWN).captions
    )
    assert tab.set("way", tab_state.GENERATED).payload == first


@pytest.mark.parametrize("link", [{}, {"data": "plane"}, {"data": "iris"}, {"data": "drawn"}])
def test_training_controls_move_the_stage(app, link):
    tab = app(link)
    size = len(tab.payload["params"])
    for loss, name in (("mse", "MSE"), ("half-mse", "½MSE"), ("tsse", "TSSE")):
        payload = tab.set("loss", loss).payload
        assert payload["constants"]["lossNames"][payload["loss"]] == name
    assert tab.set("steps", 1).payload["run"]["steps"] == 1
    assert tab.set("steps", 100_000).payload["run"]["steps"] == 100_000
    assert len(tab.set("intercept", False).payload["params"]) == size - 1
    assert len(tab.set("intercept", True).payload["params"]) == size


def test_other_data_forget_rate_start_and_step(app, expected):
    tab = app({"rate": "0.001", "start": "1,2", "step": "5", "log": "1"})
    tab.set("generator", "plane")
    view = View(log=True)
    assert tab.payload == expected(Experiment(data=GENERATORS["plane"](), view=view))


def test_another_parameter_of_the_same_data_keeps_rate_and_start(app, expected):
    tab = app({"rate": "0.001", "start": "1,2"}).set("line.noise", 3.0)
    data = GENERATORS["line"](noise=3.0)
    assert tab.payload == expected(Experiment(data=data, rate=0.001, start=(1.0, 2.0)))


def test_a_box_falls_back_to_its_number(app):
    tab = app({"n": "70"}).set("line.noise", 3.0)
    fallbacks = {c.key: c.proto.default for c in tab.at.number_input}
    assert (fallbacks["line.n"], fallbacks["line.noise"], fallbacks["steps"]) == (70, 3.0, 100)


def test_an_empty_range_is_refused_and_the_stage_stays(app):
    tab = app()
    before = tab.payload
    tab.set("line.low", 5.0)
    assert tab.payload == before
    assert ["x from must be less than x to" in warning for warning in tab.warnings] == [True]
    assert tab.set("line.high", 6.0).warnings == []


@pytest.mark.parametrize(
    ("key", "value", "named"),
    [
        ("target:tips", "total_bill", "“total_bill” is both target and feature"),
        ("target:tips", "sex", "“sex” is not a number in row 1"),
        ("features:tips", [], "No feature is chosen"),
        ("features:tips", ["total_bill", "day"], "“day” is not a number in row 1"),
    ],
)
def test_unusable_columns_are_refused_and_the_stage_stays(app, key, value, named):
    tab = app({"data": "tips"})
    before = tab.payload
    tab.set(key, value)
    assert tab.payload == before
    assert len(tab.warnings) == 1
    assert named in tab.warnings[0]


def test_a_good_file_trains(app, expected):
    tab = app().set("way", tab_state.OWN).upload(FILE)
    table = read_table(FILE.encode(), "mine.csv")
    assert tab.payload == expected(Experiment(data=TableChoice(UPLOAD, "c", ("a",))), table)
    assert tab.warnings == tab.errors == []
    tab.set("features:upload", ["b", "a"])
    assert tab.payload == expected(Experiment(data=TableChoice(UPLOAD, "c", ("b", "a"))), table)


def test_a_link_to_columns_waits_for_its_file(app, expected):
    tab = app({"data": "upload", "y": "b", "x": ["c", "a"], "rate": "0.0001", "start": "1,2,3"})
    tab.upload(FILE)
    linked = Experiment(
        data=TableChoice(UPLOAD, "b", ("c", "a")), rate=0.0001, start=(1.0, 2.0, 3.0)
    )
    assert tab.payload == expected(linked, read_table(FILE.encode()))
    assert tab.warnings == []


def test_a_link_to_columns_that_the_file_lacks_shows_the_files_own(app, expected):
    tab = app({"data": "upload", "y": "height", "x": "age"}).upload(FILE)
    data = TableChoice(UPLOAD, "c", ("a",))
    assert tab.payload == expected(Experiment(data=data), read_table(FILE.encode()))


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"", "empty"),
        ("a,b\n", "no rows"),
        ("a,b\n1,2\n3,4,5\n4,5\n", "Row 2"),
        ("name\nAnn\nBob\n", "No column"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ""),
    ],
)
def test_a_bad_file_is_refused_and_the_stage_stays(app, content, named):
    tab = app().set("way", tab_state.OWN).upload(FILE)
    before = tab.payload
    tab.upload(content)
    assert tab.payload == before
    assert len(tab.errors) == 1
    assert named in tab.errors[0]
    assert tab.upload(FILE).errors == []


# Files that can be read, but whose last and first column cannot be trained on.
ONE_VALUE = "a,b,c\n1,2,\n2,4,5\n3,5,\n"
TOO_LARGE = "a,b,c\n1e200,2,3\n2,4,5\n3,5,9\n"
HOPELESS = {
    "one row": "a,b\n1,2\n",
    "nothing in common": "a,b\n1,\n2,\n,3\n,4\n",
    "all but one too large": "a,b,c\n1,2e160,1e151\n3,4,5\n",
}


@pytest.mark.parametrize(
    ("content", "columns", "named"),
    [
        (ONE_VALUE, ("b", "a"), "“c” has a value in only 1 of 3 rows."),
        (TOO_LARGE, ("c", "b"), "“a” holds numbers too large to square."),
    ],
)
def test_columns_that_work_are_shown_instead_of_the_proposed(app, content, columns, named):
    tab = app().set("way", tab_state.OWN).upload(content)
    target, feature = columns
    assert (tab.payload["target"], tab.payload["features"]) == (target, [feature])
    assert tab.warnings == tab.errors == []
    assert f"Not proposed for training: {named}" in tab.captions


def test_a_refused_choice_of_an_upload_leaves_stage_and_choosers(app):
    tab = app().set("way", tab_state.OWN).upload(ONE_VALUE)
    before = tab.payload
    tab.set("target:upload", "c")
    assert tab.payload == before
    assert (len(tab.warnings), tab.errors) == (1, [])
    assert tab.set("target:upload", "b").payload == before


def test_a_link_to_columns_that_can_not_be_used_is_told_and_others_can_be_chosen(app, expected):
    tab = app({"data": "upload", "y": "c", "x": "a"})
    before = tab.payload
    tab.upload(ONE_VALUE)
    assert tab.payload == before == expected(Experiment()) | {"link": "data=upload&y=c&x=a"}
    assert (len(tab.warnings), tab.errors) == (1, [])
    assert (
        "Only 1 of 3 rows can be used, and a line needs two: values are missing in “c” (2"
        in tab.warnings[0]
    )
    tab.set("target:upload", "b")
    assert (tab.payload["target"], tab.warnings) == ("b", [])


def test_a_link_without_columns_keeps_its_rate_for_the_file(app):
    tab = app({"data": "upload", "rate": "0.001"}).upload(FILE)
    assert (tab.payload["target"], tab.payload["run"]["rate"]) == ("c", 0.001)


@pytest.mark.parametrize("name", sorted(HOPELESS))
def test_a_file_without_a_pair_of_columns_is_refused_and_the_former_stays(app, name):
    tab = app().set("way", tab_state.OWN).upload(FILE).set("target:upload", "b")
    before = tab.payload
    tab.upload(HOPELESS[name], "bad.csv")
    assert tab.payload == before
    assert (tab.warnings, len(tab.errors)) == ([], 1)
    assert "The columns below are those of “mine.csv”, which stays." in tab.captions
    assert tab.set("target:upload", "c").payload["target"] == "c"
    assert tab.warnings == tab.errors == []


def test_there_is_one_sentence_at_a_time(app):
    tab = app().set("way", tab_state.OWN).upload(FILE)
    before = tab.payload
    tab.set("features:upload", [])
    assert (len(tab.warnings), tab.errors) == (1, [])
    tab.upload(HOPELESS["one row"], "bad.csv")
    assert (tab.warnings, len(tab.errors)) == ([], 1)
    tab.set("target:upload", "a")  # on with the former file: what is wrong there is told again
    assert (len(tab.warnings), tab.errors) == (1, [])
    assert tab.payload == before


def test_a_bad_first_file_leaves_the_default(app, expected):
    tab = app().set("way", tab_state.OWN).upload("")
    assert tab.payload == expected(Experiment())
    assert len(tab.errors) == 1


def test_a_second_file_replaces_the_first(app):
    tab = app().set("way", tab_state.OWN).upload(FILE).set("target:upload", "b")
    tab.upload("p,q\n1,2\n2,4\n3,5\n", "other.csv")
    assert (tab.payload["target"], tab.payload["features"]) == ("q", ["p"])
    assert tab.payload["n"] == 3


def test_an_uploaded_table_survives_another_way(app):
    tab = app().set("way", tab_state.OWN).upload(FILE).set("target:upload", "b")
    before = tab.payload
    tab.set("way", tab_state.DRAW).set("way", tab_state.OWN)
    assert tab.payload == before


def test_how_a_file_was_read_is_said(app):
    tab = app().set("way", tab_state.OWN).upload("a;b\n1,5;2\n2,5;3\n3,5;5\n")
    assert "Read with semicolons between columns, decimal comma." in tab.captions


def test_hostile_names_are_text_everywhere(app):
    header = ",".join(f'"{name}"' for name in (*HOSTILE, "y"))
    tab = app().set("way", tab_state.OWN).upload(f"{header}\n1,2,5,1\n1,3,6,2\n1,5,8,4\n")
    assert tab.payload["features"] == [HOSTILE[1]]  # the first that varies
    tab.set("features:upload", [HOSTILE[0]])
    marked = [element.value for element in (*tab.at.caption, *tab.at.warning)]
    assert any(f"“{HOSTILE[0]}” is constant" in caption for caption in tab.captions)
    tab.set("target:upload", HOSTILE[1]).set("features:upload", [HOSTILE[1]])
    assert f"“{HOSTILE[1]}” is both target and feature" in tab.warnings[0]
    marked += [warning.value for warning in tab.at.warning]
    for sign in ("<img", "*a*", "$x", ":smile:", "[c](", "http:/"):
        assert not any(sign in text.replace("\\" + sign, "") for text in marked)
    target = next(c for c in tab.at.selectbox if c.key == "target:upload")
    assert target.options == [*HOSTILE, "y"]


def test_hostile_text_in_a_bad_file_is_text(app):
    tab = app().set("way", tab_state.OWN).upload('"<b>n</b>"\n":smile:"\nb\n')
    assert "“<b>n</b>” has “:smile:”" in tab.errors[0]
    assert "<b>" not in tab.at.error[0].value.replace("\\<", "")


def test_of_very_many_columns_the_first_are_listed_and_others_typed(app):
    names = [f"c{j}" for j in range(2400)]
    rows = [",".join(str((j * k + k * k) % 97) for j in range(1, 2401)) for k in range(6)]
    address = {"data": "upload", "y": "c2100", "x": "c2101"}
    tab = app(address).upload("\n".join([",".join(names), *rows]))
    boxes = [*tab.at.selectbox, *tab.at.multiselect]
    for box, chosen in zip((b for b in boxes if b.label in LISTS), ("c2100", "c2101"), strict=True):
        assert box.options[:2000] == names[:2000]
        assert box.options[2000:] == ["c2100", "c2101"]  # what is chosen is listed in any case
        assert chosen in box.value
        assert box.proto.accept_new_options
    assert "The first 2,000 of 2,400 columns are listed; type the name of another." in tab.captions
    assert tab.warnings == []
    assert tab.payload["target"] == "c2100"
