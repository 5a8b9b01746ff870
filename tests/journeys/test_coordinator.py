"""A coordinator's afternoon: mark today's roster, settle it; say who is who in yesterday's report, settle that too."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.look import Look
from tests.journeys.site import Site


def test_the_roster_is_marked_and_settled(site: Site, page: Page, look: Look) -> None:
    page.goto(site.link("Coordinator"))
    page.get_by_role("link", name="Organizational change").first.click()
    look(page, "coordinator-roster")
    page.get_by_label("absent", exact=False).nth(0).check()
    with page.expect_navigation():
        page.get_by_role("button", name="everyone else was present", exact=False).click()
    look(page, "coordinator-roster-marked")
    page.get_by_role("link", name="Review and finalize").first.click()
    look(page, "coordinator-reconcile")
    page.get_by_role("button", name="Finalize attendance").click()
    expect(page.get_by_text("Attendance is final.").first).to_be_visible()
    look(page, "coordinator-settled")
    assert "was final before" in site.cecto("settle", "--class", "cgcio-2016", "--session", "day-11").stdout


def test_unsure_names_and_a_conflict_are_answered_before_settling(site: Site, page: Page, look: Look) -> None:
    page.goto(site.link("Coordinator"))
    page.get_by_role("link", name="Backups that restore").first.click()
    page.get_by_role("button", name="Finalize attendance").click()
    expect(page.get_by_text("names wait", exact=False).first).to_be_visible()
    page.get_by_role("link", name="Unsure names").first.click()
    look(page, "coordinator-names")


def test_the_pages_of_a_class_are_whole(site: Site, page: Page, look: Look) -> None:
    page.goto(site.link("Coordinator"))
    page.get_by_role("link", name="CeCTO Class of 2016 (demo)").last.click()
    look(page, "class-progress")
    for tab in ["Schedule", "Work", "Roster import", "Docket", "Certificates"]:
        page.get_by_role("navigation", name="Pages of").get_by_role("link", name=tab).click()
        look(page, f"class-{tab.lower().replace(' ', '-')}")
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    expect(page.get_by_role("link", name="Certificates", exact=True)).to_be_in_viewport()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(site.url + "/console/")
    page.get_by_role("link", name="Harlan Pridgen III").last.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    look(page, "record-of-another")
