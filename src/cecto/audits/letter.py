"""An audit laid out to be read: each requirement with what counts for it, what does not and why, what is next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from cecto.audits.bound import Bound, bound
from cecto.audits.models import ExceptionGrant
from cecto.audits.sources import Source
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
WHERE = {"f2f": "In the room", "sync": "Live online", "async": "Online, in own time", "": ""}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry, or a part of one: what it was, when, how much of it, and why it does not count (empty if it does).

    `carried`: it came over from the renewal cycle before.
    `href` leads to where it comes from; `session` is the title of the session that it is a part of; `where` says in
    which format it was attended.
    """

    entry: str
    title: str
    kind: str
    on: date | None
    amount: str
    because: str = ""
    href: str = ""
    session: str = ""
    where: str = ""
    carried: bool = False


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

    def around(self, node: str) -> frozenset[str]:
        """The ids of a requirement, of those it is inside of, and of those inside it: what to open to see it."""
        if self.result.id == node:
            return frozenset(section.result.id for section in self.walk())
        below = frozenset[str]().union(*(section.around(node) for section in self.sections))
        return below | {self.result.id} if below else below

    @property
    def has_entries(self) -> bool:
        """Whether there is a record to unfold."""
        return bool(self.used or self.unused)


def letter(
    root: Result,
    entries: Iterable[Entry],
    grants: Sequence[ExceptionGrant] = (),
    *,
    exceptable: frozenset[str] = frozenset(),
    sources: Mapping[str, Source] = MappingProxyType({}),
) -> Section:
    """A whole audit as nested sections. `exceptable` are the node ids on which an office may grant an exception.

    `sources` are those of the entries, by their ids: where each is looked up.
    """
    return _Writer({entry.id: entry for entry in entries}, grants, exceptable, sources).section(root)


def hero(root: Result) -> Result | None:
    """The one figure to show large: the requirement in hours with the highest target.

    Who is done by another way, like an exam in place of hours, is not shown the way not taken.
    """
    measured = [result for result in root.walk() if result.unit == "minutes" and result.target]
    if root.status.satisfied:
        measured = [result for result in measured if result.status.satisfied]
    return max(measured, key=lambda result: result.target, default=None)


@dataclass(frozen=True, slots=True)
class _Writer:
    """What every section of one letter is written from."""

    entries: Mapping[str, Entry]
    grants: Sequence[ExceptionGrant]
    exceptable: frozenset[str]
    sources: Mapping[str, Source]

    def section(self, result: Result) -> Section:
        """One requirement with those inside it."""
        return Section(
            result=result,
            used=(
                *(replace(self._line(use.entry, use.amount, result.unit), carried=True) for use in result.brought),
                *(self._line(use.entry, use.amount, result.unit) for use in result.used),
            ),
            unused=tuple(self._line(one.entry, one.amount, result.unit, one.because) for one in result.unused),
            next=result.closers[:5],
            exceptions=bound(self.grants, result.exceptions),
            may_be_excepted=result.id in self.exceptable,
            sections=tuple(self.section(child) for child in result.children),
        )

    def _line(self, entry: str, amount: int, unit: str, because: str = "") -> Line:
        found = self.entries.get(entry)
        said = hours(amount) if unit == "minutes" else ""
        if found is None:
            return Line(entry, "A session still to come", "", None, said, because)
        source = self.sources.get(entry, Source())
        title, kind = found.activity.title, KINDS[found.kind]
        where = WHERE[found.activity.modality].lower() if found.kind == "attended" else ""
        return Line(entry, title, kind, found.occurred_on, said, because, source.href, source.session, where)
