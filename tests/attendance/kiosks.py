"""A kiosk at the session of the world, and taps at it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from cecto.attendance.actions import Tapped, claim_kiosk, open_kiosk, take_taps
from cecto.attendance.models import CheckIn, Kiosk, Tap
from cecto.attendance.signatures import typed
from cecto.foundation.keys import new_key
from cecto.people.models import Person
from tests.attendance.world import BY, World, local

IN, OUT = CheckIn.Kind.IN, CheckIn.Kind.OUT
EXACT = timedelta()


def kiosk(world: World, door: str = "Front door", *, at: str = "8:00", token: str = "", device: str = "") -> Kiosk:
    """A kiosk that a device has claimed."""
    found = open_kiosk(meeting=world.meeting, door=door, token=token or new_key(), by=BY, at=local(at))
    return claim_kiosk(kiosk=found, device=device or new_key(), by=BY, at=local(at))


def tapped(person: Person, clock: str, kind: CheckIn.Kind = IN) -> Tapped:
    """A tap at `clock`, signed with the person's name."""
    return Tapped(new_key(), person, kind, local(clock), local(clock), typed(person.name))


def take(at_kiosk: Kiosk, *lot: Tapped, at: str, slow: timedelta = EXACT) -> list[Tap]:
    """What becomes of taps that are sent and reach us at a time of the day, by a device whose clock is `slow`."""
    received = local(at)
    sent = [replace(one, said_at=one.said_at - slow, sent_at=received - slow) for one in lot]
    return take_taps(kiosk=at_kiosk, tapped=sent, by=BY, at=received)
