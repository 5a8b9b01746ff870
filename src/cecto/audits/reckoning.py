"""Every entry of a record with what became of it: the requirements it counts for, and why it does not for others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cecto.audits.letter import KINDS, WHERE
from cecto.audits.queries import EnrollmentAudit
from cecto.audits.sources import Source
from cecto.foundation.tables import Column, Kind, Link, Table, Value
from cecto.foundation.ui import words
from cecto.requirements.facts import Entry
from cecto.requirements.results import Result, Unused


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
    """Every entry that was known, the latest first."""
    counted: dict[str, list[tuple[Result, int]]] = defaultdict(list)
    refused: dict[str, list[tuple[Result, Unused]]] = defaultdict(list)
    for result in _leaves(seen.audit.root):
        for use in result.used:
            counted[use.entry].append((result, use.amount))
        for one in result.unused:
            refused[one.entry].append((result, one))
    return [
        Reckoned(
            entry,
            tuple(counted[entry.id]),
            tuple(refused[entry.id]),
            "" if counted[entry.id] or refused[entry.id] else _why_unasked(entry, seen),
        )
        for entry in reversed(seen.facts.entries)
    ]


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
