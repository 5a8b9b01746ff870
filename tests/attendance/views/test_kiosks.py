"""From the coordinator's page to a tablet at the door: one link, one device, and nothing else to see."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cecto.attendance.actions import close_kiosk, open_kiosk, settle_meeting
from cecto.attendance.models import Kiosk, Tap
from cecto.attendance.queries.door import expected_at, found_by
from cecto.attendance.queries.reconciliation import reconcile
from cecto.attendance.views.door import TAKEN_LATE
from cecto.attendance.views.kiosks import LINK_COOKIE
from cecto.classes.schedule.actions import assign_instructor, cancel_meeting
from cecto.foundation.journal.models import JournalEntry
from cecto.foundation.keys import new_key
from tests.attendance.kiosks import OUT, kiosk, take, tapped
from tests.attendance.world import BY, EVENING, World, coordinator, local, make_person, signed_in

TOKEN = "a-secret-of-twenty-two"
PAGE = f"/kiosk/{TOKEN}/"
TAPS = f"{PAGE}taps/"
LINE = [[10, 10, 200, 100]]


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    """Three minutes to nine on the day of the session."""
    with time_machine.travel(local("8:57"), tick=False):
        yield


def staff_page(world: World) -> str:
    return reverse("attendance:kiosks", args=[world.meeting.key])


def tablet(world: World) -> Client:
    """A device that opened the link of a kiosk and claimed it."""
    open_kiosk(meeting=world.meeting, door="Front door", token=TOKEN, by=BY, at=local("8:00"))
    device = Client()
    device.get(PAGE)
    device.post(f"{PAGE}claim/")
    return device


def mark(person_key: str, *, at: datetime, **more: object) -> dict[str, object]:
    """A tap as the kiosk's script keeps it."""
    one = {"key": new_key(), "person": person_key, "kind": "in", "said_at": at.isoformat(), "strokes": LINE}
    return one | more


def send(device: Client, *marks: object, at: datetime) -> HttpResponse:
    lot = {"account": "x", "device": "y", "sent_at": at.isoformat(), "marks": list(marks)}
    return device.post(TAPS, json.dumps(lot), content_type="application/json")  # type: ignore[return-value]


def outcomes(answer: HttpResponse) -> list[str]:
    return [one["outcome"] for one in json.loads(answer.content)["answers"].values()]


# Opening, for those who mark the session


def test_a_link_is_shown_to_whoever_made_it_until_a_device_has_it(world: World) -> None:
    room, other = coordinator(), Client()
    assert room.post(staff_page(world), {"door": "Front door", "on": "link"}).status_code == 302
    token = room.cookies[LINK_COOKIE].value.split(":")[0]
    address = f"http://testserver/kiosk/{token}/"
    page = room.get(staff_page(world)).content.decode()
    assert address in page
    assert "data:image/svg+xml" in page
    assert "Waits for a device" in page
    other.get(f"/kiosk/{token}/")
    other.post(f"/kiosk/{token}/claim/")
    fragment = room.get(staff_page(world), headers={"HX-Request": "true"}).content.decode()
    assert address not in fragment
    assert "Open on a device" in fragment
    assert "<html" not in fragment


def test_this_device_becomes_the_kiosk_and_its_user_is_signed_out(world: World) -> None:
    world.enroll("Ada Moss")
    room = coordinator()
    there = room.post(staff_page(world), {"on": "here"})["Location"]
    page = room.get(there)
    assert "Ada Moss" in page.content.decode()
    assert "Cora Ordner" not in page.content.decode()
    assert room.get(staff_page(world)).status_code == 302
    assert Kiosk.objects.get().door == "Door"


