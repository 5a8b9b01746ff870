"""A device's clock is wrong, and is put right while things wait on it: nothing shifts, or somebody is asked."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.look import Look
from tests.journeys.site import Site
from tests.journeys.test_kiosk import claim, link_to, sign
from tests.journeys.test_offline import rows, wait_until_kept

# Ten to nine in North Carolina; the session began at half past eight.
pytestmark = pytest.mark.clock("2016-01-20T13:50:00Z")

FAST = timedelta(minutes=47)
# The device's clock is ahead by what its storage says; performance.now() is what it always was.
WRONG_CLOCK = """
{
  const Real = Date;
  const ahead = () => Number(localStorage.getItem("clock-ahead") ?? 0);
  globalThis.Date = class extends Real {
    constructor(...parts) { super(...(parts.length ? parts : [Real.now() + ahead()])); }
    static now() { return Real.now() + ahead(); }
  };
}
"""
TAPS = """
select person.name, tap.at, tap.received_at, tap.why from attendance_tap tap
join people_person person on person.id = tap.person_id join attendance_kiosk kiosk on kiosk.id = tap.kiosk_id
join classes_meeting session on session.id = kiosk.meeting_id where session.code = 'day-11' order by tap.id
"""


def set_clock(page: Page, ahead: timedelta) -> None:
    page.evaluate("ahead => localStorage.setItem('clock-ahead', ahead)", ahead / timedelta(milliseconds=1))


def apart(row: tuple[str, ...]) -> timedelta:
    """How long after it counts a tap reached us."""
    return datetime.fromisoformat(row[2]) - datetime.fromisoformat(row[1])


def test_a_kiosk_whose_clock_is_put_right_shifts_no_tap(site: Site, page: Page, look: Look, visitor: Visitor) -> None:
    link = link_to(site, page)
    tablet = visitor()
    tablet.add_init_script(WRONG_CLOCK)
    tablet.goto(link)
    set_clock(tablet, FAST)
    claim(tablet, link)
    tablet.context.set_offline(True)
    sign(tablet, "Harlan Pridgen III")
    set_clock(tablet, timedelta())
    sign(tablet, "Priya Raghunathan")
    tablet.context.set_offline(False)
    expect(tablet.get_by_text("Everything is saved")).to_be_visible(timeout=30_000)
    found = rows(site, TAPS)
    assert [(name, why) for name, _, _, why in found] == [("Harlan Pridgen III", ""), ("Priya Raghunathan", "")]
    assert all(timedelta() <= apart(row) < timedelta(minutes=2) for row in found)

    wait_until_kept(tablet)
    tablet.context.set_offline(True)
    set_clock(tablet, FAST)
    sign(tablet, "Beverly Ann Stancil")
    set_clock(tablet, timedelta())
    tablet.reload()
    tablet.context.set_offline(False)
    expect(tablet.get_by_text("Everything is saved")).to_be_visible(timeout=30_000)
    asked = rows(site, TAPS)[2]
    assert asked[3].startswith("The clock of the device was changed before this was sent: it was at 2016-01-20 08:5")
    assert timedelta() <= apart(asked) < timedelta(minutes=2)
    page.get_by_role("link", name="Review and finalize").click()
    expect(page.get_by_text("The clock of the device was changed")).to_be_visible()
    look.watch.problems.clear()
    look(page, "kiosk-clock-changed")
