#!/bin/sh
# Install nginx for the tests of deploy/, where it is missing. It is not to serve this machine.
set -eu

if command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ]; then
    exit 0
fi
if ! sh "$(dirname "$0")/apt-install.sh" nginx; then
    echo "The tests of deploy/ that need it are left out." >&2
    exit 0
fi
if [ -d /run/systemd/system ]; then
    if [ "$(id -u)" -eq 0 ]; then
        root=
    else
        root='sudo -n'
    fi
    $root systemctl disable --quiet --now nginx
fi
