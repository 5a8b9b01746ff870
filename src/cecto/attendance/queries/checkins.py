"""Who has checked in by phone, and which phones were used by two people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from cecto.attendance.models import CheckIn, Desk
from cecto.attendance.presence import Sighting
from cecto.classes.models import Modality
from cecto.classes.schedule.queries import Session
from cecto.people.models import Person

CHECK_IN = "check-in"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One person's check-ins at a session. `shared_with` are others who used the same phone."""

    person: Person
    check_ins: tuple[CheckIn, ...]
    shared_with: tuple[str, ...]

    @property
    def is_in(self) -> bool:
        """Whether they have not checked out."""
        return self.check_ins[-1].kind == CheckIn.Kind.IN


def desk_of(session: Session) -> Desk | None:
    """The check-in of a session while it is open. One query."""
    return Desk.objects.filter(meeting=session.meeting, closed_at=None).first()


def check_ins_of(session: Session) -> list[CheckIn]:
    """The check-ins of a session in order of time, with their persons. One query."""
    return list(CheckIn.objects.filter(meeting=session.meeting).select_related("person").order_by("at", "id"))


def arrivals(check_ins: Iterable[CheckIn]) -> list[Arrival]:
    """The check-ins by person, the latest arrival first."""
    by_person: dict[int, list[CheckIn]] = defaultdict(list)
    users: dict[str, dict[int, str]] = defaultdict(dict)
    for one in check_ins:
        by_person[one.person_id].append(one)
        users[one.device][one.person_id] = one.person.name
    found = [_arrival(mine, users) for mine in by_person.values()]
    return sorted(found, key=lambda arrival: arrival.check_ins[0].at, reverse=True)


def _arrival(mine: list[CheckIn], users: dict[str, dict[int, str]]) -> Arrival:
    person = mine[0].person
    others = {name for one in mine for pk, name in users[one.device].items() if pk != person.pk}
    return Arrival(person, tuple(mine), tuple(sorted(others)))


def sightings_of(mine: Iterable[CheckIn], where: Modality | None = None) -> list[Sighting]:
    """What one person's check-ins say: from each in to the out that follows it, or to the end, and where."""
    found: list[Sighting] = []
    came: CheckIn | None = None
    for one in mine:
        if one.kind == CheckIn.Kind.IN:
            came = came or one
        elif came:
            found.append(Sighting(CHECK_IN, came.at, one.at, format=where))
            came = None
    return [*found, *([Sighting(CHECK_IN, came.at, format=where)] if came else [])]
