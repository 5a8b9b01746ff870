"""Every entry of a record with what became of it: the requirements it counts for, and why it does not for others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from cecto.audits.letter import KINDS, WHERE
from cecto.audits.queries import EnrollmentAudit
from cecto.audits.sources import Source
from cecto.audits.standing import renewals_of
from cecto.foundation.tables import Column, Kind, Link, Table, Value
from cecto.foundation.ui import words
from cecto.requirements.facts import Entry
from cecto.requirements.results import Audit, Reason, Result, Unused


@dataclass(frozen=True, slots=True)
class Reckoned:
    """One entry: what of it counts for which requirement, what does not and why, or why no requirement looks at it."""

    entry: Entry
    counted: tuple[tuple[Result, int], ...]
    refused: tuple[tuple[Result, Unused], ...]
    unasked: str = ""

    @property
    def counts(self) -> bool:
        """Whether it counts for anything, in whole or part."""
        return bool(self.counted)

    @property
    def counts_for(self) -> str:
        """The requirements it counts for and how much, in words."""
        amounts: dict[str, list[str]] = {}
        for result, amount in self.counted:
            amounts.setdefault(words.hours(amount) if result.unit == "minutes" else "", []).append(result.title)
        return "; ".join(_counts(amount, titles) for amount, titles in amounts.items())

    @property
    def because(self) -> str:
        """Why it does not count: each reason with the requirements it is for."""
        reasons: dict[str, list[str]] = {}
        for result, one in self.refused:
            reasons.setdefault(one.because, []).append(f"{result.title}{_part(result, one)}")
        said = [f"{reason} ({', '.join(titles)})" for reason, titles in reasons.items()]
        return " ".join([*said, *([self.unasked] if self.unasked else [])])


def reckon(seen: EnrollmentAudit) -> list[Reckoned]:
    """Every entry that was known, the latest first; with what it counts for in the cycles of a renewal."""
    found = _Found()
    found.take(_leaves(seen.audit.root))
    (cycles,) = renewals_of([seen])
    for made in cycles:
        found.take(_named(made), every_reason=False)
    return [found.reckoned(entry, seen) for entry in reversed(seen.facts.entries)]


# What a cycle says of entries that are not of its days tells nothing of those that count elsewhere.
_OF_ANOTHER_TIME = frozenset({Reason.OUTSIDE_WINDOW, Reason.USED_ELSEWHERE})


@dataclass(slots=True)
class _Found:
    """What was found of each entry, by its id."""

    counted: dict[str, list[tuple[Result, int]]] = field(default_factory=lambda: defaultdict(list))
    refused: dict[str, list[tuple[Result, Unused]]] = field(default_factory=lambda: defaultdict(list))

    def take(self, leaves: Iterable[Result], *, every_reason: bool = True) -> None:
        """What these requirements count and refuse."""
        for result in leaves:
            for use in result.used:
                self.counted[use.entry].append((result, use.amount))
            for use in result.brought:
                over = replace(result, title=_("%(title)s, carried over") % {"title": result.title})
                self.counted[use.entry].append((over, use.amount))
            for one in result.unused:
                if every_reason or one.reason not in _OF_ANOTHER_TIME or one.entry not in self.counted:
                    self.refused[one.entry].append((result, one))

    def reckoned(self, entry: Entry, seen: EnrollmentAudit) -> Reckoned:
        """One entry with what was found of it."""
        counted, refused = tuple(self.counted[entry.id]), tuple(self.refused[entry.id])
        return Reckoned(entry, counted, refused, "" if counted or refused else _why_unasked(entry, seen))


def _named(cycle: Audit) -> Iterator[Result]:
    """The leaves of a cycle by titles that say which."""
    said = _("%(title)s (renewal cycle %(n)d)")
    return (replace(leaf, title=said % {"title": leaf.title, "n": cycle.cycle}) for leaf in _leaves(cycle.root))


def reckoning_table(title: str, entries: Sequence[Reckoned], sources: Mapping[str, Source]) -> Table:
    """One row for each entry, as pages show it and sheets hold it."""
    columns = (
        Column(_("What")),
        Column(_("Session")),
        Column(_("When"), Kind.DATE),
        Column(_("Kind")),
        Column(_("Format")),
        Column(_("Attended"), Kind.HOURS),
        Column(_("Offered"), Kind.HOURS),
        Column(_("Counts for")),
        Column(_("Does not count, and why")),
    )
    return Table(title, columns, [_row(one, sources[one.entry.id]) for one in entries])


def _row(one: Reckoned, source: Source) -> tuple[Value, ...]:
    entry = one.entry
    return (
        Link(entry.activity.title, source.href) if source.href else entry.activity.title,
        source.session,
        entry.occurred_on,
        KINDS[entry.kind],
        WHERE[entry.activity.modality],
        entry.attended,
        entry.offered,
        one.counts_for,
        one.because,
    )


def _leaves(root: Result) -> Iterator[Result]:
    return (result for result in root.walk() if not result.children)


def _counts(amount: str, titles: Sequence[str]) -> str:
    named = ", ".join(titles)
    return _("%(amount)s for %(titles)s") % {"amount": amount, "titles": named} if amount else named


def _part(result: Result, one: Unused) -> str:
    return f" ({words.hours(one.amount)})" if result.unit == "minutes" and one.amount else ""


def _why_unasked(entry: Entry, seen: EnrollmentAudit) -> str:
    if entry.occurred_on > seen.audit.true_on:
        return _("It had not happened yet on that day.")
    if entry.reverses:
        return _("It takes an earlier entry back.")
    if seen.facts.program not in entry.activity.facets:
        return _("The program has no words for it: the session or the work is not linked to a class of this program.")
    return _("No requirement of this definition asks for something like it.")
