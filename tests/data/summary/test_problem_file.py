import errno
import json
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linreg.data.files.formats.detect import looks_like_problem
from linreg.data.summary import problem_file
from linreg.data.summary.accumulator import Accumulator
from linreg.data.summary.problem_file import (
    check_columns,
    checksum,
    dumps,
    load,
    loads,
    save,
)
from linreg.errors import DataError
from linreg.model.least_squares import LeastSquares


def summary(n=500, seed=0):
    rng = np.random.default_rng(seed)
    a = rng.lognormal(size=n)
    gatherer = Accumulator(["a", "price (€)", "y"], "kind")
    gatherer.feed([a, a * 1e-7 + rng.normal(size=n), a / 3], np.array(["p", "q"])[np.arange(n) % 2])
    return gatherer.summary("y", source="prices.csv")


def changed(change, honest=True):
    """Return a problem file with its content changed, and the checksum that it then needs."""
    parsed = json.loads(dumps(summary()))
    change(parsed["content"])
    if honest:
        parsed["checksum"] = checksum(parsed["content"])
    return json.dumps(parsed).encode()


@given(st.integers(1, 3000), st.integers(0, 1000))
def test_what_is_written_is_read_back_bit_for_bit(n, seed):
    one = summary(n, seed)
    other = loads(dumps(one).encode())
    assert list(one.groups) == list(other.groups)
    for name in one.groups:
        assert one.groups[name].n == other.groups[name].n
        np.testing.assert_array_equal(one.groups[name].mean, other.groups[name].mean)
        np.testing.assert_array_equal(one.groups[name].K, other.groups[name].K)
        np.testing.assert_array_equal(one.groups[name].mean_tail, other.groups[name].mean_tail)
    np.testing.assert_array_equal(one.sample.rows, other.sample.rows)
    np.testing.assert_array_equal(one.sample.values, other.sample.values)
    np.testing.assert_array_equal(one.sample.labels, other.sample.labels)
    assert (one.columns, one.target, one.features) == (other.columns, other.target, other.features)
    assert (one.source, one.read, one.left_out) == (other.source, other.read, other.left_out)


def test_groups_far_from_zero_add_up_as_one_pass_does():
    rng = np.random.default_rng(2)
    time = 1.7e12 + np.sort(rng.integers(0, 3_600_000, 20_000))
    y = 2.5e-6 * (time - 1.7e12) + rng.normal(size=20_000)
    accumulator = Accumulator(["time", "y"], "hour")
    accumulator.feed([time, y], np.repeat(["a", "b", "c", "d"], 5_000))
    opened = loads(dumps(accumulator.summary("y")).encode())
    slope = LeastSquares.from_moments(opened.moments()).minimiser()[1]
    expected = LeastSquares.from_arrays(time - 1.7e12, y).minimiser()[1]
    assert slope == pytest.approx(expected, rel=1e-14)


def test_a_file_of_before_the_second_part_of_a_mean_opens():
    one = summary()
    older = changed(lambda content: [group.pop("mean_tail") for group in content["groups"]])
    for name, moments in loads(older).groups.items():
        np.testing.assert_array_equal(moments.mean, one.groups[name].mean)
        assert not moments.mean_tail.any()


def test_a_repair_that_is_too_long_to_tell_is_cut():
    one = replace(summary(), repairs=("leave-rows:" + "17," * 9000,))
    assert [len(each) for each in loads(dumps(one).encode()).repairs] == [10_000]


def test_a_file_stays_small_whatever_the_number_of_rows():
    few, many = (len(dumps(summary(n))) for n in (3000, 60_000))
    assert many < 1.05 * few < 200_000


def test_it_is_plain_json_and_recognised():
    text = dumps(summary())
    assert looks_like_problem(text.encode())
    assert not looks_like_problem(b'{"a": 1}\n')
    assert json.loads(text)["version"] == 1


def test_a_byte_changed_anywhere_in_the_content_is_noticed():
    text = dumps(summary(50))
    start = text.index('"content"')
    rng = np.random.default_rng(0)
    for at in rng.integers(start, len(text) - 5, 200):
        wrong = text[:at] + ("7" if text[at] != "7" else "8") + text[at + 1 :]
        if text[at].isspace():
            continue
        with pytest.raises(DataError, match="damaged"):
            loads(wrong.encode(), "p.json")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "cut off or damaged"),
        (b"\x80\x04\x95.", "cut off or damaged"),
        (b"[" * 100_000, "cut off or damaged"),
        (b"[1, 2]", "not a problem file"),
        (b'{"format": "linreg problem", "version": 2, "content": {}}', "has version 2"),
        (b'{"format": "linreg problem", "version": "\\ud800"}', "has a version that is no whole"),
        (b'{"format": "linreg problem", "version": 1}', "checksum"),
        (b'{"format": "linreg problem", "version": 1, "content": {}}', "checksum"),
    ],
)
def test_what_is_no_problem_file_is_refused(data, message):
    with pytest.raises(DataError, match=message):
        loads(data, "p.json")


