"""Who was where and when: everyone attends in full, give or take a minute, but for the turns the story takes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from cecto.demo.story.people import Member, members
from cecto.demo.story.reading import rows
from cecto.demo.story.sessions import Gathering

Stay = tuple[datetime, datetime]

# The day from which someone is no longer expected.
LEFT = {"caleb": date(2015, 12, 14), "ngozi": date(2016, 3, 1), "quentin": date(2016, 2, 8)}


@dataclass(frozen=True, slots=True)
class Turn:
    """What went otherwise for one person at one session.

    absent · late, early (minutes) · rejoin (minutes away in the middle) · shown (under another name) · conflict (a
    source says they left before the others say so) · stranger (somebody nobody knows).
    """

    session: str
    handle: str
    turn: str
    minutes: int
    shown: str


def steady(below: int, *words: str) -> int:
    """A number from 0 to below - 1 that is always the same for the same words: chance that can be repeated."""
    return int.from_bytes(hashlib.sha256("/".join(words).encode()).digest()[:4], "big") % below


@cache
def turns(session: str) -> tuple[Turn, ...]:
    """What went otherwise at a session."""
    return tuple(turn for turn in _all_turns() if turn.session == session)


def turn_of(gathering: Gathering, who: Member, *kinds: str) -> Turn | None:
    """The turn of one of these kinds that a person took at a session, if any."""
    return next((one for one in turns(gathering.code) if one.handle == who.handle and one.turn in kinds), None)


def strangers(gathering: Gathering) -> list[str]:
    """Names that turned up and belong to nobody in the class."""
    return [one.shown for one in turns(gathering.code) if one.turn == "stranger"]


def expected(gathering: Gathering) -> list[Member]:
    """Those who are expected at a session: of its groups, and still in their class."""
    return [who for who in members(*gathering.groups) if who.handle not in LEFT or gathering.day < LEFT[who.handle]]


def stays(gathering: Gathering, who: Member) -> Sequence[Stay]:
    """From when until when someone was really there; twice if they went away and came back, never if absent."""
    if turn_of(gathering, who, "absent"):
        return ()
    came = gathering.starts_at + _late(gathering, who)
    left = gathering.ends_at - _early(gathering, who)
    away = turn_of(gathering, who, "rejoin")
    if away is None:
        return ((came, left),)
    middle = gathering.starts_at + timedelta(minutes=40 + steady(30, "middle", gathering.code, who.handle))
    return ((came, middle), (middle + timedelta(minutes=away.minutes), left))


def _late(gathering: Gathering, who: Member) -> timedelta:
    late = turn_of(gathering, who, "late")
    return timedelta(minutes=late.minutes if late else steady(10, "came", gathering.code, who.handle) - 5)


def _early(gathering: Gathering, who: Member) -> timedelta:
    early = turn_of(gathering, who, "early")
    return timedelta(minutes=early.minutes if early else -steady(8, "left", gathering.code, who.handle))


@cache
def _all_turns() -> tuple[Turn, ...]:
    return tuple(
        Turn(row["session"], row["handle"], row["turn"], int(row["minutes"] or 0), row["shown"])
        for row in rows("turns.csv")
    )
