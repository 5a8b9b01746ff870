"""Wrong words are mended after the fact: shown first, then done; hours follow, and what was known stays known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from cecto.attendance.actions import AttendanceRefused, Marking, mend_words, record_marks, settle_meeting
from cecto.attendance.models import Mark, Settlement
from cecto.audits.queries import audit_enrollment
from cecto.classes.models import Enrollment, MeetingLink
from cecto.classes.plans import LinkPlan
from cecto.classes.schedule.actions import ScheduleRefused, link_meeting
from cecto.coursework.actions import accept_work, add_item, mend_item
from cecto.coursework.credit.actions import record_makeup
from cecto.coursework.models import Item
from cecto.coursework.plans import ItemPlan
from cecto.coursework.refusals import WorkRefused
from cecto.ledger.models import Entry
from cecto.people.models import Person
from tests.attendance.world import BY, EVENING, World, coordinator, hold_to, local, make_world

LATER = EVENING + timedelta(days=3)
ASKED = "require: {id: hours, title: Hours, measure: hours, at_least: 240h}"
RULES = """competencies: {governance: IT governance, legal: Legal issues, security: Security}
require:
  id: all
  title: All of it
  all:
    - {id: hours, title: Hours, measure: hours, at_least: 240h}
    - {id: security, title: Security, measure: hours, where: {competency: security}, at_least: 2h}
    - {id: legal, title: Legal, measure: hours, where: {competency: legal}, at_least: 2h}"""
WRONG = LinkPlan(slot="governance", competencies={"s1": "governance", "s2": "legal"})
RIGHT = LinkPlan(slot="governance", competencies={"s1": "security", "s2": "legal"})


@pytest.fixture
def world(db: None) -> World:
    """Ada was there, Bo left at eleven, Cy not at all; the first part was security, not governance."""
    found = make_world()
    hold_to(found, ASKED, RULES)
    _, bo, cy = (found.enroll(name) for name in ("Ada Moss", "Bo Tran", "Cy Ames"))
    marks = [Marking(bo.pk, Mark.State.PARTLY, left_at=local("11:00")), Marking(cy.pk, Mark.State.ABSENT)]
    record_marks(meeting=found.meeting, markings=marks, rest_present=True, by=BY, at=EVENING)
    settle_meeting(meeting=found.meeting, began=local("9:30"), ended=local("16:30"), by=BY, at=EVENING)
    return found


def minutes() -> list[tuple[str, str, str, int, int, date]]:
    rows = Entry.objects.filter(reverses=None, reversed_by=None).select_related("person", "activity")
    return sorted(
        (e.person.name, e.activity.segment_code, e.activity.modality, e.attended, e.offered, e.occurred_on)
        for e in rows
    )


def of(name: str, node: str, *, known_at: object = None) -> int:
    enrollment = Enrollment.objects.get(person__name=name)
    seen = audit_enrollment(enrollment, true_on=date(2016, 2, 1), known_at=known_at or LATER + timedelta(days=9))  # type: ignore[arg-type]
    return seen.audit.root.find(node).value


def mend(world: World, plan: LinkPlan, *, reason: str = "It was security") -> MeetingLink:
    return mend_words(meeting=world.meeting, cohort=world.cohort, plan=plan, reason=reason, by=BY, at=LATER)


def test_the_hours_follow_to_the_minute_and_what_was_known_before_stays(world: World) -> None:
    before = minutes()
    assert (of("Ada Moss", "security"), of("Bo Tran", "security"), of("Ada Moss", "legal")) == (0, 0, 210)
    mend(world, RIGHT)
    assert minutes() == before
    assert (of("Ada Moss", "security"), of("Bo Tran", "security"), of("Ada Moss", "legal")) == (135, 75, 210)
    assert of("Ada Moss", "hours") == 345
    assert of("Ada Moss", "security", known_at=LATER - timedelta(minutes=1)) == 0
    first, second = Settlement.objects.order_by("number")
    assert (second.number, second.starts_at, second.ends_at) == (2, first.starts_at, first.ends_at)
    assert first.reopening.reason == "It was security"
    mend(world, WRONG, reason="No, it was not")
    mend(world, RIGHT, reason="It was")
    assert minutes() == before
    assert (of("Ada Moss", "security"), Settlement.objects.count()) == (135, 4)


def test_the_same_words_change_nothing_and_a_reason_is_asked(world: World) -> None:
    count = Entry.objects.count()
    mend(world, WRONG)
    with pytest.raises(AttendanceRefused, match="Say why"):
        mend(world, RIGHT, reason=" ")
    assert (Entry.objects.count(), Settlement.objects.count(), MeetingLink.objects.count()) == (count, 1, 1)


def test_a_makeup_follows_the_part_that_it_makes_up(world: World) -> None:
    cy = Person.objects.get(name="Cy Ames")
    record_makeup(
        person=cy, meeting=world.meeting, minutes=135, kind="recording", on=date(2016, 1, 19), by=BY, at=EVENING
    )
    assert of("Cy Ames", "security") == 0
    mend(world, RIGHT)
    assert (of("Cy Ames", "security"), of("Cy Ames", "hours")) == (135, 135)


def test_hours_recorded_in_other_words_are_not_left_behind_by_any_other_door(world: World) -> None:
    with pytest.raises(ScheduleRefused, match="is final, and hours are recorded in its words"):
        link_meeting(meeting=world.session.meeting, cohort=world.cohort, plan=RIGHT, by=BY, at=LATER)
    assert of("Ada Moss", "security") == 0


def test_the_page_shows_what_changes_before_anything_does(world: World) -> None:
    with time_machine.travel(LATER, tick=False):
        browser = coordinator()
        schedule = f"/console/classes/{world.cohort.key}/schedule/{world.meeting.key}/words/"
        page = browser.get(schedule)["Location"]
        words = {"slot": "governance", "competency-s1": "security", "competency-s2": "legal", "reason": "It was"}
        shown = browser.post(page, words)
        text = shown.content.decode()
        assert shown.status_code == 200
        assert "Class of 2016 (CeCTO)" in text
        assert "Ada Moss" in text
        assert "Bo Tran" in text
        assert "Cy Ames" not in text
        assert Settlement.objects.count() == 1
        assert browser.post(page, words | {"reason": ""}).status_code == 422
        done = browser.post(page, words | {"confirmed": "yes"})
        assert done.status_code == 302
    assert (of("Ada Moss", "security"), of("Bo Tran", "security"), of("Cy Ames", "security")) == (135, 75, 0)


@pytest.fixture
def work(world: World) -> Item:
    plan = ItemPlan("essay", Item.Kind.ASSIGNMENT, "An essay", 90, competency="governance")
    item = add_item(cohort=world.cohort, plan=plan, by=BY, at=EVENING)
    ada = Person.objects.get(name="Ada Moss")
    accept_work(item=item, people=[ada], on=date(2016, 1, 19), minutes=80, by=BY, at=EVENING)
    return item


def test_accepted_work_follows_its_mended_word(world: World, work: Item) -> None:
    assert (of("Ada Moss", "security"), of("Ada Moss", "hours")) == (0, 425)
    told = {"category": "", "tags": (), "by": BY, "at": LATER}
    mended = mend_item(item=work, competency="security", reason="It was security", **told)  # type: ignore[arg-type]
    assert (mended.key, mended.competency) == (work.key, "security")
    assert (of("Ada Moss", "security"), of("Ada Moss", "hours")) == (80, 425)
    assert of("Ada Moss", "security", known_at=LATER - timedelta(minutes=1)) == 0
    with pytest.raises(WorkRefused, match="Someone else changed"):
        mend_item(item=work, competency="legal", reason="Yesterday’s tab", **told)  # type: ignore[arg-type]
    back = mend_item(item=mended, competency="governance", reason="No", **told)  # type: ignore[arg-type]
    assert (back.competency, of("Ada Moss", "security"), of("Ada Moss", "hours")) == ("governance", 0, 425)


def test_the_page_of_work_shows_what_changes_before_anything_does(world: World, work: Item) -> None:
    with time_machine.travel(LATER, tick=False):
        browser, page = coordinator(), f"/console/work/{work.key}/words/"
        shown = browser.post(page, {"competency": "security", "reason": "It was"}).content.decode()
        assert "Ada Moss" in shown
        assert of("Ada Moss", "security") == 0
        assert browser.post(page, {"competency": "security", "reason": "It was", "confirmed": "yes"}).status_code == 302
    assert of("Ada Moss", "security") == 80
