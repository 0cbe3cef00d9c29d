"""`Reading`: a file read in a process of its own, which leaves the table in a folder.

The memory that reading takes is freed with that process, and killing it cancels the work.  What
remains is the folder, with a file for each column that is mapped into memory on demand.
"""

import atexit
import json
import os
import shutil
import sys
import tempfile
import threading
import time
import traceback
import weakref
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from typing import Any, Self, TextIO

from linreg.data.files.formats.detect import PACKED_SIGNATURES
from linreg.data.files.process.malloc import keep_freed_memory
from linreg.data.files.read_table import read_table
from linreg.data.files.storage.growing_file import GrowingFile
from linreg.data.files.table import Table
from linreg.errors import DataError

IMPORT_ROOT = Path(__file__).parents[4]
FOLDER_PREFIX = "linreg-"  # of the folders, followed by the number of the process that owns them
READING_POLL_SECONDS = 0.005
# In the folder: the file to read, a log of the progress, and the folder of the table.
UPLOAD_FILE, STATUS_FILE, TABLE_FOLDER = "upload", "status", "table"
PRELOADED_MODULES = ("pandas", "pyarrow.compute")  # by most files: imported while the process waits
MAX_MEMORY_BYTES = 8 << 30  # for reading, where the system can limit it
NO_DISK_SPACE = (
    "The file could not be kept on the server's disk ({why}); upload a smaller one, or make a "
    "problem file of it with “python -m linreg summarise”."
)
ENDED_EARLY = (
    "Reading “{name}” came to an unexpected end: the file is damaged, or there was not enough "
    "memory; save it again, upload fewer rows or columns, or make a problem file of it with "
    "“python -m linreg summarise”."
)
UNREADABLE_FILE = (
    "“{name}” can not be read: it is damaged, or written in an unusual way; save it again."
)
GIVEN_UP = (
    "Reading “{name}” was given up while this page was away, or for a newer file; choose it again."
)


class Reading:
    """A file that arrives in pieces and is read meanwhile; owns the folder of its table.

    Parameters
    ----------
    name : str
        Name of the table.
    size : int
        Bytes of the file.
    """

    def __init__(self, name: str, size: int) -> None:
        sweep()
        self.name = name
        self.folder = Path(tempfile.mkdtemp(prefix=f"{FOLDER_PREFIX}{os.getpid()}-"))
        for file in (STATUS_FILE, UPLOAD_FILE):
            (self.folder / file).touch()
        self.process = _taken()
        self.refusal = ""
        # Runs when the last reference is gone, as with a closed browser tab, or the server stops.
        self.cancel = weakref.finalize(self, _clear, self.process, self.folder)
        order = json.dumps([str(self.folder), name, size]) + "\n"
        with suppress(OSError):  # the process has died: `table` reports it
            self.process.stdin.write(order.encode())  # type: ignore[union-attr]

    @classmethod
    def of(cls, content: bytes | memoryview, name: str) -> Self:
        """Read a file that is in memory; nothing of it is kept there."""
        reading = cls(name, len(content))
        reading.take(content)
        return reading

    def take(self, piece: bytes | bytearray | memoryview) -> None:
        """Write the next piece of the file to disk; if the disk is full, `table` reports it."""
        if not self.cancel.alive:
            return
        try:
            with (self.folder / UPLOAD_FILE).open("ab") as file:
                file.write(piece)
        except OSError as error:
            self.refusal = NO_DISK_SPACE.format(why=error.strerror)
            self.cancel()

    @property
    def share(self) -> float:
        """How much of the file has been read, 0 to 1."""
        return float(self._last().get("share", 0.0))

    @property
    def ended(self) -> bool:
        """Whether there is a table, or a reason why there is none."""
        # Its last line comes before it has tidied up and ended.
        return self.process.poll() is not None or bool(self._last().get("read"))

    def wait(self, seconds: float) -> None:
        """Wait until reading has ended, but no longer than this."""
        end = time.monotonic() + seconds
        while not self.ended and time.monotonic() < end:
            time.sleep(READING_POLL_SECONDS)

    def table(self) -> Table:
        """Return the table, once reading has `ended`; its files live as long as this object.

        Raises
        ------
        DataError
            If the file was refused, or reading was cancelled or failed.
        """
        last = {} if self.refusal else self._last()
        if refusal := self.refusal or last.get("refused", ""):
            raise DataError(refusal)
        if not self.cancel.alive:
            raise DataError(GIVEN_UP.format(name=self.name))
        if not last.get("read"):
            raise DataError(ENDED_EARLY.format(name=self.name))
        return Table.open(self.folder / TABLE_FOLDER)

    def _last(self) -> dict[str, Any]:
        """Return the last complete line of the log; {} before the first, or once cancelled."""
        try:
            lines = (self.folder / STATUS_FILE).read_text("utf-8").split("\n")[:-1]
        except FileNotFoundError:
            return {}
        last: dict[str, Any] = json.loads(lines[-1]) if lines else {}
        return last


