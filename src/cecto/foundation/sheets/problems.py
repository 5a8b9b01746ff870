"""What is wrong with a file, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: file, row (as a spreadsheet counts, 0 for the file itself), column, and what to do."""

    file: str
    row: int
    column: str
    message: str
    fix: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.message} {self.fix}".rstrip()

    @property
    def where(self) -> str:
        """File, row and column in words."""
        parts = [self.file, f"row {self.row}" if self.row else "", f"column “{self.column}”" if self.column else ""]
        return ", ".join(filter(None, parts))


class SheetRefused(Exception):
    """A file that cannot be taken; `problems` lists everything wrong with it, in order of rows."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.row))
        super().__init__("\n".join(map(str, self.problems)))

    def first(self, most: int = 20) -> list[str]:
        """The first problems as sentences, and how many more there are."""
        more = len(self.problems) - most
        told = [str(problem) for problem in self.problems[:most]]
        return [*told, f"And {more} more in rows further down."] if more > 0 else told


class Problems:
    """Collects the problems of one file while it is read. `titles` are what the file calls its fields."""

    def __init__(self, file: str, titles: Mapping[str, str] | None = None) -> None:
        self.file = file
        self.titles = titles or {}
        self.found: list[Problem] = []

    def say(self, row: int, field: str, message: str, fix: str = "") -> None:
        """Add a problem."""
        self.found.append(Problem(self.file, row, self.titles.get(field, field), message, fix))

    def refuse(self) -> None:
        """Raises SheetRefused when there are any; what was said twice is told once."""
        if self.found:
            raise SheetRefused(list(dict.fromkeys(self.found)))
