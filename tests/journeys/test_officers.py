"""Graduation day: signed ahead by two officers, settled by the coordinator, in effect, issued, verified, revoked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.look import Look
from tests.journeys.site import Site

PERSON = "Marisol Quiñones"


def _sign(page: Page) -> None:
    page.get_by_label("All of them").first.check()
    page.get_by_role("button", name="Sign what is ticked").click()


@pytest.mark.stage("graduating")
def test_from_the_docket_to_a_certificate_that_can_be_revoked(site: Site, visitor: Visitor, look: Look) -> None:
    director, liaison, coordinator, public = visitor(), visitor(), visitor(), visitor()
    director.goto(site.link("Certification officer, program director"))
    director.get_by_role("link", name="CeCTO Class of 2016 (demo)").last.click()
    director.get_by_role("link", name="Docket").click()
    docket = director.url
    look(director, "docket-before")
    director.get_by_label("Propose ahead of a session").select_option(index=1)
    director.get_by_role("button", name="Show").click()
    director.get_by_label("All of them").last.check()
    look(director, "docket-ahead")
    director.get_by_role("button", name="Propose those ticked").click()
    expect(director.get_by_text("proposed", exact=False).first).to_be_visible()
    _sign(director)
    look(director, "docket-signed-once")

    liaison.goto(site.link("Certification officer, DPI liaison"))
    liaison.goto(docket)
    _sign(liaison)
    look(liaison, "docket-signed-ahead")

    coordinator.goto(site.link("Coordinator"))
    coordinator.get_by_role("link", name="graduation", exact=False).first.click()
    coordinator.get_by_role("button", name="everyone else was present", exact=False).click()
    coordinator.get_by_role("link", name="Reconcile and settle").first.click()
    coordinator.get_by_role("button", name="Settle this session").click()

    director.goto(docket)
    director.get_by_role("button", name="into effect", exact=False).click()
    expect(director.get_by_text("in effect", exact=False).first).to_be_visible()
    look(director, "docket-certified")
    director.get_by_role("link", name="Certificates").click()
    look(director, "certificates-to-issue")
    director.get_by_role("button", name="Issue", exact=False).click()
    expect(director.get_by_role("link", name=PERSON).first).to_be_visible()
    look(director, "certificates-issued")

    director.get_by_role("link", name=PERSON).first.click()
    director.get_by_role("link", name=PERSON).first.click()
    address = director.url
    public.goto(address)
    expect(public.get_by_role("heading", level=1)).to_contain_text("real and it holds")
    look(public, "verify-valid")
    director.go_back()
    director.get_by_role("link", name="Revoke").click()
    look(director, "certificate-revoke")
    director.get_by_role("button", name="Revoke").click()
    look(director, "certificate-life")
    public.reload()
    expect(public.get_by_role("heading", level=1)).to_contain_text("revoked")
    look(public, "verify-revoked")
