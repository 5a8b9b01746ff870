"""Absences that are told, appeals, answers, and what an audit reads of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cecto.attendance.actions import (
    AttendanceRefused,
    announce_absence,
    answer_notice,
    appeal_attendance,
    record_marks,
    settle_meeting,
)
from cecto.attendance.models import Notice, NoticeAnswer
from cecto.attendance.queries.notices import AbsenceFact, absences_of
from cecto.foundation import evidence
from cecto.foundation.journal.actor import Actor
from cecto.people.models import Person
from tests.attendance.world import BY, EVENING, World, local, make_person

Outcome = NoticeAnswer.Outcome


def told(world: World, person: Person) -> Notice:
    return announce_absence(
        meeting=world.meeting,
        person=person,
        text="Court duty",
        document=b"letter",
        document_name="summons.pdf",
        by=Actor.person(person.key, person.pk),
        at=local("7:00"),
    )


def test_an_absence_is_told_with_a_document_and_excused(world: World) -> None:
    ada = world.enroll("Ada Moss")
    notice = told(world, ada)
    assert (evidence.load(notice.document_sha256), notice.document_name) == (b"letter", "summons.pdf")
    answer_notice(notice=notice, outcome=Outcome.NOT_EXCUSED, reason="No proof", by=BY, at=local("8:00"))
    answer_notice(notice=notice, outcome=Outcome.EXCUSED, reason="Letter came", by=BY, at=local("9:00"))
    key = world.meeting.key
    assert absences_of([ada.pk], known_at=local("7:30")) == [AbsenceFact(ada.pk, key, False, local("7:00"))]
    assert absences_of([ada.pk], known_at=local("8:30")) == [AbsenceFact(ada.pk, key, False, local("8:00"))]
    assert absences_of([ada.pk], known_at=local("9:30")) == [AbsenceFact(ada.pk, key, True, local("9:00"))]
    assert absences_of([ada.pk], known_at=local("6:30")) == []


def test_people_tell_their_own_absence_only_until_the_day_is_over(world: World) -> None:
    ada = world.enroll("Ada Moss")
    late = EVENING + timedelta(days=1)
    own = Actor.person(ada.key, ada.pk)
    with pytest.raises(AttendanceRefused, match="Ask the coordinator"):
        announce_absence(meeting=world.meeting, person=ada, text="Ill", by=own, at=late)
    assert announce_absence(meeting=world.meeting, person=ada, text="Ill", by=BY, at=late).made_by == "test"


def test_an_appeal_is_possible_for_two_weeks_after_settling(world: World) -> None:
    ada = world.enroll("Ada Moss")
    with pytest.raises(AttendanceRefused, match="not settled yet"):
        appeal_attendance(meeting=world.meeting, person=ada, text="I was there", by=BY, at=EVENING)
    record_marks(meeting=world.meeting, markings=[], rest_present=True, by=BY, at=EVENING)
    settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    in_time = EVENING + timedelta(days=14)
    notice = appeal_attendance(meeting=world.meeting, person=ada, text="I was there", by=BY, at=in_time)
    with pytest.raises(AttendanceRefused, match="is over"):
        appeal_attendance(meeting=world.meeting, person=ada, text="Again", by=BY, at=in_time + timedelta(seconds=1))
    with pytest.raises(AttendanceRefused, match="“Excused” is no answer to this: it is of the kind Appeal"):
        answer_notice(notice=notice, outcome=Outcome.EXCUSED, reason="x", by=BY, at=in_time)
    answer_notice(notice=notice, outcome=Outcome.UPHELD, reason="The sheet is clear", by=BY, at=in_time)
    assert absences_of([ada.pk], known_at=in_time) == []


def test_notices_need_words_and_a_person_of_the_class_and_answers_a_reason(world: World) -> None:
    ada, stranger = world.enroll("Ada Moss"), make_person("Pat Stranger")
    for person, text in ((ada, "  "), (stranger, "Ill")):
        with pytest.raises(AttendanceRefused):
            announce_absence(meeting=world.meeting, person=person, text=text, by=BY, at=EVENING)
    with pytest.raises(AttendanceRefused, match="Say why"):
        answer_notice(notice=told(world, ada), outcome=Outcome.EXCUSED, reason=" ", by=BY, at=EVENING)
