#!/bin/sh
# Install packages of Debian or Ubuntu, or say that they are missing: apt-install.sh PACKAGE...
set -eu

if ! command -v apt-get >/dev/null 2>&1; then
    echo "Missing, by its name in Debian: $*. Install it with this system's package manager." >&2
    exit 1
fi
if [ "$(id -u)" -eq 0 ]; then
    root=
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    root='sudo -n'
else
    echo "Missing: $*. Install it: sudo apt-get install $*" >&2
    exit 1
fi
echo "Installing with apt-get: $*"
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # "sudo -n" is two words, and nothing is none
{
    $root apt-get update -qq
    $root apt-get install -y -qq --no-install-recommends "$@"
} </dev/null >/dev/null
