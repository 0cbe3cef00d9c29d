#!/bin/sh
# venv.sh PYTHON DIR: a virtual environment in DIR. Debian keeps venv in a package of its own; root can fetch it.
set -eu
python=$1
dir=$2
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "linreg needs Python 3.11 or newer; $python is $("$python" --version 2>&1). Try: make PYTHON=python3.12" >&2
    exit 1
fi
"$python" -m venv "$dir" 2>/dev/null && exit 0
rm -rf "$dir"
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    apt-get install -y -qq python3-venv
fi
"$python" -m venv "$dir"
