"""The ASGI app: Streamlit on linreg/ui/shell.py, the stage's files, a health check and headers.

`streamlit run app.py` serves it from any directory.
"""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from linreg.handover import sweep
from linreg.ui.arrivals import Arrivals
from linreg.ui.serving import PackedFiles, Page, plotly_files
from linreg.ui.stage import ASSETS, ASSETS_AT, PLOTLY_AT, base_path
from linreg.ui.whole import keep_callbacks_whole

HERE = Path(__file__).parent

keep_callbacks_whole()
sweep()  # of a server that was killed while it read a file


async def healthy(_: Request) -> PlainTextResponse:
    """Answer a load balancer."""
    return PlainTextResponse("ok")


app = st.App(
    HERE / "linreg" / "ui" / "shell.py",
    routes=[
        # Streamlit puts its own routes below a base path, and leaves these where they are.
        Route(f"{base_path()}/{PLOTLY_AT}/{{name}}", PackedFiles(plotly_files()).__call__),
        Route(f"{base_path()}/{ASSETS_AT}/{{name}}", PackedFiles(ASSETS).__call__),
        Route(f"{base_path()}/healthz", healthy),
    ],
    middleware=[Middleware(Page), Middleware(Arrivals)],
)
