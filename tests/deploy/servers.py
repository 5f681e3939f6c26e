"""Real servers on loopback: replicas of the dashboard, and nginx before them."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.deploy.image import ROOT
from tests.deploy.image import command as container_command

CONFIGURATION = ROOT / "deploy" / "nginx"
PATIENCE = 60
"""Seconds that a server may take; it is long, because a busy machine is no failure."""

UNLIMITED = """
limit_req_zone $binary_remote_addr zone=questions:1m rate=10000r/s;
limit_conn_zone $binary_remote_addr zone=pages:1m;
"""


def free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_until(true: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    give_up = time.monotonic() + patience
    while not true():
        assert time.monotonic() < give_up, f"{what}: not within {patience:g} seconds"
        time.sleep(0.05)


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


class Server:
    """A process that a test may end, and start again."""

    def __init__(
        self,
        command: Sequence[str],
        port: int,
        log: Path,
        folder: Path = ROOT,
        **environment: str,
    ) -> None:
        self.command = command
        self._folder = folder
        self.url = f"http://127.0.0.1:{port}"
        self.place = f"127.0.0.1:{port}"
        self.log = log
        self._environment = os.environ | environment
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    def start(self) -> None:
        if self._process is None:
            with self.log.open("ab") as output:
                self._process = subprocess.Popen(
                    self.command,
                    cwd=self._folder,
                    env=self._environment,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                )

    def wait_until_ready(self, patience: float = PATIENCE) -> None:
        def ready() -> bool:
            assert self._process
            assert self._process.poll() is None, self.log.read_text(errors="replace")
            return answers(f"{self.url}/readyz")

        wait_until(ready, f"{self.command} starts", patience)

    def kill(self) -> None:
        """End it as a power cut does."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def drain(self) -> None:
        """Ask it to end, and wait until it has ended what it had begun."""
        assert self._process
        self._process.terminate()
        self._process.wait(PATIENCE)
        self._process = None


def replica(image: Path, database: Path, log: Path, **environment: str) -> Server:
    """What the image runs, of its files alone, on loopback."""
    port = free_port()
    here = ["--server.address", "127.0.0.1", "--server.port", str(port)]
    command = [sys.executable, *container_command()[1:], *here]
    return Server(command, port, log, image, PARTNERSHIPS_DATABASE=str(database), **environment)


class Nginx(Server):
    """nginx with the project's configuration, and of a site its own port, replicas and limits."""

    def __init__(
        self,
        program: str,
        folder: Path,
        replicas: Sequence[str],
        limits: str = UNLIMITED,
        more: str = "",
    ) -> None:
        port = free_port()
        shutil.copytree(CONFIGURATION, folder / "configuration")
        self.site = folder / "configuration" / "site"
        (self.site / "listen.conf").write_text(f"listen 127.0.0.1:{port};{more}")
        (self.site / "limits.conf").write_text(limits)
        self.lead_to(replicas)
        user = "user root; " if os.getuid() == 0 else ""
        command = [program, "-p", str(folder), "-c", str(folder / "configuration" / "nginx.conf")]
        super().__init__([*command, "-g", f"{user}daemon off;"], port, folder / "log")

    def lead_to(self, replicas: Sequence[str]) -> None:
        lines = [f"server {each} max_fails=2 fail_timeout=5s;\n" for each in replicas]
        (self.site / "replicas.conf").write_text("".join(lines))

    def reload(self) -> None:
        """Have it read its configuration anew; what it has kept it keeps."""
        os.kill(self.pid, signal.SIGHUP)

    def requests(self) -> list[dict[str, Any]]:
        """What it has written down of each request."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]
