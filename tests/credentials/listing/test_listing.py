"""What the registry may list: the holder's word, dated, field by field."""

from __future__ import annotations

import pytest

from cecto.credentials.listing.actions import ListingRefused, let_list, list_no_more
from cecto.credentials.listing.queries import held_by, listing_of
from cecto.credentials.models import Listing
from cecto.credentials.queries import found_by_code
from cecto.credentials.recorded.actions import tell_whose
from cecto.credentials.verifying import State
from cecto.foundation.journal.actor import Actor
from tests.classes import made as classes
from tests.classes.browsing import browser
from tests.credentials import made, past
from tests.credentials.made import AT, BY, LATER

pytestmark = pytest.mark.django_db


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
    assert found_by_code(credential.versions.get().code, at=LATER).state is State.VALID


def test_nobody_else_decides_but_on_the_holders_written_request() -> None:
    award = past.award()
    with pytest.raises(ListingRefused, match="Only the holder"):
        let_list(award=award, fields=frozenset(), by=BY, at=AT)
    let_list(award=award, fields=frozenset(), request="letter of May 2, 2016", by=BY, at=AT)
    listing = listing_of(award=award)
    assert listing is not None
    assert listing.request == "letter of May 2, 2016"


def test_another_holder_starts_without_a_listing() -> None:
    award = past.award(classes.person("Wilma Pastora"))
    let_list(award=award, fields=frozenset(), request="letter", by=BY, at=AT)
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
