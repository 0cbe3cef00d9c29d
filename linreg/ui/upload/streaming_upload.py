"""Large uploads: written to disk, and read, while they arrive.

Streamlit would hold all of a file in memory, and pass it on only when the page runs again.
"""

from __future__ import annotations

import threading
import time
import weakref
from asyncio import to_thread
from logging import getLogger

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from linreg.data.files.formats.detect import PROBLEM_HEAD_BYTES, is_slow, looks_like_problem
from linreg.data.files.process.reader_process import Reading
from linreg.ui.stage.component import base_path
from linreg.ui.streamlit_internals import UPLOAD_ROUTE, session_check

START_BYTES = 1 << 12  # hold the head of an upload, and enough of its file to know the kind
WRITE_BYTES = 1 << 20  # written at a time
# How long a tab may be closed. Streamlit keeps its session for two minutes in case it comes back.
CANCEL_READING_SECONDS, DROP_TABLE_SECONDS = 10.0, 150.0
TAB_POLL_SECONDS = 2.0

_arriving: dict[str, _Body] = {}  # by session: one file at a time, the newest
_unclaimed: dict[tuple[str, str], Reading] = {}  # by session and file, until the page claims it


def claim(session_id: str, file_id: str) -> Reading | None:
    """Return the reading of a file that arrived, once; None for a file that Streamlit holds."""
    return _unclaimed.pop((session_id, file_id), None)


def watch(reading: Reading, session_id: str) -> None:
    """Cancel a reading, and remove its table, once the browser tab is closed.

    Streamlit would do so only when another tab opens or closes, which may be much later.
    """
    is_connected, held = session_check(), weakref.ref(reading)

    def poll() -> None:
        closed = 0.0  # seconds
        while (reading := held()) is not None and reading.cancel.alive:
            closed = 0.0 if is_connected(session_id) else closed + TAB_POLL_SECONDS
            reading.process.poll()  # otherwise it would stay a zombie once it has ended
            if closed > (DROP_TABLE_SECONDS if reading.ended else CANCEL_READING_SECONDS):
                reading.cancel()
            del reading
            time.sleep(TAB_POLL_SECONDS)

    threading.Thread(target=poll, daemon=True).start()


def _forget(session_id: str, file_id: str | None = None) -> None:
    """Cancel what a session has not claimed, or one file of it."""
    for key, reading in list(_unclaimed.items()):
        is_meant = key[0] == session_id and file_id in (None, key[1])
        if is_meant or not reading.cancel.alive:  # its tab is gone
            _unclaimed.pop(key, None)
            reading.cancel()


class StreamingUploads:
    """Middleware that takes large files out of uploads; Streamlit gets them as empty files.

    Streamlit asks for the body of an upload only after it has checked its sender and the size that
    its head declares.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.route = base_path() + UPLOAD_ROUTE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, without the file if that is large."""
        if scope["type"] == "http" and scope["path"].startswith(self.route):
            session_id, _, file_id = scope["path"].removeprefix(self.route).partition("/")
            if scope["method"] == "PUT":
                receive = _Body(scope, receive, session_id, file_id)
            elif scope["method"] == "DELETE":
                _forget(session_id, file_id)
        try:
            await self.app(scope, receive, send)
        except ClientDisconnect:  # nobody is there to be answered, and nothing is wrong here
            getLogger(__name__).warning("An upload broke off: the browser has gone.")


class _Body:
    """The body of an upload, with or without its file."""

    def __init__(self, scope: Scope, receive: Receive, session_id: str, file_id: str) -> None:
        self.scope = scope
        self.receive = receive
        self.session_id = session_id
        self.file_id = file_id
        self.has_begun = False
        self.reading: Reading | None = None

    async def __call__(self) -> Message:
        """Return the next message of the request."""
        if self.has_begun:
            return await self.receive()
        self.has_begun = True
        start, more = bytearray(), True
        while more and len(start) < START_BYTES:
            message = await self.receive()
            if message["type"] != "http.request":
                return message
            start += message.get("body", b"")
            more = message.get("more_body", False)
        headers = Headers(scope=self.scope)
        length = headers.get("content-length", "")
        size = int(length) if length.isdecimal() and "transfer-encoding" not in headers else 0
        head, blank, content = start.partition(b"\r\n\r\n")
        kind = bytes(content[:PROBLEM_HEAD_BYTES])
        if not (more and blank and is_slow(kind, size)) or looks_like_problem(kind):
            return {"type": "http.request", "body": bytes(start), "more_body": more}
        end = b"\r\n" + head.partition(b"\r\n")[0] + b"--\r\n"
        empty = bytes(head + blank + end)
        name = await self._file_name(empty)
        if name is None or not await self._receive_file(name, content, size - len(empty), end):
            empty = b""  # which Streamlit refuses as no upload
        return {"type": "http.request", "body": empty, "more_body": False}

    async def _file_name(self, empty: bytes) -> str | None:
        """Return the name of the file in an upload; None if its first part is no file."""

        async def body() -> Message:
            return {"type": "http.request", "body": empty, "more_body": False}

        async with Request(self.scope, body).form() as form:
            names = [value.filename for value in form.values() if not isinstance(value, str)]
        return names[0] if len(names) == 1 else None

    async def _receive_file(self, name: str, piece: bytearray, size: int, end: bytes) -> bool:
        """Have a file of this many bytes read as it arrives; tell if it is followed by this end.

        Nothing is left of an upload that is not, or that was overtaken by a newer one.
        """
        former = _arriving.get(self.session_id)
        _arriving[self.session_id] = self  # before the first await, for other uploads run then
        if former is not None and former.reading is not None:
            former.reading.cancel()
        kept = False
        try:
            self.reading = reading = await to_thread(Reading, name, size)
            watch(reading, self.session_id)
            kept = await self._write(reading, piece, size, end) and self._is_newest
            if kept:
                _forget(self.session_id)
                _unclaimed[self.session_id, self.file_id] = reading
            return kept
        finally:
            if self._is_newest:
                del _arriving[self.session_id]
            if self.reading is not None and not kept:
                self.reading.cancel()
            self.reading = None  # from here on it belongs to the tab that claims it

    @property
    def _is_newest(self) -> bool:
        return _arriving.get(self.session_id) is self

    async def _write(self, reading: Reading, piece: bytearray, size: int, end: bytes) -> bool:
        """Write the file to disk as it arrives; tell if it has this size and this end follows."""
        more = True
        while more:
            message = await self.receive()
            if message["type"] != "http.request":
                raise ClientDisconnect  # as the form of a small file does
            if not self._is_newest:
                return False  # the browser sends another file
            piece += message.get("body", b"")
            more = message.get("more_body", False)
            if len(piece) >= WRITE_BYTES or not more:
                block = piece[:size]
                piece = piece[len(block) :]
                size -= len(block)
                await to_thread(reading.take, block)
            if len(piece) > size + WRITE_BYTES + len(end):  # more than the head declares
                return False
        return not size and piece == end
