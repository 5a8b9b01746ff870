"""The pages of a gradebook's scores, as a coordinator uses them."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cecto.attendance.models import Alias, ScoredColumn
from cecto.classes.models import Cohort
from cecto.coursework.models import Item
from cecto.ledger.models import Entry
from cecto.people.models import Person
from tests.attendance.gradebook.made import CANVAS, NOW, answer, cohort_with_work
from tests.attendance.world import coordinator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def december() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def hand_in(client: Client, cohort: Cohort, content: bytes = CANVAS) -> str:
    """Upload a gradebook; the address of its preview."""
    file = {"file": SimpleUploadedFile("canvas.csv", content)}
    answer = client.post(reverse("attendance:scores", args=[cohort.key]), file)
    assert answer.status_code == 302, unescape(answer.content.decode())
    return str(answer["Location"])


def page(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def hidden(text: str, name: str) -> str:
    """The value of a hidden field."""
    return text.partition(f'name="{name}" value="')[2].partition('"')[0]


def test_columns_and_names_are_answered_then_the_work_is_accepted() -> None:
    client, cohort = coordinator(), cohort_with_work()
    address = hand_in(client, cohort)
    assert "3 columns wait: say below which work they are." in page(client, address)
    work = {item.code: item.key for item in Item.objects.all()}
    said = {"item-4711": work["module-1"], "percent-4711": 70, "item-4712": "-", "item-4713": "-"}
    said["who-7"] = Person.objects.get(name="Cy Stone").key
    assert client.post(f"{address}answers/", said).status_code == 302
    assert ScoredColumn.objects.count() == 3
    assert Alias.objects.get().email == "cstone77"
    shown = page(client, f"{address}?on=2015-10-20")
    assert "3 scores would be accepted as work." in shown
    assert Entry.objects.count() == 0
    accept = {"on": "2015-10-20", "fingerprint": hidden(shown, "fingerprint")}
    assert client.post(address, accept).status_code == 302
    assert Entry.objects.filter(kind="accepted").count() == 3
    assert "0 scores would be accepted as work." in page(client, f"{address}?on=2015-10-20")


def test_work_needs_the_percent_that_is_enough() -> None:
    client, cohort = coordinator(), cohort_with_work()
    address = hand_in(client, cohort)
    answered = client.post(f"{address}answers/", {"item-4711": Item.objects.get(code="module-1").key})
    assert answered.status_code == 422
    assert "Module 1: Data privacy: say how much of the points is enough." in unescape(answered.content.decode())
    assert ScoredColumn.objects.count() == 0


def test_the_work_of_the_very_title_is_proposed_and_nothing_is_assumed() -> None:
    client, cohort = coordinator(), cohort_with_work()
    shown = page(client, hand_in(client, cohort))
    assert f'<option value="{Item.objects.get(code="module-1").key}" selected>' in shown
    assert "0 scores would be accepted as work." in shown


def test_accepting_what_was_not_seen_is_refused() -> None:
    client, cohort = coordinator(), cohort_with_work()
    answer(cohort)
    address = hand_in(client, cohort)
    refused = client.post(address, {"on": "2015-10-20"})
    assert refused.status_code == 422
    assert "Something changed since this preview was made." in unescape(refused.content.decode())
    assert Entry.objects.count() == 0


def test_a_file_that_is_no_gradebook_is_refused_with_the_way_to_the_right_one() -> None:
    client, cohort = coordinator(), cohort_with_work()
    file = {"file": SimpleUploadedFile("x.csv", b"Name,In,Out\nAda,9:00,12:00\n")}
    refused = client.post(reverse("attendance:scores", args=[cohort.key]), file)
    assert refused.status_code == 422
    assert "Export Entire Gradebook" in unescape(refused.content.decode())
