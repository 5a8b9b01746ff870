"""The form of an exception asks in the unit of the requirement, and only for what the definition allows."""

from __future__ import annotations

from typing import Any

import pytest

from cecto import requirements
from cecto.audits.amounts import unit_of
from cecto.audits.forms.exceptions import GrantForm
from tests.audits import story

TEXT = story.DIRECTORS.replace("{by: program-director}", "{by: program-director, kinds: [lower, replace]}")
RULES = requirements.compile(requirements.parse(TEXT, name="x"))
OFFICES = ["steering-committee", "program-director"]


def _form(node: str, data: dict[str, str] | None = None) -> GrantForm:
    rule = RULES.nodes[node]
    return GrantForm(data, node=rule, unit=unit_of(rule), rules=RULES, offices=OFFICES)


@pytest.mark.parametrize(
    ("node", "label", "fields"),
    [
        ("hours", "Hours", ["kind", "amount", "entry", "office", "reason", "paper"]),
        ("joint", "Number", ["kind", "amount", "other", "office", "reason", "paper"]),
    ],
)
def test_fields_follow_the_requirement(node: str, label: str, fields: list[str]) -> None:
    form = _form(node)
    assert (form.fields["amount"].label, list(form.fields)) == (label, fields)


def _said(node: str, **data: str) -> dict[str, Any]:
    form = _form(node, {"office": RULES.nodes[node].waivable.by[0], "reason": "Storm", **data})  # type: ignore[union-attr]
    return form.granted() if form.is_valid() else {name: list(problems) for name, problems in form.errors.items()}


def test_hours_become_minutes_and_counts_stay_whole() -> None:
    assert _said("hours", kind="lower", amount="7.5")["amount"] == 450
    assert _said("joint", kind="lower", amount="0")["amount"] == 0
    assert _said("joint", kind="lower", amount="0.5") == {"amount": ["Give a whole number."]}


def test_another_requirement_may_stand_in_but_none_that_holds_this_one() -> None:
    assert [choice for choice, _ in _form("joint").fields["other"].choices] == ["", "hours"]  # type: ignore[attr-defined]
    assert _said("joint", kind="replace", other="hours")["other_node"] == "hours"
    assert _said("joint", kind="replace") == {"other": ["Choose the requirement that stands in."]}


def test_what_is_about_one_entry_asks_for_it() -> None:
    assert _said("hours", kind="accept") == {"entry": ["Choose the entry."]}
