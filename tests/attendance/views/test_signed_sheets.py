"""The scan of a signed sheet: kept once, by its content, seen where minutes are settled and questioned."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from cecto.attendance.models import SignedSheet
from cecto.classes.schedule.actions import assign_instructor
from cecto.foundation import evidence
from cecto.foundation.journal.models import JournalEntry
from cecto.foundation.papers import LARGEST_BYTES
from tests.attendance.world import BY, EVENING, World, coordinator, make_person, signed_in

PNG = b"\x89PNG\r\n\x1a\n rest"
JPEG = b"\xff\xd8\xff rest"
PDF = b"%PDF-1.7 rest"


@pytest.fixture(autouse=True)
def evening() -> Iterator[None]:
    with time_machine.travel(EVENING, tick=False):
        yield


def address(world: World) -> str:
    return reverse("attendance:sign-in-sheet", args=[world.meeting.key])


def file(content: bytes, name: str = "sheet.bin") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def hand_in(browser: Client, world: World, **files: SimpleUploadedFile) -> int:
    return browser.post(address(world), files).status_code


def journal() -> int:
    return JournalEntry.objects.filter(action="attendance.keep-signed-sheet").count()


def test_a_photo_and_a_file_are_kept_with_who_and_when(world: World) -> None:
    runs = coordinator()
    assert hand_in(runs, world, photo=file(JPEG, "IMG_1.jpg"), scan=file(PDF, "page 2.pdf")) == 302
    assert [evidence.load(one.sha256) for one in SignedSheet.objects.all()] == [JPEG, PDF]
    assert {one.recorded_at for one in SignedSheet.objects.all()} == {EVENING}
    assert journal() == 2
    ada = world.enroll("Ada Moss")
    for page in ("sign-in-sheet", "roster", "reconcile"):
        shown = runs.get(reverse(f"attendance:{page}", args=[world.meeting.key])).content.decode()
        assert ("page 2.pdf" in shown, "Cora Ordner, " in shown) == (True, True), page
    trail = runs.get(reverse("attendance:person", args=[world.meeting.key, ada.key])).content.decode()
    assert "page 2.pdf" in trail


def test_the_same_bytes_again_change_nothing(world: World) -> None:
    runs = coordinator()
    for name in ("first.png", "renamed.png"):
        assert hand_in(runs, world, scan=file(PNG, name)) == 302
    assert (SignedSheet.objects.get().file_name, journal()) == ("first.png", 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"GIF89a", "is not a PDF, PNG or JPEG"),
        (b"MZ not what its name says", "is not a PDF, PNG or JPEG"),
        (PDF.ljust(LARGEST_BYTES + 1), "is larger than 10 MB"),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused_whatever_its_name(world: World, content: bytes, said: str) -> None:
    answer = coordinator().post(address(world), {"photo": file(PNG), "scan": file(content, "sheet.pdf")})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert SignedSheet.objects.count() == journal() == 0


def test_nothing_sent_is_told(world: World) -> None:
    answer = coordinator().post(address(world))
    assert (answer.status_code, "Take a photo or choose a file first" in answer.content.decode()) == (422, True)


def test_only_those_who_run_or_teach_the_session_see_it(world: World) -> None:
    teacher, ada = make_person("Ida Teacher"), world.enroll("Ada Moss")
    assign_instructor(meeting=world.meeting, person=teacher, by=BY, at=EVENING)
    teaches, attends = signed_in(teacher), signed_in(ada)
    assert hand_in(teaches, world, photo=file(PNG, "door.png")) == 302
    where = reverse("attendance:signed-sheet", args=[world.meeting.key, SignedSheet.objects.get().key])
    got = teaches.get(where)
    assert (got.content, got["Content-Type"]) == (PNG, "image/png")
    assert got["Content-Disposition"] == 'attachment; filename="door.png"'
    assert [attends.get(where).status_code, attends.post(address(world)).status_code] == [404, 404]
    assert Client().get(where).status_code == 302


def test_the_database_keeps_what_was_handed_in(world: World) -> None:
    hand_in(coordinator(), world, scan=file(PDF))
    with pytest.raises(DatabaseError), transaction.atomic():
        SignedSheet.objects.update(sha256="0" * 64)


def test_a_phone_is_offered_its_camera(world: World) -> None:
    page = coordinator().get(address(world)).content.decode()
    assert 'accept="image/jpeg,image/png" capture="environment"' in page
