"""A guest instructor's link: that session's roster, for its time, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cecto.attendance.actions import AttendanceRefused, end_guest_link, invite_guest
from cecto.attendance.guest_tokens import token_of
from cecto.attendance.models import GuestLink, Mark
from tests.attendance.world import BY, EVENING, World, coordinator


@pytest.fixture
def link(world: World) -> GuestLink:
    world.enroll("Ada Moss")
    return invite_guest(meeting=world.meeting, name="Vic Teach", by=BY, at=EVENING)


def page(link: GuestLink) -> str:
    return reverse("guest:roster", args=[token_of(link)])


def test_a_guest_marks_the_session_without_an_account(link: GuestLink) -> None:
    with time_machine.travel(EVENING, tick=False):
        browser = Client()
        assert "Ada Moss" in browser.get(page(link)).content.decode()
        assert browser.post(page(link)).status_code == 302
    mark = Mark.objects.get()
    assert (mark.state, mark.recorded_by) == ("present", link.key)


def test_the_link_ends_a_day_after_the_session_or_when_it_is_ended(link: GuestLink) -> None:
    with time_machine.travel(link.ends_at - timedelta(seconds=1), tick=False):
        assert Client().get(page(link)).status_code == 200
    with time_machine.travel(link.ends_at, tick=False):
        assert Client().get(page(link)).status_code == 404
    end_guest_link(link=link, by=BY, at=EVENING)
    with time_machine.travel(EVENING, tick=False):
        assert Client().get(page(link)).status_code == 404


def test_a_link_that_nobody_made_is_not_found(link: GuestLink) -> None:
    with time_machine.travel(EVENING, tick=False):
        assert Client().get(reverse("guest:roster", args=[link.key])).status_code == 404
        assert Client().get(page(link).replace(link.key[:4], "aaaa")).status_code == 404


def test_a_coordinator_makes_and_ends_links_on_the_roster_page(world: World) -> None:
    world.enroll("Ada Moss")
    roster = reverse("attendance:roster", args=[world.meeting.key])
    with time_machine.travel(EVENING, tick=False):
        browser = coordinator()
        browser.post(reverse("attendance:guests", args=[world.meeting.key]), {"name": "Vic Teach"})
        link = GuestLink.objects.get()
        assert page(link) in browser.get(roster).content.decode()
        browser.post(reverse("attendance:guest-end", args=[world.meeting.key, link.key]))
        assert page(link) not in browser.get(roster).content.decode()


def test_no_link_for_a_session_long_over(world: World) -> None:
    with pytest.raises(AttendanceRefused, match="is over for more than a day"):
        invite_guest(meeting=world.meeting, name="Vic Teach", by=BY, at=EVENING + timedelta(days=2))
