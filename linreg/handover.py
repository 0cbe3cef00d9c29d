"""A file read in a process of its own, which hands the table over as a folder.

The memory that reading takes goes with that process, and so does the work when nobody wants the
table any more.  What stays is the folder: a file per column, looked into where it is needed.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import sys
import tempfile
import threading
import weakref
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from typing import Any, TextIO

from linreg.allocation import keep_freed_memory
from linreg.reading import Table, TableError, read_table

HERE = Path(__file__).parents[1]
PREFIX = "linreg-"  # of the folders, followed by the number of the process that owns them
# In the folder: what to read, how far that got, and the folder with what came of it.
UPLOAD, SAID, TABLE = "upload", "said", "table"
NEEDED = ("pandas", "pyarrow.compute")  # by most files: imported while there is time
NO_ROOM = (
    "The file could not be kept on the server's disk ({why}); upload a smaller one, or make a "
    "problem file of it with “python -m linreg summarise”."
)
ENDED = (
    "Reading “{name}” came to an unexpected end, most likely for want of memory; upload fewer rows "
    "or columns, or make a problem file of it with “python -m linreg summarise”."
)


class Reading:
    """A file that is being read, and the owner of the folder with its table.

    Parameters
    ----------
    content : bytes or memoryview
        The file; it is written to disk, and nothing of it is kept in memory.
    name : str
        What the table is called.

    Raises
    ------
    TableError
        If there is no room on the disk.
    """

    def __init__(self, content: bytes | memoryview, name: str) -> None:
        sweep()
        self.name = name
        self.folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        (self.folder / SAID).touch()
        self.process = _taken()
        # Called when a browser tab is gone and forgets this object, or when the server stops.
        self.cancel = weakref.finalize(self, _clear, self.process, self.folder)
        try:
            (self.folder / UPLOAD).write_bytes(content)  # while the process starts
        except OSError as error:
            self.cancel()
            raise TableError(NO_ROOM.format(why=error.strerror)) from None
        order = json.dumps([str(self.folder), name]) + "\n"
        with suppress(OSError):  # the process is gone already: `table` says so
            self.process.stdin.write(order.encode())  # type: ignore[union-attr]

    @property
    def share(self) -> float:
        """How much of the file has been read, 0 to 1."""
        return float(self._last().get("share", 0.0))

    @property
    def ended(self) -> bool:
        """Whether there is a table, or a reason why there is none."""
        return self.process.poll() is not None

    def table(self) -> Table:
        """Return the table, once reading has ended; it lives as long as this object.

        Raises
        ------
        TableError
            If the file was refused.
        """
        last = self._last()
        if "refused" in last:
            raise TableError(last["refused"])
        if self.process.wait() != 0:
            raise TableError(ENDED.format(name=self.name))
        return Table.open(self.folder / TABLE)

    def _last(self) -> dict[str, Any]:
        """Return the last whole line that the reader said."""
        lines = (self.folder / SAID).read_text("utf-8").split("\n")[:-1]
        said: dict[str, Any] = json.loads(lines[-1]) if lines else {}
        return said


_lock = threading.Lock()
_waiting: Popen[bytes] | None = None  # a reader that has started, and has nothing to read yet


def prepare() -> None:
    """Start a reader that waits for a file: to start takes as long as to read 100 MB."""
    global _waiting
    with _lock:
        _waiting = _alive(_waiting) or _started()


def _taken() -> Popen[bytes]:
    """Return the reader that waits, or a new one."""
    global _waiting
    with _lock:
        reader, _waiting = _waiting, None
    return _alive(reader) or _started()


def _alive(reader: Popen[bytes] | None) -> Popen[bytes] | None:
    """Return the reader, or None for one that has died."""
    if reader is None or reader.poll() is None:
        return reader
    _end(reader)
    return None


def _started() -> Popen[bytes]:
    return Popen(
        [sys.executable, "-m", __name__],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, _paths()))},
        bufsize=0,
        stdin=PIPE,  # closes when this process ends, however it ends
        stdout=DEVNULL,
    )


@atexit.register
def _dismiss() -> None:
    """End the reader that waits."""
    global _waiting
    with _lock:
        if _waiting is not None:
            _end(_waiting)
            _waiting = None


def sweep() -> None:
    """Remove folders whose process is gone: it was killed, and could not do it itself."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
        owner = folder.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdecimal() and not _lives(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    if os.name != "posix":  # elsewhere signal 0 is no question
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _paths() -> list[str]:
    """Return where Python finds this package, whatever the working directory."""
    return [str(HERE), os.environ.get("PYTHONPATH", "")]


def _end(process: Popen[bytes]) -> None:
    process.kill()
    process.wait()
    if process.stdin is not None:
        process.stdin.close()


def _clear(process: Popen[bytes], folder: Path) -> None:
    _end(process)
    shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Wait for an order, then read the upload in its folder and leave the table there.

    The order is a line on stdin, JSON of the folder and the name of the file; how it goes is
    written into the folder.
    """
    keep_freed_memory()
    for module in NEEDED:
        import_module(module)
    order = b""
    while not order.endswith(b"\n"):
        if not (more := os.read(0, 1 << 16)):
            return 0  # nobody is left to read for
        order += more
    place, name = json.loads(order)
    folder = Path(place)
    threading.Thread(target=_end_with_owner, args=(folder,), daemon=True).start()
    with (folder / SAID).open("a", encoding="utf-8", buffering=1) as said:
        return _read(folder, name, said)


def _read(folder: Path, name: str, said: TextIO) -> int:
    told = -1.0

    def tell(share: float) -> None:
        nonlocal told
        if share - told >= 0.01:
            told = share
            print(json.dumps({"share": share}), file=said)

    try:
        (folder / TABLE).mkdir()
        read_table(folder / UPLOAD, name, folder=folder / TABLE, on_progress=tell)
    except TableError as refusal:
        print(json.dumps({"refused": str(refusal)}), file=said)
        return 1
    except OSError as error:
        print(json.dumps({"refused": NO_ROOM.format(why=error.strerror)}), file=said)
        return 1
    (folder / UPLOAD).unlink()
    return 0


def _end_with_owner(folder: Path) -> None:
    """End this process when the one that started it is gone, and leave nothing behind."""
    with suppress(OSError):
        while os.read(0, 1):  # stdin unbuffered: this thread still waits here when the process ends
            pass
    _give_up(folder)


def _give_up(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


if __name__ == "__main__":
    os._exit(main())  # at once: taking an interpreter with large arrays apart takes a while
