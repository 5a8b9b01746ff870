"""Graduation day: signed ahead by two officers, settled by the coordinator, in effect, issued, verified, revoked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.look import Look, Watch
from tests.journeys.site import Site, later

CODE = re.compile(r"^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$")
PERSON = "Marisol Quiñones"
DIRECTOR = "Certification officer, program director"
AFTERNOON = "2016-06-23T13:30:00-04:00"


@pytest.mark.stage("graduating")
def test_from_the_docket_to_a_certificate_that_can_be_revoked(
    site: Site, visitor: Visitor, look: Look, watch: Watch
) -> None:
    director = visitor()
    _propose_and_sign_ahead(site, director, visitor(), look)
    with later(site, AFTERNOON) as afternoon:
        watch.origin = afternoon.url
        _settle_graduation(afternoon, visitor())
        _issue(afternoon, director, look)
        life = _verify_and_ask_to_revoke(director, visitor(), look)
        _confirm_as_a_second(afternoon, visitor(), life, look)


def _sign(page: Page) -> None:
    page.get_by_text("All of them").first.click()
    page.get_by_role("button", name="Sign what is ticked").click()
    expect(page.get_by_text("signed.", exact=False).first).to_be_visible()


def _docket(site: Site, page: Page, role: str) -> None:
    page.goto(site.link(role))
    page.get_by_role("link", name="CeCTO Class of 2016 (demo)").last.click()
    page.get_by_role("link", name="Docket").click()


def _propose_and_sign_ahead(site: Site, director: Page, liaison: Page, look: Look) -> None:
    _docket(site, director, DIRECTOR)
    look(director, "docket-before")
    director.get_by_label("Propose ahead of a session").select_option(index=1)
    director.get_by_role("button", name="Show").click()
    director.get_by_text("All of them").last.click()
    look(director, "docket-ahead")
    director.get_by_role("button", name="Propose those ticked").click()
    expect(director.get_by_text("proposed.", exact=False).first).to_be_visible()
    _sign(director)
    look(director, "docket-signed-once")
    _docket(site, liaison, "Certification officer, DPI liaison")
    _sign(liaison)
    look(liaison, "docket-signed-ahead")


def _settle_graduation(site: Site, coordinator: Page) -> None:
    coordinator.goto(site.link("Coordinator"))
    coordinator.get_by_role("link", name="Best-practice projects and graduation").first.click()
    with coordinator.expect_navigation():
        coordinator.get_by_role("button", name="everyone else was present", exact=False).click()
    coordinator.get_by_role("link", name="Review and finalize").first.click()
    with coordinator.expect_navigation():
        coordinator.get_by_role("button", name="Finalize attendance").click()
    expect(coordinator.get_by_text("Attendance is final.").first).to_be_visible()
    expect(coordinator.get_by_text("people are certified now.", exact=False)).to_be_visible()


def _issue(site: Site, director: Page, look: Look) -> None:
    _docket(site, director, DIRECTOR)
    look(director, "docket-certified")
    director.get_by_role("link", name="Certificates").click()
    look(director, "certificates-to-issue")
    director.get_by_role("button", name="Issue", exact=False).click()
    expect(director.get_by_text("Certificates issued", exact=True)).to_be_visible()
    expect(director.get_by_role("link", name="Stop here")).to_be_visible()
    expect(director.get_by_text("certificates issued.", exact=False)).to_be_visible(timeout=120_000)
    expect(director.get_by_role("link", name=PERSON).first).to_be_visible()
    look(director, "certificates-issued")


def _verify_and_ask_to_revoke(director: Page, public: Page, look: Look) -> str:
    director.get_by_role("link", name=PERSON).first.click()
    life = director.url
    address = director.get_by_role("link", name=CODE).first.get_attribute("href")
    public.goto(life.partition("/console/")[0] + str(address))
    expect(public.get_by_role("heading", level=1)).to_have_text("This certificate is valid")
    look(public, "verify-valid")
    director.get_by_role("link", name="Revoke").click()
    look(director, "certificate-revoke")
    director.get_by_role("button", name="Ask to revoke").click()
    expect(director.get_by_text("It is under review", exact=False).first).to_be_visible()
    look(director, "certificate-under-review")
    public.reload()
    expect(public.get_by_role("heading", level=1)).to_contain_text("under review")
    look(public, "verify-under-review")
    return life


def _confirm_as_a_second(site: Site, liaison: Page, life: str, look: Look) -> None:
    liaison.goto(site.link("Certification officer, DPI liaison"))
    liaison.goto(life)
    liaison.get_by_role("link", name="Under review: decide").click()
    liaison.get_by_text("Revoke it for good").click()
    look(liaison, "certificate-revoke-second")
    liaison.get_by_role("button", name="Save the decision").click()
    expect(liaison.get_by_text("Revoked", exact=False).first).to_be_visible()
    look(liaison, "certificate-life")
    address = liaison.get_by_role("link", name=CODE).first.get_attribute("href")
    liaison.goto(life.partition("/console/")[0] + str(address))
    expect(liaison.get_by_role("heading", level=1)).to_contain_text("revoked")
    look(liaison, "verify-revoked")
