"""The timeline of a class: its months, and in each the days that have a session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from cecto.foundation.ui.statuses import Sign, sign_of


@dataclass(frozen=True)
class Day:
    """One day with a session: its title, and a session status (scheduled, today, to-settle, settled, canceled)."""

    on: date
    title: str
    status: str
    href: str = ""

    @property
    def sign(self) -> Sign:
        """How the status is shown."""
        return sign_of(self.status)


@dataclass(frozen=True)
class Month:
    """One month and its days with sessions; months without any are shown empty."""

    first: date
    days: tuple[Day, ...]
    is_now: bool


@dataclass(frozen=True)
class Year:
    """A class from `start` to `end` (the day after its last), with its sessions, as of `today`."""

    title: str
    description: str
    start: date
    end: date
    today: date
    days: Sequence[Day]

    @property
    def months(self) -> list[Month]:
        """Every month the class or one of its sessions touches, in order."""
        by_month = {first: tuple(days) for first, days in groupby(sorted(self.days, key=_on), key=_month_of_day)}
        last = max([self.end - timedelta(days=1), *by_month])
        firsts = _months(min([self.start, *by_month]), last)
        now = self.today.replace(day=1)
        return [Month(first, by_month.get(first, ()), first == now) for first in firsts]

    @property
    def statuses(self) -> list[str]:
        """The status words that occur, for the legend."""
        return list(dict.fromkeys(day.status for day in sorted(self.days, key=_on)))


def _on(day: Day) -> date:
    return day.on


def _month_of_day(day: Day) -> date:
    return day.on.replace(day=1)


def _months(first: date, last: date) -> list[date]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]
