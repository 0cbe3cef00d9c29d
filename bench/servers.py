"""Servers of the app, and of the trivial pages it is measured against, on free local ports."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
START_SECONDS = 60.0  # within which a server must answer

SLIDER = """
import streamlit as st

rate = st.slider("Rate", 0.0, 1.0, 0.5, 0.005)
st.text(f"The rate is {rate!r}")
"""
CHART = """
import plotly.graph_objects as go
import streamlit as st

st.plotly_chart(go.Figure())
"""


@dataclass(frozen=True)
class Server:
    """A running Streamlit server.

    Attributes
    ----------
    port : int
    pid : int
    """

    port: int
    pid: int

    @property
    def page(self) -> str:
        """The address of its page."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def socket(self) -> str:
        """The address of its websocket."""
        return f"ws://127.0.0.1:{self.port}/_stcore/stream"


@contextmanager
def app() -> Iterator[Server]:
    """Run the app of this checkout."""
    with _streamlit("app.py", ROOT) as server:
        yield server


@contextmanager
def trivial(script: str) -> Iterator[Server]:
    """Run a page of a few lines under the app's own Streamlit configuration."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
        (folder / "page.py").write_text(script, encoding="utf-8")
        with _streamlit("page.py", folder) as server:
            yield server


@contextmanager
def _streamlit(script: str, folder: Path) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = {
        "server.port": port,
        "server.address": "127.0.0.1",
        # An edit during a measurement would run every session again.
        "server.fileWatcherType": "none",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    command = [sys.executable, "-m", "streamlit", "run", *flags, script]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            if not _answers(process, port):
                log.seek(0)
                raise RuntimeError(f"{script} did not start: {log.read()[-2000:]}")
            yield Server(port, process.pid)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5):
                return True
        except OSError:
            time.sleep(0.1)
    return False
