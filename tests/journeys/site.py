"""The demo, served as a user serves it: `cecto demo`, then `cecto serve`, in a home of its own."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SECONDS_TO_START = 180
LINK = re.compile(r"https?://[^/\s]+(/demo/sign-in/\S+)")


@dataclass
class Server:
    """`cecto serve` on a home, at a port of loopback; it can be killed and started again."""

    home: Path
    port: int
    log: Path
    more: dict[str, str]

    def start(self) -> None:
        """Serve, and return once a page is answered."""
        command = [sys.executable, "-m", "cecto", "serve"]
        surroundings = environment(self.home, self.port) | self.more
        with self.log.open("a") as log:
            self.process = subprocess.Popen(command, env=surroundings, stdout=log, stderr=log, start_new_session=True)
        _wait(f"http://localhost:{self.port}", self.process, self.log)

    def kill(self) -> None:
        """End all its processes without warning (SIGKILL)."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(SECONDS_TO_START)

    def stop(self) -> None:
        """End it as an operator would."""
        self.process.terminate()
        self.process.wait(SECONDS_TO_START)


@dataclass(frozen=True)
class Site:
    """A running demo: its server, its address, and what `cecto demo` printed."""

    server: Server
    url: str
    printed: str

    @property
    def home(self) -> Path:
        """Its home folder."""
        return self.server.home

    @property
    def log(self) -> Path:
        """Where the server writes."""
        return self.server.log

    def errors(self) -> list[str]:
        """What the server reported as an error of its own so far: tracebacks, each with what it is about."""
        return [
            part.strip()
            for part in re.split(r"(?m)^(?=\S.* (?:ERROR|WARNING) )", self.log.read_text())
            if "Traceback" in part
        ]

    def cecto(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a `cecto` command on this site's home."""
        return run(self.home, *arguments, port=int(self.url.rpartition(":")[2]))

    def link(self, role: str) -> str:
        """The sign-in link on the first line of what `cecto demo` printed that begins with `role`."""
        lines = (line for line in self.printed.splitlines() if line.strip().startswith(role))
        found = next((match for line in lines if (match := LINK.search(line))), None)
        assert found, f"cecto demo printed no sign-in link for {role!r}:\n{self.printed}"
        return self.url + found.group(1)


@contextmanager
def served(folder: Path, shared: Path, stage: str, *, now: str = "") -> Iterator[Site]:
    """Serve a fresh copy of the demo at `stage` from `folder`. The demo is built once, in `shared`.

    Its clock shows the time of the stage, or `now` (ISO 8601).
    """
    template = demo(shared, stage)
    home = folder / "home"
    shutil.copytree(template, home)
    with _serving(home, folder / "served.log", {"CECTO_NOW": now} if now else {}) as site:
        yield site


@contextmanager
def later(site: Site, now: str) -> Iterator[Site]:
    """Serve the same home as `site` at another address, with the demo's clock at `now` (ISO 8601)."""
    with _serving(site.home, site.log.with_name("later.log"), {"CECTO_NOW": now}) as running:
        yield running
        assert running.errors() == []


@contextmanager
def _serving(home: Path, log: Path, more: dict[str, str]) -> Iterator[Site]:
    server = Server(home, free_port(), log, more)
    server.start()
    try:
        yield Site(server, f"http://localhost:{server.port}", (home / "printed.txt").read_text())
    finally:
        server.stop()


def demo(shared: Path, stage: str) -> Path:
    """The home of a demo at `stage`, built by the first of the test processes that asks for it."""
    home = shared / f"demo-{stage}"
    with (shared / f"demo-{stage}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "printed.txt").exists():
            done = run(home, "demo", "--stage", stage)
            assert done.returncode == 0, f"cecto demo --stage {stage} failed:\n{done.stdout}{done.stderr}"
            (home / "printed.txt").write_text(done.stdout)
    return home


def run(home: Path, *arguments: str, port: int = 8000) -> subprocess.CompletedProcess[str]:
    """Run a `cecto` command as an operator would, on SQLite in `home`."""
    command = [sys.executable, "-m", "cecto", *arguments]
    return subprocess.run(command, env=environment(home, port), capture_output=True, text=True, check=False)


def environment(home: Path, port: int) -> dict[str, str]:
    """What an operator's shell would hold: wide enough that no line is folded."""
    ours = {"CECTO_HOME": str(home), "PORT": str(port), "COLUMNS": "400", "DATABASE_URL": ""}
    return {**os.environ, **ours}


def free_port() -> int:
    """A port on loopback that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError as answer:
            answer.close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"cecto serve did not answer at {url}:\n{log.read_text()}")
