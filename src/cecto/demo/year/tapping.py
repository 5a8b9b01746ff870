"""A kiosk at the door of one day: everyone signs as they come and go, and that morning the network was gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from cecto.attendance.actions import Tapped, claim_kiosk, open_kiosk, take_taps
from cecto.attendance.models import CheckIn, Kiosk
from cecto.attendance.signatures import Signature, drawn, typed
from cecto.demo.story.people import Member
from cecto.demo.story.sessions import Gathering, gathering
from cecto.demo.story.turns import expected, stays, steady
from cecto.demo.year.world import Event, acting, instant, meeting, person
from cecto.foundation.journal.actor import Actor
from cecto.foundation.keys import new_key

DAY = "day-09"
OPENED, NETWORK_IS_BACK, LAST_SENT = "07:50", "10:00", "16:44"
# Those who would rather type than draw with a finger.
TYPING = {"nadia": "N. P.", "gus": "Gus P."}


def events() -> Iterator[Event]:
    """The kiosk is opened; what waited on it is sent when the network is back, the rest at the end of the day."""
    one = gathering(DAY)
    for clock, words, do in (
        (OPENED, "a kiosk is opened at the door", _open),
        (NETWORK_IS_BACK, "the kiosk has a network again and sends what waited", _send),
        (LAST_SENT, "everyone has signed out at the kiosk", _send),
    ):
        yield Event(instant(one.day, clock), f"{one.title}: {words}", _of(do, one))


def _of(do: Callable[[Gathering, datetime], None], one: Gathering) -> Callable[[datetime], None]:
    return lambda at: do(one, at)


def _open(one: Gathering, at: datetime) -> None:
    kiosk = open_kiosk(meeting=meeting(one.code), door="Front door", token=new_key(), by=acting("coordinator"), at=at)
    claim_kiosk(kiosk=kiosk, device=new_key(), by=_itself(kiosk), at=at)


def _send(one: Gathering, at: datetime) -> None:
    """Everything signed until then; what was sent before stays one tap."""
    kiosk = Kiosk.objects.select_related("meeting__owner__program").get(meeting=meeting(one.code))
    tapped = [tap for who in expected(one) for tap in _taps(one, who, at) if tap.said_at <= at]
    take_taps(kiosk=kiosk, tapped=tapped, by=_itself(kiosk), at=at)


def _taps(one: Gathering, who: Member, at: datetime) -> Iterator[Tapped]:
    there = stays(one, who)
    if there:
        for kind, moment in ((CheckIn.Kind.IN, there[0][0]), (CheckIn.Kind.OUT, there[-1][1])):
            yield Tapped(_key(who, kind), person(who.handle), kind, moment, at, _signature(who, kind))


def _itself(kiosk: Kiosk) -> Actor:
    return Actor("kiosk", kiosk.key)


def _key(who: Member, kind: str) -> str:
    """The key that the device made for this tap, always the same."""
    return f"{who.handle}-{kind}".ljust(22, "_")[:22]


def _signature(who: Member, kind: str) -> Signature:
    """A line of loops that nobody else has, a little different each time; or what they typed."""
    if who.handle in TYPING:
        return typed(TYPING[who.handle])
    loops = 5 + steady(5, "loops", who.handle)
    line = [place for step in range(4 * loops) for place in (40 + 12 * step, _height(who, kind, step))]
    return drawn([line])


def _height(who: Member, kind: str, step: int) -> int:
    tall = 25 + steady(60, "tall", who.handle, str(step // 4))
    return 110 + (-tall, -10, tall // 2, 5)[step % 4] + steady(7, kind, who.handle, str(step))
