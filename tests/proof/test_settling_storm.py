"""A session is settled while phones check in: who was told “you are in” is in the settlement, the rest is refused."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import pytest
from django.db import connection

from cecto.attendance.actions import check_in, open_desk, reopen_settlement, settle_meeting
from cecto.attendance.models import CheckIn, Settlement
from cecto.attendance.openness import SettledAlready
from cecto.attendance.queries.visits import visit_to
from cecto.attendance.scans import scanned
from cecto.foundation.keys import new_key
from cecto.ledger.models import Entry
from cecto.ledger.queries import standing
from cecto.people.models import Person
from tests.attendance.world import BY, World, local, make_world

SCANNED, NOW = local("15:55"), local("16:05")
PHONES = 8


@dataclass
class Round:
    """What became of each scan and each try to settle, and what went wrong."""

    acknowledged: set[int] = field(default_factory=set)
    refused: set[int] = field(default_factory=set)
    settled: set[int] = field(default_factory=set)
    errors: list[BaseException] = field(default_factory=list)


@pytest.mark.django_db(transaction=True)
def test_settling_while_phones_check_in_loses_nothing_and_posts_once() -> None:
    storm(rounds=4)


@pytest.mark.django_db(transaction=True)
@pytest.mark.proof
def test_settling_again_and_again_while_phones_check_in() -> None:
    rounds = storm(rounds=60)
    assert any(one.acknowledged for one in rounds)
    assert any(one.refused for one in rounds), "no scan came after the settlement: the storm proves nothing"


def storm(*, rounds: int) -> list[Round]:
    """Settle, twice at once, while a class checks in; check what is kept; reopen, and again with other people."""
    world, chance = make_world(), random.Random(rounds)
    open_desk(meeting=world.meeting, by=BY, at=local("8:00"))
    seen = [world.enroll("Early Bird")]
    tap(world, seen[0], Round())
    done = []
    for number in range(1, rounds + 1):
        fresh = [world.enroll(f"Phone {number:02d}-{phone}") for phone in range(PHONES)]
        seen += fresh
        done.append(_round(world, fresh, chance))
        settlement = settle_meeting(meeting=world.meeting, by=BY, at=NOW)
        _check(settlement, number, seen, fresh, done[-1])
        reopen_settlement(settlement=settlement, reason="The next round", by=BY, at=NOW)
        assert not standing(settlement.source).exists()
    return done


def tap(world: World, person: Person, told: Round) -> None:
    """Check in, as the page does."""
    visit = visit_to(world.meeting.key, person, known_at=NOW)
    try:
        scan = scanned(world.meeting.key, new_key(), at=SCANNED)
        check_in(scan=scan, visit=visit, kind=CheckIn.Kind.IN, by=BY, at=NOW)
    except SettledAlready:
        told.refused.add(person.pk)
    else:
        told.acknowledged.add(person.pk)


def settle(world: World, told: Round) -> None:
    """Settle, as the page does."""
    told.settled.add(settle_meeting(meeting=world.meeting, by=BY, at=NOW).pk)


def _round(world: World, people: list[Person], chance: random.Random) -> Round:
    told = Round()
    work: list[Callable[[], None]] = [partial(tap, world, person, told) for person in people]
    work += [partial(settle, world, told)] * 2
    delays = [chance.uniform(0, 0.05) for _ in work]
    start = threading.Barrier(len(work))
    threads = [
        threading.Thread(target=_go, args=[do, start, delay, told]) for do, delay in zip(work, delays, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads), "someone waits forever"
    assert told.errors == []
    return told


def _go(do: Callable[[], None], start: threading.Barrier, delay: float, told: Round) -> None:
    try:
        start.wait(30)
        time.sleep(delay)
        do()
    except BaseException as error:
        told.errors.append(error)
    finally:
        connection.close()


def _check(settlement: Settlement, number: int, seen: list[Person], fresh: list[Person], told: Round) -> None:
    """One settlement, one entry for each person and part, and minutes for just those who were told they are in."""
    assert (settlement.number, told.settled) == (number, {settlement.pk})
    assert Settlement.objects.filter(reopening=None).count() == 1
    entries = list(standing(settlement.source))
    assert len(entries) == len({(one.person_id, one.activity.segment_code) for one in entries}) == 2 * len(seen)
    assert told.acknowledged | told.refused == {person.pk for person in fresh}
    assert told.acknowledged & told.refused == set()
    kept = set(CheckIn.objects.filter(person__in=fresh).values_list("person_id", flat=True))
    assert kept == told.acknowledged
    credited = {one.person_id for one in entries if one.attended}
    assert credited & {person.pk for person in fresh} == told.acknowledged
    assert Entry.objects.filter(source=settlement.source, reverses=None).count() == len(entries)
