"""What people bring: said once, taken back by a row, never edited."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from cecto.foundation.journal.actor import Actor
from cecto.foundation.journal.models import JournalEntry
from cecto.ledger.actions import AlreadyReversed, LedgerError
from cecto.ledger.background import record_background, take_back_background
from cecto.ledger.models import Background
from cecto.ledger.queries import background_of
from cecto.people.models import Person

AT = datetime(2022, 7, 1, 20, tzinfo=UTC)
LATER = datetime(2022, 7, 9, 20, tzinfo=UTC)
SINCE = date(2022, 6, 1)
BY = Actor.command("test")
Kind = Background.Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Person:
    return Person.objects.create(name="Ada Núñez", sort_name="ada nunez", created_at=AT)


def _degree(ada: Person) -> Background:
    return record_background(person=ada, kind=Kind.HELD, of="bachelor", on=SINCE, by=BY, at=AT)


def test_the_same_again_changes_nothing(ada: Person) -> None:
    assert _degree(ada) == _degree(ada)
    assert JournalEntry.objects.filter(action="ledger.background").count() == 1


def test_taken_back_it_is_gone_from_then_on_and_may_be_said_again(ada: Person) -> None:
    degree = _degree(ada)
    with pytest.raises(LedgerError, match="Say why"):
        take_back_background(background=degree, reason=" ", by=BY, at=LATER)
    take_back_background(background=degree, reason="It was an associate degree.", by=BY, at=LATER)
    assert [list(background_of([ada.pk], known_at=known)) for known in (AT, LATER)] == [[degree], []]
    with pytest.raises(AlreadyReversed):
        take_back_background(background=degree, reason="Again.", by=BY, at=LATER)
    assert _degree(ada) != degree


@pytest.mark.parametrize(
    ("kind", "of", "amount", "word", "on", "because"),
    [
        (Kind.HELD, "A degree", 1, "", SINCE, "definition's word"),
        (Kind.HELD, "bachelor", 1, "", date(2022, 8, 1), "has not come yet"),
        (Kind.PAID, "fee", 0, "", SINCE, "not a number"),
        (Kind.YEARS, "management", 101 * 365, "", SINCE, "not a number"),
        (Kind.TRAIT, "chapter", 0, "", SINCE, "Say which chapter"),
    ],
)
def test_what_cannot_be_is_refused(
    ada: Person, kind: Background.Kind, of: str, amount: int, word: str, on: date, because: str
) -> None:
    with pytest.raises(LedgerError, match=because):
        record_background(person=ada, kind=kind, of=of, amount=amount, word=word, on=on, by=BY, at=AT)


def test_the_database_itself_refuses_to_change_it(ada: Person) -> None:
    degree = _degree(ada)
    with pytest.raises(DatabaseError), transaction.atomic():
        Background.objects.filter(pk=degree.pk).update(amount=7)
