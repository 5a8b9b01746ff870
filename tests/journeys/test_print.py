"""Pages on paper, US Letter: nothing to click, heads repeated, each half day a sheet of its own."""

from __future__ import annotations

import re

import pypdfium2 as pdfium
from playwright.sync_api import Page, expect

from tests.journeys.site import Site

UNDERLINED = """
() => [...document.querySelectorAll('main a')]
  .filter(a => getComputedStyle(a).textDecorationLine.includes('underline')).length
"""
HALF = re.compile(r"[\d:]+ [AP]M – [\d:]+ [AP]M E[SD]T")


def printed(page: Page) -> list[str]:
    """The words of each sheet of a page on paper, with single blanks."""
    document = pdfium.PdfDocument(page.pdf(format="Letter"))
    return [" ".join(sheet.get_textpage().get_text_range().replace("\xa0", " ").split()) for sheet in document]


def test_each_half_day_of_a_sign_in_sheet_begins_a_sheet_and_every_sheet_has_its_heads(site: Site, page: Page) -> None:
    page.goto(site.link("Coordinator"))
    page.get_by_role("link", name="Organizational change").first.click()
    page.get_by_role("link", name="Sign-in sheet").click()
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    sheets = printed(page)
    assert [sheet for sheet in sheets if "County" in sheet and "Name In Out Signature" not in sheet] == []
    captions = [sheet for sheet in sheets if HALF.findall(sheet)]
    assert [sheet.split("Name In")[0].count("1:00 PM") for sheet in captions] == [0, 1]
    assert HALF.search(captions[1].split("Name In")[0])
    words = " ".join(sheets)
    assert [word for word in ("Reconcile", "Print", "Hand in", "Download") if word in words] == []


def test_my_program_is_printed_without_a_gap(site: Site, page: Page) -> None:
    page.goto(site.link("Participant"))
    first = printed(page)[0]
    assert "You’re on track" in first
    assert len(first) > 500, f"the first sheet is nearly empty: {first}"
    assert page.evaluate(UNDERLINED) > 0
    page.emulate_media(media="print")
    assert page.evaluate(UNDERLINED) == 0
    expect(page.locator(".app-nav").first).to_be_hidden()
