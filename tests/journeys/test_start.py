"""Everyone who can sign in to the demo lands on a page that works, on a phone and on a desk."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys.look import Look
from tests.journeys.site import Site

pytestmark = pytest.mark.reads_only

ROLES = {
    "coordinator": "Coordinator",
    "officer": "Certification officer, program director",
    "instructor": "Instructor",
    "partner": "Partner",
    "administrator": "Administrator",
    "candidate": "Participant, technology director",
    "superintendent": "Superintendent",
}


@pytest.mark.parametrize("role", ROLES)
def test_a_sign_in_link_leads_to_a_page_that_works(site: Site, page: Page, look: Look, role: str) -> None:
    answer = page.goto(site.link(ROLES[role]))
    assert answer is not None
    assert answer.status == 200
    look(page, f"start-{role}")


def test_the_public_home_is_open_to_everyone(site: Site, page: Page, look: Look) -> None:
    answer = page.goto(site.url)
    assert answer is not None
    assert answer.status == 200
    look(page, "start-public")
