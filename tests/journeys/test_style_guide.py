"""Every part of the look, in every state, in a real browser: accessible, within the screen, and silent.

Keyboard, phone menu and a page without scripts are walked too, since every page has them.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Request, expect

from tests.journeys.conftest import Visitor
from tests.journeys.look import Look

pytestmark = pytest.mark.reads_only

HEAVIEST_VISIT = 150_000


def test_every_part_is_accessible_at_phone_and_desk_width(page: Page, look: Look) -> None:
    page.goto("/styleguide/")
    look(page, "style-guide")


def test_the_first_key_leads_past_the_navigation(page: Page) -> None:
    page.goto("/verify/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_phone_opens_and_closes_the_menu(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    link = page.get_by_role("navigation", name="Main").get_by_role("link", name="Classes")
    expect(link).to_be_hidden()
    page.get_by_role("button", name="Menu").press("Enter")
    expect(link).to_be_visible()
    page.get_by_role("button", name="Menu").press("Enter")
    expect(link).to_be_hidden()


def test_a_phone_without_scripts_shows_the_whole_navigation(visitor: Visitor) -> None:
    page = visitor(scripts=False)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    expect(page.get_by_role("navigation", name="Main").get_by_role("link", name="Classes")).to_be_visible()
    expect(page.get_by_role("button", name="Menu")).to_be_hidden()


def test_a_refused_form_takes_one_to_its_errors(page: Page) -> None:
    page.goto("/styleguide/")
    summary = page.get_by_role("alert").filter(has_text="Nothing was saved")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Format").click()
    assert page.evaluate("document.activeElement.name") == "format"


def test_a_first_visit_is_light(page: Page) -> None:
    sizes: list[int] = []

    def weigh(request: Request) -> None:
        size = request.sizes()
        sizes.append(size["responseBodySize"] + size["responseHeadersSize"])

    page.on("requestfinished", weigh)
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert 0 < sum(sizes) <= HEAVIEST_VISIT
