"""The instructor's page at the start of a session: arrivals show without reloading, a doubt ends by one tap."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.look import Look
from tests.journeys.site import Site
from tests.journeys.test_offline import rows

# Twenty past eight in North Carolina; the session begins at half past.
pytestmark = pytest.mark.clock("2016-01-20T13:20:00Z")

LAST_MARK = """
select person.name, mark.state from attendance_mark mark join people_person person on person.id = mark.person_id
order by mark.id desc limit 1
"""
# The screen asks every ten seconds.
SOON = 25_000


def code_on(screen: Page) -> str:
    """The address that a phone reads from the screen."""
    picture = Image.open(io.BytesIO(screen.get_by_alt_text("The code to scan").screenshot()))
    (code,) = zxingcpp.read_barcodes(picture)
    return str(code.text)


def check_in(phone: Page, address: str) -> None:
    """Scan and tap."""
    phone.goto(address)
    phone.get_by_role("button", name="Check in").click()
    expect(phone.get_by_text("You are checked in.")).to_be_visible()


def test_arrivals_are_seen_live_and_a_shared_phone_is_settled_by_one_tap(
    site: Site, page: Page, look: Look, visitor: Visitor
) -> None:
    page.goto(site.link("Instructor"))
    page.get_by_role("link", name="Organizational change").first.click()
    page.get_by_role("link", name="Check-in").click()
    page.get_by_role("button", name="Open check-in").click()
    expect(page.get_by_role("heading", name="0 people arrived")).to_be_visible()
    look(page, "desk-open")
    page.evaluate("window.sameDocument = true")

    phone = visitor()
    phone.goto(site.link("Participant"))
    check_in(phone, code_on(page))
    expect(page.get_by_role("heading", name="1 person arrived")).to_be_visible(timeout=SOON)
    expect(page.get_by_text("Marisol Quiñones")).to_be_visible()

    phone.goto(site.link("Superintendent"))
    check_in(phone, code_on(page))
    expect(page.get_by_text("Same phone")).to_have_count(2, timeout=SOON)
    assert page.evaluate("window.sameDocument"), "the page was loaded again"
    look(page, "desk-flag")

    seen = page.get_by_role("button", name="I see Marisol Quiñones here")
    seen.focus()
    page.evaluate("document.activeElement.dataset.before = 'yes'")
    expect(page.locator("[data-before]")).to_have_count(0, timeout=SOON)
    expect(seen).to_be_focused()
    seen.click()
    expect(page.get_by_text("Marisol Quiñones is confirmed.")).to_be_visible()
    expect(page.get_by_text("Seen here")).to_have_count(1)
    expect(page.get_by_role("button", name="I see Marisol")).to_have_count(0)
    look(page, "desk-confirmed")
    assert rows(site, LAST_MARK) == [("Marisol Quiñones", "present")]
