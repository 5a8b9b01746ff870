"""What a sentence about a result says besides its figures: titles, days and who may decide. No part of its hash."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from cecto.requirements.parts import Unit


class Happened(NamedTuple):
    """Something that counted, or was missed (whole, or in part): its title and its day."""

    title: str
    on: date
    in_part: bool = False


class Telling(NamedTuple):
    """The words of one result.

    `unit` is the program's own name for its hours. `noun` is what is counted: session or item. `done` counted and
    `missed` did not, in order of date. `lost` are titles nothing coming can bring. `about` are words of the requirement
    itself: what is held, who signs, of whom it is asked. `last_day` is the window's. `until` is how long a credential
    is valid. `turned_in` is when the work was. `tries` are the attempts left (None: no limit). `percent` is a rate's.
    `held` are minutes of `waiting` sessions whose attendance is not final.
    `cycle_end` is that of a renewal's cycle. `offices` may grant an exception here; `excusable` says that somebody may,
    here or above. `granted` are whose waiver it is, since when.
    """

    unit: Unit | None = None
    noun: str = "session"
    done: tuple[Happened, ...] = ()
    missed: tuple[Happened, ...] = ()
    lost: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    last_day: date | None = None
    until: date | None = None
    turned_in: date | None = None
    tries: int | None = None
    percent: int = 0
    held: int = 0
    waiting: int = 0
    cycle_end: date | None = None
    offices: tuple[str, ...] = ()
    excusable: bool = True
    granted: tuple[str, date] | None = None


PLAIN = Telling()
