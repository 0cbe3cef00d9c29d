"""`DataError`: its messages are sentences."""

import ast
from pathlib import Path

import pytest

from linreg.errors import DataError

PACKAGE = Path(__file__).parents[1] / "linreg"


def messages():
    """Yield each message that the core writes out where it raises."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "DataError":
                (message,) = node.args
                if isinstance(message, ast.Constant):
                    yield message.value
                elif isinstance(message, ast.JoinedStr):
                    pieces = (getattr(piece, "value", "…") for piece in message.values)
                    yield "".join(piece if isinstance(piece, str) else "…" for piece in pieces)


def test_a_message_is_what_a_user_reads():
    with pytest.raises(ValueError, match=r"^Column “x” is empty\.$"):
        raise DataError("Column “x” is empty.")


def test_every_message_is_a_sentence():
    sentences = [*messages()]
    assert len(sentences) > 50
    assert [text for text in sentences if text[-1] not in ".…" or text[0].islower()] == []
