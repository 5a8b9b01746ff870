"""Amounts of time are told in one form: 7 h 15 min, never 435 minutes."""

from __future__ import annotations

import re

import pytest

from tests.shape.source import PACKAGE

BARE = re.compile(r"(\}|\)d|\)s) minutes\b")


@pytest.mark.parametrize("kind", ["py", "html"])
def test_no_sentence_tells_bare_minutes(kind: str) -> None:
    found = [path for path in PACKAGE.rglob(f"*.{kind}") if BARE.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_what_is_looked_for_is_found() -> None:
    assert BARE.search('f"has {left} minutes"')
    assert BARE.search('"%(n)d minutes made up"')
    assert not BARE.search('f"has {hours(left)}"')
