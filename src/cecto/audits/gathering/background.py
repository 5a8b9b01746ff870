"""What people bring, as an audit reads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from cecto.foundation.rows import instant, select
from cecto.requirements.facts import Background

# Without what was taken back by then.
_BACKGROUND = """
SELECT said.person_id, said.kind, said."of", said.amount, said.occurred_on, said.recorded_at, said.word
FROM ledger_background said
WHERE said.person_id IN (ids) AND said.recorded_at <= %(at)s AND said.reverses_id IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM ledger_background gone WHERE gone.reverses_id = said.id AND gone.recorded_at <= %(at)s)
ORDER BY said.occurred_on, said.id
"""


def background_by_person(person_ids: Iterable[int], *, known_at: datetime) -> dict[int, list[Background]]:
    """What each person brings as known at an instant, the earliest first. One query."""
    found: dict[int, list[Background]] = defaultdict(list)
    for person, kind, of, amount, on, recorded_at, word in select(_BACKGROUND, person_ids, at=known_at):
        found[person].append(Background(kind, of, amount, on, instant(recorded_at), word))
    return found
