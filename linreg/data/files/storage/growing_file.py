"""A file that is read while it is still written."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path

POLL_SECONDS = 0.002  # seconds


class GrowingFile(io.RawIOBase):
    """A file to read of which the end may not be written yet: reading waits for the bytes.

    Parameters
    ----------
    path : Path
        The file, which exists.
    size : int
        How many bytes it will have.
    """

    def __init__(self, path: Path, size: int) -> None:
        self._file = path.open("rb", buffering=0)
        self._size = size

    @property
    def is_whole(self) -> bool:
        """Whether all bytes are there."""
        return os.fstat(self._file.fileno()).st_size >= self._size

    def wait(self) -> None:
        """Wait until all bytes are there."""
        while not self.is_whole:
            time.sleep(POLL_SECONDS)

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes, or all that follow; none only at the end."""
        if size is None or size < 0:
            self.wait()
            return self._file.read()
        while not (part := self._file.read(size)) and size and self.tell() < self._size:
            time.sleep(POLL_SECONDS)
        return part

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a buffer as far as `read` has bytes; return how many."""
        part = self.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to another place; the end is where it will be."""
        if whence == io.SEEK_END:
            offset, whence = self._size + offset, io.SEEK_SET
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Return the place of the next byte."""
        return self._file.tell()

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()
