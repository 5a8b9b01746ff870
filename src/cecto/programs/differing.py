"""What changes from one version of a definition to another: in plain English, and in the text as written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from cecto.programs.markdown import as_words, rules_of
from cecto.programs.models import Definition
from cecto.programs.queries import explained


@dataclass(frozen=True, slots=True)
class Line:
    """One line: added, removed, or kept (shown for its surroundings); `gap` stands for lines that are left out."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """The lines that changed, each with a few around it."""

    lines: tuple[Line, ...]

    @property
    def changed(self) -> bool:
        """Whether anything is different."""
        return any(line.kind in {"added", "removed"} for line in self.lines)


def in_english(old: Definition, new: Definition) -> Difference:
    """What changes for people."""
    return between(explained(old), explained(new))


def between(old: str, new: str) -> Difference:
    """The rules that change from one explanation in plain English to another."""
    return difference(as_words(rules_of(old)), as_words(rules_of(new)))


def in_text(old: Definition, new: Definition) -> Difference:
    """What changes in the YAML."""
    return difference(old.text, new.text)


def difference(old: str, new: str, *, around: int = 2) -> Difference:
    """The lines of `new` against those of `old`, with so many lines around each change."""
    return Difference(tuple(_lines(old.splitlines(), new.splitlines(), around)))


def _lines(old: list[str], new: list[str], around: int) -> Iterator[Line]:
    groups = list(SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(around))
    for number, group in enumerate(groups):
        if number:
            yield Line("gap", "…")
        for word, a, b, c, d in group:
            if word == "equal":
                yield from (Line("kept", text) for text in old[a:b])
                continue
            yield from (Line("removed", text) for text in old[a:b])
            yield from (Line("added", text) for text in new[c:d])
