"""Sessions and their revisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from cecto.classes.models import Instructor, MeetingRevision, Segment
from cecto.classes.plans import BadPlan, LinkPlan, MeetingPlan, plan_of
from cecto.classes.schedule import actions, queries
from cecto.foundation.journal.models import JournalEntry
from tests.classes import made
from tests.classes.made import AT, BY, DIRECTOR, FIRST

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=30)


def test_a_session_is_stored_as_planned() -> None:
    meeting = made.meeting(made.cohort())
    revision = meeting.revisions.get()
    assert plan_of(revision) == made.plan()
    assert (revision.number, revision.recorded_at, revision.superseded_at) == (1, AT, None)


def test_a_code_is_used_once() -> None:
    cohort = made.cohort()
    made.meeting(cohort)
    with pytest.raises(actions.ScheduleRefused, match="There is a session “opening” already"):
        made.meeting(cohort)


def test_a_revision_keeps_what_was_known_before() -> None:
    cohort = made.cohort()
    meeting = made.meeting(cohort)
    actions.revise_meeting(meeting=meeting, plan=made.plan(date(2015, 8, 12)), by=BY, at=LATER)
    known = [AT - timedelta(seconds=1), AT, LATER - timedelta(seconds=1), LATER]
    days = [[found.day for found in queries.sessions_of(cohort, known_at=at)] for at in known]
    assert days == [[], [FIRST], [FIRST], [date(2015, 8, 12)]]
    assert [row.number for row in queries.revisions(meeting)] == [2, 1]


def test_the_same_plan_again_changes_nothing() -> None:
    meeting = made.meeting(made.cohort())
    actions.revise_meeting(meeting=meeting, plan=made.plan(), by=BY, at=LATER)
    assert meeting.revisions.count() == 1
    assert not JournalEntry.objects.filter(action="schedule.revise").exists()


def test_a_canceled_session_stays_in_the_schedule_and_can_be_held_again() -> None:
    cohort = made.cohort()
    meeting = made.meeting(cohort)
    actions.cancel_meeting(meeting=meeting, by=BY, at=LATER)
    actions.cancel_meeting(meeting=meeting, by=BY, at=LATER)
    assert [found.canceled for found in queries.sessions_of(cohort, known_at=LATER)] == [True]
    actions.revise_meeting(meeting=meeting, plan=made.plan(), by=BY, at=LATER + timedelta(hours=1))
    assert list(meeting.revisions.order_by("number").values_list("number", "status")) == [
        (1, "scheduled"),
        (2, "canceled"),
        (3, "scheduled"),
    ]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"ends_at": made.plan().starts_at}, "must end after it starts"),
        ({"segments": ()}, "has no segments"),
        ({"segments": made.plan().segments[:1] * 2}, "have one code"),
        ({"ends_at": made.plan().segments[1].starts_at}, "“Afternoon” does not lie within"),
        (
            {"segments": (replace(made.plan().segments[0], minutes=181),)},
            "plans 3\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}1\N{NO-BREAK SPACE}min and has room for 3\N{NO-BREAK SPACE}h",
        ),
        ({"segments": (replace(made.plan().segments[0], minutes=0),)}, "plans 0\N{NO-BREAK SPACE}h and"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(change: dict[str, object], says: str) -> None:
    bad = replace(made.plan(), **change)  # type: ignore[arg-type]
    with pytest.raises(BadPlan, match=says):
        actions.schedule_meeting(owner=made.cohort(), code="x", plan=bad, by=BY, at=AT)
    assert MeetingRevision.objects.count() == 0


def test_each_class_has_its_own_words_for_a_session() -> None:
    cgcio, cecto = made.cohort("cgcio", ("cio",)), made.cohort()
    meeting = made.meeting(cgcio)
    words = LinkPlan(slot="day-1", tags=("joint", "shared"), tracks=(DIRECTOR,), competencies={"s1": "security"})
    actions.link_meeting(meeting=meeting, cohort=cecto, plan=words, by=BY, at=AT)
    (found,) = queries.sessions_of(cecto, known_at=AT)
    link = found.link_of(cecto)
    assert link is not None
    assert (link.slot, link.tags, link.tracks) == ("day-1", ["joint", "shared"], [DIRECTOR])
    first, second = found.segments
    assert [found.competency(cecto, first), found.competency(cecto, second), found.competency(cgcio, first)] == [
        "security",
        "",
        "",
    ]


def test_linking_again_with_the_same_words_changes_nothing() -> None:
    cohort = made.cohort()
    meeting = made.meeting(cohort)
    before = JournalEntry.objects.count()
    actions.link_meeting(meeting=meeting, cohort=cohort, plan=LinkPlan(), by=BY, at=LATER)
    assert JournalEntry.objects.count() == before
    changed = actions.link_meeting(meeting=meeting, cohort=cohort, plan=LinkPlan(slot="x"), by=BY, at=LATER)
    assert changed.slot == "x"


def test_what_a_session_counted_for_is_known_at_any_instant() -> None:
    cohort, other = made.cohort(), made.cohort("cgcio", ("cio",))
    meeting = made.meeting(cohort)
    words = LinkPlan(slot="joint-day", tracks=(DIRECTOR,), competencies={"s1": "security"})
    actions.link_meeting(meeting=meeting, cohort=cohort, plan=words, by=BY, at=LATER)
    actions.link_meeting(meeting=meeting, cohort=other, plan=LinkPlan(), by=BY, at=LATER)
    known = [queries.session(meeting, known_at=at) for at in (AT, LATER)]
    assert [[(row.cohort, row.slot, row.tracks, row.competencies) for row in one.links] for one in known] == [
        [(cohort, "", [], {})],
        [(cohort, "joint-day", [DIRECTOR], {"s1": "security"}), (other, "", [], {})],
    ]
    assert [len(queries.sessions_of(other, known_at=at)) for at in (AT, LATER)] == [0, 1]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (LinkPlan(tracks=("cio",)), "has no track “cio”"),
        (LinkPlan(competencies={"s9": "security"}), "has no segment “s9”"),
    ],
)
def test_a_link_names_what_exists(words: LinkPlan, says: str) -> None:
    cohort = made.cohort()
    meeting = made.meeting(cohort)
    with pytest.raises(actions.ScheduleRefused, match=says):
        actions.link_meeting(meeting=meeting, cohort=cohort, plan=words, by=BY, at=AT)


def test_an_instructor_is_assigned_once() -> None:
    meeting, teacher = made.meeting(made.cohort()), made.person("Shan Tuft")
    for _ in range(2):
        actions.assign_instructor(meeting=meeting, person=teacher, by=BY, at=AT)
    assert list(Instructor.objects.values_list("meeting", "person")) == [(meeting.pk, teacher.pk)]


@pytest.mark.parametrize("meetings", [1, 3])
def test_a_schedule_takes_four_queries(meetings: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    cohort, teacher = made.cohort(), made.person("Shan Tuft")
    for number in range(meetings):
        meeting = made.meeting(cohort, f"day-{number}", made.plan(FIRST + timedelta(days=number)))
        actions.assign_instructor(meeting=meeting, person=teacher, by=BY, at=AT)
    with django_assert_num_queries(4):
        found = queries.sessions_of(cohort, known_at=AT)
        read = [
            (one.day, one.minutes, len(one.segments), one.zone, [link.cohort.program.code for link in one.links])
            for one in found
        ]
    assert read == [
        (FIRST + timedelta(days=number), 360, 2, "America/New_York", ["cecto"]) for number in range(meetings)
    ]
    assert [one.instructors for one in found] == [(teacher,)] * meetings


def test_a_day_is_a_day_in_the_zone_of_the_program() -> None:
    cohort = made.cohort()
    made.meeting(cohort, "late", _later(made.plan(), timedelta(hours=14)))
    on = [
        day for day in [FIRST, FIRST + timedelta(days=1)] if queries.sessions_on(day, "America/New_York", known_at=AT)
    ]
    assert on == [FIRST]
    in_utc = queries.sessions_on(FIRST + timedelta(days=1), "UTC", known_at=AT)
    assert [one.meeting.code for one in in_utc] == ["late"]


def _later(plan: MeetingPlan, by: timedelta) -> MeetingPlan:
    parts = (replace(part, starts_at=part.starts_at + by, ends_at=part.ends_at + by) for part in plan.segments)
    return replace(
        plan,
        starts_at=plan.starts_at + by,
        ends_at=plan.ends_at + by,
        breaks=tuple((since + by, until + by) for since, until in plan.breaks),
        segments=tuple(parts),
    )


def test_a_person_sees_the_sessions_of_their_track_and_those_they_teach() -> None:
    cohort = made.cohort()
    both, leaders, taught = (made.meeting(cohort, code) for code in ["both", "leaders", "taught"])
    for meeting in [leaders, taught]:
        actions.link_meeting(meeting=meeting, cohort=cohort, plan=LinkPlan(tracks=("leaders-21c",)), by=BY, at=AT)
    someone = made.person("Ana Núñez")
    made.enrolled(someone, cohort)
    actions.assign_instructor(meeting=taught, person=someone, by=BY, at=AT)
    assert [one.meeting for one in queries.sessions_of_person(someone, known_at=AT)] == [both, taught]


def test_segments_travel_with_each_revision() -> None:
    meeting = made.meeting(made.cohort())
    short = replace(made.plan(), segments=made.plan().segments[:1])
    actions.revise_meeting(meeting=meeting, plan=short, by=BY, at=LATER)
    assert list(Segment.objects.order_by("revision__number", "code").values_list("revision__number", "code")) == [
        (1, "s1"),
        (1, "s2"),
        (2, "s1"),
    ]
