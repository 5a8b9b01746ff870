"""Attendance in words: a person's letter, what an employer is told of its people, and the summary of a class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from cecto.classes.models import Cohort
from cecto.credentials.letters.attendance import Attendance, Attended
from cecto.credentials.letters.paper import HOW, Listing, Written, short_day
from cecto.credentials.open_badge import Units, ceu_text, hours_text
from cecto.credentials.typesetting import breakable
from cecto.people.models import Organization

EXPLANATION = (
    "Attended is what was settled session by session; sessions not settled yet are no part of it. Counted is what the "
    "program’s published rules count of it, and what the totals add up; a make-up counts for what is still missing of "
    "its session. One contact hour is 60 minutes; {units}. This letter reports attendance and certifies nobody."
)
OWN_UNITS = "renewal units are what the rules award to who meets all of them, and nothing before that"


def person_letter(seen: Attendance, *, recorded_on: date) -> Written:
    """A participant's letter: each session they attended, what they made up, and the hours by competency."""
    enrollment, name = seen.enrollment, breakable(seen.enrollment.person.name)
    return Written(
        title="Letter of attendance",
        about=enrollment.person.name,
        program=enrollment.cohort.program.name,
        summary=f"To whom it may concern: {name} attended {_some_sessions(seen)} of {enrollment.cohort.name} held for "
        f"{enrollment.track.title}.",
        facts=(
            ("Name", name),
            ("Employer", enrollment.organization.name if enrollment.organization else ""),
            ("Class", f"{enrollment.cohort.name}, {enrollment.track.title}"),
        ),
        totals=_totals([seen]),
        parts=tuple(_person_parts(seen)),
        explanation=_explanation([seen]),
        recorded_on=recorded_on,
        told=_told([seen]),
    )


def employer_letter(
    cohort: Cohort, organization: Organization, seen: Sequence[Attendance], *, recorded_on: date
) -> Written:
    """What an employer is told of those of its people who agreed to it, each with their sessions."""
    one = len(seen) == 1
    return Written(
        title="Attendance of your staff",
        about=organization.name,
        program=cohort.program.name,
        summary=f"To {breakable(organization.name)}: this is what {'one person' if one else f'{len(seen)} people'} of "
        f"your staff attended of {cohort.name}. Each of them agreed that you be told.",
        facts=(("Employer", breakable(organization.name)), ("Class", cohort.name)),
        totals=_totals(seen),
        parts=(_everyone("Each person", seen), *(_attended(each, each.enrollment.person.name) for each in seen)),
        explanation=_explanation(seen),
        recorded_on=recorded_on,
        told=_told(seen),
    )


def class_summary(cohort: Cohort, seen: Sequence[Attendance], *, recorded_on: date) -> Written:
    """Everyone of a class with sessions and hours, for those who run it."""
    return Written(
        title="Attendance of the class",
        about=cohort.name,
        program=cohort.program.name,
        summary=f"What {len(seen)} people of {cohort.name} attended.",
        facts=(("Class", cohort.name), ("People", str(len(seen)))),
        totals=_totals(seen),
        parts=(_everyone("Each person", seen),),
        explanation=_explanation(seen),
        recorded_on=recorded_on,
        told=_told(seen),
    )


def _told(seen: Sequence[Attendance]) -> tuple[tuple[str, int], ...]:
    return tuple((one.enrollment.key, one.minutes) for one in seen)


def _totals(seen: Sequence[Attendance]) -> tuple[tuple[str, str], ...]:
    minutes = sum(one.minutes for one in seen)
    return ((hours_text(minutes), "contact hours"), *_units(seen, minutes))


def _units(seen: Sequence[Attendance], minutes: int) -> Iterator[tuple[str, str]]:
    """The units of all, by name: those that a definition awards by a rule of its own are added up as awarded."""
    if all(one.rules.award.units is None for one in seen):
        yield ceu_text(minutes), "renewal units (CEU)"
        return
    for name in dict.fromkeys(one.units.name for one in seen):
        yield Units(sum(one.units.hundredths for one in seen if one.units.name == name)).text, f"renewal units ({name})"


def _explanation(seen: Sequence[Attendance]) -> str:
    own = any(one.rules.award.units for one in seen)
    return EXPLANATION.format(units=OWN_UNITS if own else "ten contact hours are one renewal unit")


def _some_sessions(seen: Attendance) -> str:
    return f"{len(seen.there)} of {len(seen.sessions)} sessions"


def _person_parts(seen: Attendance) -> Iterator[Listing]:
    if seen.competencies:
        split = [(name or "Other", hours_text(minutes)) for name, minutes in seen.competencies.items()]
        yield Listing("By competency", ("Competency", "Contact hours"), (0, 1.1), tuple(split))
    yield _attended(seen, "Sessions attended")
    if seen.made_up:
        rows = [
            (short_day(one.on), breakable(one.title), hours_text(one.minutes), hours_text(one.counted))
            for one in seen.made_up
        ]
        head = ("Date", "Session that was missed", "Made up", "Counted")
        yield Listing("Made up", head, (0.95, 0, 0.8, 0.8), tuple(rows), 2)


def _attended(seen: Attendance, heading: str) -> Listing:
    rows = [
        (short_day(one.on), breakable(one.title), _how(one), *map(hours_text, (one.minutes, one.counted, one.offered)))
        for one in seen.there
    ]
    head = ("Date", "Session", "How", "Attended", "Counted", "Held")
    return Listing(heading, head, (0.95, 0, 0.9, 0.8, 0.75, 0.6), tuple(rows), 3, "No session yet.")


def _how(one: Attended) -> str:
    return ", ".join(HOW[where] for where in one.how)


def _everyone(heading: str, seen: Sequence[Attendance]) -> Listing:
    rows = [
        (
            breakable(one.enrollment.person.name),
            breakable(one.enrollment.track.title),
            f"{len(one.there)} of {len(one.sessions)}",
            hours_text(one.minutes_made_up),
            hours_text(one.minutes),
            one.units.text,
        )
        for one in seen
    ]
    head = ("Name", "Track", "Sessions", "Hours made up", "Contact hours", "Renewal units")
    return Listing(heading, head, (0, 1.8, 0.75, 0.7, 0.75, 0.75), tuple(rows), 4, "Nobody.")
