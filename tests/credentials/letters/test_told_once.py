"""No minute is told twice: whatever is corrected, made up and settled again, papers tell what audits count."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cecto.attendance.actions import Marking, record_marks, reopen_settlement, settle_meeting
from cecto.attendance.models import Mark, Settlement
from cecto.audits.queries import audit_enrollment
from cecto.classes.models import Enrollment
from cecto.config.doctor import examine
from cecto.coursework.credit.actions import record_makeup
from cecto.coursework.refusals import WorkRefused
from cecto.credentials import codes
from cecto.credentials.letters.actions import make_papers
from cecto.credentials.letters.attendance import Attendance, attendance_of
from cecto.credentials.letters.class_papers import letter_of
from cecto.credentials.letters.recorded import RecordedDay
from cecto.credentials.letters.statement import statement_of, statement_paper
from cecto.credentials.letters.told import certificates_that_told_more, papers_that_told_more
from cecto.credentials.open_badge import hours_text
from tests.attendance.world import BY, EVENING, World, coordinator, hold_to, local, make_world
from tests.classes.browsing import browser
from tests.credentials import made

pytestmark = pytest.mark.django_db
OFFERED = 345
STEP = st.one_of(
    st.tuples(st.just("settle"), st.sampled_from(["absent", "9:20", "10:40", "12:00", "15:57", "present"])),
    st.tuples(st.just("make up"), st.integers(1, OFFERED)),
    st.tuples(st.just("reopen"), st.just("")),
)
MAKEUP = "  makeup: {ratio: 100%, kinds: [assignment, recording], within: 30d}\n"
POLICIES = {
    "proportional": ("version: 1", "version: 2"),
    "grace": ("late_grace: 0m", "late_grace: 5m"),
    "threshold": ("partial: proportional", "partial: {threshold: 75%}"),
    "half": ("ratio: 100%", "ratio: 50%"),
    "no make-ups": (MAKEUP, ""),
}


@pytest.fixture
def world() -> World:
    return make_world()


def day(number: int) -> RecordedDay:
    at = EVENING + timedelta(days=number)
    return RecordedDay(at.date(), at)


def marked(ada: Enrollment, until: str) -> Marking:
    if until in {"absent", "present"}:
        return Marking(ada.person_id, Mark.State(until))
    return Marking(ada.person_id, Mark.State.PARTLY, left_at=local(until))


def reopen(world: World, at: datetime) -> None:
    standing = Settlement.objects.filter(meeting=world.meeting, reopening=None).first()
    if standing:
        reopen_settlement(settlement=standing, reason="A wrong sheet", by=BY, at=at)


def settle(world: World, ada: Enrollment, until: str, at: datetime) -> None:
    reopen(world, at)
    record_marks(meeting=world.meeting, markings=[marked(ada, until)], by=BY, at=at)
    settle_meeting(meeting=world.meeting, by=BY, at=at)


def make_up(world: World, ada: Enrollment, minutes: int, at: datetime) -> None:
    with suppress(WorkRefused), transaction.atomic():
        record_makeup(
            person=ada.person, meeting=world.meeting, minutes=minutes, kind="recording", on=at.date(), by=BY, at=at
        )


def act(world: World, ada: Enrollment, step: tuple[str, str | int], at: datetime) -> None:
    what, how = step
    if what == "settle":
        settle(world, ada, str(how), at)
    elif what == "make up":
        make_up(world, ada, int(how), at)
    else:
        reopen(world, at)


def told(ada: Enrollment, on: RecordedDay) -> Attendance:
    (found,) = attendance_of(ada.cohort, [ada], on)
    return found


def audited(ada: Enrollment, on: RecordedDay) -> int:
    """The program's hours: the one requirement of this definition."""
    return audit_enrollment(ada, true_on=on.on, known_at=on.at).audit.root.value


def stated(ada: Enrollment, on: RecordedDay) -> int:
    since = ada.cohort.first_day
    made = statement_of(ada, since=since, until=on.on + timedelta(days=1), true_on=on.on, known_at=on.at)
    return made.minutes


