"""Mending the words of a session after it was settled: the hours follow in the same step."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cecto.attendance.models import Reopening, Settlement
from cecto.attendance.openness import AttendanceRefused
from cecto.attendance.queries.reconciliation import standing_settlement
from cecto.classes.models import Cohort, Meeting, MeetingLink
from cecto.classes.plans import LinkPlan
from cecto.classes.schedule import queries as schedule
from cecto.classes.schedule.actions import ScheduleRefused, link_meeting
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.ledger import actions as ledger
from cecto.ledger.activities import FacetFacts
from cecto.ledger.models import Entry
from cecto.ledger.queries import makeups_standing, standing
from cecto.ledger.stored import facet_of


class MendRefused(AttendanceRefused):
    """Words that cannot be mended so; the message says why and what to do."""


@transaction.atomic
def mend_words(
    *, meeting: Meeting, cohort: Cohort, plan: LinkPlan, reason: str, by: Actor, at: datetime
) -> MeetingLink:
    """Say anew what a session is to a class, with a reason; the same words again change nothing.

    When it is settled, that settlement is reversed whole and the next one posts the same people, minutes, formats and
    times with the new words; make-ups of it follow. Raises MendRefused.
    """
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    session = schedule.session(meeting, known_at=at)
    before = session.link_of(cohort)
    if not reason.strip():
        raise MendRefused("Say why the words are corrected: it stays with the record.")
    try:
        link = link_meeting(meeting=session.meeting, cohort=cohort, plan=plan, reposting=True, by=by, at=at)
    except ScheduleRefused as refused:
        raise MendRefused(str(refused)) from refused
    settled = standing_settlement(session)
    if settled is None or (before and before.pk == link.pk):
        return link
    _post_anew(settled, cohort.program.code, link, reason.strip()[:300], by=by, at=at)
    return link


def _post_anew(settled: Settlement, program: str, link: MeetingLink, reason: str, *, by: Actor, at: datetime) -> None:
    meeting = settled.meeting
    entries = list(standing(settled.source))
    # A make-up names no part of the session: it is found by the words that the part had before.
    moved = {_stored(entry, program): _words(link, entry.activity.segment_code) for entry in entries}
    Reopening.objects.create(settlement=settled, reason=reason, reopened_at=at, reopened_by=by.key)
    again = Settlement.objects.create(
        meeting=meeting,
        number=settled.number + 1,
        starts_at=settled.starts_at,
        ends_at=settled.ends_at,
        settled_at=at,
        settled_by=by.key,
    )
    ledger.reword(
        entries,
        program=program,
        words=lambda entry: _words(link, entry.activity.segment_code),
        source=again.source,
        reason=reason,
        by=by,
        at=at,
    )
    made_up = [entry for entry in makeups_standing(meeting.key) if _stored(entry, program) in moved]
    ledger.reword(
        made_up, program=program, words=lambda entry: moved[_stored(entry, program)], reason=reason, by=by, at=at
    )
    record(
        "attendance.mend-words",
        by=by,
        at=at,
        subject=("session", meeting.key),
        class_key=link.cohort.key,
        number=again.number,
        people=len({entry.person_id for entry in entries}),
    )


def _words(link: MeetingLink, segment: str) -> FacetFacts:
    return FacetFacts(link.competencies.get(segment, ""), link.category, link.slot, tuple(sorted(link.tags)))


def _stored(entry: Entry, program: str) -> tuple[str, FacetFacts | None]:
    """The title of the part that an entry is of or makes up, and the program's words for it."""
    facets = entry.activity.facets
    title = entry.activity.title.removeprefix("Make-up: ")
    return title, facet_of(facets[program]) if program in facets else None
