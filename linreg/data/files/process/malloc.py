"""Tuning of the C library's memory, for processes that do nothing but read a table."""

import ctypes
import sys

# Names and numbers of glibc's malloc.h.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
KEEP_BELOW_BYTES = 1 << 30


def keep_freed_memory() -> bool:
    """Keep freed memory for the next batch instead of returning it to the system each time.

    Every batch needs as much as the one before, and asking for it again takes a quarter of the time
    of reading with pandas. Memory stays as bounded as the batches are.

    Returns
    -------
    bool
        Whether the C library could be told; otherwise nothing changes.
    """
    on_linux = sys.platform == "linux"
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if on_linux else None
    if mallopt is None:
        return False
    return all(
        mallopt(option, KEEP_BELOW_BYTES) == 1 for option in (M_TRIM_THRESHOLD, M_MMAP_THRESHOLD)
    )
