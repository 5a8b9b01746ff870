"""A candidate, a superintendent on a phone without scripts, a partner and an instructor find what they came for."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.look import Look
from tests.journeys.site import Site


def test_a_candidate_sees_how_far_and_what_is_next(site: Site, page: Page, look: Look) -> None:
    page.goto(site.link("Participant, technology director"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("You’re on track to finish on June 23.")
    expect(page.get_by_role("heading", name="Still to do")).to_be_visible()
    look(page, "candidate-home")
    page.get_by_role("link", name="See my record").click()
    hours = page.locator("#hours")
    expect(hours).to_contain_text("of 240 h")
    hours.locator("summary").click()
    expect(hours.get_by_role("table")).to_be_visible()
    look(page, "candidate-record")
    page.get_by_role("link", name="My program").first.click()
    page.get_by_role("button", name="Get my calendar address").click()
    address = page.locator("code").inner_text()
    calendar = page.request.get(address)
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert "BEGIN:VEVENT" in calendar.text()
    look(page, "candidate-calendar")


@pytest.mark.reads_only
def test_a_superintendent_needs_one_page_and_no_scripts(site: Site, visitor: Visitor) -> None:
    page = visitor(scripts=False)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site.link("Superintendent"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "Two things are left: Leadership session on February 10"
    )
    expect(page.get_by_text("You need both.")).to_be_visible()
    expect(page.get_by_role("heading", name="Coming up")).to_be_visible()
    page.get_by_role("link", name="See my record").click()
    expect(page.locator("section").filter(has_text="Collaborative sessions")).to_contain_text("together")


@pytest.mark.reads_only
def test_a_partner_sees_numbers_and_the_roster_but_no_record(site: Site, page: Page, look: Look) -> None:
    page.goto(site.link("Partner"))
    page.get_by_role("link", name="CeCTO Class of 2016 (demo)").first.click()
    expect(page.get_by_role("heading", name="How far the class is")).to_be_visible()
    look(page, "partner-class")
    assert page.get_by_role("link", name="Marisol Quiñones").count() == 0


@pytest.mark.reads_only
def test_a_page_that_does_not_exist_says_what_to_do(site: Site, page: Page, look: Look) -> None:
    answer = page.goto(f"{site.url}/console/enrollments/nobody/")
    assert answer is not None
    assert "/account/login/" in page.url
    page.goto(site.link("Coordinator"))
    answer = page.goto(f"{site.url}/console/enrollments/nobody/")
    assert answer is not None
    assert answer.status == 404
    look(page, "not-found")
