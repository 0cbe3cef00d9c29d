"""Ctrl-C around code that takes it badly."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from threading import current_thread, main_thread


@contextmanager
def preserve_interrupt() -> Iterator[Callable[[], None]]:
    """Yield what interrupts once more if Ctrl-C came.

    In the midst of a finaliser, and Dask has many, Python prints the interrupt and forgets it.
    """
    came: list[int] = []

    def interrupt(number: int, _: object) -> None:
        came.append(number)
        raise KeyboardInterrupt

    def check() -> None:
        if came:
            raise KeyboardInterrupt

    if not _is_heard():
        yield check
        return

    def forgotten(what: sys.UnraisableHookArgs) -> None:
        if what.exc_type is not KeyboardInterrupt:
            tell(what)

    handler = signal.signal(signal.SIGINT, interrupt)
    tell, sys.unraisablehook = sys.unraisablehook, forgotten
    try:
        yield check
        check()
    finally:
        sys.unraisablehook = tell
        signal.signal(signal.SIGINT, handler)


@contextmanager
def defer_interrupt() -> Iterator[None]:
    """Answer Ctrl-C at the end of the block; threads and processes begun in it never hear of it.

    A terminal sends it to the workers as well, and Dask starts and stops badly in the midst of it.
    """
    if not _is_heard():
        yield
        return
    resource_tracker.ensure_running()  # starting it later would let Ctrl-C in again
    came: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, handler)
    if came:
        raise KeyboardInterrupt


def _is_heard() -> bool:
    """Tell whether Ctrl-C comes here: to the main thread, unless the shell switched it off."""
    off = signal.getsignal(signal.SIGINT) in (signal.SIG_IGN, None)
    return current_thread() is main_thread() and not off
