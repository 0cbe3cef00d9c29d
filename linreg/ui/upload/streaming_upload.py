"""Large uploads: written to disk, and read, while they come in.

Streamlit would hold all of a file in memory, and hand it over only when the page runs again.
"""

from __future__ import annotations

import threading
import time
import weakref
from asyncio import to_thread

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from linreg.data.files.formats.detect import PROBLEM_HEAD_BYTES, looks_like_problem
from linreg.data.files.process.reader_process import Reading, is_slow
from linreg.ui.stage.component import base_path
from linreg.ui.streamlit_internals import UPLOAD_ROUTE, session_check

START = 1 << 12  # bytes that hold the head of an upload, and enough of its file to know the kind
PIECE = 1 << 20  # bytes written at a time
# How long a tab may be closed, in seconds, before a reading is given up, or a table.
STAYS_AWAY, COMES_BACK = 10.0, 150.0
BETWEEN_LOOKS = 2.0

_coming: dict[str, _Body] = {}  # of a session: one file at a time, the newest
_come: dict[tuple[str, str], Reading] = {}  # of a session and a file, until the page asks for it


def claim(session_id: str, file_id: str) -> Reading | None:
    """Return the reading of a file that came in, once; None for one that Streamlit holds."""
    return _come.pop((session_id, file_id), None)


def watch(reading: Reading, session_id: str) -> None:
    """End a reading, and remove its table, once the browser tab is closed.

    Streamlit forgets a closed tab only when another one opens or closes, much later perhaps; and
    keeps it for two minutes in case it comes back.
    """
    is_connected, held = session_check(), weakref.ref(reading)

    def look() -> None:
        closed = 0.0  # seconds
        while (reading := held()) is not None and reading.cancel.alive:
            closed = 0.0 if is_connected(session_id) else closed + BETWEEN_LOOKS
            reading.process.poll()  # or it would stay in the table of processes
            if closed > (COMES_BACK if reading.ended else STAYS_AWAY):
                reading.cancel()
            del reading
            time.sleep(BETWEEN_LOOKS)

    threading.Thread(target=look, daemon=True).start()


def _forget(session_id: str, file_id: str | None = None) -> None:
    """Give up what came in for a session, or one file of it, before the page asked for it."""
    for key, reading in list(_come.items()):
        wanted = key[0] == session_id and file_id in (None, key[1])
        if wanted or not reading.cancel.alive:  # its tab is gone
            _come.pop(key, None)
            reading.cancel()


class StreamingUploads:
    """Takes large files out of uploads; Streamlit gets the same uploads with empty files.

    Streamlit asks for the body of an upload only after it has checked who sends it and how large
    it says it is.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.below = base_path() + UPLOAD_ROUTE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, without the file if that is large."""
        if scope["type"] == "http" and scope["path"].startswith(self.below):
            session_id, _, file_id = scope["path"].removeprefix(self.below).partition("/")
            if scope["method"] == "PUT":
                receive = _Body(scope, receive, session_id, file_id)
            elif scope["method"] == "DELETE":
                _forget(session_id, file_id)
        await self.app(scope, receive, send)


class _Body:
    """The body of an upload, with or without its file."""

    def __init__(self, scope: Scope, receive: Receive, session_id: str, file_id: str) -> None:
        self.scope = scope
        self.receive = receive
        self.session_id = session_id
        self.file_id = file_id
        self.begun = False
        self.reading: Reading | None = None

    async def __call__(self) -> Message:
        """Return the next message of the request."""
        if self.begun:
            return await self.receive()
        self.begun = True
        start, more = bytearray(), True
        while more and len(start) < START:
            message = await self.receive()
            if message["type"] != "http.request":
                return message
            start += message.get("body", b"")
            more = message.get("more_body", False)
        headers = Headers(scope=self.scope)
        told = headers.get("content-length", "")
        size = int(told) if told.isdecimal() and "transfer-encoding" not in headers else 0
        head, blank, content = start.partition(b"\r\n\r\n")
        kind = bytes(content[:PROBLEM_HEAD_BYTES])
        if not (more and blank and is_slow(kind, size)) or looks_like_problem(kind):
            return {"type": "http.request", "body": bytes(start), "more_body": more}
        end = b"\r\n" + head.partition(b"\r\n")[0] + b"--\r\n"
        empty = bytes(head + blank + end)
        name = await self._name(empty)
        if name is None or not await self._take(name, content, size - len(empty), end):
            empty = b""  # Streamlit says that this is no upload
        return {"type": "http.request", "body": empty, "more_body": False}

    async def _name(self, empty: bytes) -> str | None:
        """Return what the file of an upload is called; None if its first part is no file."""

        async def body() -> Message:
            return {"type": "http.request", "body": empty, "more_body": False}

        async with Request(self.scope, body).form() as form:
            names = [value.filename for value in form.values() if not isinstance(value, str)]
        return names[0] if len(names) == 1 else None

    async def _take(self, name: str, piece: bytearray, size: int, end: bytes) -> bool:
        """Write a file of this many bytes to disk, where it is read; tell if the upload ends so.

        Nothing is left of an upload that does not, or that a newer one came after.
        """
        former = _coming.get(self.session_id)
        _coming[self.session_id] = self  # before anything is awaited: other uploads come then
        if former is not None and former.reading is not None:
            former.reading.cancel()  # the newer file wins
        kept = False
        try:
            self.reading = reading = await to_thread(Reading, name, size)
            watch(reading, self.session_id)
            kept = await self._write(reading, piece, size, end) and self._is_newest
            if kept:
                _forget(self.session_id)
                _come[self.session_id, self.file_id] = reading
            return kept
        finally:
            if self._is_newest:
                del _coming[self.session_id]
            if self.reading is not None and not kept:
                self.reading.cancel()
            self.reading = None  # it ends with who claims it, not with the request

    @property
    def _is_newest(self) -> bool:
        return _coming.get(self.session_id) is self

    async def _write(self, reading: Reading, piece: bytearray, size: int, end: bytes) -> bool:
        """Write the file to disk as it comes; tell if it has its size, and the upload this end."""
        more = True
        while more:
            message = await self.receive()
            if message["type"] != "http.request" or not self._is_newest:
                return False  # the browser went away, or sends another file
            piece += message.get("body", b"")
            more = message.get("more_body", False)
            if len(piece) >= PIECE or not more:
                taken = piece[:size]
                piece = piece[len(taken) :]
                size -= len(taken)
                await to_thread(reading.take, taken)
            if len(piece) > size + PIECE + len(end):  # more than was told
                return False
        return not size and piece == end
