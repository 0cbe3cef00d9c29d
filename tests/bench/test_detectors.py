"""The judgements of the comparison of detectors: on files that it writes, and on given verdicts.

The other detectors are not installed for tests; what the comparison found is in docs/detectors.md.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from bench.detection_files import STYLES, Reading, options_of, truth_of, written
from bench.detectors import Verdict, by_kind, by_shape, compared, judged, markdown, tally

FRAME = pd.DataFrame(
    {
        "town": ["Ulm, Donau", "Bonn", None, "Köln"],
        "height": [478.5, 60.25, np.nan, 37.0],
        "people": [126405, 331885, 12, 1073096],
    }
)


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    return {case.kind: case for case in written(FRAME, "towns", tmp_path_factory.mktemp("styles"))}


def test_a_file_is_written_in_every_style(cases):
    assert [*cases] == [*STYLES]
    assert len({case.path.read_bytes() for case in cases.values()}) > len(STYLES) - 3


@pytest.mark.parametrize(
    "kind",
    ["semicolon, decimal comma", "no header, tab", "UTF-16", "gzip, semicolon, decimal comma"],
)
def test_what_the_reader_reads_as_it_was_written_is_right(cases, kind):
    verdict = judged(cases[kind], "linreg")
    assert (verdict.table, verdict.delimiter, verdict.header) == ("right", True, True)
    assert verdict.seconds > 0


def test_a_refusal_keeps_its_sentence(cases, tmp_path):
    path = tmp_path / "words.csv"
    path.write_text("a,b\nx,y\n", encoding="utf-8")
    verdict = judged(replace(cases["plain"], path=path), "linreg")
    assert (verdict.table, verdict.delimiter, verdict.header) == ("refused", True, True)
    assert verdict.detail.startswith("DataError: No column holds only numbers")


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        ({"header": False}, "header"),
        ({"rows": 3}, "shape"),
        ({"names": ("town", "height")}, "shape"),
        ({"numbers": {1: np.array([478.5, 60.25, np.nan, 37.0])}}, "text for numbers"),
        ({"numbers": {j: np.zeros(4) for j in range(3)}}, "numbers for text"),
        ({"numbers": {j: np.zeros(4) for j in (1, 2)}}, "numbers"),
        ({"names": ("town", "'height'", "people")}, "names"),
        ({}, "right"),
    ],
)
def test_each_fault_has_its_name(fault, name):
    truth = Reading.of_frame(FRAME, ",", header=True)
    assert compared(replace(truth, **fault), truth)[0] == name


def test_a_name_that_a_reader_must_invent_is_not_compared():
    truth = Reading.of_frame(FRAME.set_axis(["Unnamed: 0", "x", "x.1"], axis=1), ",", header=True)
    assert compared(replace(truth, names=("column 1", "x", "x (2)")), truth)[0] == "right"
    assert compared(replace(truth, names=("column 1", "y", "x (2)")), truth)[0] == "names"


def test_the_first_pattern_of_the_truths_counts(tmp_path):
    truths = {"a/*.txt": None, "a/b*": {"sep": r"\s+", "header": None}, "*": {"sep": ";"}}
    assert options_of("a/b.txt", truths) is None
    assert options_of("a/b.csv", truths) == {"sep": r"\s+", "header": None}
    assert options_of("elsewhere", {}) == {}
    path = tmp_path / "b.csv"
    path.write_text("1  2.5\n2  ?\n", encoding="utf-8")
    truth = truth_of(path, truths["a/b*"])
    assert (truth.delimiter, truth.header, truth.rows) == (" ", False, 2)
    np.testing.assert_array_equal(truth.numbers[1], [2.5, np.nan])
    given = truth_of(path, {"table": "x,y\n1,2\n", "delimiter": " "})
    assert (given.names, given.rows, given.delimiter) == (("x", "y"), 1, " ")


def test_the_tables_count_verdicts():
    verdicts = [
        Verdict("a", "public", "one", "right", True, True, 0.25),
        Verdict("b", "public", "one", "refused", False, True, 0.5),
        Verdict("c", "tab", "one", "text for numbers", True, True, 1.0),
        Verdict("c", "tab", "other", "shape", False, False, 2.0),
        Verdict("5 × 9", "random", "one", "right", True, True, 0.125),
        Verdict("5 × 9", "random", "other", "refused", False, False, 30.0),
    ]
    assert tally(verdicts[:4]) == (1, 1, 2)
    assert markdown(verdicts).splitlines()[2:] == [
        "| 2 public | one | 1 | 1 | 0 | 0 | 1 | 2 | 0.8 |",
        "| 1 variant | one | 0 | 0 | 1 | 1 | 1 | 1 | 1.0 |",
        "| 1 variant | other | 0 | 0 | 1 | 0 | 0 | 0 | 2.0 |",
    ]
    assert by_kind(verdicts).splitlines()[2:] == ["| tab | 0 / 0 / 1 | 0 / 0 / 1 |"]
    assert by_shape(verdicts).splitlines()[2:] == ["| 5 × 9 | 0.12 | – |"]
