"""The rotating code and the signed scan."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cecto.attendance.scans import STEP_SECONDS, Scan, code_at, is_good, read_scan
from tests.attendance.world import local

instants = st.integers(0, 86_400).map(lambda second: local("0:00") + timedelta(seconds=second))


@given(instants, st.integers(0, 200))
def test_a_code_is_good_for_this_step_and_the_next(shown: datetime, later: int) -> None:
    seen = shown + timedelta(seconds=later)
    steps = int(seen.timestamp()) // STEP_SECONDS - int(shown.timestamp()) // STEP_SECONDS
    assert is_good(code_at("session", shown), "session", at=seen) is (steps <= 1)


def test_a_code_of_another_session_or_none_is_not_good() -> None:
    now = local("9:00")
    assert not is_good(code_at("other", now), "session", at=now)
    assert not is_good("", "session", at=now)


def test_a_scan_is_read_back_and_a_made_up_one_is_not() -> None:
    scan = Scan("session", local("8:58:12"), "device", "token")
    assert read_scan(scan.signed()) == scan
    assert read_scan(scan.signed() + "x") is None
