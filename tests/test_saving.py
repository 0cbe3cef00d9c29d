import errno
import os

import pytest

from linreg.reading import TableError
from linreg.saving import place_of, write


def test_a_missing_folder_is_named_without_writing(tmp_path):
    with pytest.raises(TableError, match=r"no folder.*missing.*make it"):
        place_of(tmp_path / "missing" / "p.json")


def test_a_folder_that_may_not_be_written_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(TableError, match="may not write into the folder"):
        place_of(tmp_path / "p.json")


@pytest.mark.parametrize(
    ("number", "remedy"), [(errno.ENOSPC, "behind: free some space"), (errno.EIO, "behind: choose")]
)
def test_only_a_full_disk_asks_for_space(tmp_path, monkeypatch, number, remedy):
    def fail(_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(TableError, match=remedy):
        write("text", tmp_path / "p.json")
    assert os.listdir(tmp_path) == []
