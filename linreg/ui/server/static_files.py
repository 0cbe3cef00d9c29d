"""Static files for the browser: compressed once, cached for a year, and loaded ahead of use."""

from __future__ import annotations

import gzip
import re
from asyncio import to_thread
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from mimetypes import guess_type
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from linreg.ui.lesson.contents import FIRST_PAGE, PAGES_FOLDER
from linreg.ui.server.bundle import bundled
from linreg.ui.stage.component import ASSETS, ASSETS_AT, PLOTLY_AT, base_path
from linreg.ui.streamlit_internals import HEAD_TAG, first_screen_scripts

# A comment with lines of its own: // to the end, or /** up to a */ that ends its line. The types in
# them are for those who read and check the code; they would be a sixth of what a browser loads.
COMMENT = re.compile(r"^ *(?://.*|/\*\*(?:[^*]|\*(?!/))*\*/)\n", re.MULTILINE)

ONE_YEAR = "public, max-age=31536000, immutable"  # addresses change with the content
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

# What a page without a stage imports. It is one with the stage's own, and remembers the same.
ADDRESS_MODULE = "input/address.js"
ADDRESS = f"""import {{ modules }} from "../stage.js";
export const {{ render }} = modules["{ADDRESS_MODULE}"];
"""

File = Path | Callable[[], bytes]  # read as it is, or made when it is first asked for


def plotly_files() -> dict[str, File]:
    """Return where the installed plotly package has plotly.min.js."""
    spec = find_spec("plotly")
    if spec is None or spec.origin is None:
        raise RuntimeError("plotly is not installed: run pip install -r requirements.txt")
    return {"plotly.min.js": Path(spec.origin).parent / "package_data" / "plotly.min.js"}


def head() -> str:
    """Return links for the head of the page to all that the browser will need, in that order."""
    base = base_path()
    modules = [f"{base}/{ASSETS_AT}/stage.js"]
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


def stage_files() -> dict[str, File]:
    """Return what a browser may have of the stage: its style, and the modules that Python names."""
    return {
        "stage.css": ASSETS / "stage.css",
        "stage.js": stage_module,
        ADDRESS_MODULE: lambda: ADDRESS.encode(),
    }


def stage_module() -> bytes:
    """Return the stage's modules as one, without the comments that have lines of their own."""
    sources = {
        path.relative_to(ASSETS).as_posix(): COMMENT.sub("", path.read_text("utf-8"))
        for path in ASSETS.rglob("*.js")
    }
    return bundled(sources, "stage.js", [ADDRESS_MODULE]).encode()


class PackedFiles:
    """Files, each compressed once and kept: 300 people open the page together.

    A request is looked up among the names; no path is made from what it says.

    Parameters
    ----------
    files : mapping of str to Path or callable
        Where each file is by the name that a browser asks for, or what makes its content.
    """

    def __init__(self, files: Mapping[str, File]) -> None:
        self.files = files
        self.packed: dict[str, bytes] = {}

    async def answer(self, request: Request) -> Response:
        """Answer with the file of this name, compressed if the browser can read that."""
        name = request.path_params["name"]
        if (file := self.files.get(name)) is None:
            return PlainTextResponse("not found", status_code=404)
        kind = guess_type(name)[0] or "application/octet-stream"
        headers = {"Cache-Control": ONE_YEAR, "Vary": "Accept-Encoding"}
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            if isinstance(file, Path):
                return FileResponse(file, media_type=kind, headers=headers)
            return Response(await to_thread(file), media_type=kind, headers=headers)
        if name not in self.packed:
            self.packed[name] = await to_thread(_compressed, file)
        headers["Content-Encoding"] = "gzip"
        return Response(self.packed[name], media_type=kind, headers=headers)


def _compressed(file: File) -> bytes:
    return gzip.compress(file.read_bytes() if isinstance(file, Path) else file(), 6)


class Page:
    """Adds safety headers to every answer, and links to Streamlit's page for a sooner start.

    Streamlit answers every address that it does not know with its page; those that are no page of
    the app are answered with 404 instead.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.base = base_path()
        self.head = HEAD_TAG + head().encode()
        # The page that opens first has the app's own address, and none of its name.
        names = {path.stem for path in PAGES_FOLDER.glob("*.py")} - {FIRST_PAGE}
        self.addresses = {f"{self.base}/{name}" for name in ("", *names)} | {self.base}
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
