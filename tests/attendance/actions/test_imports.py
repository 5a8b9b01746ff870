"""Importing reports: kept whole, matched for certain or queued, once."""

from __future__ import annotations

import pytest

from cecto.attendance.actions import (
    AttendanceRefused,
    Imported,
    NameAnswer,
    answer_names,
    import_report,
    withdraw_answer,
)
from cecto.attendance.models import Alias, Match, Report, ReportRow
from cecto.attendance.queries.names import unsure_names
from cecto.attendance.queries.reconciliation import reconcile
from cecto.attendance.queries.sessions import attendees_with_addresses
from cecto.classes.models import Instructor
from cecto.classes.plans import LinkPlan
from cecto.classes.schedule.actions import link_meeting, schedule_meeting
from cecto.foundation import evidence
from cecto.foundation.sheets import SheetRefused
from tests.attendance.world import BY, EVENING, World, make_person, plan

HEAD = (
    "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room\n"
)


def zoom(*rows: tuple[str, str, str, str]) -> bytes:
    lines = (f'"{name}",{email},01/19/2016 {came},01/19/2016 {left},1,,,\n' for name, email, came, left in rows)
    return (HEAD + "".join(lines)).encode()


def load(world: World, content: bytes, zone: str = "America/New_York") -> Imported:
    return import_report(
        meeting=world.meeting, content=content, file_name="C:\\x\\zoom.csv", time_zone=zone, by=BY, at=EVENING
    )


def attended(world: World) -> dict[str, int]:
    return {row.attendee.person.name: row.attended for row in reconcile(world.session).people}


def waiting(world: World) -> list[str]:
    session = world.session
    return [name.name for name in unsure_names(session, attendees_with_addresses(session))]


def test_rejoins_unite_and_unsure_names_wait(world: World) -> None:
    world.enroll("Ada Moss", "ada@pender.example.org")
    world.enroll("Bo Tran")
    content = zoom(
        ("A. Moss", "ada@pender.example.org", "09:00:00 AM", "12:00:00 PM"),
        ("A. Moss", "ada@pender.example.org", "11:00:00 AM", "02:00:00 PM"),
        ("Bo Trann", "", "09:00:00 AM", "04:00:00 PM"),
    )
    found = load(world, content)
    assert (found.new, found.preview.credited, found.preview.waiting) == (True, 1, 1)
    assert attended(world) == {"Ada Moss": 225, "Bo Tran": 0}
    assert waiting(world) == ["Bo Trann"]
    assert (found.report.file_name, evidence.load(found.report.sha256)) == ("zoom.csv", content)


def test_the_same_file_twice_changes_nothing(world: World) -> None:
    world.enroll("Ada Moss")
    content = zoom(("Ada Moss", "", "09:00:00 AM", "12:00:00 PM"))
    first, second = load(world, content), load(world, content)
    assert (second.new, second.report.pk) == (False, first.report.pk)
    assert (Report.objects.count(), ReportRow.objects.count(), Match.objects.count()) == (1, 1, 1)


def test_two_files_and_two_pairs_of_times_in_one_row(world: World) -> None:
    world.enroll("Ada Moss")
    load(world, b"Name,AM in,AM out,PM in,PM out\nAda Moss,9:00,10:00,1:00,2:00\n")
    load(world, b"Name,In,Out\nAda Moss,9:30,10:30\n")
    assert attended(world) == {"Ada Moss": 150}
    assert list(ReportRow.objects.values_list("number", "part")) == [(2, 1), (2, 2), (2, 1)]


def test_the_host_and_the_instructor_are_not_asked_about(world: World) -> None:
    Instructor.objects.create(meeting=world.meeting, person=make_person("Vic Teach", "vic@sog.example.org"))
    load(
        world,
        zoom(
            ("V. Teach", "vic@sog.example.org", "09:00:00 AM", "04:00:00 PM"),
            ("Teach, Vic", "", "09:00:00 AM", "04:00:00 PM"),
        ),
    )
    assert waiting(world) == []
    assert {match.how for match in Match.objects.all()} == {"staff"}


def test_people_in_the_waiting_room_count_nothing_and_are_not_asked_about(world: World) -> None:
    world.enroll("Ada Moss")
    rows = zoom(("Ada Moss", "", "09:00:00 AM", "04:00:00 PM"), ("Who Knows", "", "09:00:00 AM", "04:00:00 PM"))
    load(world, rows.replace(b"1,,,\n", b"1,,,Yes\n"))
    assert (attended(world), waiting(world)) == ({"Ada Moss": 0}, [])