@settings(
    max_examples=settings().max_examples // 10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(policy=st.sampled_from(sorted(POLICIES)), steps=st.lists(STEP, min_size=2, max_size=6))
@example(policy="proportional", steps=[("settle", "12:00"), ("make up", 43), ("settle", "present")])
@example(policy="proportional", steps=[("settle", "absent"), ("make up", 300), ("settle", "12:00")])
@example(policy="half", steps=[("settle", "absent"), ("make up", 300)])
@example(policy="no make-ups", steps=[("settle", "absent"), ("make up", 300)])
@example(policy="grace", steps=[("settle", "15:57")])
def test_a_letter_and_a_statement_tell_what_the_audit_counts_and_never_more_than_was_offered(
    world: World, policy: str, steps: list[tuple[str, str | int]]
) -> None:
    with transaction.atomic():
        hold_to(world, *POLICIES[policy])
        ada = ada_in(world)
        known: list[int] = []
        for number, step in enumerate(steps):
            act(world, ada, step, day(number).at)
            letter, counts = told(ada, day(number)), audited(ada, day(number))
            assert letter.minutes == counts == stated(ada, day(number)) <= OFFERED
            assert sum(letter.competencies.values()) == counts
            assert letter_of(ada, day(number)).totals[0][0] == hours_text(counts)
            known.append(counts)
        # A later correction changes nothing of what was known before it.
        assert [told(ada, day(number)).minutes for number in range(len(steps))] == known
        transaction.set_rollback(True)


def test_the_letter_shows_what_was_handed_in_and_what_of_it_counts(world: World) -> None:
    ada = ada_in(world)
    settle(world, ada, "12:00", day(0).at)
    make_up(world, ada, 180, day(1).at)
    settle(world, ada, "15:00", day(2).at)
    (made,) = told(ada, day(2)).made_up
    assert (made.minutes, made.counted) == (180, 60)
    seen = audit_enrollment(ada, true_on=day(2).on, known_at=day(2).at)
    assert [(one.amount, one.because) for one in seen.audit.root.unused if one.amount == 120] == [
        (120, "Unused: the session was credited since.")
    ]
    read = letter_of(ada, day(2))
    assert read.parts[-1].rows == (("Jan 20, 2016", "Governance", "3", "1"),)


def ada_in(world: World) -> Enrollment:
    person = world.enroll("Ada Moss")
    return Enrollment.objects.select_related("person", "track__definition", "cohort__program").get(person=person)


def give(world: World, ada: Enrollment, on: RecordedDay) -> list[str]:
    """Make Ada's letter and statement of that day; their names."""
    since, until = ada.cohort.first_day, on.on + timedelta(days=1)
    statement = statement_paper(statement_of(ada, since=since, until=until, true_on=on.on, known_at=on.at))
    papers = [letter_of(ada, on), statement]
    for _ in range(2):
        make_papers(papers, cohort=world.cohort, issuer="N.C. CeCTO", known_at=on.at, by=BY, at=on.at)
    return [f"{paper.title} {paper.number}" for paper in papers]


@pytest.mark.parametrize(("first", "then", "more"), [("15:00", "12:00", (285, 165)), ("12:00", "present", None)])
def test_a_paper_that_told_more_than_the_audit_counts_today_is_found_by_its_name(
    world: World, first: str, then: str, more: tuple[int, int] | None
) -> None:
    ada = ada_in(world)
    settle(world, ada, first, day(0).at)
    names = give(world, ada, day(1))
    assert papers_that_told_more(world.cohort, at=day(1).at) == []
    settle(world, ada, then, day(2).at)
    found = papers_that_told_more(world.cohort, at=day(2).at)
    assert [(one.name, (one.told, one.counted)) for one in found] == [(name, more) for name in names if more]
    assert [one.message.split(" told ")[0] for one in examine() if one.id == "D23"] == [one.name for one in found]
    read = coordinator().get(f"/console/classes/{world.cohort.key}/letters/").content.decode()
    assert [name in read for name in names] == [bool(more)] * 2


def test_a_certificate_that_told_more_than_the_audit_counts_is_found_and_marked_on_its_page() -> None:
    version = made.issued()
    (found,) = certificates_that_told_more([version], at=day(0).at)
    assert (found.name, found.told, found.counted) == (f"Certificate {codes.printed(version.code)}", 14_535, 0)
    page = browser().get(f"/console/certificates/{version.credential.key}/").content.decode()
    assert "This certificate told" in page
