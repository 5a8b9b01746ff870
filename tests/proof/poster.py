"""Posts facts to the ledger as fast as it can and says each number once it is posted: `python poster.py FIRST`."""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime
from itertools import count

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cecto.config.settings")
django.setup()

from cecto.foundation.journal.actor import Actor  # noqa: E402
from cecto.ledger.actions import Fact, post  # noqa: E402
from cecto.ledger.activities import ActivityFacts  # noqa: E402
from cecto.ledger.models import Entry  # noqa: E402
from cecto.people.models import Person  # noqa: E402

NOON = datetime(2015, 8, 12, 16, tzinfo=UTC)


def main() -> None:
    """Post one fact per transaction until killed."""
    someone, _ = Person.objects.get_or_create(sort_name="Storm", defaults={"name": "Storm", "created_at": NOON})
    for number in count(int(sys.argv[1])):
        post([_fact(someone.pk, number)], source=f"storm:{number}", by=Actor.command("storm"), at=NOON)
        print(number, flush=True)  # noqa: T201 - the acknowledgement


def _fact(person_id: int, number: int) -> Fact:
    activity = ActivityFacts(title=f"Storm {number}", kind="session", modality="f2f")
    return Fact(person_id, activity, Entry.Kind.ATTENDED, date(2015, 8, 12), attended=number % 60, offered=60)


if __name__ == "__main__":
    main()
