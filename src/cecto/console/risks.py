"""Who of a class needs attention, the most urgent first, and what each could do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cecto.audits.addresses import record_at
from cecto.audits.letter import hero
from cecto.audits.prospects import prospects, staff_line
from cecto.audits.queries import EnrollmentAudit, facts_of
from cecto.console.queries import NEEDS_HELP, NOT_SCHEDULED, URGENCY
from cecto.foundation.tables import Column, Kind, Link, Table, Value
from cecto.foundation.ui import words
from cecto.programs.queries import ruleset
from cecto.requirements.crediting import had_of
from cecto.requirements.results import Closer, Result, Status
from cecto.requirements.room import Session
from cecto.requirements.situations import Prospects

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
            said = {"short": self.said(self.short), "makeup": self.said(self.result.makeup)}
            if self.result.makeup:
                return _("Needs %(short)s more than is scheduled; make-ups can add %(makeup)s.") % said
            return _("Needs %(short)s more than is scheduled.") % said
        return _("%(amount)s to spare.") % {"amount": self.said(self.spare)}

    @property
    def urgency(self) -> tuple[int, int, date]:
        """Sorts gaps: what cannot be met first, then by the part of the target that may still be missed."""
        result = self.result
        room = result.slack * 100 // max(1, result.target)
        return _ORDER.index(result.status), room, result.missable_until or date.min


@dataclass(frozen=True, slots=True)
class Risk:
    """A person with requirements they have not met, the most urgent first; how the whole person stands, in a line.

    `missed` is what they have missed so far and not made up, in minutes.
    """

    seen: EnrollmentAudit
    gaps: tuple[Gap, ...]
    prospects: Prospects
    line: str
    missed: int

    @property
    def at_risk(self) -> bool:
        """Whether they need someone's help to finish."""
        return self.prospects.situation in NEEDS_HELP

    @property
    def pressing(self) -> tuple[Gap, ...]:
        """The requirements for which what is scheduled is not enough."""
        return tuple(gap for gap in self.gaps if gap.result.status in URGENCY)

    @property
    def tightest(self) -> Gap:
        """The most urgent requirement. What asks for one session or for all the work has no room for anybody: last."""
        return next((gap for gap in self.gaps if gap in self.pressing or gap.has_room_at_all), self.gaps[0])

    @property
    def urgency(self) -> tuple[int, int, date]:
        """That of the most urgent gap."""
        return self.tightest.urgency


def risks(seen: Sequence[EnrollmentAudit]) -> list[Risk]:
    """Everyone with something unmet that the schedule decides, the most urgent first. A constant number of queries."""
    found = prospects(seen)
    everyone = [_risk(one, gaps, found[one.enrollment.pk]) for one in seen if (gaps := _gaps(one.audit.root))]
    return sorted(everyone, key=lambda risk: (not risk.at_risk, risk.urgency))


def _risk(seen: EnrollmentAudit, gaps: tuple[Gap, ...], found: Prospects) -> Risk:
    audit = seen.audit
    had = had_of(ruleset(seen.definition), facts_of(seen), true_on=audit.true_on, known_at=audit.known_at)
    return Risk(seen, gaps, found, staff_line(seen, found), sum(one.missed for one in had.values()))


def behind(found: Iterable[Risk]) -> list[Risk]:
    """Those who missed time that is not made up, or whose work is late; who missed most first."""
    late = [risk for risk in found if risk.missed or risk.prospects.overdue]
    return sorted(late, key=lambda risk: (-risk.missed, risk.seen.enrollment.person.sort_name))


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
    """For those on track: how far they are, what they may miss at most, the sessions they need, what they missed."""
    columns = (
        Column(_("Person")),
        Column(_("So far")),
        Column(_("To spare")),
        Column(_("Must be there")),
        Column(_("Missed so far"), Kind.HOURS),
        Column(_("In a line")),
    )
    return Table(title, columns, [_course_row(risk) for risk in found])


def _course_row(risk: Risk) -> tuple[Value, ...]:
    main = hero(risk.seen.audit.root)
    return (
        Link(risk.seen.enrollment.person.name, record_at(risk.seen.enrollment.key)),
        _of(Gap(main)) if main else _of(risk.tightest),
        spare_in_words(risk.prospects),
        _some(risk.prospects.room.needed),
        risk.missed,
        risk.line,
    )


def _of(gap: Gap) -> str:
    said = {"value": gap.said(gap.result.value), "target": gap.said(gap.result.target)}
    return _("%(value)s of %(target)s") % said


def spare_in_words(found: Prospects) -> str:
    """What someone on track may miss: time, or sessions where time alone does not say it."""
    room = found.room
    if not found.on_course or not room.free:
        return ""
    if room.minutes is not None:
        return words.hours(room.minutes)
    return ngettext("%(n)s session", "%(n)s sessions", room.sessions) % {"n": room.sessions}


def _some(coming: Sequence[Session]) -> str:
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
        Column(_("To spare")),
        Column(_("Make-ups can add")),
        Column(_("Last day to miss one"), Kind.DATE),
        Column(_("What is coming for it")),
        Column(_("In a sentence")),
        Column(_("The whole person")),
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
        risk.line,
    )
