"""A tablet at the door: people sign, the network goes twice and the server fails, and each tap is there once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.look import Look
from tests.journeys.site import Site
from tests.journeys.test_keyboard import Keyboard
from tests.journeys.test_offline import rows, wait_until_kept

# Ten to nine in North Carolina; the session began at half past eight.
pytestmark = pytest.mark.clock("2016-01-20T13:50:00Z")

TAPPED = """
select person.name, tap.kind from attendance_tap tap join people_person person on person.id = tap.person_id
join attendance_kiosk kiosk on kiosk.id = tap.kiosk_id join classes_meeting session on session.id = kiosk.meeting_id
where session.code = 'day-11' order by tap.id
"""


def staff_page(site: Site, page: Page) -> Page:
    """The coordinator's page of today's session and its kiosks."""
    page.goto(site.link("Coordinator"))
    page.get_by_role("link", name="Organizational change").first.click()
    page.get_by_role("link", name="Kiosk", exact=True).click()
    return page


def link_to(site: Site, page: Page) -> str:
    """The link of a kiosk that the coordinator opens for the front door."""
    staff_page(site, page).get_by_label("Which door?").fill("Front door")
    page.get_by_role("button", name="Make a link").click()
    return page.locator(".app-break a").inner_text()


def claim(tablet: Page, link: str) -> None:
    """Make a device the kiosk, and wait until the page is kept for when the network is gone."""
    tablet.goto(link)
    tablet.get_by_role("button", name="Make this device the kiosk").click()
    expect(tablet.locator("[data-ready]")).to_be_attached()
    wait_until_kept(tablet)


def name_of(tablet: Page, name: str) -> Locator:
    return tablet.locator("a[data-person]", has_text=name)


def draw(tablet: Page) -> None:
    """Sign with a finger, as the mouse does it."""
    pad = tablet.locator("[data-pad]")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    x, y = box["x"] + 30, box["y"] + 30
    tablet.mouse.move(x, y)
    tablet.mouse.down()
    for step in range(1, 20):
        tablet.mouse.move(x + 8 * step, y + 40 * (step % 2))
    tablet.mouse.up()


def sign(tablet: Page, name: str, does: str = "Check in") -> None:
    """Find a name, tap and sign; returns when the kiosk has confirmed it and shows the names again."""
    name_of(tablet, name).click()
    expect(tablet.get_by_role("heading", name=f"{does} {name}")).to_be_focused()
    draw(tablet)
    tablet.get_by_role("button", name=does).click()
    confirmed = re.compile(rf"{name}, you are (in|out): \d+:\d\d [AP]M")
    expect(tablet.get_by_role("heading", name=confirmed)).to_be_focused()
    tablet.get_by_role("button", name="Back to the names").click()
    expect(tablet.get_by_role("heading", name="Find your name")).to_be_focused()


def test_the_kiosk_outlives_the_network_twice(site: Site, page: Page, look: Look, visitor: Visitor) -> None:
    link = link_to(site, page)
    look(page, "kiosk-link")
    tablet = visitor()
    claim(tablet, link)
    sign(tablet, "Marisol Quiñones")
    expect(name_of(tablet, "Marisol Quiñones").get_by_text("In", exact=True)).to_be_visible()
    expect(name_of(tablet, "Harlan Pridgen III").get_by_text("In", exact=True)).to_be_hidden()
    expect(tablet.get_by_text("Everything is saved")).to_be_visible()

    tablet.context.set_offline(True)
    sign(tablet, "Harlan Pridgen III")
    sign(tablet, "Priya Raghunathan")
    expect(tablet.get_by_text("Offline: 2 entries wait on this device")).to_be_visible()
    tablet.reload()
    expect(tablet.get_by_text("Offline: 2 entries wait on this device")).to_be_visible()
    expect(name_of(tablet, "Harlan Pridgen III").get_by_text("In", exact=True)).to_be_visible()
    look.watch.problems.clear()
    look(tablet, "kiosk-offline", tablet=True)
    assert [name for name, _ in rows(site, TAPPED)] == ["Marisol Quiñones"]
    tablet.context.set_offline(False)
    expect(tablet.get_by_text("Everything is saved")).to_be_visible(timeout=30_000)

    tablet.context.set_offline(True)
    sign(tablet, "Marisol Quiñones", "Check out")
    tablet.reload()
    expect(tablet.get_by_text("Offline: 1 entry waits on this device")).to_be_visible()
    sign(tablet, "Beverly Ann Stancil")
    tablet.context.set_offline(False)
    expect(tablet.get_by_text("Everything is saved")).to_be_visible(timeout=30_000)
    assert rows(site, TAPPED) == [
        ("Marisol Quiñones", "in"),
        ("Harlan Pridgen III", "in"),
        ("Priya Raghunathan", "in"),
        ("Marisol Quiñones", "out"),
        ("Beverly Ann Stancil", "in"),
    ]
    page.get_by_role("link", name="Review and finalize").click()
    expect(page.get_by_text("Front door: out")).to_have_count(1)
    page.get_by_role("link", name="Marisol Quiñones").click()
    expect(page.get_by_alt_text("Signature at the name of Marisol Quiñones")).to_have_count(2)
    look.watch.problems.clear()
    look(page, "kiosk-taps")


def test_every_view_of_the_kiosk_is_accessible(site: Site, page: Page, look: Look, visitor: Visitor) -> None:
    link = link_to(site, page)
    tablet = visitor()
    tablet.goto(link)
    look(tablet, "kiosk-claim", tablet=True)
    claim(tablet, link)
    look(tablet, "kiosk-names", tablet=True)
    search = tablet.get_by_label("A few letters of your name")
    search.fill("dalai")
    expect(tablet.get_by_text("1 found")).to_be_visible()
    look(tablet, "kiosk-found", tablet=True)
    search.fill("nobody")
    expect(tablet.get_by_text("Nobody with this name is expected here")).to_be_visible()
    look(tablet, "kiosk-none", tablet=True)
    search.fill("dalai")
    search.press("Enter")
    expect(name_of(tablet, "Siobhán Ó Dálaigh-Greer")).to_be_focused()
    tablet.keyboard.press("Enter")
    tablet.get_by_role("button", name="Check in").click()
    expect(tablet.get_by_text("Sign in the field, or type")).to_be_visible()
    look(tablet, "kiosk-unsigned", tablet=True)
    draw(tablet)
    expect(tablet.get_by_text("Sign in the field, or type")).to_have_count(0)
    look(tablet, "kiosk-signing", tablet=True)
    tablet.get_by_role("button", name="Check in").click()
    tablet.get_by_role("button", name="Stay here").click()
    expect(tablet.get_by_role("button", name="Stay here")).to_be_hidden()
    look(tablet, "kiosk-confirmed", tablet=True)
    second = visitor()
    second.goto(link)
    expect(second.get_by_role("heading", name="Another device is this kiosk")).to_be_visible()
    look(second, "kiosk-taken", tablet=True)
    page.reload()
    look(page, "kiosk-open")


def test_who_goes_away_leaves_no_name_on_the_screen(site: Site, page: Page, visitor: Visitor) -> None:
    link = link_to(site, page)
    tablet = visitor()
    tablet.clock.install()
    claim(tablet, link)
    name_of(tablet, "Harlan Pridgen III").click()
    tablet.clock.run_for(61_000)
    expect(tablet.get_by_text("Still there? Back to the names in half a minute.")).to_be_visible()
    tablet.keyboard.press("Shift")
    draw(tablet)
    expect(tablet.get_by_text("Still there?")).to_have_count(0)
    tablet.clock.run_for(61_000)
    tablet.clock.run_for(31_000)
    expect(tablet.get_by_role("heading", name="Find your name")).to_be_visible()
    name_of(tablet, "Harlan Pridgen III").click()
    tablet.go_back()
    expect(tablet.get_by_role("heading", name="Find your name")).to_be_visible()


@pytest.mark.proof
@pytest.mark.parametrize("lost", ["asking", "answering"])
def test_a_tap_is_saved_once_though_the_server_fails_in_the_middle(
    site: Site, page: Page, visitor: Visitor, lost: str
) -> None:
    """The server cannot be reached when taps are sent, or takes them and its answer is lost."""
    link = link_to(site, page)
    tablet = visitor()
    claim(tablet, link)

    def fail(route: object) -> None:
        if lost == "answering":
            route.fetch()  # type: ignore[attr-defined]
        route.abort()  # type: ignore[attr-defined]

    tablet.route("**/taps/", fail)
    sign(tablet, "Harlan Pridgen III")
    expect(tablet.get_by_text("Offline: 1 entry waits on this device")).to_be_visible()
    tablet.unroute_all(behavior="wait")
    expect(tablet.get_by_text("Everything is saved")).to_be_visible(timeout=30_000)
    assert rows(site, TAPPED) == [("Harlan Pridgen III", "in")]


@pytest.mark.proof
def test_a_server_that_is_killed_loses_and_repeats_nothing(site: Site, page: Page, visitor: Visitor) -> None:
    """It is killed while a tap is on its way, and while nobody can know whether it was taken."""
    link = link_to(site, page)
    tablet = visitor()
    claim(tablet, link)
    signed = ["Harlan Pridgen III", "Priya Raghunathan", "Beverly Ann Stancil", "Marisol Quiñones"]
    for name in signed[:2]:
        sign(tablet, name)
        site.server.kill()
        site.server.start()
    site.server.kill()
    for name in signed[2:]:
        sign(tablet, name)
    tablet.reload()
    expect(tablet.get_by_text(re.compile(r"Offline: \d entries wait on this device"))).to_be_visible(timeout=20_000)
    site.server.start()
    expect(tablet.get_by_text("Everything is saved")).to_be_visible(timeout=30_000)
    assert rows(site, TAPPED) == [(name, "in") for name in signed]


def test_a_person_checks_in_by_keyboard_alone(site: Site, page: Page, visitor: Visitor) -> None:
    link = link_to(site, page)
    tablet = visitor()
    claim(tablet, link)
    keyboard = Keyboard(tablet)
    keyboard.reach(tablet.get_by_label("A few letters of your name"))
    keyboard.write("prid")
    keyboard.follow(name_of(tablet, "Harlan Pridgen III"))
    keyboard.reach(tablet.get_by_label("Or type your name or initials"))
    keyboard.write("hp")
    keyboard.press("Enter")
    expect(tablet.get_by_role("heading", name="Harlan Pridgen III, you are in")).to_be_focused()
    expect(tablet.get_by_text("Saved.", exact=True)).to_be_visible()
    keyboard.follow(tablet.get_by_role("button", name="Back to the names"))
    expect(tablet.get_by_role("heading", name="Find your name")).to_be_focused()
    assert rows(site, TAPPED) == [("Harlan Pridgen III", "in")]


def test_a_person_checks_in_and_out_without_scripts(site: Site, page: Page, look: Look, visitor: Visitor) -> None:
    link = link_to(site, page)
    tablet = visitor(scripts=False)
    tablet.goto(link)
    tablet.get_by_role("button", name="Make this device the kiosk").click()
    for does, said in (("Check in", "you are in"), ("Check out", "you are out")):
        tablet.get_by_label("A few letters of your name").fill("prid")
        tablet.get_by_role("button", name="Find").click()
        tablet.get_by_role("link", name="Harlan Pridgen III").click()
        tablet.get_by_label("Type your name or initials to sign").fill("HP")
        tablet.get_by_role("button", name=does).click()
        expect(tablet.get_by_text(f"Harlan Pridgen III, {said}")).to_be_visible()
    assert [kind for _, kind in rows(site, TAPPED)] == ["in", "out"]
    assert look.watch.problems == []


def test_what_arrives_once_the_kiosk_is_closed_waits_for_a_human(
    site: Site, page: Page, look: Look, visitor: Visitor
) -> None:
    link = link_to(site, page)
    tablet = visitor()
    claim(tablet, link)
    tablet.context.set_offline(True)
    sign(tablet, "Harlan Pridgen III")
    page.reload()
    page.get_by_role("button", name=re.compile("^Close.*Front door")).click()
    tablet.context.set_offline(False)
    expect(tablet.get_by_text("This kiosk is closed")).to_be_visible(timeout=30_000)
    expect(name_of(tablet, "Harlan Pridgen III")).to_have_count(0)
    look.watch.problems.clear()
    look(tablet, "kiosk-closed", tablet=True)
    page.get_by_role("link", name="Review and finalize").click()
    expect(page.get_by_text("1 tap at a kiosk waits for a decision")).to_be_visible()
    look(page, "kiosk-waiting")
    page.get_by_role("button", name="It counts").click()
    expect(page.get_by_text("Harlan Pridgen III: the tap counts.")).to_be_visible()
    expect(page.get_by_text("waits for a decision")).to_have_count(0)
