"""Writing a file as a whole or not at all."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from linreg.errors import DataError


def destination(path: str | os.PathLike[str]) -> Path:
    """Return the path that a file will be written to, with links resolved.

    Raises
    ------
    DataError
        If no file can be written there, or it would replace something else than a file.
    """
    try:
        mode = os.stat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        mode = None
    except OSError as error:  # links in a circle, a name too long, a folder that may not be entered
        raise DataError(
            f"“{path}” is no place for a file ({error.strerror or error}); choose another place."
        ) from None
    if mode is not None and not stat.S_ISREG(mode):  # a folder, or a device that would be replaced
        raise DataError(f"“{path}” is not an ordinary file; choose another place.")
    place = Path(os.path.realpath(path))
    if not place.parent.is_dir():
        raise DataError(f"There is no folder “{place.parent}”; make it, or choose another place.")
    if not os.access(place.parent, os.W_OK | os.X_OK):
        raise DataError(
            f"You may not write into the folder “{place.parent}”; choose another place."
        )
    return place


def write(text: str, path: str | os.PathLike[str]) -> None:
    """Write a text in UTF-8; if that fails, no part of it is left behind.

    Raises
    ------
    DataError
        If the file cannot be written.
    """
    place = destination(path)
    draft = place.with_name(f".{token_hex(8)}")  # not longer: a name may be as long as allowed
    try:
        with draft.open("x", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, place)
    except OSError as error:
        advice = "free some space, or " if error.errno in (errno.ENOSPC, errno.EDQUOT) else ""
        raise DataError(
            f"“{path}” could not be written ({error.strerror or error}); no file was left behind: "
            f"{advice}choose another place."
        ) from error
    finally:
        with suppress(OSError):  # it was moved, or never made
            draft.unlink()
