"""What the registry may list: the holder's word, dated, field by field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cecto.credentials.examining import examine_code
from cecto.credentials.listing.actions import ListingRefused, let_list, list_no_more
from cecto.credentials.listing.queries import held_by, listing_of
from cecto.credentials.models import Listing
from cecto.credentials.recorded.actions import tell_whose
from cecto.credentials.verifying import State
from cecto.foundation import evidence
from cecto.foundation.journal.actor import Actor
from tests.classes import made as classes
from tests.classes.browsing import browser, words_of
from tests.credentials import made, past
from tests.credentials.made import AT, BY, LATER

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    caches["pace"].clear()


def test_nothing_is_listed_until_the_holder_says_so() -> None:
    credential = made.issued().credential
    assert listing_of(credential=credential) is None
    (held,) = held_by(credential.decision.enrollment.person)
    assert held.listing is None


def test_each_word_is_a_dated_row_and_withdrawing_leaves_the_certificate_valid() -> None:
    credential = made.issued().credential
    person = credential.decision.enrollment.person
    by = Actor.person(person.key, person.pk)
    let_list(credential=credential, fields=frozenset(), by=by, at=AT)
    let_list(credential=credential, fields=frozenset({"district"}), by=by, at=LATER)
    let_list(credential=credential, fields=frozenset({"district"}), by=by, at=LATER)
    list_no_more(credential=credential, by=by, at=LATER)
    assert list(Listing.objects.values_list("district", "start", "until")) == [
        (False, AT, LATER),
        (True, LATER, LATER),
    ]
    assert examine_code(credential.versions.get().code, at=LATER).state is State.VALID


def test_nobody_else_decides_but_on_the_holders_written_request() -> None:
    award = past.award()
    with pytest.raises(ListingRefused, match="Only the holder"):
        let_list(award=award, fields=frozenset(), by=BY, at=AT)
    let_list(award=award, fields=frozenset(), request=past.LETTER, by=BY, at=AT)
    listing = listing_of(award=award)
    assert listing is not None
    assert listing.request is not None
    kept = listing.request
    assert (kept.asked_by, kept.asked_on, kept.letter_name) == ("Wilma Pastora", date(2016, 5, 2), "letter.pdf")
    assert evidence.load(kept.letter_sha256) == past.LETTER.letter.content


def test_another_holder_starts_without_a_listing() -> None:
    award = past.award(classes.person("Wilma Pastora"))
    let_list(award=award, fields=frozenset(), request=past.LETTER, by=BY, at=AT)
    tell_whose(award=award, person=classes.person("Wilma Other"), by=BY, at=LATER)
    assert listing_of(award=award) is None


def test_a_holder_says_it_in_the_portal_and_takes_it_back() -> None:
    credential = made.issued().credential
    own = browser(None, who=credential.decision.enrollment.person)
    address = f"/my/registry/{credential.key}/"
    assert own.post(address, {"listed": "on", "district": "on"}).headers["Location"] == "/my/registry/"
    listing = listing_of(credential=credential)
    assert listing is not None
    assert (listing.district, listing.track) == (True, False)
    assert own.post(address, {}).status_code == 302
    assert listing_of(credential=credential) is None


@time_machine.travel(LATER, tick=False)
def test_a_coordinator_notes_the_letter_of_a_holder_without_an_account_and_its_withdrawal_works_at_once() -> None:
    credential = made.issued().credential
    staff, page = browser(), f"/console/registry/{credential.key}/"
    assert "not listed" in words_of(staff.get(page).content)
    assert page in staff.get(f"/console/certificates/{credential.key}/").content.decode()
    letter = {"asked_by": "Zoë Núñez-O’Brien", "asked_on": "2016-08-30"}

    def scan() -> SimpleUploadedFile:
        return SimpleUploadedFile("scan.png", b"\x89PNG\r\n\x1a\n")

    said = staff.post(page, {**letter, "letter": scan(), "listed": "on", "track": "on"}, follow=True)
    assert "The registry lists it from now on" in words_of(said.content)
    (row,) = Client().get("/registry/").context["table"].rows
    assert (row[0], row[3]) == ("Zoë Núñez-O’Brien", "Technology-Director")
    said = staff.post(page, {**letter, "asked_on": "2016-09-01", "letter": scan()}, follow=True)
    assert "it is as valid as before" in words_of(said.content)
    assert Client().get("/registry/").context["table"].rows == []
    assert "Zoë Núñez-O’Brien, letter of August 30, 2016" in words_of(said.content)
    kept = Listing.objects.get().request
    assert kept is not None
    assert staff.get(f"/console/registry/letters/{kept.key}/").content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"asked_on": "2016-09-02"}, "that day has not come"),
        ({"asked_by": ""}, "Who asked"),
        ({"letter": b"plain text"}, "is not a PDF, PNG or JPEG"),
        ({"letter": b""}, "The letter"),
    ],
)
@time_machine.travel(LATER, tick=False)
def test_a_request_without_a_name_a_day_or_a_letter_is_refused(change: dict[str, Any], message: str) -> None:
    credential = made.issued().credential
    asked = {"asked_by": "Zoë", "asked_on": "2016-08-30", "letter": b"%PDF-1.7", "listed": "on", **change}
    answer = browser().post(
        f"/console/registry/{credential.key}/", {**asked, "letter": SimpleUploadedFile("letter", asked["letter"])}
    )
    assert answer.status_code == 422
    assert message in words_of(answer.content)
    assert not Listing.objects.exists()
