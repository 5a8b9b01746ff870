"""The built assets, as the tests read them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import cecto.foundation.ui

UI = Path(cecto.foundation.ui.__file__).parent
STATIC = UI / "static" / "ui"


@cache
def css() -> str:
    """The one style sheet."""
    return (STATIC / "ui.css").read_text()


@cache
def icons() -> frozenset[str]:
    """The names of the icons in the sprite."""
    return frozenset(re.findall(r'<symbol id="([a-z_]+)"', (STATIC / "icons.svg").read_text()))
