"""Make-ups: what was missed, what may give it back, until when, and in which order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cecto.requirements import Activity, Entry
from cecto.requirements.document import MakeUp, Policy, Span
from cecto.requirements.minutes.makeups import MakeUps
from cecto.requirements.minutes.worth import worth
from tests.requirements.worlds import START, posted

UNTIL = date(2016, 7, 24)


def missed(meeting: str, attended: int, segment: str = "1") -> Entry:
    activity = Activity(f"{meeting}.{segment}", "session", meeting=meeting)
    return posted(f"e{meeting}{segment}", "attended", activity, START, attended, 60)


def makeup(key: str, minutes: int, *, replaces: str = "m", on: date = START, kind: str = "recording") -> Entry:
    return posted(key, "makeup", Activity(key, kind), on, minutes, minutes, replaces=replaces)


def allowed(policy: MakeUp | None, *entries: Entry) -> list[tuple[int, str]]:
    made = MakeUps(policy, UNTIL, START)
    made.read(entries, {entry.id: worth(entry, Policy()) for entry in entries})
    return [(made.allowed(entry).minutes, made.allowed(entry).because) for entry in entries if entry.kind == "makeup"]


def test_several_make_ups_share_what_was_missed_in_order() -> None:
    entries = (missed("m", 0), missed("m", 20, "2"), makeup("u1", 70), makeup("u2", 70), makeup("u3", 5))
    assert allowed(MakeUp(), *entries) == [
        (70, ""),
        (30, "More than the minutes missed there."),
        (0, "More than the minutes missed there."),
    ]


def test_one_segment_may_be_made_up_alone() -> None:
    entries = (missed("m", 0), missed("m", 0, "2"), makeup("u", 90, replaces="m.2"))
    assert allowed(MakeUp(), *entries) == [(60, "More than the minutes missed there.")]


@pytest.mark.parametrize(("ratio", "minutes"), [(100, 60), (50, 30), (0, 0)])
def test_the_ratio(ratio: int, minutes: int) -> None:
    assert allowed(MakeUp(ratio=ratio), missed("m", 0), makeup("u", 99))[0][0] == minutes


@pytest.mark.parametrize(
    ("policy", "change", "because"),
    [
        (None, {}, "This program has no make-ups."),
        (MakeUp(), {"replaces": "n"}, "Nothing was missed in what it replaces."),
        (MakeUp(kinds=("assignment",)), {}, "A make-up by recording is not among the kinds allowed."),
        (MakeUp(), {"occurred_on": UNTIL}, "Made up after the last day, July 23, 2016."),
        (MakeUp(), {"occurred_on": UNTIL - timedelta(days=1)}, ""),
        (MakeUp(within=Span(days=9)), {"occurred_on": START + timedelta(days=9)}, ""),
        (
            MakeUp(within=Span(days=9)),
            {"occurred_on": START + timedelta(days=10)},
            "Made up too long after the missed session.",
        ),
    ],
)
def test_what_is_refused(policy: MakeUp | None, change: dict[str, object], because: str) -> None:
    one = makeup("u", 60)._replace(**change)  # type: ignore[arg-type]
    assert allowed(policy, missed("m", 0), one) == [(0 if because else 60, because)]


@pytest.mark.parametrize(("true_on", "left"), [(UNTIL - timedelta(days=1), [45]), (UNTIL, [])])
def test_what_may_still_be_made_up(true_on: date, left: list[int]) -> None:
    made = MakeUps(MakeUp(), UNTIL, true_on)
    entry = missed("m", 15)
    made.read([entry], {entry.id: worth(entry, Policy())})
    assert [each.left for each in made.open()] == left
