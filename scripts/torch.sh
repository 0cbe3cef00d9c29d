#!/bin/sh
# torch.sh [--find]: makes sure a test finds a Python with torch: one that is here, else Debian's package when root, else pip's in .venv.
# torch is no requirement of the app: it is large, and only the test of the shown PyTorch program runs it. Prints that Python.
set -eu
venv=$(dirname "$0")/../.venv/bin/python
find_torch() {
    for python in python3 "$venv" /usr/bin/python3; do
        if "$python" -c 'import torch' 2>/dev/null; then
            "$python" -c 'import sys; print(sys.executable)'
            return 0
        fi
    done
    return 1
}
find_torch && exit 0
if [ "${1:-}" = --find ]; then
    exit 1
fi
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends python3-torch >/dev/null && find_torch && exit 0
fi
"$venv" -m pip install --quiet --disable-pip-version-check torch
find_torch
