"""The absences that were told, as an audit reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from cecto.attendance.queries.notices import absences_of
from cecto.requirements.facts import Absence


def absences_by_person(person_ids: Iterable[int], *, known_at: datetime) -> dict[int, list[Absence]]:
    """The absences of each person, excused or not, as known at an instant. One query."""
    found: dict[int, list[Absence]] = defaultdict(list)
    for fact in absences_of(person_ids, known_at=known_at):
        found[fact.person_id].append(Absence(fact.meeting_key, fact.excused, fact.recorded_at))
    return found
