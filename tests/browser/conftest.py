"""A server, a Chromium, and pages that fail their test on any error or foreign request."""

import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Error, sync_playwright

from tests.browser.stage import Stage

ROOT = Path(__file__).parents[2]
SWITCHES = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-gpu",  # no graphics card: five times the frames of painting the page by SwiftShader
    # Pages of one context share a process, and with it the compiled scripts: half the time to open.
    "--process-per-site",
)
TIMEOUT_MS = 20_000  # milliseconds


class Server:
    """A running app: its address and its log."""

    def __init__(self, url, log):
        self.url = url
        self.log = log

    def tracebacks(self):
        """Return the part of the log from the first traceback on."""
        return self.log.read_text().partition("Traceback (most recent call last)")[2]


@contextmanager
def running_server(folder, path=""):
    """Run the app from `folder`, which is not its own, as any will do; below a path if given."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")]
    options = ["--server.port", str(port), "--server.headless", "true"]
    below = ["--server.baseUrlPath", path] if path else []
    server = Server(f"http://localhost:{port}/{path}".rstrip("/"), folder / "server.log")
    with (
        server.log.open("w") as log,
        subprocess.Popen(
            [*command, *options, *below], cwd=folder, stdout=log, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            wait_until_healthy(server, process)
            yield server
        finally:
            process.terminate()


def wait_until_healthy(server, process):
    """Wait for /healthz."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{server.url}/healthz", timeout=5) as answer:
                assert answer.read() == b"ok"
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(f"The server did not start:\n{server.log.read_text()}")


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    with running_server(tmp_path_factory.mktemp("elsewhere")) as server:
        yield server
    assert not server.tracebacks()


@pytest.fixture(scope="session")
def server_below_a_path(tmp_path_factory):
    with running_server(tmp_path_factory.mktemp("below"), path="some/where") as server:
        yield server
    assert not server.tracebacks()


@pytest.fixture(scope="session")
def browser():
    # The one without windows first: a tenth less work.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=list(SWITCHES))
        except Error as error:
            pytest.fail(
                f"The browser tests need a Chromium (none of {', '.join(names)} is on PATH, and "
                f"Playwright has none): run “sh scripts/chromium.sh”.\n{error}"
            )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(browser):
    """Return a browser context per server and kind of pointer: kept, with its compiled scripts."""
    contexts = {}

    def context(server, touch):
        key = (server.url, touch)
        if key not in contexts:
            contexts[key] = browser.new_context(has_touch=touch, is_mobile=touch)
            contexts[key].set_default_timeout(TIMEOUT_MS)
            contexts[key].new_page().goto(f"{server.url}/healthz")  # keeps the process alive
        return contexts[key]

    yield context
    for opened in contexts.values():
        opened.close()


@pytest.fixture
def open_page(request, context):
    """Open the stage on a page of its own: open_page("?data=plane", width=390) -> Stage."""
    stages = []

    def open_page(
        address="",
        *,
        width=1440,
        height=900,
        scheme="light",
        touch=False,
        reduced_motion="no-preference",
        server=None,
    ):
        server = server or request.getfixturevalue("server")
        stage = Stage(context(server, touch).new_page())
        stages.append((stage, server))
        stage.page.set_viewport_size({"width": width, "height": height})
        stage.page.emulate_media(color_scheme=scheme, reduced_motion=reduced_motion)
        watch(stage, server.url)
        stage.page.goto(f"{server.url}/{address}")
        return stage.ready()

    yield open_page
    problems = [problem for stage, _ in stages for problem in stage.problems]
    problems += [trace for _, server in stages if (trace := server.tracebacks())]
    for stage, _ in stages:
        with suppress(Error):  # a page that was closed
            stage.page.evaluate("localStorage.clear()")  # whether the sidebar is open, for instance
        stage.page.close()
    assert not problems


def watch(stage, home):
    """Write down what goes wrong in the page, and every request that leaves the server's host."""
    page, problems, host = stage.page, stage.problems, urlsplit(home).netloc

    def outgoing(url):
        if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).netloc != host:
            problems.append(f"left the host: {url}")

    def failed(request):
        if request.failure != "net::ERR_ABORTED" or stage.reloads == 0:
            problems.append(f"failed: {request.url} {request.failure}")

    def complained(message):
        # On a page's own address Streamlit first asks for its server below that address.
        below = re.search(r"/\w+/_stcore/(health|host-config)$", message.location["url"])
        if message.type == "error" and not below:
            problems.append(message.text)

    def talk(socket):
        outgoing(socket.url)
        socket.on("framesent", lambda _: stage.sent.append(time.monotonic()))

    page.on("request", lambda request: outgoing(request.url))
    page.on("requestfailed", failed)
    page.on("pageerror", lambda error: problems.append(f"page error: {error}"))
    page.on("console", complained)
    page.on("websocket", talk)
