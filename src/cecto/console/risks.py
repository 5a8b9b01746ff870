"""Who of a class needs attention, the most urgent first, and what each could do about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cecto.audits.addresses import record_at
from cecto.audits.queries import EnrollmentAudit
from cecto.console.queries import NOT_SCHEDULED, URGENCY
from cecto.foundation.tables import Column, Kind, Link, Table, Value
from cecto.foundation.ui import words
from cecto.requirements.results import Closer, Result, Status

_ORDER = [*URGENCY, Status.PENDING]


@dataclass(frozen=True, slots=True)
class Gap:
    """One requirement that a person has not met yet."""

    result: Result

    @property
    def short(self) -> int:
        """What is missing even with all that is scheduled, in the requirement's unit."""
        return max(0, -self.result.slack)

    @property
    def spare(self) -> int:
        """What may still be missed, in the requirement's unit."""
        return max(0, self.result.slack)

    @property
    def has_room_at_all(self) -> bool:
        """Whether several sessions count for it, so that one might be missed."""
        return self.result.measure != "each" and len(self.closers) > 1

    @property
    def closers(self) -> tuple[Closer, ...]:
        """What is coming that would count for it, in order of date."""
        return self.result.closers

    def said(self, amount: int) -> str:
        """An amount in the requirement's unit, in words."""
        return words.hours(amount) if self.result.unit == "minutes" else str(amount)

    @property
    def in_words(self) -> str:
        """What it takes, in one sentence or two."""
        if self.result.status in URGENCY:
            makeup = self.said(self.result.makeup) if self.result.makeup else ""
            short = _("%(amount)s short with all that is scheduled.") % {"amount": self.said(self.short)}
            return short + (" " + _("Make-ups could add %(amount)s.") % {"amount": makeup} if makeup else "")
        if not self.spare:
            return _("May not miss any more.")
        return _("May still miss %(amount)s.") % {"amount": self.said(self.spare)}

    @property
    def urgency(self) -> tuple[int, int, date]:
        """Sorts gaps: what cannot be met first, then by the part of the target that may still be missed."""
        result = self.result
        room = result.slack * 100 // max(1, result.target)
        return _ORDER.index(result.status), room, result.missable_until or date.min


@dataclass(frozen=True, slots=True)
class Risk:
    """A person with requirements they have not met, the most urgent first."""

    seen: EnrollmentAudit
    gaps: tuple[Gap, ...]

    @property
    def at_risk(self) -> bool:
        """Whether what is scheduled is not enough for them."""
        return self.gaps[0].result.status in URGENCY

    @property
    def pressing(self) -> tuple[Gap, ...]:
        """The requirements for which what is scheduled is not enough."""
        return tuple(gap for gap in self.gaps if gap.result.status in URGENCY)

    @property
    def tightest(self) -> Gap:
        """The most urgent requirement. What asks for one session or for all the work has no room for anybody: last."""
        return next((gap for gap in self.gaps if gap in self.pressing or gap.has_room_at_all), self.gaps[0])

    @property
    def indispensable(self) -> tuple[Closer, ...]:
        """The sessions still to come that they cannot miss, in order of date."""
        counted = [gap for gap in self.gaps if gap.result.measure != "each"]
        found = {closer.unit: closer for gap in counted for closer in gap.closers if closer.amount > gap.spare}
        return tuple(sorted(found.values(), key=lambda closer: (closer.on, closer.unit)))

    @property
    def urgency(self) -> tuple[int, int, date]:
        """That of the most urgent gap."""
        return self.tightest.urgency


def risks(seen: Sequence[EnrollmentAudit]) -> list[Risk]:
    """Everyone with something unmet that the schedule decides, the most urgent first."""
    found = [Risk(one, gaps) for one in seen if (gaps := _gaps(one.audit.root))]
    return sorted(found, key=lambda risk: risk.urgency)


def _gaps(root: Result) -> tuple[Gap, ...]:
    return tuple(sorted((Gap(result) for result in _unmet(root)), key=lambda gap: gap.urgency))


def _unmet(result: Result) -> Iterator[Result]:
    """The results without others inside that are asked of the person and not met."""
    if result.status not in _ORDER or result.measure in NOT_SCHEDULED:
        return
    if not result.children:
        yield result
    for child in result.children:
        yield from _unmet(child)


def course_table(title: str, found: Sequence[Risk]) -> Table:
    """For those on course: the requirement with the least room, and the sessions that they cannot miss."""
    columns = (
        Column(_("Person")),
        Column(_("Tightest requirement")),
        Column(_("So far")),
        Column(_("May still miss")),
        Column(_("Last day to miss one"), Kind.DATE),
        Column(_("Must be there")),
    )
    return Table(title, columns, [_course_row(risk, risk.tightest) for risk in found])


def _course_row(risk: Risk, gap: Gap) -> tuple[Value, ...]:
    href = record_at(risk.seen.enrollment.key)
    return (
        Link(risk.seen.enrollment.person.name, href),
        gap.result.title,
        _("%(value)s of %(target)s") % {"value": gap.said(gap.result.value), "target": gap.said(gap.result.target)},
        gap.said(gap.spare),
        gap.result.missable_until,
        _some(risk.indispensable),
    )


def _some(coming: Sequence[Closer]) -> str:
    """The first three, and how many more."""
    first = "; ".join(f"{closer.title}, {words.day(closer.on)}" for closer in coming[:3])
    return first + (_(" and %(n)s more") % {"n": len(coming) - 3} if len(coming) > 3 else "")


def risk_table(title: str, found: Sequence[Risk]) -> Table:
    """One row for each person and requirement they have not met, in order of urgency."""
    columns = (
        Column(_("Person")),
        Column(_("From")),
        Column(_("Track")),
        Column(_("Requirement")),
        Column(_("Status"), Kind.STATUS),
        Column(_("So far")),
        Column(_("Target")),
        Column(_("Short")),
        Column(_("May still miss")),
        Column(_("Make-ups could add")),
        Column(_("Last day to miss one"), Kind.DATE),
        Column(_("What is coming for it")),
        Column(_("In a sentence")),
    )
    return Table(title, columns, [_row(risk, gap) for risk in found for gap in risk.gaps])


def _row(risk: Risk, gap: Gap) -> tuple[Value, ...]:
    enrollment, result = risk.seen.enrollment, gap.result
    return (
        Link(enrollment.person.name, record_at(enrollment.key, result.id)),
        enrollment.organization.name if enrollment.organization else "",
        enrollment.track.title,
        result.title,
        str(result.status),
        gap.said(result.value),
        gap.said(result.target),
        gap.said(gap.short),
        gap.said(gap.spare),
        gap.said(result.makeup),
        result.missable_until,
        "; ".join(f"{closer.title}, {words.day(closer.on)} ({gap.said(closer.amount)})" for closer in gap.closers),
        result.sentence,
    )
