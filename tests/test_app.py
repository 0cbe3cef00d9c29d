"""The server itself: its routes, its headers, its very first visitor."""

import json
import re
import socket
import subprocess
import sys
import time
import tomllib
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from linreg.ui.server.static_files import ADDRESS, stage_module
from linreg.ui.stage.component import ASSETS, ASSETS_AT, PLOTLY_AT

pytestmark = pytest.mark.slow

APP = Path(__file__).parents[1] / "app.py"
FOR_EVER = "public, max-age=31536000, immutable"


def listening(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def serving(folder, *more):
    """Run the app from another folder; yields host:port before any request has been made."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        f"--server.port={port}",
        "--server.headless=true",
        "--browser.gatherUsageStats=false",
        *more,
    ]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(APP), *options],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not listening(port):
            assert server.poll() is None, "the server ended"
            time.sleep(0.1)
        yield f"127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("elsewhere")) as server:
        yield server


def get(host, path):
    """Return status, headers and body."""
    with urlopen(Request(f"http://{host}{path}"), timeout=20) as answer:
        return answer.status, answer.headers, answer.read()


def status(host, path):
    """Return the status of the answer to this path, sent as it is written."""
    connection = HTTPConnection(host, timeout=20)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status


def visit(host, query):
    """Open a tab as a browser does; return what the stage receives until the run ends."""
    payloads = []
    ask = BackMsg()
    ask.rerun_script.query_string = query
    with connect(f"ws://{host}/_stcore/stream", subprotocols=["streamlit"], max_size=None) as tab:
        tab.send(ask.SerializeToString())
        while True:
            message = ForwardMsg.FromString(tab.recv(timeout=30))
            element = message.delta.new_element
            assert not element.HasField("exception")
            if element.HasField("bidi_component"):
                payloads.append(json.loads(element.bidi_component.json))
            if message.WhichOneof("type") == "script_finished":
                return payloads


def test_health(host):
    status, headers, body = get(host, "/healthz")
    assert (status, body) == (200, b"ok")
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", [f"/{PLOTLY_AT}/plotly.min.js", f"/{ASSETS_AT}/stage.js"])
def test_scripts_are_kept_for_ever(host, path):
    status, headers, body = get(host, path)
    assert status == 200
    assert headers["Cache-Control"] == FOR_EVER
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "javascript" in headers["Content-Type"]
    assert len(body) > 1000


def test_the_stage_is_served_as_one_style_and_a_script_for_each_kind_of_page(host):
    assert get(host, f"/{ASSETS_AT}/stage.css")[2] == (ASSETS / "stage.css").read_bytes()
    assert get(host, f"/{ASSETS_AT}/stage.js")[2] == stage_module()
    assert get(host, f"/{ASSETS_AT}/input/address.js")[2] == ADDRESS.encode()
    assert status(host, f"/{ASSETS_AT}/math/run.js") == 404


def test_types_are_neither_served_nor_preloaded(host):
    page = get(host, "/")[2].decode()
    types = [path.relative_to(ASSETS).as_posix() for path in ASSETS.rglob("*.d.ts")]
    assert "payload.d.ts" in types
    for name in types:
        assert name not in page
        assert status(host, f"/{ASSETS_AT}/{name}") == 404


# A browser would shorten these itself. Streamlit refuses some of them before they get here.
OUTSIDE = ["../component.py", "math/../../component.py", "..%2fcomponent.py", "%2e%2e/layout.py"]


@pytest.mark.parametrize("name", [*OUTSIDE, "", "controls", "//etc/passwd", "stage.js%00", ".."])
def test_nothing_else_is_served(host, name):
    assert status(host, f"/{ASSETS_AT}/{name}") in (400, 404)


@pytest.mark.parametrize("path", ["/", "/?data=tips&rate=0.1"])
def test_the_page_names_what_it_needs(host, path):
    _, headers, body = get(host, path)
    assert b"<!doctype html>" in body.lower()
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert f'<link rel="preload" as="script" href="/{PLOTLY_AT}/plotly.min.js">'.encode() in body
    assert int(headers["Content-Length"]) == len(body)
    assert "immutable" not in headers.get("Cache-Control", "")


OTHERS = {path.stem for path in (APP.parent / "pages").glob("*.py")} - {"stage"}
PAGES = ["", *sorted(OTHERS)]  # the stage is at the app's own address
NOWHERE = [
    *("nope", "nope/model", "model/nope", "Model", "models", "stage/nope.js", "static/js/nope.js"),
    *("stage", "stage?data=tips", "index.html", "index.html?rate=0.1"),
    *("_stcore/nope", "healthz/nope", "robots.txt", ".env", "%3Cscript%3E", "model%20"),
]
ELSEWHERE = ["healthz", "_stcore/health", "favicon.png", f"{ASSETS_AT}/stage.js"]


def answers_of(host, base):
    """Ask for pages, addresses of no page, and what is none but is served."""
    assert len(PAGES) > 8
    for name in PAGES:
        answered, _, body = get(host, f"{base}/{name}")
        assert (answered, body.count(b"modulepreload") > 40) == (200, True)
        assert status(host, f"{base}/{name}?rate=0.1") == 200
    for name in ELSEWHERE:
        assert status(host, f"{base}/{name}") == 200
    for name in NOWHERE:
        for part in ({}, {"Range": "bytes=0-99"}):
            with pytest.raises(HTTPError) as refused:
                urlopen(Request(f"http://{host}{base}/{name}", headers=part), timeout=20)
            answer = refused.value
            body = answer.read().decode()
            assert answer.code == 404
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert int(answer.headers["Content-Length"]) == len(body)
            assert f'<a href="{base}/">Open the stage</a>' in body
            assert "script" not in body
    assert status(host, f"{base}/media/nope") == 404


def test_an_address_of_no_page_is_answered_with_404(host):
    answers_of(host, "")
    assert status(host, "/model/") == 301


def test_below_a_base_path_as_well(tmp_path):
    with serving(tmp_path, "--server.baseUrlPath=some/where") as host:
        answers_of(host, "/some/where")


def test_every_preloaded_address_answers(host):
    page = get(host, "/")[2].decode()
    addresses = re.findall(r'<link rel="(?:module)?preload"[^>]* href="(/[^"]+)"', page)
    assert len(addresses) > 3
    assert any("/static/js/BidiComponent." in address for address in addresses)
    for address in addresses:
        status, headers, _ = get(host, address)
        assert status == 200
        assert sorted(headers["Cache-Control"].split(", ")) == sorted(FOR_EVER.split(", "))


def test_the_stage_is_told_addresses_that_answer(host):
    (payload,) = visit(host, "")
    for address in (
        f"{payload['assets']}/stage.js",
        f"{payload['assets']}/stage.css",
        payload["plotly"],
    ):
        assert get(host, address)[0] == 200


def test_no_module_is_loaded_again_under_a_running_server():
    options = tomllib.loads((APP.parent / ".streamlit" / "config.toml").read_text())
    assert options["server"]["fileWatcherType"] == "none"


def test_tabs_do_not_share_their_experiment(host):
    (linked,) = visit(host, "n=70")
    (plain,) = visit(host, "")
    assert (linked["n"], plain["n"]) == (70, 50)


def test_a_deep_link_may_be_the_very_first_request(tmp_path):
    query = "data=tips&y=size&x=tip&x=total_bill&rate=1e-6&step=3"
    with serving(tmp_path) as host:
        (payload,) = visit(host, query)
        assert b"<!doctype html>" in get(host, f"/?{query}")[2].lower()
    assert (payload["target"], payload["features"]) == ("size", ["tip", "total_bill"])
    assert (payload["run"]["rate"], payload["view"]["step"]) == (1e-6, 3)
