import errno
import os

import pytest

from linreg.data.files.storage.atomic_write import destination, write
from linreg.errors import DataError


def test_a_missing_folder_is_named_without_writing(tmp_path):
    with pytest.raises(DataError, match=r"no folder.*missing.*make it"):
        destination(tmp_path / "missing" / "p.json")


def test_a_folder_that_may_not_be_written_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(DataError, match="may not write into the folder"):
        destination(tmp_path / "p.json")


@pytest.mark.parametrize(
    ("number", "remedy"), [(errno.ENOSPC, "behind: free some space"), (errno.EIO, "behind: choose")]
)
def test_only_a_full_disk_asks_for_space(tmp_path, monkeypatch, number, remedy):
    def fail(_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(DataError, match=remedy):
        write("text", tmp_path / "p.json")
    assert os.listdir(tmp_path) == []


def test_links_in_a_circle_lead_nowhere(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(DataError, match=r"a” is no place for a file .*choose another place"):
        write("text", tmp_path / "a")
    assert (tmp_path / "a").is_symlink()


def test_a_folder_that_may_not_be_entered_is_no_place(tmp_path, monkeypatch):
    stat = os.stat

    def forbid(path, **options):
        if str(path).endswith("p.json"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return stat(path, **options)

    monkeypatch.setattr(os, "stat", forbid)
    with pytest.raises(DataError, match=r"p.json” is no place for a file \(Permission denied\)"):
        destination(tmp_path / "p.json")


def test_a_name_may_be_as_long_as_one_can_be(tmp_path):
    write("text", tmp_path / ("x" * 255))
    assert os.listdir(tmp_path) == ["x" * 255]
    with pytest.raises(DataError, match="File name too long"):
        destination(tmp_path / ("x" * 256))