def test_a_cut_off_file_is_refused():
    text = dumps(summary())
    for share in (0.1, 0.5, 0.99):
        with pytest.raises(DataError, match="cut off"):
            loads(text[: int(share * len(text))].encode())


def test_a_file_beyond_all_measure_is_not_even_parsed(monkeypatch):
    text = dumps(summary())
    monkeypatch.setattr(problem_file, "MAX_FILE_BYTES", 1000)
    with pytest.raises(DataError, match="too large"):
        loads(text.encode())


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c.pop("groups"),
        lambda c: c.update(columns=["a", "a", "y"]),
        lambda c: c.update(columns="a"),
        lambda c: c.update(columns=["a"] * 600),
        lambda c: c.update(target="z"),
        lambda c: c.update(features=[]),
        lambda c: c.update(features=["y"]),
        lambda c: c.update(units={"z": "m"}),
        lambda c: c.update(units={"a": 3}),
        lambda c: c.update(source="x" * 100_000),
        lambda c: c.update(rows_read=1),
        lambda c: c.update(rows_left_out=-1),
        lambda c: c.update(groups=[]),
        lambda c: c.update(groups=c["groups"] * 2),
        lambda c: c["groups"][0].update(n=0),
        lambda c: c["groups"][0].update(n=1.5),
        lambda c: c["groups"][0].update(n=10**30),
        lambda c: c["groups"][0].update(K=[1.0]),
        lambda c: c["groups"][0].update(K=[True] * 6),
        lambda c: c["groups"][0].update(mean=[1e300, 0, 0]),
        lambda c: c["groups"][0].update(mean=[10**400, 0, 0]),
        lambda c: c["groups"][0].update(mean_tail=[0.0]),
        lambda c: c["groups"][0].update(mean_tail=["0", 0.0, 0.0]),
        lambda c: c["groups"][0].update(mean_tail=[1e-3, 0.0, 0.0]),
        lambda c: c["sample"].update(values="AAAA"),
        lambda c: c["sample"].update(values="%%%"),
        lambda c: c["sample"].update(values=[1.0]),
        lambda c: c["sample"].update(groups=[5] * 500),
        lambda c: c["sample"].update(rows=[1] * 500),
        lambda c: c["sample"].update(size=3),
        lambda c: c.update(notes={}),
        lambda c: c.update(notes=["x" * 9999] * 1500),
        lambda c: c.update(repairs=["x"] * 10_001),
        lambda c: c["groups"][1].update(K=[0.0] * 6),
        lambda c: c["groups"][1].update(mean=[1e6, 1e6, 1e6]),
        lambda c: c["sample"].update(groups=[0] * 500),
        lambda c: c.update(source="\ud800"),
        lambda c: c.update(grouped_by="kind\udfff"),
        lambda c: c.update(notes=["\udce9"]),
        lambda c: c.update(units={"a": "\ud800"}),
        lambda c: c["groups"][0].update(name="\ud800"),
        lambda c: c.update(columns=["\ud800", *c["columns"][1:]], features=["\ud800"]),
    ],
)
def test_a_hostile_file_with_a_right_checksum_is_refused(change):
    with pytest.raises(DataError, match="makes no sense"):
        loads(changed(change), "p.json")


def test_a_whole_number_beyond_the_limit_is_told_the_limit():
    with pytest.raises(DataError, match="from 0 to below 4,611,686,018,427,387,904"):
        loads(changed(lambda c: c["groups"][0].update(n=10**30)))


@given(st.floats(-1e15, 1e15), st.integers(1, 40), st.integers(0, 100))
def test_a_sample_belongs_to_its_moments_however_far_from_zero(level, n, seed):
    values = level + np.random.default_rng(seed).normal(size=n)
    made = Accumulator(["a", "y"]).feed([np.full(n, level), values]).summary("y", source="x")
    assert loads(dumps(made).encode()).total.n == n


def test_numbers_that_are_not_finite_are_refused():
    def change(content):
        content["groups"][0]["mean"][0] = float("nan")

    with pytest.raises(DataError, match="damaged"):
        loads(changed(change, honest=False))


def test_what_utf_8_can_not_write_is_replaced_wherever_a_name_is(tmp_path):
    columns, labels = [np.arange(3.0), np.arange(3.0)], ["g\udce9", "h", "h"]
    made = Accumulator(["a\udce9", "y"], "k\udce9").feed(columns, labels)
    odd = replace(
        made.summary("y", source="caf\udce9.csv"), notes=("\ud800",), units={"y": "\udfff"}
    )
    save(odd, tmp_path / "p.json")
    loaded = load(tmp_path / "p.json")
    assert (loaded.source, loaded.columns, loaded.features) == ("caf�.csv", ("a�", "y"), ("a�",))
    assert (loaded.grouped_by, list(loaded.groups), loaded.notes) == ("k�", ["g�", "h"], ("�",))
    assert loaded.units == {"y": "�"}


