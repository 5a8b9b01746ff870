"""A guest instructor's link: that session's roster, for its time, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from cecto.attendance.actions import AttendanceRefused, Marking, end_guest_link, invite_guest, record_marks
from cecto.attendance.guest_tokens import token_of
from cecto.attendance.models import GuestLink, Mark, Sent
from cecto.foundation.keys import new_key
from cecto.people.models import Person
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


def lot(account: str, person: Person, **more: object) -> dict[str, object]:
    """What a browser sends once the network is back: one person was absent."""
    mark = {"key": new_key(), "person": person.key, "state": "absent", "came": "", "left": "", "where": "", "seen": 0}
    sent_at = EVENING.isoformat()
    return {"account": account, "device": new_key(), "sent_at": sent_at, "marks": [mark | {"said_at": sent_at} | more]}


def send(link: GuestLink, said: dict[str, object]) -> HttpResponse:
    answer = Client().post(reverse("guest:sent", args=[token_of(link)]), said, content_type="application/json")
    assert isinstance(answer, HttpResponse)
    return answer


def test_marks_that_waited_in_a_guest_s_browser_are_taken_once(link: GuestLink) -> None:
    ada = Person.objects.get(name="Ada Moss")
    said = lot(link.key, ada)
    with time_machine.travel(EVENING, tick=False):
        assert [send(link, said).status_code for _ in range(2)] == [200, 200]
    mark = Mark.objects.get()
    assert (mark.state, mark.recorded_by, Sent.objects.get().sent_by) == ("absent", link.key, link.key)


def test_a_guest_says_online_in_a_browser_without_a_network(link: GuestLink) -> None:
    with time_machine.travel(EVENING, tick=False):
        send(link, lot(link.key, Person.objects.get(name="Ada Moss"), state="present", where="sync"))
    assert Mark.objects.get().modality == "sync"


def test_a_place_that_is_none_is_refused_and_holds_up_nobody(link: GuestLink) -> None:
    with time_machine.travel(EVENING, tick=False):
        answer = send(link, lot(link.key, Person.objects.get(name="Ada Moss"), where="moon"))
    assert (answer.status_code, Mark.objects.count()) == (200, 0)
    assert b"refused" in answer.content


def test_marks_of_another_account_or_for_a_link_that_ended_are_not_taken(link: GuestLink) -> None:
    ada = Person.objects.get(name="Ada Moss")
    with time_machine.travel(EVENING, tick=False):
        assert send(link, lot(ada.key, ada)).status_code == 409
        end_guest_link(link=link, by=BY, at=EVENING)
        assert send(link, lot(link.key, ada)).status_code == 404
    assert Sent.objects.count() == 0


def test_a_guest_is_told_what_waits_and_the_coordinator_by_whom(world: World, link: GuestLink) -> None:
    ada = Person.objects.get(name="Ada Moss")
    record_marks(meeting=world.meeting, markings=[Marking(ada.pk, Mark.State.PRESENT)], by=BY, at=EVENING)
    with time_machine.travel(EVENING, tick=False):
        send(link, lot(link.key, ada))
        assert "One mark from your device waits" in Client().get(page(link)).content.decode()
        roster = coordinator().get(reverse("attendance:roster", args=[world.meeting.key])).content.decode()
    assert "Vic Teach (guest) marked “absent” on a device" in roster
