"""Files that were once misread or refused, by the command that reads them: their own minutes, or a question."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cecto.attendance.actions import NameAnswer, answer_names
from cecto.attendance.models import Report
from cecto.attendance.queries.reconciliation import reconcile
from cecto.classes.schedule import queries as schedule
from cecto.foundation.journal.models import JournalEntry
from cecto.people.models import Person
from tests.attendance.layouts import CASES, EVENING, WHOLE, Fall, make_fall, minutes, run, waiting
from tests.attendance.world import BY, coordinator

STRAY = {"Stray Guest"}


@pytest.fixture
def fall(db: None) -> Fall:
    return make_fall()


@pytest.mark.parametrize(
    ("file", "expected", "waits"),
    [
        ("06_zoom_plain_name", WHOLE, STRAY),
        ("10_zoom_iso_utc", WHOLE, STRAY),
        ("11_zoom_waiting_blank", WHOLE, STRAY),
        ("22_teams_list_newest_first", WHOLE, STRAY),
        ("37_teams_no_activities", WHOLE, STRAY),
        ("51_meet_google_report", {"Ada Núñez": 165, "Dan Osei": 30}, set()),
        ("71_canvas_roll_call", {"Ada Núñez": 165, "Dan Osei": 0}, set()),
        ("72_webex_attendee", {"Ada Núñez": 165}, set()),
        ("restart_unique_1", {"Ada Núñez": 75}, set()),
        ("restart_unique_2", {"Ada Núñez": 90}, set()),
        ("teams_lobby_overcredit", {"Ada Núñez": 5}, set()),
    ],
)
def test_each_file_gives_its_own_minutes(fall: Fall, file: str, expected: dict[str, int], waits: set[str]) -> None:
    told = fall.told(CASES / f"{file}.csv")
    assert (minutes(told), waiting(told), told["refused"]) == (expected, waits, [])
    assert told["ready"] == len(expected)
    assert {person["of"] for person in told["people"]} == {165}
    assert Report.objects.count() == 0


def test_who_was_in_the_waiting_room_only_is_told(fall: Fall) -> None:
    told = fall.told(CASES / "11_zoom_waiting_blank.csv")
    assert told["skipped"] == [{"row": 9, "why": "Eve Marlow: In the waiting room only."}]


def test_time_away_at_unknown_times_is_told_with_its_person(fall: Fall) -> None:
    told = fall.told(CASES / "37_teams_no_activities.csv")
    assert told["remarks"] == [
        "Bo Lindqvist: away for a part of the time between first join and last leave: only what is certain counts."
    ]


def test_both_blocks_of_a_restarted_meeting_count_and_one_exported_twice_counts_once(
    fall: Fall, tmp_path: Path
) -> None:
    again = tmp_path / "again.csv"
    again.write_bytes((CASES / "restart_unique_1.csv").read_bytes() + b"Late Comer,,5,\n")
    for file in (CASES / "restart_unique_1.csv", again):
        run("import", "attendance", str(file), *fall.where, "--format", "json")
    assert posted(fall) == 75
    run("import", "attendance", str(CASES / "restart_unique_2.csv"), *fall.where, "--format", "json")
    assert posted(fall) == 165


def test_a_family_account_under_another_name_waits(fall: Fall) -> None:
    run("import", "attendance", str(CASES / "alias_1_answer_Bo.csv"), *fall.where, "--format", "json")
    report = Report.objects.get()
    bo = Person.objects.get(name="Bo Lindqvist")
    answer = NameAnswer(report.pk, "Bo L.", "family@home.example", (bo.pk,))
    answer_names(meeting=fall.meeting, answers=[answer], by=BY, at=EVENING)
    again = fall.told(CASES / "alias_1_answer_Bo.csv")
    assert (minutes(again), waiting(again)) == ({"Bo Lindqvist": 165}, set())
    told = fall.told(CASES / "alias_2_credits_Bo.csv")
    assert (minutes(told), waiting(told)) == ({}, {"Carla P."})
    assert told["waiting"][0]["suggestions"][0]["name"] == "Carla Perez"


def listed(*words: str) -> list[Any]:
    """What a command writes that lists."""
    found: Any = run(*words)
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("way", ["page", "command"])
def test_what_was_remembered_is_seen_and_forgotten(fall: Fall, way: str) -> None:
    run("import", "attendance", str(CASES / "alias_1_answer_Bo.csv"), *fall.where, "--format", "json")
    answer = NameAnswer(Report.objects.get().pk, "Bo L.", "family@home.example")
    answer_names(meeting=fall.meeting, answers=[answer], by=BY, at=EVENING)
    words = ("import", "names", "--class", fall.cohort.code, "--format", "json")
    (told,) = listed(*words)
    assert (told["name"], told["email"]) == ("bo l", "family@home.example")
    assert (told["source"], told["person"]) == ("zoom", None)
    if way == "command":
        with pytest.raises(CommandError, match="The class remembers nothing with the number 0"):
            call_command(*words, "--forget", "0")
        assert listed(*words, "--forget", str(told["number"])) == [told]
    else:
        address, browser = f"/console/classes/{fall.cohort.key}/attendance/names/", coordinator()
        assert "“bo l” (family@home.example), zoom: Nobody of ours" in browser.get(address).content.decode()
        assert browser.post(address, {"names": ["0"]}).status_code == 422
        assert browser.post(address, {"names": [told["number"]]}).status_code == 302
        assert "No name is remembered" in browser.get(address).content.decode()
    assert listed(*words) == []
    assert JournalEntry.objects.filter(action="attendance.forget").count() == 1


def test_a_name_shown_over_a_colleagues_waits(fall: Fall) -> None:
    told = fall.told(CASES / "zoom_renamed_to_colleague.csv")
    assert (minutes(told), waiting(told)) == ({}, {"Ada Núñez (Dan Osei)"})
    assert {one["name"] for one in told["waiting"][0]["suggestions"][:2]} == {"Ada Núñez", "Dan Osei"}


def posted(fall: Fall) -> int:
    people = reconcile(schedule.session(fall.meeting, known_at=EVENING)).people
    return next(row.attended for row in people if row.attendee.person.name == "Ada Núñez")


def test_a_list_of_people_is_refused_as_what_it_is(fall: Fall) -> None:
    told = fall.told(CASES / "roster.csv")
    (reason,) = told["refused"]
    assert (told["ready"], told["people"], reason["row"]) == (0, [], None)
    assert reason["why"] == ("roster.csv, row 1: This is a list of people: it says who is enrolled, not who was there.")
    assert "headed In and Out" in reason["do"]
