"""The upload of a tab as a state machine: idle, reading, ready or refused, in one value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property

from linreg.data.files.process.reader_process import Reading
from linreg.data.tabular import Tabular


class Phase(Enum):
    """The phases of an upload; a table that is there stays while a file is read or refused."""

    IDLE = "no table was uploaded"
    READING = "a file is being read"
    READY = "a table is there"
    REFUSED = "the last file was refused"


@dataclass(frozen=True, eq=False)
class UploadedTable:
    """A table that was uploaded.

    Attributes
    ----------
    table : Table or Summary
    version : str
        Tells this table from others that were uploaded.
    owner : Reading, optional
        Owns the folder that the table lies in, if any: the folder goes when it is cancelled.
    """

    table: Tabular
    version: str
    owner: Reading | None = None


@dataclass(frozen=True)
class Upload:
    """The upload of a tab; each transition returns the next one, and does nothing else.

    Attributes
    ----------
    held : UploadedTable, optional
        The table: in the phase READY always, in IDLE never.
    reading : Reading, optional
        Of the file that is being read, in the phase READING alone.
    refusal : str
        Why the last file was refused, in the phase REFUSED alone: until other data are chosen.
    file_id : str, optional
        The file of the uploader that was dealt with: it is there again at every run of the page.
    is_released : bool
        Whether the bytes of that file were freed. The uploader is empty from then on, which does
        not mean that the user took the file off its list.
    uploader_number : int
        Part of the uploader's key: with another number it begins empty.
    """

    held: UploadedTable | None = None
    reading: Reading | None = None
    refusal: str = ""
    file_id: str | None = None
    is_released: bool = False
    uploader_number: int = 0

    def __post_init__(self) -> None:
        if self.reading is not None and self.refusal:
            raise ValueError("a file that is being read has not been refused")

    @cached_property
    def phase(self) -> Phase:
        """What the upload is doing."""
        if self.reading is not None:
            return Phase.READING
        if self.refusal:
            return Phase.REFUSED
        return Phase.IDLE if self.held is None else Phase.READY

    def offer(self, file_id: str | None) -> Upload:
        """Return the upload after the uploader has shown this file, or that it is empty.

        A new file ends reading and refusal of the former one. A file that the user takes off the
        list takes its refusal along; what is being read is read on.
        """
        if file_id == self.file_id:
            return self
        if file_id is not None:
            return Upload(self.held, file_id=file_id, uploader_number=self.uploader_number)
        refusal = self.refusal if self.is_released else ""
        return replace(self, file_id=None, is_released=False, refusal=refusal)

    def read(self, reading: Reading) -> Upload:
        """Return the upload while a file is being read."""
        return replace(self, reading=reading, refusal="")

    def release(self) -> Upload:
        """Return the upload after the bytes of the uploader's file were freed."""
        return replace(self, is_released=True)

    def accept(self, held: UploadedTable) -> Upload:
        """Return the upload with this table in place of the former."""
        return replace(self, held=held, reading=None, refusal="")

    def refuse(self, reason: str) -> Upload:
        """Return the upload after a file was refused, with the table that it held before."""
        return replace(self, reading=None, refusal=reason)

    def empty_uploader(self) -> Upload:
        """Return the upload with an empty uploader, and without what was read from its file."""
        number = self.uploader_number + 1
        return Upload(self.held, refusal=self.refusal, uploader_number=number)

    def dismiss(self) -> Upload:
        """Return the upload without a refusal: the user has gone on to other data."""
        return replace(self, refusal="")
