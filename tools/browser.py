"""The Chromium that journeys walk with: the machine's own, else the one in npm's @sparticuz/chromium, without root."""

from __future__ import annotations

import os
import platform
import shutil
import tarfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import brotli

from tools.node import install

ROOT = Path(__file__).resolve().parent.parent
JOURNEYS = ROOT / "tests" / "journeys"
INSTALLED = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
]

FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""


class NoBrowser(Exception):
    """No Chromium can be had here; the message says what to install."""


@dataclass(frozen=True)
class Browser:
    """A Chromium to start: its program, its arguments, and what its environment needs besides ours."""

    program: Path
    arguments: list[str] = field(default_factory=lambda: list(QUIET))
    environment: dict[str, str] = field(default_factory=dict)


def browser() -> Browser:
    """The Chromium to use: `CHROMIUM` when it names one ("npm" asks for npm's), else the machine's, else npm's.

    Raises NoBrowser.
    """
    asked = os.environ.get("CHROMIUM", "")
    if asked and asked != "npm":
        return Browser(Path(asked))
    found = next((path for name in INSTALLED if (path := shutil.which(name))), None)
    return _from_npm() if asked or not found else Browser(Path(found))


def axe() -> str:
    """The source of axe-core, to run in a page."""
    return (_modules() / "axe-core" / "axe.min.js").read_text()


def _modules(*, chromium: bool = False) -> Path:
    if chromium or (JOURNEYS / "node_modules" / "@sparticuz").exists():
        return install(JOURNEYS)
    return install(JOURNEYS, "--omit=optional")


def _from_npm() -> Browser:
    if platform.system() != "Linux" or platform.machine() != "x86_64":
        raise NoBrowser("the journeys need Chromium or Google Chrome: install one, or set CHROMIUM=/path/to/it.")
    package = _modules(chromium=True) / "@sparticuz" / "chromium"
    folder = ROOT / ".tools" / "chromium"
    if not folder.exists():
        _unpack(package / "bin", folder)
    libraries = os.pathsep.join([str(folder / "lib"), os.environ.get("LD_LIBRARY_PATH", "")]).rstrip(os.pathsep)
    return Browser(
        folder / "chromium",
        [*QUIET, "--no-zygote"],
        {"LD_LIBRARY_PATH": libraries, "FONTCONFIG_FILE": str(folder / "our-fonts.conf")},
    )


def _unpack(packed: Path, folder: Path) -> None:
    partial = folder.with_name(f"chromium.{os.getpid()}.part")  # two processes may be at it
    partial.mkdir(parents=True)
    program = partial / "chromium"
    program.write_bytes(_plain(packed / "chromium.br"))
    program.chmod(0o755)
    for name in ["al2023", "swiftshader", "fonts"]:
        with tarfile.open(fileobj=BytesIO(_plain(packed / f"{name}.tar.br"))) as archive:
            archive.extractall(partial, filter="data")
    (partial / "our-fonts.conf").write_text(FONTS.format(folder=folder))
    with suppress(OSError):  # the other one was first
        partial.rename(folder)
    shutil.rmtree(partial, ignore_errors=True)


def _plain(path: Path) -> bytes:
    decompress: Callable[[bytes], bytes] = brotli.decompress
    return decompress(path.read_bytes())
