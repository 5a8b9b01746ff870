"""Patterns of file names in a command, where no shell has put the files in their place: on Windows, or in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from glob import escape, glob

PATTERN = re.compile(r"[*?\[]")


def expanded(words: Iterable[str]) -> list[str]:
    """Return the words with each pattern replaced by the files it names, in order; one that names none stays."""
    return [found for word in words for found in (_files(word) if PATTERN.search(word) else [word])]


def _files(word: str) -> list[str]:
    # Path.glob wants to know beforehand where a pattern begins.
    return glob(escape(word)) or sorted(glob(word)) or [word]  # noqa: PTH207
