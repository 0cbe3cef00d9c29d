"""The files that names, patterns and Parquet directories stand for."""

import glob
import os
import re
from collections.abc import Iterable, Sequence
from itertools import takewhile
from pathlib import Path
from typing import NoReturn

from linreg.data.files.storage.source import unreadable_error
from linreg.errors import DataError
from linreg.text.lists import quoted_few

HIDDEN_PREFIXES = ("_", ".")  # of what programs keep for themselves
PARTITION = re.compile("[^=]+=.*", re.DOTALL)


def files_of(paths: Sequence[str | Path]) -> list[Path]:
    """Return the files, in the order given and else sorted by name.

    Raises
    ------
    DataError
        If a pattern matches nothing, or a directory cannot be read or holds no Parquet file.
    """
    files: list[Path] = []
    for given in map(str, paths):
        if "://" in given and not os.path.exists(given):
            raise DataError(
                f"“{given}” is not on this machine; take --engine dask, which reads addresses, or "
                "download it first."
            )
        if os.path.isdir(given):
            files += _in_directory(Path(given))
        elif glob.has_magic(given) and not os.path.exists(given):
            files += files_of(_matching(given))
        else:
            files.append(Path(given))
    if not files:
        raise DataError("No file is named; name at least one.")
    return files


def source_text(paths: Sequence[str | Path]) -> str:
    """Return the paths as the source of one table: the first three, and “…” for further ones."""
    text = ", ".join(str(path) for path in paths[:3])
    return f"{text}, …" if len(paths) > 3 else text


def folder_notes(paths: Sequence[str | Path], files: Iterable[str | Path]) -> tuple[str, ...]:
    """Return a note, or none, on folders named after a value as in “year=2020”: it is not read.

    Parameters
    ----------
    paths : sequence of str or Path
        As the user wrote them; folders written there need no note.
    files : iterable of str or Path
        The files that were found.
    """
    written = {part for path in paths for part in Path(path).parts}
    met = dict.fromkeys(part for file in files for part in Path(file).parts[:-1])
    names = [name for name in met if PARTITION.fullmatch(name) and name not in written]
    if not names:
        return ()
    if len(names) == 1:
        return (f"The folder name “{names[0]}” is not read as a column.",)
    return (f"The folder names {quoted_few(names)} are not read as columns.",)


def _matching(pattern: str) -> list[str]:
    if matches := sorted(glob.glob(pattern, recursive=True)):
        return matches
    plain = takewhile(lambda part: not glob.has_magic(part), Path(pattern).parts)
    try:
        os.scandir(Path(*plain)).close()  # glob passes over folders that it may not read
    except PermissionError as error:
        _refuse(error)
    except OSError:
        pass
    raise DataError(f"No file matches “{pattern}”; check the pattern.")


def _refuse(error: OSError) -> NoReturn:
    raise unreadable_error(error.filename, error) from None


def _in_directory(folder: Path) -> list[Path]:
    """Return the Parquet files below a directory, without hidden ones."""
    inside: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = [name for name in folders if not name.startswith(HIDDEN_PREFIXES)]
        shown = [name for name in names if not name.startswith(HIDDEN_PREFIXES)]
        inside += [Path(place, name) for name in shown if name.endswith(".parquet")]
    if not inside:
        raise DataError(
            f"“{folder}” is a directory without Parquet files; name the files in it, for instance "
            f"“{folder / '*.csv'}”."
        )
    return sorted(inside)