def test_a_settled_name_is_credited_and_remembered_for_the_next_session(world: World) -> None:
    bo = world.enroll("Bo Tran")
    content = zoom(("DJ Bo", "", "09:00:00 AM", "12:00:00 PM"))
    report = load(world, content).report
    answer_names(meeting=world.meeting, answers=[NameAnswer(report.pk, "DJ Bo", "", (bo.pk,))], by=BY, at=EVENING)
    assert (attended(world), waiting(world)) == ({"Bo Tran": 165}, [])
    second = schedule_meeting(owner=world.cohort, code="again", plan=plan(), by=BY, at=EVENING)
    link_meeting(meeting=second, cohort=world.cohort, plan=LinkPlan(), by=BY, at=EVENING)
    again = World(world.cohort, world.track, second)
    load(again, content)
    assert (attended(again), waiting(again)) == ({"Bo Tran": 165}, [])
    assert [match.how for match in Match.objects.order_by("id")] == ["hand", "alias"]


def test_not_ours_is_remembered_and_credits_nobody(world: World) -> None:
    world.enroll("Bo Tran")
    report = load(world, zoom(("Pat Stranger", "", "09:00:00 AM", "12:00:00 PM"))).report
    answer_names(meeting=world.meeting, answers=[NameAnswer(report.pk, "Pat Stranger", "")], by=BY, at=EVENING)
    assert (attended(world), waiting(world)) == ({"Bo Tran": 0}, [])
    alias = Alias.objects.get()
    assert (alias.source, alias.name, alias.email, alias.person) == ("zoom", "pat stranger", "", None)


def test_a_device_or_a_room_is_credited_by_hand_and_never_remembered(world: World) -> None:
    ada, bo = world.enroll("Ada Moss"), world.enroll("Bo Tran")
    report = load(world, zoom(("Conference Room", "", "09:00:00 AM", "12:00:00 PM"))).report
    both = NameAnswer(report.pk, "Conference Room", "", (ada.pk, bo.pk))
    answer_names(meeting=world.meeting, answers=[both], by=BY, at=EVENING)
    assert attended(world) == {"Ada Moss": 165, "Bo Tran": 165}
    only = NameAnswer(report.pk, "Conference Room", "", (ada.pk,))
    answer_names(meeting=world.meeting, answers=[only], by=BY, at=EVENING)
    assert attended(world) == {"Ada Moss": 165, "Bo Tran": 0}
    assert Alias.objects.count() == 0


def test_an_answer_taken_back_waits_again_and_is_forgotten(world: World) -> None:
    bo = world.enroll("Bo Tran")
    report = load(world, zoom(("DJ Bo", "", "09:00:00 AM", "12:00:00 PM"))).report
    (match,) = answer_names(
        meeting=world.meeting, answers=[NameAnswer(report.pk, "DJ Bo", "", (bo.pk,))], by=BY, at=EVENING
    )
    withdraw_answer(match=match, by=BY, at=EVENING)
    assert (attended(world), waiting(world), Alias.objects.count()) == ({"Bo Tran": 0}, ["DJ Bo"], 0)


def test_answers_for_unknown_names_and_people_are_refused(world: World) -> None:
    report = load(world, zoom(("DJ Bo", "", "09:00:00 AM", "12:00:00 PM"))).report
    stranger = make_person("Pat Stranger")
    for answer in (NameAnswer(report.pk, "Nobody", ""), NameAnswer(report.pk, "DJ Bo", "", (stranger.pk,))):
        with pytest.raises(AttendanceRefused):
            answer_names(meeting=world.meeting, answers=[answer], by=BY, at=EVENING)
    assert Match.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "zone", "message"),
    [
        (zoom(("Ada", "", "06:00:00 AM", "07:00:00 AM")), "America/New_York", "No row falls into the session"),
        (zoom(("Ada", "", "09:00:00 AM", "10:00:00 AM")), "Asia/Tokyo", "No row falls into the session"),
        (zoom(("Ada", "", "09:00:00 AM", "10:00:00 AM")), "Mars/Olympus", "is not a time zone"),
        (b"rain,sun\n1,2\n", "America/New_York", "not those of a known report"),
    ],
)
def test_a_refused_file_leaves_nothing(world: World, content: bytes, zone: str, message: str) -> None:
    with pytest.raises(SheetRefused, match=message):
        load(world, content, zone)
    assert Report.objects.count() == 0
