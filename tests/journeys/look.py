"""What every page must be, on a phone and on a desk: accessible, whole, silent and self-contained."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Page, Request

SCREENS = Path(__file__).resolve().parents[2] / "var" / "screens"
WIDTHS = {390: 844, 1280: 800}
TABLET = {768: 1024, 1024: 768}
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
REFUSED_PAGE = "Failed to load resource: the server responded with a status of "

FINDINGS = """
async (tags) => {
  const results = await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
  return results.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${v.help}: ${n.html} ${n.failureSummary}`));
}
"""
OVERFLOW = """
() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > wide + 1).slice(-3)
    .map(e => `reaches past ${wide} pixels: ${e.outerHTML.slice(0, 160)}`);
}
"""


@dataclass
class Watch:
    """What a page said and asked for while someone walked it."""

    origin: str
    problems: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Note every console error, uncaught error and request to another site from now on."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"uncaught: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        # The browser also calls an error what we mean: a page of ours answered 403, 404 or 422.
        ours = message.text.startswith(REFUSED_PAGE + "4") and "/static/" not in message.location["url"]
        if message.type == "error" and not ours:
            self.problems.append(f"console: {message.text} ({message.location['url']})")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:", "about:")):
            self.problems.append(f"asked another site: {request.url}")


@dataclass(frozen=True)
class Look:
    """Looks at a page as it is now: `look(page, "roster")` keeps its pictures and fails on what is wrong with it.

    `look(page, "kiosk", tablet=True)` looks at it on a tablet too, held either way.
    """

    axe: str
    watch: Watch

    def __call__(self, page: Page, name: str, *, tablet: bool = False) -> None:
        """Check the page at each width and keep var/screens/NAME-WIDTH.png. Raises AssertionError saying all."""
        sizes = WIDTHS | (TABLET if tablet else {})
        found = [f"at {size[0]}: {line}" for size in sizes.items() for line in self._at(page, name, size)]
        found += self.watch.problems
        assert found == [], f"{name} ({page.url}):\n" + "\n".join(found)

    def _at(self, page: Page, name: str, size: tuple[int, int]) -> list[str]:
        width, height = size
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_load_state("load")
        page.evaluate("document.fonts.ready.then(() => true)")
        page.screenshot(path=SCREENS / f"{name}-{width}.png", full_page=True)
        return [*overflow(page), *findings(page, self.axe)]


def overflow(page: Page) -> list[str]:
    """What makes the page scroll sideways; empty when it does not."""
    found: Any = page.evaluate(OVERFLOW)
    return list(found)


def findings(page: Page, axe: str) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA."""
    page.evaluate(axe + ";true")
    found: Any = page.evaluate(FINDINGS, STANDARD)
    return list(found)