_lock = threading.Lock()
_waiting: Popen[bytes] | None = None  # a process that has started and has no file yet


def prepare() -> None:
    """Start a process that waits for a file: starting takes as long as reading 100 MB."""
    global _waiting
    with _lock:
        _waiting = _alive(_waiting) or _started()


def _taken() -> Popen[bytes]:
    """Return the process that waits, or a new one."""
    global _waiting
    with _lock:
        reader, _waiting = _waiting, None
    return _alive(reader) or _started()


def _alive(reader: Popen[bytes] | None) -> Popen[bytes] | None:
    """Return the process, or None if it has died."""
    if reader is None or reader.poll() is None:
        return reader
    _end(reader)
    return None


def _started() -> Popen[bytes]:
    paths = [str(IMPORT_ROOT), os.environ.get("PYTHONPATH", "")]  # whatever the working directory
    return Popen(
        [sys.executable, "-m", __name__],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
        bufsize=0,
        stdin=PIPE,  # closes when this process ends, however it ends
        stdout=DEVNULL,
    )


@atexit.register
def _dismiss() -> None:
    """End the process that waits."""
    global _waiting
    with _lock:
        if _waiting is not None:
            _end(_waiting)
            _waiting = None


def sweep() -> None:
    """Remove the folders of processes that were killed and could not do so themselves."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER_PREFIX}*-*"):
        owner = folder.name.removeprefix(FOLDER_PREFIX).partition("-")[0]
        if owner.isdecimal() and not _lives(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    if os.name != "posix":  # elsewhere signal 0 would end the process
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


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

    The order is a line of JSON on stdin: the folder, the name of the file and its size. Progress is
    logged in the folder, a line of JSON each.
    """
    keep_freed_memory()
    _limit_memory()
    for module in PRELOADED_MODULES:
        import_module(module)
    order = b""
    while not order.endswith(b"\n"):
        if not (more := os.read(0, 1 << 16)):
            return 0  # the owner has gone
        order += more
    place, name, size = json.loads(order)
    folder = Path(place)
    threading.Thread(target=_end_with_owner, args=(folder,), daemon=True).start()
    with (folder / STATUS_FILE).open("a", encoding="utf-8", buffering=1) as log:
        return _read(folder, name, size, log)


def _limit_memory() -> None:
    """Limit the memory of this process, so that an endless file cannot fill the machine's."""
    with suppress(ImportError, OSError, ValueError):  # not on every system
        import resource

        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        most = MAX_MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(hard, MAX_MEMORY_BYTES)
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def _read(folder: Path, name: str, size: int, log: TextIO) -> int:
    """Read the upload, log how that goes, and return the exit code of the process."""
    logged = -1.0

    def log_progress(share: float) -> None:
        nonlocal logged
        if share - logged >= 0.01:
            logged = share
            print(json.dumps({"share": share}), file=log)

    try:
        (folder / TABLE_FOLDER).mkdir()
        with GrowingFile(folder / UPLOAD_FILE, size) as file:
            packed = file.read(len(max(PACKED_SIGNATURES, key=len))).startswith(PACKED_SIGNATURES)
            if packed:
                file.wait()
            source = folder / UPLOAD_FILE if packed else file
            read_table(source, name, folder=folder / TABLE_FOLDER, on_progress=log_progress)
    except DataError as error:
        refusal = str(error)
    except OSError as error:
        refusal = NO_DISK_SPACE.format(why=error.strerror)
    except MemoryError:
        refusal = ENDED_EARLY.format(name=name)
    except Exception:  # whatever a library raises about a damaged file; the server's log has it
        traceback.print_exc()
        refusal = UNREADABLE_FILE.format(name=name)
    else:
        print(json.dumps({"share": 1.0, "read": True}), file=log)
        (folder / UPLOAD_FILE).unlink()
        return 0
    print(json.dumps({"refused": refusal}), file=log)
    return 1


def _end_with_owner(folder: Path) -> None:
    """End this process, and remove its folder, when the one that started it ends."""
    with suppress(OSError):
        while os.read(0, 1):  # stdin unbuffered: this thread still waits here when the process ends
            pass
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


if __name__ == "__main__":
    os._exit(main())  # skips the interpreter's shutdown, which is slow with large arrays
