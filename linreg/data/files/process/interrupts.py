"""Context managers for Ctrl-C around code that loses it, or breaks on it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from threading import current_thread, main_thread


@contextmanager
def preserve_interrupt() -> Iterator[Callable[[], None]]:
    """Yield a function that raises KeyboardInterrupt if Ctrl-C was pressed and got lost.

    Python only prints an interrupt that arrives within a finaliser, and Dask has many of those.
    """
    pressed: list[int] = []

    def interrupt(number: int, _: object) -> None:
        pressed.append(number)
        raise KeyboardInterrupt

    def check() -> None:
        if pressed:
            raise KeyboardInterrupt

    if not _arrives_here():
        yield check
        return
    report = sys.unraisablehook

    def report_others(what: sys.UnraisableHookArgs) -> None:
        if what.exc_type is not KeyboardInterrupt:
            report(what)

    handler = signal.signal(signal.SIGINT, interrupt)
    sys.unraisablehook = report_others
    try:
        yield check
        check()
    finally:
        sys.unraisablehook = report
        signal.signal(signal.SIGINT, handler)


@contextmanager
def defer_interrupt() -> Iterator[None]:
    """Hold Ctrl-C back until the end of the block; threads and processes begun in it ignore it.

    A terminal sends it to worker processes as well, and Dask breaks if it starts or stops then.
    """
    if not _arrives_here():
        yield
        return
    resource_tracker.ensure_running()  # starting it later would let Ctrl-C in again
    pressed: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, handler)
    if pressed:
        raise KeyboardInterrupt


def _arrives_here() -> bool:
    """Tell whether Ctrl-C reaches this thread: the main one, unless the shell ignores it."""
    off = signal.getsignal(signal.SIGINT) in (signal.SIG_IGN, None)
    return current_thread() is main_thread() and not off
