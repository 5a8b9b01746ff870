"""An audit laid out to be read: each requirement with what counts for it, what does not and why, what is next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cecto.audits.bound import Bound, bound
from cecto.audits.models import ExceptionGrant
from cecto.audits.queries import EnrollmentAudit
from cecto.foundation.ui.words import hours
from cecto.requirements.facts import Entry
from cecto.requirements.results import Closer, Result

KINDS = {
    "attended": "Attended",
    "accepted": "Work accepted",
    "makeup": "Make-up",
    "recognized": "Recognized study",
    "verdict": "Panel’s verdict",
    "held": "Credential held",
    "attested": "Attested",
    "scored": "Scored",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry, or a part of one: what it was, when, how much of it, and why it does not count (empty if it does)."""

    entry: str
    title: str
    kind: str
    on: date | None
    amount: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One requirement as it is shown, with those inside it."""

    result: Result
    used: tuple[Line, ...]
    unused: tuple[Line, ...]
    next: tuple[Closer, ...]
    exceptions: tuple[Bound, ...]
    may_be_excepted: bool
    sections: tuple[Section, ...]

    @property
    def measured_in_minutes(self) -> bool:
        """Whether a progress bar can show it."""
        return self.result.unit == "minutes" and self.result.target > 0

    @property
    def coming(self) -> int:
        """What the schedule still offers of what remains."""
        return min(self.result.possible, self.result.remaining)

    def walk(self) -> Iterator[Section]:
        """This section and every one inside it, outer ones first."""
        yield self
        for section in self.sections:
            yield from section.walk()

    def find(self, node: str) -> Section:
        """The section of the requirement with that id; KeyError if there is none."""
        for section in self.walk():
            if section.result.id == node:
                return section
        raise KeyError(node)

    @property
    def has_entries(self) -> bool:
        """Whether there is a record to unfold."""
        return bool(self.used or self.unused)


def letter(seen: EnrollmentAudit, grants: Sequence[ExceptionGrant], *, exceptable: frozenset[str]) -> Section:
    """The whole audit as nested sections. `exceptable` are the node ids on which an office may grant an exception."""
    entries = {entry.id: entry for entry in seen.facts.entries}
    return _section(seen.audit.root, entries, grants, exceptable)


def hero(root: Result) -> Result | None:
    """The one figure to show large: the requirement in hours with the highest target."""
    measured = [result for result in root.walk() if result.unit == "minutes" and result.target]
    return max(measured, key=lambda result: result.target, default=None)


def _section(
    result: Result, entries: Mapping[str, Entry], grants: Sequence[ExceptionGrant], exceptable: frozenset[str]
) -> Section:
    return Section(
        result=result,
        used=tuple(_line(use.entry, use.amount, result.unit, entries) for use in result.used),
        unused=tuple(_line(one.entry, one.amount, result.unit, entries, one.because) for one in result.unused),
        next=result.closers[:5],
        exceptions=bound(grants, result.exceptions),
        may_be_excepted=result.id in exceptable,
        sections=tuple(_section(child, entries, grants, exceptable) for child in result.children),
    )


def _line(entry: str, amount: int, unit: str, entries: Mapping[str, Entry], because: str = "") -> Line:
    found = entries.get(entry)
    said = hours(amount) if unit == "minutes" else ""
    if found is None:
        return Line(entry, "A session still to come", "", None, said, because)
    return Line(entry, found.activity.title, KINDS[found.kind], found.occurred_on, said, because)
