"""The Open Badges document against 1EdTech's own schema, and its numbers."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto.credentials import open_badge
from tests.credentials.sample import ISSUER, Registry, badge

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "ob_v3p0_achievementcredential_schema.json").read_text())
VALIDATOR = jsonschema_rs.validator_for(SCHEMA)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"minutes": None, "started": None, "ended": None, "term": ""},
        {"valid_until": datetime(2019, 6, 14, tzinfo=UTC)},
        {"holder": "王小明 محمد &<>\"'"},
    ],
    ids=["full", "bare", "expiring", "any script"],
)
def test_it_is_what_1edtech_asks_for(changes: dict[str, Any]) -> None:
    signed = Registry().sign(badge(**changes))
    assert [error.message for error in VALIDATOR.iter_errors(signed)] == []


def test_the_schema_would_notice() -> None:
    assert not VALIDATOR.is_valid({**badge(), "validFrom": 5})


def test_results_say_hours_and_units() -> None:
    subject = badge()["credentialSubject"]
    assert [result["value"] for result in subject["result"]] == ["240.25", "24.02"]
    assert [row["id"].partition("#")[2] for row in subject["achievement"]["resultDescription"]] == [
        "contact-hours",
        "ceu",
    ]
    assert subject["achievement"]["resultDescription"][0]["requiredValue"] == "240"


def test_competencies_are_alignments() -> None:
    alignment = badge()["credentialSubject"]["achievement"]["alignment"]
    assert [row["targetName"] for row in alignment] == ["Security", "IT governance", "Legal issues"]


@pytest.mark.parametrize(
    ("minutes", "hours", "units"),
    [(0, "0", "0"), (60, "1", "0.1"), (14_399, "239.98", "23.99"), (14_400, "240", "24"), (90, "1.5", "0.15")],
)
def test_hours_and_units_are_never_rounded_up(minutes: int, hours: str, units: str) -> None:
    assert (open_badge.hours_text(minutes), open_badge.ceu_text(minutes)) == (hours, units)


def test_the_profile_leaves_out_what_is_not_known() -> None:
    bare = open_badge.Issuer("did:web:a.example", "A", "https://a.example/")
    assert open_badge.profile(bare) == {
        "id": "did:web:a.example",
        "type": ["Profile"],
        "name": "A",
        "url": "https://a.example/",
    }
    assert open_badge.profile(ISSUER)["email"] == "cecto@example.org"


@given(st.integers(min_value=0, max_value=10**6))
def test_a_signed_paper_never_says_more_hours_than_there_are(minutes: int) -> None:
    """29.17 on a page and 29.16 on the paper was once seen; pages tell hours and minutes now."""
    signed = open_badge.hours_text(minutes)
    assert Decimal(signed) * 60 <= minutes < (Decimal(signed) + Decimal("0.01")) * 60
    assert Decimal(open_badge.ceu_text(minutes)) * 600 <= minutes
