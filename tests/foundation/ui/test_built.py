"""What is committed under static/ui is whole, is used, and is small enough for a first visit."""

from __future__ import annotations

import re
from pathlib import Path

import brotli
import django_htmx
import pytest

from tests.foundation.ui.built import STATIC, css, icons
from tests.shape.source import PACKAGE, ROOT

FIRST_VISIT = 150_000
LATER_PAGE = 40_000
# A long page of 25 rows, compressed; measured on the style guide.
PAGE = 20_000


def templates() -> list[Path]:
    """Every template of the product."""
    return sorted(PACKAGE.rglob("*.html"))


def wire(path: Path) -> int:
    """How many bytes a file takes on the wire: fonts as they are, the rest compressed as whitenoise does."""
    content = path.read_bytes()
    return len(content) if path.suffix == ".woff2" else len(brotli.compress(content))


def test_a_first_visit_fits() -> None:
    htmx = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
    files = [path for path in STATIC.rglob("*") if path.is_file()]
    assert sum(wire(path) for path in [htmx, *files]) + PAGE <= FIRST_VISIT


def test_the_style_sheet_names_no_missing_file() -> None:
    named = re.findall(r"url\(([^)]+)\)", css())
    local = {name.strip("\"'") for name in named} - {""}
    assert {name for name in local if not (STATIC / name).is_file()} == set()


def test_the_style_sheet_asks_nothing_of_other_sites() -> None:
    assert re.findall(r"(?:url\(|@import)[\"' ]*(?:https?:)?//", css()) == []


def test_every_icon_listed_is_built() -> None:
    listed = (ROOT / "tools" / "ui" / "icons.txt").read_text().split()
    assert sorted(icons()) == sorted(listed)


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_uses_only_icons_and_parts_that_exist(path: Path) -> None:
    source = path.read_text()
    used_icons = set(re.findall(r'{% icon "([a-z_]+)"', source)) | set(re.findall(r'\bicon="([a-z_]+)"', source))
    assert used_icons - icons() == set()
    classes = {
        name
        for value in re.findall(r'class="([^"]*)"', source)
        for name in re.findall(r"(?:app|margin)-[\w-]+(?![\w{-])", value)
    }
    assert {name for name in classes if not name.endswith("-") and f".{name}" not in css()} == set()
