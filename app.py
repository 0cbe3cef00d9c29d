"""The ASGI app: Streamlit on linreg/ui/shell.py, the stage's files, a health check and headers.

`streamlit run app.py` serves it from any directory.
"""

from pathlib import Path

from linreg.ui.server.streamlit_version import warn_unless_pinned

HERE = Path(__file__).parent

warn_unless_pinned(HERE / "requirements.txt")  # another Streamlit may lack what is imported below

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from linreg.data.files.process.reader_process import sweep
from linreg.ui.server.static_files import PackedFiles, Page, plotly_files, stage_files
from linreg.ui.stage.component import ASSETS_AT, PLOTLY_AT, base_path
from linreg.ui.streamlit_internals import make_callbacks_atomic
from linreg.ui.upload.streaming_upload import StreamingUploads

make_callbacks_atomic()
sweep()  # what a server left that was killed while it read a file


async def healthy(_: Request) -> PlainTextResponse:
    """Answer a load balancer."""
    return PlainTextResponse("ok")


app = st.App(
    HERE / "linreg" / "ui" / "shell.py",
    routes=[
        # Streamlit puts its own routes below a base path, and leaves these where they are.
        Route(f"{base_path()}/{PLOTLY_AT}/{{name:path}}", PackedFiles(plotly_files()).answer),
        Route(f"{base_path()}/{ASSETS_AT}/{{name:path}}", PackedFiles(stage_files()).answer),
        Route(f"{base_path()}/healthz", healthy),
    ],
    middleware=[Middleware(Page), Middleware(StreamingUploads)],
)
