"""From the screen of the room to a tap on a phone."""

from __future__ import annotations

import time_machine
from django.test import Client
from django.urls import reverse

from cecto.attendance.actions import open_desk
from cecto.attendance.models import CheckIn
from cecto.attendance.scans import code_at
from tests.attendance.world import BY, World, coordinator, local, signed_in


def scan_path(world: World, clock: str) -> str:
    return reverse("check-in:scan", args=[world.meeting.key, code_at(world.meeting.key, local(clock))])


def test_a_phone_scans_signs_in_slowly_and_taps(world: World) -> None:
    ada = world.enroll("Ada Moss")
    open_desk(meeting=world.meeting, by=BY, at=local("8:00"))
    phone = signed_in(ada)
    cookies = dict(phone.cookies)
    phone.cookies.clear()
    with time_machine.travel(local("8:58:10"), tick=False):
        tap = phone.get(scan_path(world, "8:58"))["Location"]
        assert phone.get(tap)["Location"].startswith("/account/login/?next=/check-in/tap/")
    phone.cookies.update(cookies)
    with time_machine.travel(local("9:06"), tick=False):
        assert 'value="in"' in phone.get(tap).content.decode()
        assert phone.post(tap, {"kind": "in"}).status_code == 302
        assert phone.post(tap, {"kind": "in"}).status_code == 302
    assert [(one.kind, one.at) for one in CheckIn.objects.all()] == [("in", local("8:58:10"))]


def test_a_page_left_open_never_checks_out_who_wanted_in(world: World) -> None:
    ada = world.enroll("Ada Moss")
    open_desk(meeting=world.meeting, by=BY, at=local("8:00"))
    phone = signed_in(ada)
    with time_machine.travel(local("8:58:10"), tick=False):
        first, second = (phone.get(scan_path(world, "8:58"))["Location"] for _ in range(2))
        assert phone.post(first, {"kind": "in"}).status_code == 302
        assert "You are checked in already." in phone.post(second, {"kind": "in"}).content.decode()
        assert phone.post(second, {"kind": "out"}).status_code == 302
    assert [one.kind for one in CheckIn.objects.order_by("id")] == ["in", "out"]


def test_an_old_code_says_so(world: World) -> None:
    with time_machine.travel(local("9:01"), tick=False):
        assert Client().get(scan_path(world, "8:59")).status_code == 410


def test_an_address_passed_on_to_another_phone_is_of_no_use(world: World) -> None:
    ada = world.enroll("Ada Moss")
    with time_machine.travel(local("8:58"), tick=False):
        tap = Client().get(scan_path(world, "8:58"))["Location"]
        assert signed_in(ada).get(tap).status_code == 404


def test_the_screen_shows_code_and_arrivals_and_opens_and_closes(world: World) -> None:
    ada = world.enroll("Ada Moss")
    screen = reverse("attendance:desk", args=[world.meeting.key])
    switch = reverse("attendance:desk-switch", args=[world.meeting.key])
    with time_machine.travel(local("8:58"), tick=False):
        room, phone = coordinator(), signed_in(ada)
        assert "Check-in by phone is closed" in room.get(screen).content.decode()
        room.post(switch)
        phone.post(phone.get(scan_path(world, "8:58"))["Location"])
        fragment = room.get(screen, headers={"HX-Request": "true"}).content.decode()
        assert "data:image/svg+xml" in fragment
        assert "Ada Moss" in fragment
        assert "<html" not in fragment
        room.post(reverse("attendance:confirm", args=[world.meeting.key, ada.key]))
        room.post(switch)
        assert "Check-in by phone is closed" in room.get(screen).content.decode()
        last = room.get(screen, headers={"HX-Request": "true"})
        assert last.status_code == 286, "htmx goes on asking"
        assert "data:image/svg+xml" not in last.content.decode()
