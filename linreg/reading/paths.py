"""Which files are meant by names, patterns and Parquet directories."""

from __future__ import annotations

import glob
import os
from collections.abc import Sequence
from pathlib import Path

from linreg.reading.errors import TableError


def files_of(paths: Sequence[str | Path]) -> list[Path]:
    """Return the files, in the order given and else sorted by name.

    Raises
    ------
    TableError
        If a pattern matches nothing, or a directory holds no Parquet file.
    """
    files: list[Path] = []
    for given in map(str, paths):
        if "://" in given and not os.path.exists(given):
            raise TableError(
                f"“{given}” is not on this machine; take --engine dask, which reads addresses, or "
                "download it first."
            )
        if os.path.isdir(given):
            files += _in_directory(Path(given))
        elif glob.has_magic(given) and not os.path.exists(given):
            found = sorted(glob.glob(given, recursive=True))
            if not found:
                raise TableError(f"No file matches “{given}”; check the pattern.")
            files += files_of(found)
        else:
            files.append(Path(given))
    if not files:
        raise TableError("No file is named; name at least one.")
    return files


def _in_directory(folder: Path) -> list[Path]:
    """Return the Parquet files below a directory, without those that programs hide there."""
    found = [
        path
        for path in sorted(folder.rglob("*.parquet"))
        if not any(part.startswith(("_", ".")) for part in path.relative_to(folder).parts)
    ]
    if not found:
        raise TableError(
            f"“{folder}” is a directory without Parquet files; name the files in it, for instance "
            f"“{folder / '*.csv'}”."
        )
    return found
