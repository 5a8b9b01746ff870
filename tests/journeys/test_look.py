"""The eye that looks at every page sees what it should."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.journeys.look import Watch, findings, overflow
from tools.browser import axe

GOOD = '<!doctype html><html lang="en"><title>Good</title><main><h1>Good</h1><p>Plain words.</p></main></html>'
WIDE = GOOD.replace("<p>", '<p style="width: 900px">')
PALE = GOOD.replace("<p>", '<p style="color: #ccc">')
BROKEN = GOOD.replace("<p>", "<script>undefined_function()</script><p>")
FOREIGN = GOOD.replace("<p>", '<img alt="" src="http://127.0.0.2:9/x.png"><p>')


@pytest.mark.parametrize(
    ("page_html", "wide", "inaccessible", "problems"),
    [
        (GOOD, False, [], []),
        (WIDE, True, [], []),
        (PALE, False, ["color-contrast"], []),
        (BROKEN, False, [], ["uncaught"]),
        (FOREIGN, False, [], ["asked another site", "console"]),
    ],
    ids=["good", "wide", "pale", "broken", "foreign"],
)
def test_it_sees(chromium: Browser, page_html: str, wide: bool, inaccessible: list[str], problems: list[str]) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page, watch = context.new_page(), Watch("http://localhost:1")
    watch.follow(page)
    page.set_content(page_html)
    assert bool(overflow(page)) == wide
    assert [finding.partition(":")[0] for finding in findings(page, axe())] == inaccessible
    assert [problem.partition(":")[0] for problem in watch.problems] == problems
    context.close()
