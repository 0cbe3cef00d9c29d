import io
import json
import sys
from math import inf, nan

from linreg.cli.output import aligned, as_json, printable


def test_json_has_null_for_what_is_not_finite():
    content = json.loads(as_json({"a": nan, "b": [1.5, inf], "c": {"d": -inf, "e": 0.1 + 0.2}}))
    assert content == {"a": None, "b": [1.5, None], "c": {"d": None, "e": 0.1 + 0.2}}


def test_json_is_one_line_of_ascii():
    text = as_json({"theta": {"Größe\n": 1.0}})
    assert text.isascii()
    assert "\n" not in text
    assert json.loads(text) == {"theta": {"Größe\n": 1.0}}


def test_columns_are_aligned_and_numbers_complete():
    assert aligned([("θ", "value"), ("long name", 0.1 + 0.2)]) == (
        "θ          value\nlong name  0.30000000000000004"
    )


def test_what_a_terminal_would_act_on_is_replaced():
    assert printable("a\x1b[2J\r\nb\u202e") == "a�[2J��b�"


def test_what_the_output_can_not_show_is_escaped(monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    assert printable("R²") == "R\\xb2"
