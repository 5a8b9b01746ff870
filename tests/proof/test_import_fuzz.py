"""Every file that people import, spoiled at random: taken or refused in words, never a crash, never half a file."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cecto.attendance.actions import AttendanceRefused, import_report
from cecto.attendance.gradebook.actions import accept_scores
from cecto.attendance.gradebook.preview import preview_scores
from cecto.attendance.queries.preview import preview
from cecto.classes.actions import ClassRefused
from cecto.classes.models import Cohort
from cecto.classes.roster import preview as roster_preview
from cecto.classes.roster.actions import import_roster
from cecto.classes.roster.reading import read_roster
from cecto.classes.schedule.actions import ScheduleRefused, import_schedule
from cecto.classes.schedule.preview import preview_schedule
from cecto.coursework.actions import import_work
from cecto.coursework.importing.preview import preview_work
from cecto.coursework.refusals import WorkRefused
from cecto.credentials.recorded.actions import import_awards
from cecto.credentials.recorded.preview import preview_awards
from cecto.credentials.recorded.said import AwardRefused
from cecto.demo.files.attendance import sign_in_sheet, zoom_report
from cecto.demo.files.rosters import roster
from cecto.demo.files.schedules import own_sessions
from cecto.demo.files.worklists import worklist
from cecto.demo.story.people import CECTO, member
from cecto.demo.story.sessions import gatherings
from cecto.demo.year.opening import LAST_DAY
from cecto.foundation import evidence
from cecto.foundation.sheets import SheetRefused
from cecto.people.actions import PeopleRefused
from cecto.people.models import PersonEmail
from cecto.people.organizations.actions import load_districts
from tests.attendance import world as attendance
from tests.attendance.gradebook import made as gradebook
from tests.classes import made
from tests.classes.made import AT, BY
from tests.credentials import past
from tests.proof.spoiling import spoiled

HERE = Path(__file__).parent
REPORTS = HERE.parent / "attendance/reports"
EXAMPLE = HERE.parents[1] / "docs/example"
LONG = hypothesis_settings().max_examples >= 1_000
EXAMPLES = 300 if LONG else 12
THE_DAY = date(2016, 1, 19)
FUZZ = hypothesis_settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


# Shows what a file would do; does it.
Desk = tuple[Callable[[bytes], object], Callable[[bytes], object]]


def report_desk() -> Desk:
    """A session on 19 January 2016 of a class whose people are in the sample reports: its preview and its import."""
    world = attendance.make_world()
    for name in ["Loretta O'Quinn", "Deshawn Pruitt", "Marisol Ibáñez-Whitaker"]:
        world.enroll(name)
    session, said = world.session, {"file_name": "report", "time_zone": "America/New_York"}
    return (
        lambda content: preview(session, content, **said),
        lambda content: import_report(
            meeting=world.meeting, content=content, by=attendance.BY, at=attendance.EVENING, **said
        ),
    )


def school() -> Cohort:
    """A class of the demo's tracks, with the districts and the people who teach."""
    load_districts(by=BY, at=AT)
    for handle in {one.instructor for one in gatherings()}:
        who = member(handle)
        PersonEmail.objects.create(person=made.person(who.name), address=who.email, primary=True)
    cohort = made.cohort()
    cohort.last_day = LAST_DAY
    cohort.save(update_fields=["last_day"])
    return cohort


def roster_desk() -> Desk:
    """The roster of a class."""
    cohort = school()

    def show(content: bytes) -> roster_preview.Preview:
        read = read_roster(content, file="roster", first_day=cohort.first_day, last_day=cohort.last_day)
        return roster_preview.preview_roster(read, cohort)

    def take(content: bytes) -> None:
        seen, kept_as = show(content).fingerprint, evidence.store(content)
        import_roster(cohort=cohort, sha256=kept_as, file="roster", fingerprint=seen, by=BY, at=AT)

    return show, take


def schedule_desk() -> Desk:
    """The schedule of a class."""
    cohort = school()
    return (
        lambda content: preview_schedule(content, file="schedule", cohort=cohort, known_at=AT),
        lambda content: import_schedule(content=content, file="schedule", cohort=cohort, by=BY, at=AT),
    )


def work_desk() -> Desk:
    """The work of a class."""
    cohort = school()
    return (
        lambda content: preview_work(content, file="work", cohort=cohort),
        lambda content: import_work(content=content, file="work", cohort=cohort, by=BY, at=AT),
    )


def scores_desk() -> Desk:
    """The scores of a class whose people and work are in the sample gradebooks."""
    cohort, day = gradebook.school(), gradebook.DAY
    return (
        lambda content: preview_scores(content, file="gradebook", cohort=cohort, on=day),
        lambda content: accept_scores(
            content=content, file="gradebook", cohort=cohort, on=day, by=BY, at=gradebook.NOW
        ),
    )


def award_desk() -> Desk:
    """The past awards of a program."""
    program = past.program()
    return (
        lambda content: preview_awards(content, file="awards", program=program),
        lambda content: import_awards(content=content, file="awards", program=program, by=BY, at=AT),
    )


