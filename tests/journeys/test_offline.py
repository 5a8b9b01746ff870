"""The network goes while the roster is marked: nothing is lost, nothing counts twice, and people decide conflicts."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.look import Look
from tests.journeys.site import Site

KEPT = "async () => Boolean(await caches.match(location.href))"


def rows(site: Site, query: str) -> list[tuple[str, ...]]:
    """What the site's database holds."""
    with closing(sqlite3.connect(site.home / "cecto.sqlite3")) as database:
        return list(database.execute(query))


# What the page says once marks are kept; without a number it only says what would happen to them.
WAITING = re.compile(r"Offline: \d+ marks? waits? on this device")


def open_roster(site: Site, page: Page) -> str:
    """Sign in and open today's roster; its address, once it is kept for when the network is gone."""
    page.goto(site.link("Coordinator"))
    page.get_by_role("link", name="Organizational change").first.click()
    expect(page.locator("[data-ready]")).to_be_attached()
    wait_until_kept(page)
    return page.url


def wait_until_kept(page: Page) -> None:
    """Return once the worker has kept the page. Fails after ten seconds."""
    for _ in range(100):
        if page.evaluate(KEPT):
            return
        page.wait_for_timeout(100)
    pytest.fail("The page was not kept for when the network is gone.")


def save(page: Page) -> None:
    page.get_by_role("button", name="everyone else was present").click()


def absent(page: Page, place: int) -> str:
    """Tick a line as absent; the person's name."""
    box = page.get_by_label("Absent:").nth(place)
    box.check()
    return str(box.get_attribute("aria-label")).removeprefix("Absent: ")


def test_the_roster_outlives_the_network_twice(site: Site, page: Page, look: Look, visitor: Visitor) -> None:
    address = open_roster(site, page)
    page.context.set_offline(True)
    first = absent(page, 0)
    save(page)
    expect(page.get_by_text(WAITING)).to_be_visible()
    page.reload()
    expect(page.get_by_label(f"Absent: {first}")).to_be_checked()
    expect(page.get_by_text("Offline:")).to_contain_text("wait on this device")
    look.watch.problems.clear()
    look(page, "roster-offline")
    page.context.set_offline(False)
    expect(page.get_by_text("All marks saved")).to_be_visible(timeout=30_000)
    look(page, "roster-saved")
    people = len(rows(site, "select * from attendance_sent"))
    assert people > 10
    assert len(rows(site, "select * from attendance_mark where sent_id is not null")) == people

    wait_until_kept(page)
    page.context.set_offline(True)
    second = absent(page, 1)
    other = visitor()
    other.goto(site.link("Coordinator"))
    other.goto(address)
    other.locator("tr", has=other.get_by_label(f"Absent: {second}")).get_by_text("Late, early").click()
    other.locator("tr", has=other.get_by_label(f"Absent: {second}")).get_by_label("Came at").fill("10:00")
    save(other)
    expect(other.get_by_text("All marks saved")).to_be_visible(timeout=15_000)
    save(page)
    expect(page.get_by_text("Offline: 1 mark waits on this device")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("1 mark from a device waits for a decision")).to_be_visible(timeout=30_000)
    look.watch.problems.clear()
    look(page, "roster-conflict")
    page.get_by_role("button", name="The device’s mark counts").click()
    expect(page.get_by_text("the device’s mark counts")).to_be_visible()
    expect(page.get_by_label(f"Absent: {second}")).to_be_checked()


@pytest.mark.parametrize("lost", ["asking", "answering"])
def test_marks_are_saved_once_though_the_server_fails_in_the_middle(site: Site, page: Page, lost: str) -> None:
    """The server is gone when the marks are sent, or takes them and its answer is lost."""
    open_roster(site, page)

    def fail(route: object) -> None:
        if lost == "answering":
            route.fetch()  # type: ignore[attr-defined]
        route.abort()  # type: ignore[attr-defined]

    page.route("**/attendance/sent/", fail)
    save(page)
    expect(page.get_by_text("wait on this device")).to_be_visible()
    page.unroute("**/attendance/sent/")
    page.reload()
    expect(page.get_by_text("All marks saved")).to_be_visible()
    keys = [key for (key,) in rows(site, "select key from attendance_sent")]
    assert len(keys) == len(set(keys)) == len(rows(site, "select * from attendance_mark where sent_id is not null"))


def test_marks_are_never_sent_under_another_name(site: Site, page: Page) -> None:
    address = open_roster(site, page)
    page.context.set_offline(True)
    save(page)
    expect(page.get_by_text(WAITING)).to_be_visible()
    page.route("**/attendance/sent/", lambda route: route.abort())
    page.context.set_offline(False)
    page.goto(site.link("Instructor"))
    page.unroute("**/attendance/sent/")
    assert page.evaluate(KEPT.replace("location.href", json.dumps(address))) is False
    page.goto(address)
    expect(page.locator("[data-ready]").or_(page.get_by_text("not found")).first).to_be_attached()
    assert rows(site, "select * from attendance_sent") == []
    page.goto(site.link("Coordinator"))
    page.goto(address)
    expect(page.get_by_text("All marks saved")).to_be_visible()
    assert rows(site, "select * from attendance_sent") != []


def test_after_saving_what_came_of_it_is_in_view_and_focused(site: Site, page: Page) -> None:
    """The button stands at the foot of a long list, and the line that tells what came of it at the top."""
    open_roster(site, page)
    line = page.locator("[data-offline]")
    page.get_by_label(re.compile("^Online:")).first.check()
    save(page)
    expect(page.get_by_text("All marks saved")).to_be_in_viewport(timeout=15_000)
    expect(line).to_be_focused()
    page.reload()
    expect(page.locator("[data-ready]")).to_be_attached()
    expect(line).not_to_be_focused()
    page.context.set_offline(True)
    absent(page, 1)
    save(page)
    expect(page.get_by_text(WAITING)).to_be_in_viewport()
    expect(line).to_be_focused()


SENT_BY_GUESTS = """
select link.name, count(*), count(distinct sent.key) from attendance_sent sent
join attendance_guestlink link on link.key = sent.sent_by group by link.name
"""


def test_a_guest_s_roster_outlives_the_network_too(site: Site, page: Page, look: Look, visitor: Visitor) -> None:
    open_roster(site, page)
    page.get_by_label("Guest’s name").fill("Vic Teach")
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_role("link", name="roster for this guest").last.get_attribute("href")
    guest = visitor()
    guest.goto(str(link))
    expect(guest.locator("[data-ready]")).to_be_attached()
    wait_until_kept(guest)
    guest.context.set_offline(True)
    first = absent(guest, 0)
    save(guest)
    expect(guest.get_by_text(WAITING)).to_be_in_viewport()
    guest.reload()
    expect(guest.get_by_label(f"Absent: {first}")).to_be_checked()
    expect(guest.get_by_text("Offline:")).to_contain_text("wait on this device")
    look.watch.problems.clear()
    look(guest, "guest-offline")
    assert rows(site, SENT_BY_GUESTS) == []
    guest.context.set_offline(False)
    expect(guest.get_by_text("All marks saved")).to_be_visible(timeout=30_000)
    look(guest, "guest-saved")
    ((name, marks, keys),) = rows(site, SENT_BY_GUESTS)
    assert (name, marks) == ("Vic Teach", keys)
    page.reload()
    expect(page.get_by_label(f"Absent: {first}")).to_be_checked()
