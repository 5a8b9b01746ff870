"""Templates that the strict Content-Security-Policy lets work: no script, style or handler inside the page."""

from __future__ import annotations

import re

import pytest

from tests.shape.source import PACKAGE

REFUSED = {
    "inline style": r"<[^>]*\sstyle\s*=",
    "style element": r"<style\b",
    "inline script": r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"(application/(ld\+)?json)\")",
    "event handler": r"<[^>]*\son[a-z]+\s*=",
    "foreign address": r"<(script|link|img|iframe)\b[^>]*\b(src|href)\s*=\s*[\"']https?://",
    "javascript address": r"javascript:",
}


def refused(template: str) -> list[str]:
    """What a template holds that the policy refuses."""
    return [name for name, pattern in REFUSED.items() if re.search(pattern, template, re.IGNORECASE)]


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ('<p style="color:red">', ["inline style"]),
        ("<style>p{}</style>", ["style element"]),
        ("<script>go()</script>", ["inline script"]),
        ("<script src=\"{% static 'ui/htmx.js' %}\" defer></script>", []),
        ('<script type="application/json" id="x">{}</script>', []),
        ('<button type="submit" onclick="go()">', ["event handler"]),
        ('<img alt="" src="https://example.org/x.png">', ["foreign address"]),
        ('<a href="https://example.org/">out</a>', []),
        ('<a href="javascript:go()">', ["javascript address"]),
    ],
)
def test_the_check_finds_what_the_policy_refuses(template: str, found: list[str]) -> None:
    assert refused(template) == found


def test_no_template_holds_what_the_policy_refuses() -> None:
    found = {str(path): problems for path in PACKAGE.rglob("*.html") if (problems := refused(path.read_text()))}
    assert found == {}