def test_an_instructor_opens_and_closes_kiosks_of_their_session(world: World) -> None:
    teacher = make_person("Ida Teacher")
    assign_instructor(meeting=world.meeting, person=teacher, by=BY, at=local("7:00"))
    room = signed_in(teacher)
    room.post(staff_page(world), {"door": "Back door", "on": "link"})
    made = Kiosk.objects.get()
    assert (made.door, made.opened_by) == ("Back door", teacher.key)
    room.post(reverse("attendance:kiosk-close", args=[world.meeting.key, made.key]))
    assert "Closed" in room.get(staff_page(world)).content.decode()
    assert reverse("attendance:reconcile", args=[world.meeting.key]) not in room.get(staff_page(world)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_kiosks_asks_the_same_whatever_the_size(world: World, count: int) -> None:
    for number in range(count):
        take(kiosk(world, f"Door {number}"), tapped(world.enroll(f"Person No{number}"), "8:30"), at="8:30")
    room = coordinator()
    with CaptureQueriesContext(connection) as asked:
        assert room.get(staff_page(world)).status_code == 200
    assert len(asked) == 11


# The door


def test_the_first_device_has_the_kiosk_and_a_second_is_told(world: World) -> None:
    world.enroll("Ada Moss")
    device, second = tablet(world), Client()
    assert "Ada Moss" in device.get(PAGE).content.decode()
    refused = second.get(PAGE)
    assert (refused.status_code, "Another device is this kiosk" in refused.content.decode()) == (403, True)
    assert "Ada Moss" not in refused.content.decode()
    second.post(f"{PAGE}claim/")
    assert second.get(PAGE).status_code == 403
    assert (second.get(TAPS).status_code, send(second, at=local("8:57")).status_code) == (403, 403)
    assert [entry.action for entry in JournalEntry.objects.filter(actor_kind="kiosk")] == ["attendance.claim-kiosk"]


def test_looking_at_a_link_claims_nothing(world: World) -> None:
    """Mail programs and chats open links to show a picture of them."""
    world.enroll("Ada Moss")
    open_kiosk(meeting=world.meeting, door="Front door", token=TOKEN, by=BY, at=local("8:00"))
    looked = Client().get(PAGE)
    assert ("Ada Moss" in looked.content.decode(), Kiosk.objects.get().device) == (False, "")
    assert (looked["X-Robots-Tag"], "no-store" in looked["Cache-Control"]) == ("noindex", True)


def test_a_device_of_one_kiosk_is_a_stranger_to_another(world: World) -> None:
    device = tablet(world)
    kiosk(world, "Back door", token="another")
    cookie = device.cookies["cecto_kiosk"].value
    forged = Client()
    forged.cookies["cecto_kiosk"] = cookie
    assert (forged.get(PAGE).status_code, forged.get("/kiosk/another/").status_code) == (200, 403)
    forged.cookies["cecto_kiosk"] = cookie[:-1]
    assert forged.get(PAGE).status_code == 403


def test_the_page_shows_names_and_nothing_else_of_people(world: World) -> None:
    ada = world.enroll("Ada Moss", "ada@example.org")
    bo, twin = world.enroll("Bo Tran"), world.enroll("Bo Tran")
    page = tablet(world).get(PAGE).content.decode()
    assert ("ada@example.org" in page, "/console/" in page, "/account/" in page) == (False, False, False)
    assert page.count(f'data-person="{ada.key}"') == 1
    assert page.count("app-kiosk-name__apart") == 2, "namesakes are told apart"
    assert {bo.key, twin.key} <= {one.person.key for one in expected_at(world.session) if one.apart}


@pytest.mark.parametrize(
    ("words", "found"), [("", 2), ("dalaigh", 1), ("Ó DÁL", 1), ("greer sio", 1), ("iobhan", 0), ("ad mo", 1)]
)
def test_a_few_letters_find_a_name(world: World, words: str, found: int) -> None:
    for name in ("Siobhán Ó Dálaigh-Greer", "Ada Moss"):
        world.enroll(name)
    assert len(found_by(words, expected_at(world.session))) == found
    assert tablet(world).get(PAGE, {"q": words}).content.decode().count("data-person=") == found


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_whatever_the_size(world: World, count: int) -> None:
    device = tablet(world)
    for number in range(count):
        take(Kiosk.objects.get(), tapped(world.enroll(f"Person No{number}"), "8:30"), at="8:30")
    for address in (PAGE, TAPS):
        with CaptureQueriesContext(connection) as asked:
            assert device.get(address).status_code == 200
        assert len(asked) == 9


def test_without_scripts_a_person_signs_by_typing(world: World) -> None:
    ada, device = world.enroll("Ada Moss"), tablet(world)
    place = f"{PAGE}?person={ada.key}"
    assert "Check in Ada Moss" in device.get(place).content.decode()
    form = {"key": new_key(), "kind": "in", "name": ""}
    assert device.post(place, form).status_code == 422
    there = [device.post(place, form | {"name": "A. M."})["Location"] for _ in range(2)]
    assert there == [f"{PAGE}?done={form['key']}"] * 2
    assert "Ada Moss, you are in:" in device.get(there[0]).content.decode()
    assert "Check out Ada Moss" in device.get(place).content.decode()
    assert [(one.kind, one.at, one.received_at) for one in Tap.objects.all()] == [("in", local("8:57"), local("8:57"))]
    assert device.get(f"{PAGE}?person={make_person('Pat Stranger').key}").status_code == 404
    assert device.get(f"{PAGE}?done=%00").status_code == 200


# What waited on the device


def test_what_waited_is_taken_once_and_each_tap_is_answered(world: World) -> None:
    ada, bo, device = world.enroll("Ada Moss"), world.enroll("Bo Tran"), tablet(world)
    lot = [mark(ada.key, at=local("8:40")), mark(bo.key, at=local("8:41"), typed="Bo")]
    del lot[1]["strokes"]
    assert outcomes(send(device, *lot, at=local("8:57"))) == outcomes(send(device, *lot, at=local("8:57")))
    assert [one.person for one in Tap.objects.order_by("id")] == [ada, bo]
    news = json.loads(device.get(TAPS).content)
    assert news == {"now": local("8:57").isoformat(), "people": 2, "in": [ada.key, bo.key]}


def test_one_tap_that_cannot_be_read_holds_up_no_other(world: World) -> None:
    ada, device, at = world.enroll("Ada Moss"), tablet(world), local("8:57")
    bad: list[dict[str, object]] = [
        {"strokes": "<svg onload=alert(1)>"},
        {"strokes": [[1, 2, 3]]},
        {"kind": "sideways"},
        {"person": "nobody"},
        {"person": "a\x00b"},
        {"person": new_key()},
        {"said_at": "yesterday"},
        {"said_at": "2016-01-19T08:00"},
        {"said_at": "0001-01-01T00:00+00:00"},
    ]
    lot = [mark(ada.key, at=at) | one for one in bad]
    assert outcomes(send(device, *lot, mark(ada.key, at=at), at=at)) == ["taken"] + ["refused"] * len(bad)
    assert Tap.objects.count() == 1


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"sent_at": "2016-01-19T09:00+00:00", "marks": [{"key": "x"}]}'])
def test_what_is_no_lot_is_refused_whole(world: World, body: str) -> None:
    assert tablet(world).post(TAPS, body, content_type="application/json").status_code == 422


