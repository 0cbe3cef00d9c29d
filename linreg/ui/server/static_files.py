"""Static files for the browser: compressed once, cached for a year, and loaded ahead of use."""

from __future__ import annotations

import gzip
import re
from asyncio import to_thread
from collections.abc import Callable
from importlib.util import find_spec
from mimetypes import guess_type
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from linreg.ui.lesson.contents import PAGES_FOLDER
from linreg.ui.stage.component import ASSETS, ASSETS_AT, PLOTLY_AT, base_path
from linreg.ui.streamlit_internals import HEAD_TAG, first_screen_scripts

# A comment with lines of its own: // to the end, or /** up to a */ that ends its line. The types in
# them are for those who read and check the code; they would be a sixth of what a browser loads.
COMMENT = re.compile(rb"^ *(?://.*|/\*\*(?:[^*]|\*(?!/))*\*/)$", re.MULTILINE)

ONE_YEAR = "public, max-age=31536000, immutable"  # addresses change with the content
SERVED_KINDS = {".js", ".css"}
SAFETY_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
NO_SUCH_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>linreg: no such page</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 1.1rem/1.5 sans-serif; margin: 4rem auto; width: 80% }}
</style>
</head>
<body>
<h1>There is no page at this address</h1>
<p><a href="{base}/">Open the stage</a>, which has a menu of all pages.</p>
</body>
</html>
"""


def plotly_files() -> Path:
    """Return the folder of the installed plotly package that holds plotly.min.js."""
    spec = find_spec("plotly")
    if spec is None or spec.origin is None:
        raise RuntimeError("plotly is not installed: run pip install -r requirements.txt")
    return Path(spec.origin).parent / "package_data"


def head() -> str:
    """Return links for the head of the page to all that the browser will need, in that order."""
    base = base_path()
    scripts = sorted(name for name in served_files(ASSETS) if name.endswith(".js"))
    modules = [f"{base}/{ASSETS_AT}/{name}" for name in scripts]
    modules += [f"{base}/static/js/{name}" for name in first_screen_scripts()]
    return "".join(
        [
            f'<link rel="preload" as="style" href="{base}/{ASSETS_AT}/stage.css">',
            *(f'<link rel="modulepreload" href="{address}">' for address in modules),
            # Fetched now, but run by the stage only after its first picture: running it takes most
            # of a second, in which nothing else would be drawn.
            f'<link rel="preload" as="script" href="{base}/{PLOTLY_AT}/plotly.min.js">',
        ]
    )


def served_files(folder: Path) -> dict[str, Path]:
    """Return the files below a folder that a browser may have, by their names in an address.

    Types for the checker, for example, are not among them.
    """
    paths = (path for path in folder.rglob("*") if path.suffix in SERVED_KINDS and path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in paths}


def without_comments(source: bytes) -> bytes:
    """Return a JavaScript module of this project without the comments that have lines of their own.

    The lines stay, empty: a browser's console names the same numbers as the file.
    """
    return COMMENT.sub(lambda comment: b"\n" * comment[0].count(b"\n"), source)


class PackedFiles:
    """The files of a folder, each compressed once and kept: 300 people open the page together.

    A request is looked up among the names found at start; no path is made from what it says.

    Parameters
    ----------
    folder : Path
        Below it all `served_files` are served.
    shorten : callable, optional
        Takes the content of a JavaScript file and returns what a browser needs of it.
    """

    def __init__(self, folder: Path, shorten: Callable[[bytes], bytes] | None = None) -> None:
        self.files = served_files(folder)
        self.shorten = shorten
        self.packed: dict[str, bytes] = {}

    async def answer(self, request: Request) -> Response:
        """Answer with the file of this name, compressed if the browser can read that."""
        name = request.path_params["name"]
        if (path := self.files.get(name)) is None:
            return PlainTextResponse("not found", status_code=404)
        kind = guess_type(name)[0] or "application/octet-stream"
        headers = {"Cache-Control": ONE_YEAR, "Vary": "Accept-Encoding"}
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            return FileResponse(path, media_type=kind, headers=headers)
        if name not in self.packed:
            self.packed[name] = await to_thread(self._pack, path)
        headers["Content-Encoding"] = "gzip"
        return Response(self.packed[name], media_type=kind, headers=headers)

    def _pack(self, path: Path) -> bytes:
        content = path.read_bytes()
        if self.shorten and path.suffix == ".js":
            content = self.shorten(content)
        return gzip.compress(content, 6)


class Page:
    """Adds safety headers to every answer, and links to Streamlit's page for a sooner start.

    Streamlit answers every address that it does not know with its page; those that are no page of
    the app are answered with 404 instead.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.base = base_path()
        self.head = HEAD_TAG + head().encode()
        names = {path.stem for path in PAGES_FOLDER.glob("*.py")}
        self.addresses = {f"{self.base}/{name}" for name in ("", "index.html", *names)} | {
            self.base
        }
        self.no_such_page = HTMLResponse(
            NO_SUCH_PAGE.format(base=self.base),
            status_code=404,
            headers={"Cache-Control": "no-cache", **SAFETY_HEADERS},
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add to its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        held: list[Message] = []  # the start of a page waits until its length is known
        is_replaced = False

        async def complete(message: Message) -> None:
            nonlocal is_replaced
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SAFETY_HEADERS.items():
                    headers.setdefault(name, value)
                is_html = headers.get("Content-Type", "").startswith("text/html")
                is_sent = is_html and message["status"] < 300  # whole, or a part that was asked for
                is_replaced = is_sent and scope["path"] not in self.addresses
                if is_replaced:
                    await self.no_such_page(scope, receive, send)
                    return
                if is_html and message["status"] == 200 and "Content-Encoding" not in headers:
                    held.append(message)
                    return
            elif is_replaced:
                return
            elif held:
                held.append(message)
                if message.get("more_body", False):
                    return
                await self._send_page(held, send)
                return
            await send(message)

        await self.app(scope, receive, complete)

    async def _send_page(self, held: list[Message], send: Send) -> None:
        start, *parts = held
        held.clear()
        body = b"".join(part.get("body", b"") for part in parts)
        headers = MutableHeaders(scope=start)
        if body:  # an answer to HEAD has none
            body = body.replace(HEAD_TAG, self.head, 1)
            headers["Content-Length"] = str(len(body))
        for name in ("ETag", "Last-Modified"):
            del headers[name]  # of Streamlit's file, which is not what is sent
        await send(start)
        await send({"type": "http.response.body", "body": body})
