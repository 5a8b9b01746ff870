"""The public registry: only who said yes, only what they agreed to, also in a search and in open data."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cecto.credentials.listing.actions import let_list, list_no_more
from cecto.credentials.recorded.actions import correct_award, retract_award
from cecto.credentials.signing import open_issuer_key
from tests.classes import made as classes
from tests.classes.browsing import words_of
from tests.credentials import made, past
from tests.credentials.made import AT, BY, LATER, PASSPHRASE
from tests.credentials.renewing.made import awarded

pytestmark = pytest.mark.django_db
EVERYTHING = frozenset({"class_label", "track", "district", "year", "verification"})


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    cache.clear()


def _listed(name: str = "Wilma Pastora", fields: frozenset[str] = EVERYTHING, label: str = "2010") -> None:
    district = classes.organization()
    award = past.award(of=past.said(name, label=label, district=district))
    let_list(award=award, fields=fields, request=past.LETTER, by=BY, at=AT)


def test_nobody_is_listed_who_did_not_say_yes(client: Client) -> None:
    past.award()
    made.issued()
    page = client.get("/registry/")
    assert "Nobody is listed here" in page.content.decode()
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_a_certificate_is_listed_once_with_what_its_holder_agreed_to_and_gone_when_revoked(client: Client) -> None:
    version = made.issued()
    let_list(credential=version.credential, fields=frozenset({"year"}), request=past.LETTER, by=BY, at=AT)
    (row,) = client.get("/registry/").context["table"].rows
    assert row[0] == "Zoë Núñez-O’Brien"
    assert row[2:] == [None, None, None, "2016", "valid", None]
    made.revoke(version=version, reason="error", key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
    assert client.get("/registry/").context["table"].rows == []


def test_what_is_not_shown_cannot_be_searched(client: Client) -> None:
    _listed("Open Person")
    _listed("Shy Person", frozenset())
    names = [row[0] for row in client.get("/registry/").context["table"].rows]
    assert names == ["Open Person", "Shy Person"]
    for asked in ({"class": "2010"}, {"district": "Ashe County Schools"}, {"track": "Technology directors"}):
        assert [row[0] for row in client.get("/registry/", asked).context["table"].rows] == ["Open Person"]
    assert [row[0] for row in client.get("/registry/", {"q": "shý"}).context["table"].rows] == ["Shy Person"]


def test_withdrawing_and_retracting_take_effect_at_once(client: Client) -> None:
    one, other = past.award(of=past.said("One")), past.award(of=past.said("Other"))
    for award in (one, other):
        let_list(award=award, fields=frozenset(), request=past.LETTER, by=BY, at=AT)
    correct_award(award=one, said=past.said("One Corrected"), by=BY, at=AT)
    assert [row[0] for row in client.get("/registry/").context["table"].rows] == ["One Corrected", "Other"]
    list_no_more(award=one, request=past.LETTER, by=BY, at=LATER)
    retract_award(award=other, wording="Listed by mistake.", by=BY, at=LATER)
    assert client.get("/registry/").context["table"].rows == []
    assert client.get("/registry/people.jsonld").json()["numberOfItems"] == 0


def test_open_data_holds_what_is_shown_and_no_more(client: Client) -> None:
    _listed("Open Person")
    _listed("Shy Person", frozenset())
    opened, shy = client.get("/registry/people.jsonld").json()["itemListElement"]
    assert opened["affiliation"]["name"] == "Ashe County Schools"
    assert shy == {
        "@type": "Person",
        "name": "Shy Person",
        "hasCredential": {"@type": "EducationalOccupationalCredential", "name": past.program().name},
    }
    assert client.get("/registry/", {"download": "xlsx"}).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_registry_asks_as_much_for_three_as_for_one(
    rows: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        _listed(f"Wilma {number}")
    with django_assert_num_queries(4):
        client.get("/registry/")


def test_small_numbers_are_held_back_on_the_page_and_in_the_data(client: Client) -> None:
    for number in range(6):
        past.award(of=past.said(f"Wilma {number}"))
    past.award(of=past.said("Alone", label="2012"))
    page = client.get("/registry/numbers/")
    assert page.context["table"].rows[0] == ["2010, Technology directors", None, None, None]
    assert "A dash is a number that is held back" in words_of(page.content)
    told = {one["name"]: one["value"] for one in client.get("/registry/numbers.jsonld").json()["hasPart"]}
    assert told == {"all": 7, "column, Not stated": 7}


AFTER_ITS_END = datetime(2019, 6, 15, 4, tzinfo=UTC)


def test_an_expired_certificate_leaves_the_current_holders_and_is_told_as_expired(client: Client) -> None:
    for name in ("Consuelo Hardaway", "Ada Núñez"):
        let_list(credential=awarded(name).credential, fields=EVERYTHING, request=past.LETTER, by=BY, at=AT)
    _listed("Wilma Pastora")
    with time_machine.travel(AFTER_ITS_END - timedelta(seconds=1), tick=False):
        assert {(row[0], row[6]) for row in client.get("/registry/").context["table"].rows} == {
            ("Consuelo Hardaway", "valid"),
            ("Ada Núñez", "valid"),
            ("Wilma Pastora", "listed"),
        }
    with time_machine.travel(AFTER_ITS_END, tick=False):
        page = client.get("/registry/")
        assert [row[0] for row in page.context["table"].rows] == ["Wilma Pastora"]
        assert "2 listed certificates that fit this search have expired" in words_of(page.content)
        ended = client.get("/registry/", {"standing": "expired"})
        assert {(row[0], row[6]) for row in ended.context["table"].rows} == {
            ("Ada Núñez", "expired"),
            ("Consuelo Hardaway", "expired"),
        }
        assert "People whose certificate has expired" in words_of(ended.content)
        assert "Districts of the people listed" not in words_of(ended.content)
        assert [one.people for one in page.context["map"].districts] == [1]
        told = client.get("/registry/people.jsonld").json()["itemListElement"]
    assert [one["hasCredential"].get("creativeWorkStatus") for one in told] == ["Expired", "Expired", None]