def test_a_closed_kiosk_shows_no_names_and_still_takes_what_waited(world: World) -> None:
    ada, device = world.enroll("Ada Moss"), tablet(world)
    close_kiosk(kiosk=Kiosk.objects.get(), by=BY, at=local("8:50"))
    page = device.get(PAGE)
    assert (page.status_code, device.get(TAPS).status_code) == (410, 410)
    assert "This kiosk is closed" in page.content.decode()
    assert "Ada Moss" not in page.content.decode()
    assert device.post(f"{PAGE}?person={ada.key}", {"kind": "in", "key": new_key(), "name": "A"}).status_code == 410
    assert outcomes(send(device, mark(ada.key, at=local("8:40")), at=local("8:57"))) == ["waits"]


def test_a_kiosk_ends_with_its_day_and_takes_what_waited_for_a_fortnight(world: World) -> None:
    ada, device, ends = world.enroll("Ada Moss"), tablet(world), Kiosk.objects.get().ends_at
    for at, page, taken in (
        (ends - timedelta(seconds=1), 200, 200),
        (ends, 410, 200),
        (ends + TAKEN_LATE - timedelta(seconds=1), 410, 200),
        (ends + TAKEN_LATE, 410, 410),
    ):
        with time_machine.travel(at, tick=False):
            sent = send(device, mark(ada.key, at=local("8:40")), at=at)
            assert (device.get(PAGE).status_code, sent.status_code) == (page, taken)


