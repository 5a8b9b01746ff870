"""The kiosks of a session, what was tapped at them, and which of it waits for a human."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from cecto.attendance.kiosk_tokens import hashed
from cecto.attendance.models import Kiosk, Settlement, Tap
from cecto.classes.models import Meeting
from cecto.people.models import Person

LOOSE_OUT = "Nobody saw them come. If it counts, they were there since they last left, or since the session began."


@dataclass(frozen=True, slots=True)
class KioskRow:
    """A kiosk as staff see it: who opened it, how many tapped, and when the last tap reached us."""

    kiosk: Kiosk
    opened_by: str
    taps: int
    last_at: datetime | None
    state: str


@dataclass(frozen=True, slots=True)
class WaitingTap:
    """A tap that waits for a human, and why."""

    tap: Tap
    why: str


def kiosk_of(token: str) -> Kiosk | None:
    """The kiosk whose link holds this secret, with its session's class and program; None when there is none."""
    found = Kiosk.objects.filter(token_sha256=hashed(token))
    return found.select_related("meeting__owner__program").first()


def state_of(kiosk: Kiosk, *, settled: bool, at: datetime) -> str:
    """One word: closed, ended (its day is over), settled (its session is), unclaimed or open."""
    if kiosk.closed_at:
        return "closed"
    if kiosk.ends_at <= at:
        return "ended"
    if settled:
        return "settled"
    return "open" if kiosk.device else "unclaimed"


def is_settled(meeting: Meeting) -> bool:
    """Whether a settlement of the session stands. One query."""
    return Settlement.objects.filter(meeting=meeting, reopening=None).exists()


def kiosks_of(meeting: Meeting, *, settled: bool, at: datetime) -> list[KioskRow]:
    """The kiosks of a session, which is `settled` or not, the latest first. Two queries."""
    found = Kiosk.objects.filter(meeting=meeting).order_by("-id")
    kiosks = list(found.annotate(tapped=Count("taps"), last_at=Max("taps__received_at")))
    names = dict(Person.objects.filter(key__in={one.opened_by for one in kiosks}).values_list("key", "name"))
    return [
        KioskRow(
            one,
            names.get(one.opened_by, one.opened_by),
            one.tapped,
            one.last_at,
            state_of(one, settled=settled, at=at),
        )
        for one in kiosks
    ]


def taps_of(meeting: Meeting) -> list[Tap]:
    """Everything tapped at a session, in order of the instant that counts, with persons and answers. One query."""
    found = Tap.objects.filter(kiosk__meeting=meeting)
    return list(found.select_related("person", "kiosk", "answer").order_by("at", "kind", "key"))


def counts(tap: Tap) -> bool:
    """Whether a tap counts: a human said so, or none need be asked.

    One that went without having come counts for nothing by itself, and is among `waiting_taps` until it is answered.
    """
    return tap.answer.counts if hasattr(tap, "answer") else not tap.why


def waiting_taps(taps: Iterable[Tap], loose: Iterable[Tap]) -> tuple[WaitingTap, ...]:
    """Of a session's taps, those that wait: with a reason of their own, or by which someone went without coming."""
    without = {tap.pk for tap in loose}
    reasons = ((tap, tap.why or (LOOSE_OUT if tap.pk in without else "")) for tap in taps)
    found = [WaitingTap(tap, why) for tap, why in reasons if why and not hasattr(tap, "answer")]
    return tuple(sorted(found, key=lambda one: (one.tap.person.sort_name, one.tap.at, one.tap.kind, one.tap.key)))
