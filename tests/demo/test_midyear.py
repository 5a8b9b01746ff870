"""A January afternoon: who is at risk, what waits, what is still to be marked."""

from __future__ import annotations

import pytest
from django.test import override_settings

from cecto.attendance.models import GuestLink, Kiosk, Mark, Notice, Report, Settlement, SignedSheet
from cecto.attendance.queries.names import unsure_names
from cecto.attendance.queries.reconciliation import reconcile
from cecto.attendance.queries.sessions import attendees
from cecto.classes.models import Enrollment
from cecto.classes.queries import active
from cecto.classes.schedule.queries import session
from cecto.demo.stages import STAGES
from cecto.demo.story.people import CECTO, DIRECTOR, LEADER, member, members
from cecto.demo.story.sessions import ZONE
from cecto.demo.year.world import cohort, meeting, person
from cecto.foundation import evidence
from cecto.foundation.journal.models import JournalEntry
from cecto.people.models import Organization
from tests.demo.crawling import Crawl, browser_of, dead_links
from tests.demo.played import names_by_status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("midyear")]

NOW = STAGES["midyear"].now
TODAY = NOW.astimezone(ZONE).date()


def test_the_schedule_alone_is_not_enough_for_three_directors_one_of_them_with_work_overdue() -> None:
    found = names_by_status(CECTO, DIRECTOR, NOW)
    left = {member("caleb").name}
    assert found["open"] - left == {member("terrence").name, member("renee").name, member("harlan").name}
    assert "impossible" not in found
    assert found["pending"] == {who.name for who in members(DIRECTOR)} - found["open"]


def test_every_superintendent_is_on_course() -> None:
    assert names_by_status(CECTO, LEADER, NOW) == {"pending": {who.name for who in members(LEADER)}}


def test_one_director_has_left() -> None:
    everyone = Enrollment.objects.filter(cohort=cohort(CECTO))
    gone = everyone.exclude(pk__in=active(everyone, TODAY, known_at=NOW).values("pk"))
    assert [row.person.name for row in gone] == [member("caleb").name]


def test_five_names_wait_in_yesterdays_session() -> None:
    held = session(meeting("online-08"), known_at=NOW)
    waiting = {unsure.name: unsure for unsure in unsure_names(held, attendees(held))}
    assert set(waiting) == {
        "Ada Price",
        "Bev S. (Beverly Ann Stancil)",
        "Daniel Brooks",
        "Fathom Notetaker",
        "iPhone",
    }
    first = [found[0].person.name for found in waiting["Ada Price"].suggestions]
    assert first[0] == member("ada").name


def test_two_sources_disagree_about_one_person_of_yesterday() -> None:
    found = reconcile(session(meeting("online-08"), known_at=NOW))
    assert [row.attendee.person.name for row in found.conflicts] == [member("oystein").name]


def test_names_that_were_answered_before_do_not_wait_again() -> None:
    matched = Report.objects.get(meeting=meeting("online-08")).matches
    remembered = matched.filter(how="alias").values_list("name", "person__name")
    assert set(remembered) == {
        ("Li-Hua Chen", member("chen").name),
        ("Mari Q. (Marisol Quiñones)", member("marisol").name),
        ("Priya R. - Blue Ridge", member("priya").name),
        ("Wes T-H", member("wesley").name),
    }


def test_todays_session_is_neither_marked_nor_settled() -> None:
    today = meeting("day-11")
    assert not Mark.objects.filter(meeting=today).exists()
    assert not Settlement.objects.filter(meeting=today).exists()


def test_a_superintendent_works_for_another_district_since_new_year() -> None:
    jobs = person("thaddeus").affiliations.values_list("organization__code", "until")
    assert [(code, until is None) for code, until in jobs] == [("050", False), ("950", True)]


def test_organizations_with_an_ampersand_are_there() -> None:
    found = Organization.objects.filter(name__contains="&").values_list("name", flat=True)
    assert set(found) == {"Blue Ridge Arts & Sciences Charter School", "Cape Fear Water & Sewer Authority"}


def test_nothing_is_recorded_after_now() -> None:
    assert not JournalEntry.objects.filter(at__gt=NOW).exists()


def test_an_absence_an_appeal_and_a_make_up_wait_for_an_answer() -> None:
    waiting = Notice.objects.filter(answers=None)
    assert {(one.kind, one.meeting.code, one.person.name) for one in waiting} == {
        ("absence", "day-11", member("harlan").name),
        ("appeal", "online-07", member("maria").name),
        ("makeup", "day-04", member("terrence").name),
    }


def test_an_absence_was_told_with_a_letter_and_excused() -> None:
    told = Notice.objects.get(meeting=meeting("online-02"), person=person("wesley"))
    assert evidence.load(told.document_sha256).startswith(b"%PDF-")
    assert [answer.outcome for answer in told.answers.all()] == ["excused"]


def test_a_guest_marked_one_session_and_may_mark_today() -> None:
    december, today = GuestLink.objects.order_by("created_at")
    assert set(Mark.objects.filter(meeting=meeting("day-09")).values_list("recorded_by", flat=True)) == {december.key}
    assert (today.meeting, today.ends_at > NOW) == (meeting("day-11"), True)


def test_signed_sheets_were_scanned() -> None:
    assert [one.meeting.code for one in SignedSheet.objects.order_by("recorded_at")] == ["day-04", "day-10"]


def test_everyone_signed_at_the_kiosk_of_a_day_whose_network_was_gone_in_the_morning() -> None:
    found = reconcile(session(meeting("day-09"), known_at=NOW))
    assert (found.waiting_taps, found.conflicts, found.settlement is None) == ((), (), False)
    there = [row for row in found.people if row.attended]
    assert {tuple(one.source for one in row.presence.sources) for row in there} == {("kiosk", "roster")}
    assert {tuple(tap.kind for tap in row.taps) for row in there} == {("in", "out")}
    assert all(tap.received_at > tap.said_at == tap.at for row in there for tap in row.taps)
    assert [kiosk.claimed_at == kiosk.opened_at for kiosk in Kiosk.objects.all()] == [True]


def test_every_link_that_someone_is_shown_opens_to_them() -> None:
    assert dead_links(NOW) == []


@override_settings(CECTO_DEMO=True)
def test_a_link_that_does_not_open_is_told_with_the_page_that_shows_it() -> None:
    partner = Crawl(browser_of("partner")).from_("/console/people/", "/nowhere/")
    assert partner.faults == [" → /console/people/: 403", " → /nowhere/: 404"]
    assert len(partner.kinds) > 20
