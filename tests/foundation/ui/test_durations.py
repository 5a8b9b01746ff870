"""Lengths of time as people type them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from cecto.foundation.ui import words
from cecto.foundation.ui.durations import HoursField


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("6 h 30 min", 390),
        ("6h30", None),
        ("6h 30m", 390),
        ("6 hours 30 minutes", 390),
        ("6:30", 390),
        ("390", 390),
        ("6 h", 360),
        ("45 min", 45),
        ("0", 0),
        ("0 h", 0),
        (390, 390),
        (" 1 h 5 min ", 65),
        ("6.5", None),
        ("6:75", None),
        ("-5", None),
        ("h", None),
        ("٣", None),
        ("1,5 h", None),
        ("9" * 400, None),
    ],
)
def test_what_is_typed_is_read_as_meant_or_refused(typed: object, minutes: int | None) -> None:
    field = HoursField()
    if minutes is None:
        with pytest.raises(ValidationError, match="like 6 h 30 min"):
            field.clean(typed)
    else:
        assert field.clean(typed) == minutes


@pytest.mark.parametrize("minutes", [0, 1, 59, 60, 61, 390, 6_001])
def test_what_is_shown_is_read_back(minutes: int) -> None:
    field = HoursField()
    assert field.clean(field.prepare_value(minutes)) == minutes
    assert field.prepare_value("6:3o") == "6:3o"


def test_no_more_and_no_less_than_is_allowed() -> None:
    field = HoursField(least=1, most=165)
    for typed, said in (("166", f"Enter {words.hours(165)} or less."), ("0", f"Enter {words.hours(1)} or more.")):
        with pytest.raises(ValidationError) as refused:
            field.clean(typed)
        assert refused.value.messages == [said]
    assert HoursField(required=False).clean("") is None
