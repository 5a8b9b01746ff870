"""What a kiosk shows: who is expected at its session, and who of them is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cecto.attendance.queries.checkins import IN, check_ins_of, moves_of
from cecto.attendance.queries.kiosks import taps_of
from cecto.attendance.queries.sessions import Attendee, attendees
from cecto.classes.schedule.queries import Session
from cecto.people.models import Person
from cecto.people.names import words


@dataclass(frozen=True, slots=True)
class Expected:
    """One person at the door: whether they are in, by phone or kiosk. `words` are their name as it is searched.

    `apart` tells a namesake from the others: where they work, or their class; it is empty for everyone else.
    """

    person: Person
    is_in: bool
    words: tuple[str, ...]
    apart: str = ""

    @property
    def next_kind(self) -> str:
        """What they would do now: in, or out when they are in."""
        return "out" if self.is_in else "in"


def expected_at(session: Session) -> tuple[Expected, ...]:
    """Everyone expected, by name. Three queries."""
    inside = people_inside(session)
    people = [one for one in attendees(session) if one.expected]
    named = Counter(one.person.name for one in people)
    return tuple(_expected(one, inside, namesake=named[one.person.name] > 1) for one in people)


def _expected(one: Attendee, inside: set[int], *, namesake: bool) -> Expected:
    apart = (one.organization or ", ".join(one.classes)) if namesake else ""
    return Expected(one.person, one.person.pk in inside, words(one.person.name), apart)


def people_inside(session: Session) -> set[int]:
    """Who is in now, by id. Two queries."""
    moves = moves_of(check_ins_of(session), taps_of(session.meeting))
    return {person_id for person_id, kind in {one.person.pk: one.kind for one in moves}.items() if kind == IN}


def found_by(typed: str, people: Iterable[Expected]) -> list[Expected]:
    """Those of whose name each of these words begins a part, accents and case apart."""
    wanted = words(typed)
    return [one for one in people if all(any(part.startswith(word) for part in one.words) for word in wanted)]
