"""`Source` of bytes: a file, an upload or memory, packed with gzip or not.

A source can be opened any number of times, always from its start, and is never held as a whole.
"""

from __future__ import annotations

import errno
import gzip
import io
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from linreg.data.files.storage.growing_file import GrowingFile
from linreg.errors import DataError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

GIGABYTE = 1 << 30
MAX_UPLOAD_UNPACKED_BYTES = 4 * GIGABYTE  # a small upload must not fill the server
MAX_SCAN_UNPACKED_BYTES = 64 * GIGABYTE  # of a file that is read in batches
GZIP_SIGNATURE = b"\x1f\x8b"

Content = bytes | BinaryIO | GrowingFile | Path


@dataclass(frozen=True, eq=False)
class Source:
    """The bytes of a file.

    Attributes
    ----------
    content : bytes, binary file that can seek, GrowingFile or Path
    size : int
        Number of bytes, as stored.
    packed : bool
        Whether they are packed with gzip; `open` unpacks them.
    limit : int
        The most bytes that they may unpack to.
    """

    content: Content
    size: int
    packed: bool = False
    limit: int = MAX_UPLOAD_UNPACKED_BYTES

    @classmethod
    def of(cls, content: Content, limit: int = MAX_UPLOAD_UNPACKED_BYTES) -> Source:
        """Determine the size, and whether the bytes are packed.

        Raises
        ------
        DataError
            If there is no such file, it is a directory, or may not be read.
        """
        if isinstance(content, bytes):
            size = len(content)
        elif isinstance(content, Path):
            size = _size_of(content)
        else:
            size = content.seek(0, io.SEEK_END)
        plain = cls(content, size, limit=limit)
        return replace(plain, packed=plain.head(2) == GZIP_SIGNATURE)

    @property
    def is_whole(self) -> bool:
        """Whether all bytes have arrived; reading waits for the others."""
        return not isinstance(self.content, GrowingFile) or self.content.is_whole

    def whole(self) -> Source:
        """Wait until all bytes have arrived; return the source itself."""
        if isinstance(self.content, GrowingFile):
            self.content.wait()
        return self

    @contextmanager
    def open(self) -> Iterator[Handle]:
        """Yield the bytes from the start, unpacked."""
        if isinstance(self.content, Path):
            with _opened(self.content) as raw:
                yield Handle(raw, self)
        elif isinstance(self.content, bytes):
            yield Handle(io.BytesIO(self.content), self)
        else:
            self.content.seek(0)
            yield Handle(self.content, self)

    def head(self, size: int) -> bytes:
        """Return the first `size` bytes, unpacked, or all if there are fewer."""
        with self.open() as file:
            return file.read(size)


class NamedFile(io.FileIO):
    """A file whose errors name it, whichever library reads it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._path = path

    def read(self, size: int | None = -1) -> bytes:
        """Return up to `size` bytes."""
        with self._naming():
            return super().read(size)

    def readall(self) -> bytes:
        """Return all bytes that follow."""
        with self._naming():
            return super().readall()

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill a buffer as far as there are bytes; return how many."""
        with self._naming():
            return super().readinto(buffer)

    @contextmanager
    def _naming(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise unreadable_error(self._path, error) from None


class Handle:
    """An open source, which knows the share of its stored bytes that has been read."""

    def __init__(self, raw: BinaryIO | io.RawIOBase, source: Source) -> None:
        self.raw = raw
        self._source = source
        self._unpacked = 0
        self._stream = gzip.GzipFile(fileobj=raw) if source.packed else raw

    @property
    def share(self) -> float:
        """Share of the stored bytes that has been read, 0 to 1."""
        return min(self.raw.tell() / max(self._source.size, 1), 1.0)

    def read(self, size: int) -> bytes:
        """Return `size` bytes, fewer only at the end.

        Raises
        ------
        DataError
            If packed bytes are damaged or cut off, or unpack to more than the limit.
        """
        parts = []
        while size > 0 and (part := self._read(size)):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _read(self, size: int) -> bytes:
        if not self._source.packed:
            return self._stream.read(size)
        try:
            part = self._stream.read(size)
        except EOFError:
            raise DataError(
                "The file is cut off: its gzip packing ends too early; download or pack it again."
            ) from None
        except (OSError, zlib.error):
            raise DataError(
                "The file is damaged: its gzip packing cannot be undone; download or pack it again."
            ) from None
        self._unpacked += len(part)
        if self._unpacked > self._source.limit:
            raise DataError(
                f"The file unpacks to more than {self._source.limit / GIGABYTE:g} GB, which is the "
                "limit for packed files; unpack it first, or take fewer rows."
            )
        return part


def _opened(path: Path) -> NamedFile:
    try:
        return NamedFile(path)
    except OSError as error:
        raise unreadable_error(path, error) from None


def _size_of(path: Path) -> int:
    try:
        status = path.stat()
    except OSError as error:
        raise unreadable_error(path, error) from None
    except ValueError:  # a zero byte in it
        raise DataError(f"“{path}” is not the name of a file; check it.") from None
    if stat.S_ISDIR(status.st_mode):
        raise DataError(f"“{path}” is a directory; name a file in it.")
    if not stat.S_ISREG(status.st_mode):
        raise DataError(not_ordinary(path))
    return status.st_size


def not_ordinary(path: object) -> str:
    """Return the sentence that refuses a pipe or a device, which can be read only once."""
    return f"“{path}” is a pipe or a device, which can not be read twice; save it as a file first."


def unreadable_error(path: object, error: OSError) -> DataError:
    """Return the error that names a file or folder and says why it cannot be read."""
    if isinstance(error, FileNotFoundError):
        return DataError(f"There is no file “{path}”; check its name.")
    if isinstance(error, PermissionError):
        return DataError(f"“{path}” may not be read by you; change its permissions, or copy it.")
    if error.errno in (errno.ENAMETOOLONG, errno.ENOTDIR, errno.ELOOP):
        return DataError(f"“{path}” is not the name of a file; check it.")
    return DataError(
        f"“{path}” could not be read ({error.strerror or error}); try again, or copy it elsewhere."
    )
