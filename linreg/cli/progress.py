"""`Progress`, a bar on the terminal for work that takes longer than a second."""

import sys
from contextlib import suppress
from time import monotonic
from typing import Self

from linreg.text.numbers import counted

SHOW_AFTER_SECONDS = 1.0
REDRAW_SECONDS = 0.1
BAR_CHARACTERS = 30


class Progress:
    """A bar on standard error, removed at the end; nothing unless that is a terminal."""

    def __init__(self) -> None:
        self._start = self._drawn = monotonic()
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            _draw("")

    def __call__(self, share: float) -> None:
        """Show the share, 0 to 1, of the work that is done."""
        now = monotonic()
        elapsed = now - self._start
        due = elapsed >= SHOW_AFTER_SECONDS and now - self._drawn >= REDRAW_SECONDS
        if due and sys.stderr.isatty():
            self._drawn, self._shown = now, True
            _draw(bar(share, elapsed))


def _draw(text: str) -> None:
    """Overwrite the last line of the terminal, which may have been closed."""
    with suppress(OSError):
        sys.stderr.write("\r\x1b[K" + text)
        sys.stderr.flush()


def bar(share: float, elapsed: float) -> str:
    """Return a bar for a share, 0 to 1, that took `elapsed` seconds."""
    full = int(share * BAR_CHARACTERS)
    text = f"[{'#' * full}{'.' * (BAR_CHARACTERS - full)}] {share:4.0%}"
    if share <= 0:
        return text
    return f"{text}, {counted(round(elapsed / share - elapsed), 'second')} left"
