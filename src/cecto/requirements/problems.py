"""What is wrong with a definition: where, what, and the nearest right thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in the definition's text; lines and columns count from 1."""

    line: int
    column: int


NOWHERE = Position(0, 0)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong: file, line, column, the id of the node it is in, what is wrong and what to do."""

    file: str
    line: int
    column: int
    node: str
    message: str
    suggestion: str = ""

    def __str__(self) -> str:
        inside = f" [{self.node}]" if self.node else ""
        advice = f" {self.suggestion}" if self.suggestion else ""
        return f"{self.file}:{self.line}:{self.column}:{inside} {self.message}{advice}"


class DefinitionErrors(Exception):
    """A definition that cannot be read; `problems` lists everything wrong with it, in reading order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


class Report:
    """Collects the problems of one text while it is read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.inside: list[str] = []
        # The minutes of one of the program's own units, by the words for it in small letters.
        self.units: dict[str, int] = {}

    def say(self, at: Position, message: str, suggestion: str = "", *, node: str | None = None) -> None:
        """Add a problem, in the node being read unless one is named."""
        where = node if node is not None else (self.inside[-1] if self.inside else "")
        self.problems.append(Problem(self.file, at.line, at.column, where, message, suggestion))


def nearest(word: str, known: Iterable[str]) -> str:
    """'Did you mean …?' for the known word closest to this one, or the whole list when none is close."""
    words = sorted(known)
    close = get_close_matches(word.lower(), words, n=1, cutoff=0.5)
    if close:
        return f"Did you mean `{close[0]}`?"
    return "Known here: " + ", ".join(words) + "." if words else ""
