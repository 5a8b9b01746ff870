"""What people bring, as an audit reads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from cecto.ledger.queries import background_of
from cecto.requirements.facts import Background


def background_by_person(person_ids: Iterable[int], *, known_at: datetime) -> dict[int, list[Background]]:
    """What each person brings as known at an instant, the earliest first. One query."""
    found: dict[int, list[Background]] = defaultdict(list)
    for row in background_of(person_ids, known_at=known_at):
        said = Background(row.kind, row.of, row.amount, row.occurred_on, row.recorded_at, row.word)  # type: ignore[arg-type]
        found[row.person_id].append(said)
    return found
