#!/bin/sh
# Makes sure the browser tests find a Chromium: one on PATH, else Debian's package when root, else Playwright's own download.
set -eu
for name in chromium-headless-shell chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    # Without windows it opens a page with a tenth less work.
    apt-get install -y -qq chromium-headless-shell && exit 0
    apt-get install -y -qq chromium && exit 0
fi
"$(dirname "$0")/../.venv/bin/python" -m playwright install chromium
