"""`GrowingFile`: a file that is read while it is still being written."""

import io
import os
import time
from pathlib import Path

ARRIVAL_POLL_SECONDS = 0.002


class GrowingFile(io.RawIOBase):
    """A file whose end may not be written yet; reading waits for the bytes.

    Parameters
    ----------
    path : Path
        An existing file.
    size : int
        Bytes that it will have in the end.
    """

    def __init__(self, path: Path, size: int) -> None:
        self._file = path.open("rb", buffering=0)
        self._size = size

    @property
    def is_whole(self) -> bool:
        """Whether all bytes have arrived."""
        return os.fstat(self._file.fileno()).st_size >= self._size

    def wait(self) -> None:
        """Wait until all bytes have arrived."""
        while not self.is_whole:
            time.sleep(ARRIVAL_POLL_SECONDS)

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes, or all that follow; none only at the end."""
        if size is None or size < 0:
            self.wait()
            return self._file.read()
        while not (part := self._file.read(size)) and size and self.tell() < self._size:
            time.sleep(ARRIVAL_POLL_SECONDS)
        return part

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a buffer as far as `read` has bytes; return how many."""
        part = self.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to another position; its end is the end of the complete file."""
        if whence == io.SEEK_END:
            offset, whence = self._size + offset, io.SEEK_SET
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Return the position of the next byte."""
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