def sample_reports(start: str) -> list[bytes]:
    """The sample reports whose names begin so."""
    return [path.read_bytes() for path in sorted(REPORTS.glob(f"{start}*")) if path.suffix in {".csv", ".txt"}]


def zoom_reports() -> list[bytes]:
    """The samples, and one that the demo writes, moved to the day of the session."""
    one = next(one for one in gatherings() if one.seen_by == "zoom")
    text = zoom_report(one).text.replace(f"{one.day:%m/%d/%Y}", f"{THE_DAY:%m/%d/%Y}")
    return [*sample_reports("zoom"), text.encode()]


def sign_in_sheets() -> list[bytes]:
    """The samples, the one in the documents, and one that the demo writes."""
    one = next(one for one in gatherings() if one.seen_by != "zoom")
    return [*sample_reports("signin"), (EXAMPLE / "sign-in.csv").read_bytes(), sign_in_sheet(one).text.encode()]


def example(name: str) -> bytes:
    """A file of the documents, moved to the class of 2016."""
    text = (EXAMPLE / name).read_text().replace("2026-09-15", "2015-09-15").replace(",participant,", ",leaders-21c,")
    return text.encode()


GRADEBOOK = b"""Student,ID,SIS User ID,SIS Login ID,Section,Module 1 (11),Final Score
Points Possible,,,,,10,(read only)
"O'Quinn, Loretta",1,,loquinn,CeCTO,10,100
"""
LAYOUTS: dict[str, tuple[Callable[[], Desk], Callable[[], list[bytes]]]] = {
    "zoom": (report_desk, zoom_reports),
    "teams": (report_desk, lambda: sample_reports("teams")),
    "meet": (report_desk, lambda: sample_reports("meet")),
    "moodle": (report_desk, lambda: sample_reports("moodle")),
    "sign-in": (report_desk, sign_in_sheets),
    "gradebook": (report_desk, lambda: [GRADEBOOK]),
    "scores": (scores_desk, gradebook.samples),
    "roster": (roster_desk, lambda: [roster(CECTO).encode(), example("roster.csv")]),
    "schedule": (schedule_desk, lambda: [own_sessions(CECTO).encode(), example("schedule.csv")]),
    "work": (work_desk, lambda: [worklist(CECTO).encode()]),
    "past awards": (award_desk, lambda: [past.LIST]),
}
# What an import may refuse, and nothing else.
REFUSALS = (SheetRefused, AttendanceRefused, ScheduleRefused, WorkRefused, AwardRefused, PeopleRefused, ClassRefused)


@cache
def samples(layout: str) -> list[bytes]:
    """The whole files of a layout."""
    return LAYOUTS[layout][1]()


class _Undone(Exception):
    """Ends an example, so that the next one finds what this one found."""


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written within is gone afterwards, files included."""
    kept = Path(settings.CECTO_HOME) / "evidence"
    try:
        with transaction.atomic():
            yield
            raise _Undone
    except _Undone:
        shutil.rmtree(kept, ignore_errors=True)


@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if layout != "gradebook"])
@pytest.mark.django_db
def test_a_whole_file_is_taken_and_the_second_time_changes_nothing(layout: str) -> None:
    show, take = LAYOUTS[layout][0]()
    for content in samples(layout):
        with undone():
            before = kept()
            show(content)
            assert kept() == before
            take(content)
            after = kept()
            assert after != before
            take(content)
            assert kept() == after


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.django_db
def test_a_spoiled_file_is_taken_whole_or_refused_and_leaves_nothing(layout: str) -> None:
    desk = LAYOUTS[layout][0]()

    @FUZZ
    @given(st.sampled_from(samples(layout)).flatmap(spoiled))
    def holds(content: bytes) -> None:
        with undone():
            taken_or_refused(desk, content)

    holds()


def taken_or_refused(desk: Desk, content: bytes) -> None:
    """Look at a file, take it, take it again: looking and refusing write nothing, the second time changes nothing."""
    show, take = desk
    before = kept()
    readable = accepted(show, content)
    assert kept() == before
    if not accepted(take, content):
        assert kept() == before
        return
    assert readable
    after = kept()
    assert accepted(take, content)
    assert kept() == after


def accepted(do: Callable[[bytes], object], content: bytes) -> bool:
    """Whether this can be done with a file. False when it is refused in words; anything else is an error."""
    try:
        do(content)
    except REFUSALS as refused:
        if not str(refused):
            raise
        return False
    return True


def kept() -> tuple[int, ...]:
    """How many rows each table has, and how many files are kept."""
    folder = Path(settings.CECTO_HOME) / "evidence"
    tables = (connection.ops.quote_name(model._meta.db_table) for model in apps.get_models())
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in tables))  # noqa: S608 - our own
        counts: tuple[int, ...] = cursor.fetchone()
    return (*counts, sum(path.is_file() for path in folder.rglob("*")))
