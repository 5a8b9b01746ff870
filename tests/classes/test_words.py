"""How people write days, times, lengths and formats."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto.classes import words
from cecto.classes.models import Modality
from cecto.foundation.sheets import Unreadable

ZONE = "America/New_York"


@pytest.mark.parametrize(
    "text",
    [
        "2015-08-11",
        "8/11/2015",
        "08/11/2015",
        "Aug 11, 2015",
        "August 11 2015",
        "Tuesday, Aug. 11th, 2015",
        "11 Aug 2015",
        "2015-08-11 00:00:00",
    ],
)
def test_days_are_written_in_many_ways(text: str) -> None:
    assert words.day(text) == date(2015, 8, 11)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("9:00", time(9)),
        ("9 AM", time(9)),
        ("9am", time(9)),
        ("1:30 p.m.", time(13, 30)),
        ("13:30:00", time(13, 30)),
        ("12 AM", time(0)),
        ("12:15 PM", time(12, 15)),
    ],
)
def test_times_are_written_in_many_ways(text: str, at: time) -> None:
    assert words.clock_time(text) == at


@pytest.mark.parametrize(("text", "length"), [("90", 90), ("90 min", 90), ("1h 30m", 90), ("2 hours", 120), ("0", 0)])
def test_lengths_are_minutes(text: str, length: int) -> None:
    assert words.minutes(text) == length


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Face-to-face", Modality.F2F),
        ("in person", Modality.F2F),
        ("Synchronous online", Modality.SYNC),
        ("self-paced", Modality.ASYNC),
    ],
)
def test_formats_are_said_in_many_words(text: str, found: Modality) -> None:
    assert words.modality(text) == found


@pytest.mark.parametrize(
    ("reader", "text", "says"),
    [
        (words.day, "1900-01-01", "“1900-01-01” is in 1900. Write the year the session is held in"),
        (words.day, "2/30/2016", "There is no day “2/30/2016”."),
        (words.day, "Smarch 3, 2015", "There is no day"),
        (words.day, "soon", "“soon” is not a date. Write it like 2015-08-11."),
        (words.clock_time, "25:00", "There is no time “25:00”."),
        (words.clock_time, "13 PM", "There is no time “13 PM”."),
        (words.clock_time, "noon", "“noon” is not a time."),
        (words.minutes, "1.5", "“1.5” is not a length."),
        (words.minutes, "", "“” is not a length."),
        (words.modality, "online", "“online” is not a format."),
        (words.time_spans, "12:00", "“12:00” is not a break."),
        (words.word, "!!!", "“!!!” is not a word."),
        (words.short, "x" * 301, "It has 301 characters"),
        (words.address, "ftp://x.org", "“ftp://x.org” is not a web address."),
        (words.yes, "maybe", "“maybe” is neither yes nor no."),
    ],
)
def test_what_cannot_be_read_says_what_to_write(reader: Callable[[str], object], text: str, says: str) -> None:
    with pytest.raises(Unreadable) as refused:
        reader(text)
    assert str(refused.value).startswith(says)


def test_a_time_is_an_instant_in_the_zone() -> None:
    assert words.instant(date(2015, 8, 11), time(9), ZONE) == datetime(2015, 8, 11, 13, tzinfo=UTC)
    assert words.instant(date(2016, 1, 12), time(9), ZONE) == datetime(2016, 1, 12, 14, tzinfo=UTC)


def test_a_time_that_clocks_skip_is_refused() -> None:
    with pytest.raises(Unreadable, match="There is no 02:30 on 2016-03-13 in America/New_York"):
        words.instant(date(2016, 3, 13), time(2, 30), ZONE)


def test_a_time_that_comes_twice_is_the_earlier() -> None:
    assert words.instant(date(2015, 11, 1), time(1, 30), ZONE) == datetime(2015, 11, 1, 5, 30, tzinfo=UTC)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_is_read_as_it_was_written(day: date) -> None:
    assert words.day(day.isoformat()) == words.day(f"{day.month}/{day.day}/{day.year}") == day


@given(st.times())
def test_a_time_is_read_as_it_was_written(at: time) -> None:
    minute = at.replace(second=0, microsecond=0)
    assert words.clock_time(f"{minute:%H:%M}") == words.clock_time(f"{minute:%I:%M %p}") == minute


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    for reader in [words.day, words.clock_time, words.minutes, words.modality, words.time_spans, words.word_list]:
        try:
            reader(text)
        except Unreadable as refused:
            assert refused.fix  # noqa: PT017 - either outcome is right; any other error is not
