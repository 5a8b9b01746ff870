"""The story itself: who is in it, how long it lasts, and that the product reads the files it produces."""

from __future__ import annotations

from collections import Counter

import pytest

from cecto.attendance.reports import Setting, read_report
from cecto.classes.roster.reading import read_roster
from cecto.demo.files.attendance import paper, sign_in_sheet
from cecto.demo.files.rosters import roster
from cecto.demo.files.worklists import worklist
from cecto.demo.story.people import CECTO, CGCIO, CIO, DIRECTOR, LEADER, member, members, people
from cecto.demo.story.sessions import ZONE, gathering, gatherings, part_minutes
from cecto.demo.story.turns import LEFT, expected, stays, steady, turns
from cecto.demo.story.work import NOT_DONE, done_on, tasks
from cecto.people.organizations.districts import shipped_districts

# Named in public sources about the programs; nobody in the story may bear one of these names.
REAL = [
    *("Mike Ramsey", "Maurice Ferrell", "Shannon Tufts", "Peter Asmar", "David Useche", "Terry Cline"),
    *("June Atkinson", "Michelle Turnage", "Chris Godwin", "Michael McKay", "Chris Jones", "Mark Johnson"),
]
FILED = [one.code for one in gatherings() if one.seen_by != "roster"]


def test_the_class_is_as_large_as_the_real_one_was() -> None:
    assert [len(members(group)) for group in (DIRECTOR, LEADER, CIO)] == [17, 14, 20]


def test_everyone_is_invented() -> None:
    assert {who.email.rpartition(".")[2] for who in people()} == {"example"}
    assert [name for name in REAL for who in people() if set(name.split()) <= set(who.name.split())] == []


def test_no_address_and_no_handle_comes_twice() -> None:
    assert len({who.email for who in people()}) == len({who.handle for who in people()}) == len(people())


def test_two_people_share_a_name_and_one_name_is_very_long() -> None:
    names = Counter(who.name for who in people())
    assert [name for name, count in names.items() if count > 1] == ["Daniel Brooks"]
    assert max(map(len, names)) == 86


def test_districts_are_real_ones() -> None:
    known = {district.code for district in shipped_districts()}
    codes = [who.lea_code for who in members(DIRECTOR, LEADER) if who.lea_code]
    assert set(codes) <= known
    assert len(codes) == 29


def test_the_year_offers_each_class_what_it_needs_and_a_day_to_spare() -> None:
    offered: Counter[str] = Counter()
    for one in gatherings():
        offered.update(dict.fromkeys(one.groups, one.minutes))
    for task in tasks():
        offered.update({{CECTO: DIRECTOR, CGCIO: CIO}[program]: task.minutes for program in task.programs})
    assert offered == {DIRECTOR: 14_835, CIO: 14_835, LEADER: 1_395}


def test_a_day_has_six_and_a_half_hours() -> None:
    day = gathering("day-11")
    assert [part_minutes(day, part) for part in day.parts] == [195, 195]


def test_turns_are_taken_by_people_who_are_expected() -> None:
    strange = [
        (turn.session, turn.handle)
        for one in gatherings()
        for turn in turns(one.code)
        if turn.handle and member(turn.handle) not in expected(one)
    ]
    assert strange == []


def test_every_turn_is_of_a_session_that_there_is() -> None:
    told = [turn for one in gatherings() for turn in turns(one.code)]
    assert Counter(turn.turn for turn in told).total() == len(told)
    assert {turn.turn for turn in told} <= {"absent", "late", "early", "rejoin", "shown", "conflict", "stranger"}


def test_chance_can_be_repeated() -> None:
    assert [steady(100, "day-02", "marisol"), steady(100, "day-02", "gus")] == [26, 79]


def test_a_stay_ends_after_it_begins() -> None:
    backward = [
        (one.code, who.handle)
        for one in gatherings()
        for who in expected(one)
        for came, left in stays(one, who)
        if not came < left
    ]
    assert backward == []


def test_work_is_accepted_before_its_last_day() -> None:
    late = [
        (task.code, who.handle)
        for task in tasks()
        for who in members(DIRECTOR, CIO)
        if (day := done_on(task, who.handle)) and day > task.accepted_until
    ]
    assert late == []


def test_who_leaves_or_hands_in_nothing_is_in_the_story() -> None:
    assert {member(handle).handle for handle in (*LEFT, *NOT_DONE)} == {*LEFT, *NOT_DONE}


@pytest.mark.parametrize(("program", "people_in_it"), [(CECTO, 31), (CGCIO, 20)])
def test_rosters_are_read_without_a_question(program: str, people_in_it: int) -> None:
    first, last = gathering("opening").day, gathering("graduation").day
    read = read_roster(roster(program).encode(), file="roster.csv", first_day=first, last_day=last)
    assert len(read.rows) == people_in_it
    assert read.unread == ()
    assert [row.problems for row in read.rows if row.problems] == []


@pytest.mark.parametrize(("program", "project"), [(CECTO, "best-practice-project"), (CGCIO, "capstone")])
def test_each_class_has_its_sixteen_pieces_of_work_and_its_project(program: str, project: str) -> None:
    codes = [line.split(",")[0] for line in worklist(program).splitlines()[1:]]
    pieces = [f"{kind}-{number}" for kind in ("assignment", "module") for number in range(1, 9)]
    assert sorted(codes) == sorted([*pieces, project])


@pytest.mark.parametrize("code", FILED)
def test_every_file_of_attendance_is_read(code: str) -> None:
    one = gathering(code)
    file = paper(one)
    read = read_report(file.text.encode(), Setting(file.file_name, ZONE, one.day))
    assert read.source == {"zoom": "zoom", "sheet": "sign-in"}[one.seen_by]
    instructor = member(one.instructor).name
    assert {(row.raw_name, row.email) for row in read.rows if row.raw_name != instructor} == _came(code)


def _came(code: str) -> set[tuple[str, str]]:
    """The names of everyone a file tells of: all who are listed on a sheet, and who came online."""
    one = gathering(code)
    absent = {turn.handle for turn in turns(code) if turn.turn == "absent"} if one.seen_by == "zoom" else set()
    return {(name, address.casefold()) for (name, address), who in paper(one).meant.items() if who not in absent}


def test_a_session_without_a_lunch_has_a_short_sheet() -> None:
    assert sign_in_sheet(gathering("graduation")).text.splitlines()[0] == "Name,Email,In,Out"
