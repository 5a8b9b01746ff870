"""How numbers and times are said."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto.foundation.ui import words
from cecto.requirements.english import amounts

NINE = datetime(2015, 8, 11, 13, tzinfo=UTC)
NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, f"0{NBSP}h"),
        (1, f"1{NBSP}min"),
        (1_750, f"29{NBSP}h{NBSP}10{NBSP}min"),
        (50, f"50{NBSP}min"),
        (60, f"1{NBSP}h"),
        (390, f"6{NBSP}h{NBSP}30{NBSP}min"),
        (14_400, f"240{NBSP}h"),
        (72_005, f"1,200{NBSP}h{NBSP}5{NBSP}min"),
        (-390, f"\N{MINUS SIGN}6{NBSP}h{NBSP}30{NBSP}min"),
    ],
)
def test_minutes_are_said_as_hours(minutes: int, said: str) -> None:
    assert words.hours(minutes) == said


@given(st.integers(min_value=-(10**7), max_value=10**7))
def test_hours_are_said_to_the_minute_and_the_same_wherever_they_are_said(minutes: int) -> None:
    said = words.hours(minutes)
    parts = dict(reversed(part.split(NBSP)) for part in re.findall(rf"[\d,]+{NBSP}(?:h|min)", said))
    told = int(parts.get("h", "0").replace(",", "")) * 60 + int(parts.get("min", "0"))
    assert told == abs(minutes)
    assert said.startswith("\N{MINUS SIGN}") == (minutes < 0)
    assert " " not in said
    if minutes >= 0:
        assert said == amounts.hours(minutes)


@given(st.integers(min_value=0, max_value=10**6), st.integers(min_value=1, max_value=10**6))
def test_a_hundred_percent_is_said_only_when_the_target_is_reached(value: int, target: int) -> None:
    assert (words.percent(value, target) == 100) == (value >= target)


def test_a_target_of_nothing_is_reached() -> None:
    assert words.percent(0, 0) == 100


def test_an_instant_is_said_in_the_zone_of_the_program_summer_and_winter() -> None:
    assert words.instant(NINE) == f"Tue, Aug 11, 2015, 9:00{NBSP}AM EDT"
    assert words.instant(datetime(2016, 1, 19, 13, tzinfo=UTC)) == f"Tue, Jan 19, 2016, 8:00{NBSP}AM EST"


def test_another_zone_is_said_when_asked() -> None:
    assert words.instant(NINE, "America/Los_Angeles") == f"Tue, Aug 11, 2015, 6:00{NBSP}AM PDT"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        words.instant(datetime(2015, 8, 11, 9))  # noqa: DTZ001 - the mistake under test


def test_a_time_of_the_day_is_that_of_the_zone() -> None:
    assert words.clock(NINE) == f"9:00{NBSP}AM"
    assert words.clock(NINE, "America/Los_Angeles") == f"6:00{NBSP}AM"


def test_a_span_says_its_day_once() -> None:
    four = datetime(2015, 8, 11, 20, tzinfo=UTC)
    dash = "\N{EN DASH}"
    assert words.span(NINE, four) == f"Tue, Aug 11, 2015, 9:00{NBSP}AM {dash} 4:00{NBSP}PM EDT"


def test_a_span_over_midnight_says_both_days() -> None:
    later = datetime(2015, 8, 12, 4, 30, tzinfo=UTC)
    assert words.span(NINE, later).endswith(f"Wed, Aug 12, 2015, 12:30{NBSP}AM EDT")


def test_a_date_is_said_with_its_weekday() -> None:
    assert words.day(date(2016, 6, 27)) == "Mon, Jun 27, 2016"
