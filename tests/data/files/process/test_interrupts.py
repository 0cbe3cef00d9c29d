"""Ctrl-C around code that takes it badly."""

import signal
import sys

import pytest

from linreg.data.files.process.interrupts import defer_interrupt, preserve_interrupt


@pytest.fixture(autouse=True)
def heard():
    """Listen to Ctrl-C: a shell that runs tests in the background switches it off."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


class Finalised:
    """Is interrupted while it is taken apart."""

    def __del__(self):
        signal.raise_signal(signal.SIGINT)


def test_an_interrupt_that_a_finaliser_swallows_is_not_lost(capfd):
    before = signal.getsignal(signal.SIGINT), sys.unraisablehook
    passed = []

    def work():
        with preserve_interrupt() as check:
            check()
            Finalised()
            passed.append("went on")
            check()
            passed.append("twice")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert passed == ["went on"]
    assert capfd.readouterr().err == ""
    assert before == (signal.getsignal(signal.SIGINT), sys.unraisablehook)


def test_an_interrupt_is_held_until_the_block_ends():
    passed = []

    def work():
        with defer_interrupt():
            signal.raise_signal(signal.SIGINT)
            passed.append("went on")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert passed == ["went on"]
