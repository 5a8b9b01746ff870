"""Patterns of file names in a command, where no shell has put the files in their place: on Windows, or in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from glob import glob
from pathlib import Path

PATTERN = re.compile(r"[*?\[]")


def expanded(words: Iterable[str]) -> list[str]:
    """Return the words with each pattern replaced by the files it names, in order; one that names none stays."""
    return [found for word in words for found in (_files(word) if PATTERN.search(word) else [word])]


def _files(word: str) -> list[str]:
    """The files a pattern names; a folder that is really called `back [ups]` is meant before any pattern."""
    found = [Path(Path(word).anchor)]
    for part in Path(word).relative_to(found[0]).parts:
        found = [base / name for base in found for name in _names(base, part)]
    return [str(path) for path in found] or [word]


def _names(base: Path, part: str) -> list[str]:
    if not PATTERN.search(part) or _is_there(base / part):
        return [part]
    # Path.glob would find hidden files too; a shell leaves them out.
    return sorted(glob(part, root_dir=base))  # noqa: PTH207


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # longer than a name can be
        return False
