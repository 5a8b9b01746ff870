"""Awards in public: registry, numbers, a past award's code; what holders say and keep; the coordinator's list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.look import Look
from tests.journeys.site import Site

pytestmark = [pytest.mark.stage("alumni"), pytest.mark.reads_only]
PAST = "Wilhelmina Oakes-Barrow"
GRADUATE = "Marisol Quiñones"
LIST = (
    "Name,Class,Track,LEA code,Date,Source\n"
    f"{PAST},Class of 2010 (demo),Technology directors,010,2010-11,invented for the demo\n"
    "Maximiliana Featherstonehaugh-Cholmondeley,Class of 2012 (demo),Superintendents,950,2012,invented for the demo\n"
)


def test_the_registry_is_searched_and_leads_to_a_past_award(site: Site, page: Page, look: Look) -> None:
    page.goto(f"{site.url}/registry/")
    expect(page.get_by_role("row", name=GRADUATE)).to_be_visible()
    look(page, "registry")
    page.get_by_label("Name").fill("nobody of this name")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Nobody is listed here")).to_be_visible()
    look(page, "registry-nobody")
    page.get_by_label("Name").fill("oakes")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("row", name=GRADUATE)).to_have_count(0)
    look(page, "registry-searched")
    page.get_by_role("row", name=PAST).get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("on record")
    look(page, "verify-past-award")
    page.goto(f"{site.url}/registry/numbers/")
    expect(page.get_by_role("row", name=re.compile("Class of 2010"))).to_be_visible()
    look(page, "registry-numbers")


def test_a_holder_sees_what_is_listed_and_finds_transcript_and_wallet(site: Site, page: Page, look: Look) -> None:
    page.goto(f"{site.url}/registry/")
    code = page.get_by_role("row", name=GRADUATE).get_by_role("link").inner_text()
    page.goto(site.link("Participant, technology director"))
    page.goto(f"{site.url}/my/registry/")
    look(page, "own-listings")
    page.locator("main a[href*='/my/registry/']").first.click()
    expect(page.get_by_label("List my name and the program")).to_be_checked()
    look(page, "own-listing")
    for name in ("transcript", "wallet"):
        page.goto(f"{site.url}/my/certificates/{code}/{name}/")
        look(page, f"own-{name}")


def test_the_coordinator_keeps_the_past_and_the_papers(site: Site, page: Page, look: Look, tmp_path: Path) -> None:
    listed = tmp_path / "past.csv"
    listed.write_text(LIST)
    page.goto(site.link("Coordinator"))
    page.goto(f"{site.url}/console/programs/cecto/past-awards/")
    look(page, "past-awards")
    page.goto(f"{site.url}/console/programs/cecto/past-awards/import/")
    page.locator("input[type=file]").set_input_files(listed)
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_role("row", name=PAST)).to_contain_text("Unchanged")
    look(page, "past-awards-preview")
    page.goto(f"{site.url}/console/")
    page.get_by_role("link", name="CeCTO Class of 2016 (demo)").first.click()
    page.get_by_role("link", name="Letters").click()
    look(page, "letters")
    page.get_by_role("link", name="Certificates", exact=True).click()
    page.locator("main a[href*='/console/certificates/']").filter(has_text="Øystein").first.click()
    expect(page.get_by_text("Signed with").first).to_be_visible()
    look(page, "certificate-life")
    page.get_by_role("link", name="Note a written request").click()
    expect(page.get_by_label("The letter", exact=True)).to_be_visible()
    look(page, "registry-on-request")
    page.get_by_role("button", name="Note the request").click()
    expect(page.get_by_role("alert")).to_contain_text("Who asked")
    look(page, "registry-on-request-refused")


def test_an_administrator_reads_what_erasing_would_do(site: Site, page: Page, look: Look) -> None:
    page.goto(site.link("Administrator"))
    page.goto(f"{site.url}/console/people/?q=Marisol")
    page.locator("main").get_by_role("link", name=GRADUATE).click()
    page.get_by_role("link", name="Erase on request").click()
    expect(page.get_by_role("heading", name="What stays")).to_be_visible()
    look(page, "erasure")