def test_a_kiosk_of_a_session_that_is_canceled_is_closed(world: World) -> None:
    ada, device = world.enroll("Ada Moss"), tablet(world)
    cancel_meeting(meeting=world.meeting, by=BY, at=local("8:50"))
    assert (device.get(PAGE).status_code, device.get(TAPS).status_code) == (410, 410)
    assert outcomes(send(device, mark(ada.key, at=local("8:40")), at=local("8:57"))) == ["waits"]


def test_a_kiosk_ends_when_its_session_is_settled(world: World) -> None:
    ada, device = world.enroll("Ada Moss"), tablet(world)
    send(device, mark(ada.key, at=local("8:40")), at=local("8:57"))
    settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    with time_machine.travel(EVENING, tick=False):
        assert (device.get(PAGE).status_code, device.get(TAPS).status_code) == (410, 410)
        assert outcomes(send(device, mark(ada.key, at=local("8:45")), at=EVENING)) == ["waits"]
        page = coordinator().get(staff_page(world)).content.decode()
        assert ("take no more names" in page, "hx-trigger" in page) == (True, False)


# What people see of it


def test_a_human_answers_on_the_reconcile_screen(world: World) -> None:
    ada, made = world.enroll("Ada Moss"), kiosk(world)
    [out] = take(made, tapped(ada, "8:50", OUT), at="8:55")
    room = coordinator()
    there = reverse("attendance:reconcile", args=[world.meeting.key])
    page = room.get(there).content.decode()
    assert "1 tap at a kiosk waits for a decision" in page
    assert reverse("attendance:signature", args=[world.meeting.key, out.pk]) in page
    room.post(reverse("attendance:tap-answer", args=[world.meeting.key, out.pk]), {"decision": "not"})
    assert "waits for a decision" not in room.get(there).content.decode()
    assert reconcile(world.session).waiting_taps == ()


def test_each_tap_is_told_with_both_times_door_and_signature(world: World) -> None:
    ada, made = world.enroll("Ada Moss"), kiosk(world)
    [one] = take(made, tapped(ada, "8:40"), at="8:55")
    room = coordinator()
    row = room.get(reverse("attendance:reconcile", args=[world.meeting.key])).content.decode().replace("\xa0", " ")
    assert "Front door: in" in row
    assert ("8:40 AM" in row, "8:55 AM" in row) == (True, True)
    page = room.get(reverse("attendance:person", args=[world.meeting.key, ada.key])).content.decode()
    assert "Checked in at the kiosk “Front door”" in page
    picture = room.get(reverse("attendance:signature", args=[world.meeting.key, one.pk]))
    assert (picture["Content-Type"], picture["Cache-Control"]) == ("image/svg+xml", "private, no-store")
    assert b"Ada Moss" in picture.content


def test_the_screen_of_the_room_lists_who_came_by_the_kiosk(world: World) -> None:
    take(kiosk(world), tapped(world.enroll("Ada Moss"), "8:40"), at="8:40")
    desk = reverse("attendance:desk", args=[world.meeting.key])
    assert "Ada Moss" in coordinator().get(desk, headers={"HX-Request": "true"}).content.decode()
