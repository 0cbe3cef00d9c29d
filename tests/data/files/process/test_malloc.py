import ctypes
import subprocess
import sys

import pytest

from linreg.data.files.process import malloc

FAULTS = """
import resource, sys
from linreg.data.files.process.malloc import keep_freed_memory
kept = len(sys.argv) > 1 and keep_freed_memory()
import numpy as np
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(200):
    arrays = [np.ones(50_000) for _ in range(5)]
    del arrays
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(*arguments):
    command = [sys.executable, "-c", FAULTS, *arguments]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="glibc is Linux's")
def test_freed_memory_is_used_again():
    assert faults("kept") < faults() / 4


def test_a_system_without_it_is_left_alone(monkeypatch):
    monkeypatch.setattr(malloc.sys, "platform", "other")
    assert not malloc.keep_freed_memory()


def test_a_library_without_it_is_left_alone(monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    assert not malloc.keep_freed_memory()
