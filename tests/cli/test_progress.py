import io

import pytest

from linreg.cli import progress
from linreg.cli.progress import Progress, bar


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    """Return a clock to be set by hand."""
    now = [100.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    return now


def drawn(monkeypatch, clock, seconds, stream):
    """Report progress at these seconds to a stream; return what it was told."""
    monkeypatch.setattr(progress.sys, "stderr", stream)
    with Progress() as report:
        for second in seconds:
            clock[0] = 100 + second
            report(second / 10)
    return stream.getvalue()


def test_a_bar_says_how_much_is_done_and_left():
    assert bar(0.5, 30) == "[###############...............]  50%, 30 seconds left"
    assert bar(1, 30) == "[##############################] 100%, 0 seconds left"
    assert bar(0, 2) == "[..............................]   0%"


def test_a_terminal_sees_a_bar_that_is_gone_in_the_end(monkeypatch, clock):
    output = drawn(monkeypatch, clock, [0.5, 2, 2.01, 5], Terminal())
    assert output.count("#]") + output.count(".]") == 2
    assert "50%" in output
    assert output.endswith("\r\x1b[K")


def test_what_is_done_at_once_needs_no_bar(monkeypatch, clock):
    assert drawn(monkeypatch, clock, [0.2, 0.9], Terminal()) == ""


def test_a_file_sees_no_bar(monkeypatch, clock):
    assert drawn(monkeypatch, clock, [0.5, 2, 5], io.StringIO()) == ""
