#!/bin/sh
# Install Chromium for the tests in a browser, where it is missing.
set -eu

if command -v chromium >/dev/null 2>&1; then
    exit 0
fi
if ! sh "$(dirname "$0")/apt-install.sh" chromium; then
    echo "The tests that need no browser run without it: .venv/bin/python -m pytest -m 'not browser'" >&2
    exit 1
fi
