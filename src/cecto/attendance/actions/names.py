"""A human's answers to names that were unsure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cecto.attendance.actions.remembered import forget_names, remember_name
from cecto.attendance.matching import Named
from cecto.attendance.models import Alias, Match, Report
from cecto.attendance.openness import AttendanceRefused, open_session
from cecto.attendance.queries.names import named, roster_of
from cecto.attendance.queries.sessions import Attendee, attendees_with_addresses
from cecto.classes.models import Meeting
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor


class AnswerRefused(AttendanceRefused):
    """An answer that cannot be; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class NameAnswer:
    """Who a name in a report is: these persons (several for a shared screen), or with none, nobody of ours."""

    report_id: int
    name: str
    email: str
    person_ids: tuple[int, ...] = ()


@transaction.atomic
def answer_names(*, meeting: Meeting, answers: Sequence[NameAnswer], by: Actor, at: datetime) -> list[Match]:
    """Say who unsure names are. An answer replaces an earlier one for the same name of the same report.

    An answer of one person, or of nobody, is remembered for the owning class: a full name for every source, any other
    for the report's, a device's, a room's or namesakes' never. Raises SettledAlready, NotHeld and AnswerRefused.
    """
    session = open_session(meeting, at=at)
    people = attendees_with_addresses(session)
    reports = {
        report.pk: report
        for report in Report.objects.filter(withdrawn_at=None, meeting=meeting).prefetch_related("rows")
    }
    rosters = {source: roster_of(session, people, source) for source in {r.source for r in reports.values()}}
    made: list[Match] = []
    for answer in answers:
        report = reports.get(answer.report_id)
        name = _name_in(report, answer)
        if report is None or name is None:
            raise AnswerRefused("This name is in none of the session's reports. Reload the page.")
        _check_people(answer, people)
        made += _settle(report, answer, by=by, at=at)
        if len(answer.person_ids) < 2 and rosters[report.source].may_remember(name):
            person_id = next(iter(answer.person_ids), None)
            roster = rosters[report.source]
            remember_name(
                cohort=meeting.owner, source=report.source, name=name, person_id=person_id, roster=roster, by=by, at=at
            )
    if made:
        record(
            "attendance.match",
            by=by,
            at=at,
            subject=("session", meeting.key),
            class_key=meeting.owner.key,
            names=len(answers),
        )
    return made


@transaction.atomic
def withdraw_answer(*, match: Match, by: Actor, at: datetime) -> None:
    """Take an answer back: the name waits again, and what was remembered by it is forgotten.

    Raises SettledAlready and NotHeld.
    """
    report = match.report
    session = open_session(report.meeting, at=at)
    same = Match.objects.filter(report=report, name=match.name, email=match.email)
    row = report.rows.filter(name=match.name, email=match.email).first()
    if row:
        answers = roster_of(session, (), report.source).answered_by(named(row))
        aliases = Alias.objects.filter(pk__in=[one.row for one in answers]).select_related("cohort")
        forget_names(aliases=list(aliases), by=by, at=at)
    same.delete()
    record(
        "attendance.unmatch",
        by=by,
        at=at,
        subject=("session", report.meeting.key),
        class_key=report.meeting.owner.key,
    )


def _name_in(report: Report | None, answer: NameAnswer) -> Named | None:
    rows = report.rows.all() if report else []
    return next((named(row) for row in rows if (row.name, row.email) == (answer.name, answer.email)), None)


def _check_people(answer: NameAnswer, people: tuple[Attendee, ...]) -> None:
    if set(answer.person_ids) - {attendee.person.pk for attendee in people}:
        raise AnswerRefused("This person is not of the session's classes. Enroll them first.")


def _settle(report: Report, answer: NameAnswer, *, by: Actor, at: datetime) -> list[Match]:
    Match.objects.filter(report=report, name=answer.name, email=answer.email).delete()
    persons: tuple[int | None, ...] = tuple(dict.fromkeys(answer.person_ids)) or (None,)
    return Match.objects.bulk_create(
        Match(
            report=report,
            name=answer.name,
            email=answer.email,
            person_id=person_id,
            how=Match.How.HAND,
            recorded_at=at,
            recorded_by=by.key,
        )
        for person_id in persons
    )
