"""Time zones as calendars understand them, checked hour by hour with dateutil's reading of them."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from hypothesis import given
from hypothesis import strategies as st

from cecto.classes.calendar.zones import time_zone

SINCE = datetime(2008, 1, 1, tzinfo=UTC)


def read(zone: str, first: datetime | None = None) -> tzinfo | None:
    text = time_zone(zone, first).to_ical().decode().replace("\r\n", "\n")
    return tz.tzical(io.StringIO(text)).get(zone)


ZONES = {zone: read(zone) for zone in ["America/New_York", "America/Los_Angeles", "America/Phoenix", "Europe/Berlin"]}


@given(st.integers(0, 24 * 365 * 25), st.sampled_from(sorted(ZONES)))
def test_every_hour_has_the_offset_of_the_zone(hours: int, zone: str) -> None:
    local = (SINCE + timedelta(hours=hours)).astimezone(ZoneInfo(zone))
    skipped_or_twice = local.utcoffset() != (local.replace(fold=1 - local.fold)).utcoffset()
    if not skipped_or_twice:
        assert local.replace(tzinfo=ZONES[zone]).utcoffset() == local.utcoffset()


def test_the_rule_is_two_lines() -> None:
    text = time_zone("America/New_York", SINCE).to_ical().decode()
    assert [line for line in text.splitlines() if line.startswith("RRULE")] == [
        "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3",
        "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11",
    ]


def test_a_zone_without_summer_time_has_no_rule() -> None:
    assert "RRULE" not in time_zone("America/Phoenix", None).to_ical().decode()


@pytest.mark.parametrize("month", [4, 10])
def test_dates_before_the_present_rules_are_right_too(month: int) -> None:
    local = datetime(2005, month, 2, 12, tzinfo=ZoneInfo("America/New_York"))
    old = read("America/New_York", local)
    assert local.replace(tzinfo=old).utcoffset() == local.utcoffset()
