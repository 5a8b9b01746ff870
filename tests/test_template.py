"""A test that commits leaves nothing behind, even in a table that refuses DELETE."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.foundation.journal.models import JournalEntry

NOON = datetime(2015, 8, 12, 16, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_committing_test_starts_from_the_template(turn: str) -> None:
    assert JournalEntry.objects.count() == 0
    record("tests.commit", by=Actor.command(turn), at=NOON, subject=("test", turn))
    connection.close()
    assert JournalEntry.objects.get().actor_key == turn
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        JournalEntry.objects.all().delete()
