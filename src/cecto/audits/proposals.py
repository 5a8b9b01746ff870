"""Exceptions granted at once that wait for a second office, with what each would do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from cecto.audits.effects import Told, effects_told
from cecto.audits.exception_list import what_is_excepted
from cecto.audits.models import ExceptionGrant
from cecto.people.models import Person


@dataclass(frozen=True, slots=True)
class Proposal:
    """Exceptions that were granted at once, to one person or to many; at least one. `effects`: what each would do."""

    grants: tuple[ExceptionGrant, ...]
    effects: tuple[Told, ...] = ()

    @property
    def first(self) -> ExceptionGrant:
        """One that stands for all: they differ in the person only."""
        return self.grants[0]

    @property
    def what(self) -> str:
        """What is excepted, in words."""
        return what_is_excepted(self.first)

    def may_be_joined_by(self, person: Person, offices: Collection[str]) -> bool:
        """Whether that person, who holds these offices, is the second one it waits for."""
        return self.first.second_office in offices and self.first.granted_by_id != person.pk

    @property
    def others(self) -> int:
        """How many people besides the first."""
        return len(self.grants) - 1


def proposals(grants: Sequence[ExceptionGrant], *, known_at: datetime) -> list[Proposal]:
    """These exceptions, those granted at once together, in the order given, with what they would do."""
    found: dict[str, list[Told]] = {}
    for told in effects_told(grants, known_at=known_at):
        found.setdefault(told.grant.proposal or told.grant.key, []).append(told)
    return [Proposal(tuple(told.grant for told in group), tuple(group)) for group in found.values()]
