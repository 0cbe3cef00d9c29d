"""Large uploads: taken out on their way to Streamlit, whole or not at all."""

import asyncio
import gc
import json
import pathlib
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import numpy as np
import pytest
from starlette.requests import Request

from linreg.data.files.formats import detect
from linreg.data.files.process import reader_process
from linreg.data.summary import problem_file
from linreg.ui import streamlit_internals
from linreg.ui.upload import streaming_upload
from linreg.ui.upload.streaming_upload import StreamingUploads, claim

pytestmark = pytest.mark.slow

CSV = b"a,b\n" + b"".join(b"%d,%d.5\n" % (k, 2 * k) for k in range(20_000))
HEAD = (
    b'--x7\r\nContent-Disposition: form-data; name="f"; filename="m\xc3\xbc.csv"\r\n'
    b"Content-Type: text/csv\r\n\r\n"
)
END = b"\r\n--x7--\r\n"
PATH = "/_stcore/upload_file/session/file"


@pytest.fixture(autouse=True)
def temp(tmp_path, monkeypatch):
    """Let the folders be made where nobody else makes some, for a session that is there."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(detect, "QUICK_BYTES", 1000)
    runtime = SimpleNamespace(is_active_session=lambda session_id: True)
    monkeypatch.setattr(streamlit_internals, "get_instance", lambda: runtime)
    yield tmp_path
    streaming_upload._unclaimed.clear()


def put(
    body, *, piece=10_000, path=PATH, method="PUT", length=None, gone_after=None, before_last=None
):
    """Send an upload in pieces; return the body and the files that the app behind gets.

    The last piece is sent after the event `before_last`.
    """
    got = {}

    async def behind(scope, receive, send):
        chunks = []
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                break
            chunks.append(message["body"])
            if not message["more_body"]:
                break
        got["body"] = b"".join(chunks)
        if got["body"].startswith(b"--x7"):

            async def again():
                return {"type": "http.request", "body": got["body"], "more_body": False}

            async with Request(scope, again).form() as form:
                got["files"] = [(f.filename, await f.read()) for f in form.values()]

    pieces = [body[at : at + piece] for at in range(0, len(body), piece)]
    messages = [
        {"type": "http.request", "body": part, "more_body": k + 1 < len(pieces)}
        for k, part in enumerate(pieces)
    ]
    if gone_after is not None:
        messages[gone_after:] = [{"type": "http.disconnect"}] * 2
    declared = len(body) if length is None else length
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "headers": [
            (b"content-length", b"%d" % declared),
            (b"content-type", b"multipart/form-data; boundary=x7"),
        ],
    }

    async def receive():
        if len(messages) == 1 and before_last is not None:
            before_last.wait(60)
        return messages.pop(0)

    with ThreadPoolExecutor(1) as apart:  # Playwright runs a loop in this thread
        apart.submit(lambda: asyncio.run(StreamingUploads(behind)(scope, receive, None))).result()
    return got


@pytest.mark.parametrize("piece", [1, 3, 100, 4096, 65_536])
def test_a_large_file_is_read_and_streamlit_gets_an_empty_one(piece):
    rows = CSV[: 5000 * min(piece, 20)]
    assert put(HEAD + rows + END, piece=piece)["files"] == [("mü.csv", b"")]
    reading = claim("session", "file")
    reading.wait(60)
    table = reading.table()
    n = rows.count(b"\n") - 1
    assert (table.name, list(table.columns)) == ("mü.csv", ["a", "b"])
    np.testing.assert_array_equal(table.columns["a"][:n], np.arange(n))
    assert claim("session", "file") is None


def test_a_file_may_hold_what_looks_like_the_end_of_an_upload():
    rows = CSV + b'\r\n--x7--\r\n"' + b"1,2\n" * 1000
    put(HEAD + rows + END)
    reading = claim("session", "file")
    reading.wait(60)
    with pytest.raises(Exception, match="20,001"):
        reading.table()


PROBLEM = json.dumps({"format": problem_file.FORMAT, "n": [1.5] * 2000}).encode()
PASSED = {
    "small": {"body": HEAD + CSV[:500] + END},
    "a problem file": {"body": HEAD + PROBLEM + END},
    "another address": {"body": HEAD + CSV + END, "path": "/upload"},
    "not an upload": {"body": HEAD + CSV + END, "method": "POST"},
    "no head": {"body": CSV.replace(b"\n", b"\r")},
}


@pytest.mark.parametrize("name", PASSED)
def test_what_is_not_a_large_file_passes_unchanged(temp, name):
    assert put(**PASSED[name])["body"] == PASSED[name]["body"]
    assert claim("session", "file") is None
    assert not any(temp.iterdir())


BROKEN = {
    "the browser goes away": {"body": HEAD + CSV + END, "gone_after": 3},
    "it ends too early": {"body": HEAD + CSV, "length": len(HEAD + CSV + END)},
    "it ends otherwise": {"body": HEAD + CSV + END.replace(b"7", b"8")},
    "it is longer than told": {"body": HEAD + CSV + CSV + END, "length": len(HEAD + CSV + END)},
}


@pytest.mark.parametrize("name", BROKEN)
def test_of_an_upload_that_breaks_off_nothing_is_left(temp, name):
    # Of a browser that has gone nothing is passed on at all.
    assert put(**BROKEN[name]).get("body") == (None if "goes away" in name else b"")
    assert claim("session", "file") is None
    assert not any(temp.iterdir())


def test_a_body_without_end_is_given_up_and_not_kept_in_memory(temp):
    declared = len(HEAD + CSV + END)
    assert put(HEAD + CSV + END + bytes(3 << 20), length=declared)["body"] == b""
    assert not any(temp.iterdir())


def test_a_file_that_is_taken_off_before_the_page_asks_goes(temp):
    put(HEAD + CSV + END)
    put(b"-", path="/_stcore/upload_file/session/another", method="DELETE")
    assert any(temp.iterdir())
    put(b"-", method="DELETE")
    assert claim("session", "file") is None
    assert not any(temp.iterdir())


def test_a_broken_upload_leaves_the_one_before(temp):
    put(HEAD + CSV + END)
    put(HEAD + CSV + END, path="/_stcore/upload_file/session/newer", gone_after=3)
    assert claim("session", "file").name == "mü.csv"
    assert not streaming_upload._arriving


def test_the_newer_of_two_files_that_nobody_asked_for_wins(temp):
    put(HEAD + CSV + END)
    put(HEAD + CSV + END, path="/_stcore/upload_file/session/newer")
    put(HEAD + CSV + END, path="/_stcore/upload_file/other/file")
    assert claim("session", "file") is None
    assert claim("session", "newer").name == claim("other", "file").name == "mü.csv"
    gc.collect()
    assert not any(temp.iterdir())


@pytest.mark.parametrize("begun", [True, False])
def test_an_upload_that_a_newer_one_came_after_does_not_take_its_place(temp, monkeypatch, begun):
    making, made, newer_is_there = threading.Event(), threading.Event(), threading.Event()

    class Slow(reader_process.Reading):
        def __init__(self, *how):
            if not making.is_set():
                making.set()
                if not begun:
                    newer_is_there.wait(60)
            super().__init__(*how)
            made.set()

    monkeypatch.setattr(streaming_upload, "Reading", Slow)
    with ThreadPoolExecutor(1) as apart:
        older = apart.submit(put, HEAD + CSV + END, before_last=newer_is_there)
        (made if begun else making).wait(60)
        put(HEAD + CSV + END, path="/_stcore/upload_file/session/newer")
        newer_is_there.set()
        assert older.result()["body"] == b""
    assert claim("session", "file") is None
    assert claim("session", "newer").name == "mü.csv"
    assert not streaming_upload._arriving
    gc.collect()
    assert not any(temp.iterdir())


def test_a_file_goes_when_its_tab_is_closed(temp, monkeypatch):
    closed = SimpleNamespace(is_active_session=lambda session_id: False)
    monkeypatch.setattr(streamlit_internals, "get_instance", lambda: closed)
    monkeypatch.setattr(streaming_upload, "TAB_POLL_SECONDS", 0.02)
    monkeypatch.setattr(streaming_upload, "CANCEL_READING_SECONDS", 0.1)
    monkeypatch.setattr(streaming_upload, "DROP_TABLE_SECONDS", 0.2)
    put(HEAD + CSV + END)
    reading = streaming_upload._unclaimed["session", "file"]
    reading.wait(0.01)
    while reading.cancel.alive:
        reading.wait(0.02)
    while any(temp.iterdir()):
        pass
    with pytest.raises(Exception, match="was given up while this page was away"):
        claim("session", "file").table()


def test_a_full_disk_is_told_when_the_page_asks(temp, monkeypatch):
    opened = pathlib.Path.open

    def full(path, *how, **more):  # for those who write only: others read in other threads
        if how == ("ab",):
            raise OSError(28, "No space left on device")
        return opened(path, *how, **more)

    monkeypatch.setattr(pathlib.Path, "open", full)
    put(HEAD + CSV + END)
    reading = claim("session", "file")
    assert reading.ended
    with pytest.raises(Exception, match="No space left on device"):
        reading.table()


@pytest.mark.parametrize("rows", [CSV[:500], CSV])
@pytest.mark.parametrize("gone_after", [0, 1, 2])
def test_a_browser_that_goes_away_leaves_one_line_in_the_log(rows, gone_after, caplog):
    body = HEAD + rows + END
    # Behind the second piece a large file is already being written to disk.
    pieces = [body[:200], body[200:6000], body[6000:]][:gone_after]
    messages = [{"type": "http.request", "body": part, "more_body": True} for part in pieces]
    messages += [{"type": "http.disconnect"}] * 2
    scope = {
        "type": "http",
        "method": "PUT",
        "path": PATH,
        "headers": [
            (b"content-length", b"%d" % len(body)),
            (b"content-type", b"multipart/form-data; boundary=x7"),
        ],
    }

    async def behind(scope, receive, send):
        async with Request(scope, receive).form():
            raise AssertionError("the upload is not complete")

    async def receive():
        return messages.pop(0)

    with ThreadPoolExecutor(1) as apart:
        apart.submit(lambda: asyncio.run(StreamingUploads(behind)(scope, receive, None))).result()
    (record,) = caplog.records
    assert record.message == "An upload broke off: the browser has gone."
    assert record.exc_info is None
