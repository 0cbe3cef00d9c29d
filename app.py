"""The ASGI app: Streamlit on linreg/ui/shell.py, the stage's files, a health check and headers.

`streamlit run app.py` serves it from any directory.
"""

import gzip
from asyncio import to_thread
from collections.abc import Awaitable, Callable, MutableMapping
from importlib.util import find_spec
from mimetypes import guess_type
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from linreg.ui.stage import ASSETS, ASSETS_AT, PLOTLY_AT

HERE = Path(__file__).parent

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

# The browser fetches these while Streamlit is still starting, not after; the first one is
# Streamlit's own code for components, which it would ask for only once the page is known.
COMPONENTS = sorted((Path(st.__file__).parent / "static/static/js").glob("BidiComponent*.js"))
PRELOAD = ", ".join(
    [
        *(f"</static/js/{path.name}>; rel=modulepreload" for path in COMPONENTS),
        f"</{PLOTLY_AT}/plotly.min.js>; rel=preload; as=script",
        f"</{ASSETS_AT}/stage.css>; rel=preload; as=style",
        *(f"</{ASSETS_AT}/{path.name}>; rel=modulepreload" for path in sorted(ASSETS.glob("*.js"))),
    ]
)


class Headers:
    """Add cache and safety headers to every HTTP response."""

    def __init__(self, app: Callable[[Message, Receive, Send], Awaitable[None]]) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the headers of its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "same-origin")
                if scope["path"].startswith((f"/{ASSETS_AT}/", f"/{PLOTLY_AT}/")):
                    headers["Cache-Control"] = "public, max-age=31536000, immutable"
                elif headers.get("Content-Type", "").startswith("text/html"):
                    headers["Link"] = PRELOAD
            await send(message)

        await self.app(scope, receive, complete)


class PackedFiles:
    """The files of a folder, each compressed once and kept: 300 people open the page together."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.packed: dict[str, bytes] = {}

    async def __call__(self, request: Request) -> Response:
        """Answer with the file of this name, compressed if the browser can read that."""
        name = request.path_params["name"]
        path = self.folder / name
        if path.parent != self.folder or not path.is_file():
            return PlainTextResponse("not found", status_code=404)
        kind = guess_type(name)[0] or "application/octet-stream"
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            return FileResponse(path, media_type=kind)
        if name not in self.packed:
            self.packed[name] = await to_thread(gzip.compress, path.read_bytes(), 6)
        headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return Response(self.packed[name], media_type=kind, headers=headers)


def plotly_files() -> Path:
    """Return the folder of the installed plotly package that holds plotly.min.js."""
    spec = find_spec("plotly")
    if spec is None or spec.origin is None:
        raise RuntimeError("plotly is not installed: run pip install -r requirements.txt")
    return Path(spec.origin).parent / "package_data"


async def healthy(_: Request) -> PlainTextResponse:
    """Answer a load balancer."""
    return PlainTextResponse("ok")


app = st.App(
    HERE / "linreg" / "ui" / "shell.py",
    routes=[
        Route(f"/{PLOTLY_AT}/{{name}}", PackedFiles(plotly_files()).__call__),
        Route(f"/{ASSETS_AT}/{{name}}", PackedFiles(ASSETS).__call__),
        Route("/healthz", healthy),
    ],
    middleware=[Middleware(Headers)],
)
