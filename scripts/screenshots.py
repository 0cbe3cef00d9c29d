"""Screenshots for the README: start the app, open a few addresses, save what they show.

Usage: make screenshots
"""

import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
CHROMIUM = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
# Without a graphics card: paint in software.
FLAGS = ["--no-sandbox", "--disable-gpu"]

SHOTS = (
    ("stage.png", "/?step=4", 1440, 1000, "light"),
    ("diverging.png", "/?rate=0.004&step=30&steps=60", 1440, 1000, "dark"),
    ("phone.png", "/?data=tips&step=3", 390, 844, "light"),
)


def serve() -> tuple[subprocess.Popen[bytes], str]:
    """Start the app on a free port and wait until it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")]
    server = subprocess.Popen([*command, "--server.port", str(port)], cwd=ROOT)
    address = f"http://127.0.0.1:{port}"
    for _ in range(120):
        try:
            urlopen(f"{address}/healthz")
            return server, address
        except URLError:
            time.sleep(0.25)
    server.kill()
    raise RuntimeError("The app did not start within 30 seconds.")


def photograph(browser: Browser, url: str, path: Path, size: tuple[int, int], scheme: str) -> None:
    """Save a screenshot of a page in a window of this size."""
    width, height = size
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page.goto(url)
    page.wait_for_selector(".lr-stage[data-revision]")
    page.wait_for_timeout(2500)  # the pictures in space come last
    page.screenshot(path=path)
    page.close()


def main() -> None:
    """Make all pictures."""
    target = ROOT / "docs"
    target.mkdir(exist_ok=True)
    server, address = serve()
    try:
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for name, query, width, height, scheme in SHOTS:
                photograph(browser, address + query, target / name, (width, height), scheme)
    finally:
        server.terminate()


if __name__ == "__main__":
    main()