def long_group(monkeypatch):
    return {"groups": {"x" * 10_001: summary().total}, "sample": summary().sample.where([])}


def long_column(monkeypatch):
    return {"columns": ("x" * 10_001, "price (€)", "y"), "features": ("price (€)",)}


def the_same_without_halves(monkeypatch):
    return {"columns": ("\ud800", "\udfff", "y"), "features": ("\ud800",)}


def too_large(monkeypatch):
    monkeypatch.setattr(problem_file, "MAX_FILE_BYTES", 1 << 10)
    return {}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (long_group, "the name of a group must be text of at most 10,000 characters"),
        (long_column, "columns must be text of at most 10,000 characters"),
        (the_same_without_halves, "columns with different names"),
        (too_large, "it would have .* MB, and may have 0 MB; choose fewer columns"),
    ],
)
def test_what_could_not_be_read_again_is_not_written(tmp_path, monkeypatch, change, message):
    odd = replace(summary(), **change(monkeypatch))
    for write in (dumps, lambda one: save(one, tmp_path / "p.json")):
        with pytest.raises(DataError, match=f"No problem file can be made of these.*{message}"):
            write(odd)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("chosen", "others", "message"),
    [
        (["y", "x" * 10_001], [], "columns must be text of at most 10,000 characters; .* shorten"),
        (["y", "x"], ["z" * 10_001], "columns must be text of at most 10,000 characters"),
        ([f"x{j}" for j in range(501)], [], "2 to 500 columns with different names; choose other"),
    ],
)
def test_columns_that_no_file_can_hold_are_refused_before_the_rows_are_sum_up(
    chosen, others, message
):
    with pytest.raises(DataError, match=f"No problem file can be made of these data, .*{message}"):
        check_columns(chosen, others)
    check_columns(["y", "half \ud800", "x" * 10_000], [f"x{j}" for j in range(1000)])


def test_a_sentence_with_long_names_is_cut(tmp_path):
    save(replace(summary(), source="x" * 20_000, notes=("y" * 20_000,)), tmp_path / "p.json")
    loaded = load(tmp_path / "p.json")
    assert (loaded.source, loaded.notes) == ("x" * 9999 + "…", ("y" * 9999 + "…",))


def test_saving_replaces_the_file_at_once(tmp_path):
    path = tmp_path / "problem.json"
    path.write_text("old")
    save(summary(), path)
    np.testing.assert_array_equal(load(path).total.K, summary().total.K)
    assert os.listdir(tmp_path) == ["problem.json"]


def test_a_saved_file_may_be_read_like_any_other(tmp_path):
    save(summary(), tmp_path / "p.json")
    (tmp_path / "other").write_text("")
    assert (tmp_path / "p.json").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_disk_that_fills_leaves_no_half_file(tmp_path, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    (tmp_path / "p.json").write_text("old")
    with pytest.raises(DataError, match="No space left"):
        save(summary(), tmp_path / "p.json")
    assert os.listdir(tmp_path) == ["p.json"]
    assert (tmp_path / "p.json").read_text() == "old"


def test_an_interruption_leaves_no_half_file(tmp_path, monkeypatch):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save(summary(), tmp_path / "p.json")
    assert not os.listdir(tmp_path)


def test_a_link_is_followed_and_a_device_is_not_replaced(tmp_path):
    (tmp_path / "link").symlink_to("p.json")
    save(summary(), tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert load(tmp_path / "p.json").total.n == 500
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DataError, match="not an ordinary file"):
        save(summary(), tmp_path / "pipe")
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize("place", ["missing/p.json", "folder"])
def test_a_place_that_can_not_be_written_is_named(tmp_path, place):
    (tmp_path / "folder").mkdir()
    with pytest.raises(DataError, match=place.split("/")[0]):
        save(summary(), tmp_path / place)
    assert os.listdir(tmp_path) == ["folder"]


@pytest.mark.parametrize("place", ["missing.json", "folder"])
def test_a_file_that_can_not_be_read_is_named(tmp_path, place):
    (tmp_path / "folder").mkdir()
    with pytest.raises(DataError, match=place):
        load(tmp_path / place)


def test_the_description_names_every_part_of_a_file():
    """docs/problem-file.md is what other programs are written from."""
    text = (Path(__file__).parents[3] / "docs" / "problem-file.md").read_text()
    parsed = json.loads(dumps(summary()))
    content = parsed["content"]
    names = [*parsed, *content, *content["groups"][0], *content["sample"]]
    assert [name for name in names if f"`{name}`" not in text] == []
