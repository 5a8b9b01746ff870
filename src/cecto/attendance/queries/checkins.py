"""Who came and went, by phone or at a kiosk, and which phones were used by two people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from cecto.attendance.models import CheckIn, Desk, Tap
from cecto.attendance.presence import Sighting
from cecto.attendance.queries.kiosks import counts
from cecto.attendance.whereabouts import CHECK_IN
from cecto.classes.models import Modality
from cecto.classes.schedule.queries import Session
from cecto.people.models import Person

KIOSK = "kiosk"
IN = CheckIn.Kind.IN


@dataclass(frozen=True, slots=True)
class Move:
    """Someone came or went, as a phone or a kiosk saw it: `device` is the phone; `tap` is there for a kiosk."""

    person: Person
    kind: str
    at: datetime
    device: str = ""
    tap: Tap | None = None

    @property
    def source(self) -> str:
        """What saw it."""
        return KIOSK if self.tap else CHECK_IN

    @property
    def vouched(self) -> bool:
        """Whether a human said that it counts."""
        return self.tap is not None and hasattr(self.tap, "answer")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One person's comings and goings at a session. `shared_with` are others who used the same phone."""

    person: Person
    moves: tuple[Move, ...]
    shared_with: tuple[str, ...]

    @property
    def is_in(self) -> bool:
        """Whether they have not checked out."""
        return self.moves[-1].kind == IN


def desk_of(session: Session) -> Desk | None:
    """The check-in of a session while it is open. One query."""
    return Desk.objects.filter(meeting=session.meeting, closed_at=None).first()


def check_ins_of(session: Session) -> list[CheckIn]:
    """The check-ins of a session in order of time, with their persons. One query."""
    return list(CheckIn.objects.filter(meeting=session.meeting).select_related("person").order_by("at", "id"))


def moves_of(check_ins: Iterable[CheckIn], taps: Iterable[Tap]) -> list[Move]:
    """What counts of check-ins and taps, in order of time whatever order they came in."""
    moves = [Move(one.person, one.kind, one.at, device=one.device) for one in check_ins]
    moves += [Move(tap.person, tap.kind, tap.at, tap=tap) for tap in taps if counts(tap)]
    return sorted(moves, key=attrgetter("at", "kind"))


def arrivals(moves: Iterable[Move]) -> list[Arrival]:
    """The moves by person, the latest arrival first."""
    by_person: dict[int, list[Move]] = defaultdict(list)
    users: dict[str, dict[int, str]] = defaultdict(dict)
    for one in moves:
        by_person[one.person.pk].append(one)
        if one.device:
            users[one.device][one.person.pk] = one.person.name
    found = [_arrival(mine, users) for mine in by_person.values()]
    return sorted(found, key=lambda arrival: arrival.moves[0].at, reverse=True)


def _arrival(mine: list[Move], users: dict[str, dict[int, str]]) -> Arrival:
    person = mine[0].person
    others = {name for one in mine for pk, name in users.get(one.device, {}).items() if pk != person.pk}
    return Arrival(person, tuple(mine), tuple(sorted(others)))


def sightings_of(mine: Iterable[Move], began: datetime, where: Modality | None = None) -> list[Sighting]:
    """What one person's moves, in order, say: for each source from an in to the next out, whoever saw that, or to the
    end; and where.

    Who went without having come was not seen, unless a human says that it counts: then they were there since they last
    went, or since the session `began`.
    """
    found: list[Sighting] = []
    came: dict[str, datetime] = {}
    went = began
    for one in mine:
        if one.kind == IN:
            came.setdefault(one.source, one.at)
            continue
        if not came and one.vouched:
            came = {one.source: went}
        found += [Sighting(source, start, one.at, format=where) for source, start in came.items()]
        came, went = {}, one.at
    return [*found, *(Sighting(source, start, format=where) for source, start in came.items())]


def loose_outs(mine: Iterable[Move]) -> Iterator[Tap]:
    """The taps by which one person, whose moves these are in order, went without having come."""
    inside = False
    for one in mine:
        if one.kind != IN and not inside and one.tap:
            yield one.tap
        inside = one.kind == IN
