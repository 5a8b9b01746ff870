"""The same facts with something supposed: a session settled with people credited, or one canceled, moved or changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from cecto.requirements.facts import Coming, Entry, Facts, Modality


def credited(facts: Facts, unit: str, *, at: datetime) -> Facts:
    """As if this person and their partners had been credited every minute of a session still to come, known at `at`.

    `unit` is the meeting, or the item, of what is coming; an item is supposed accepted.
    """
    supposed = tuple(_entry(coming, at) for coming in facts.coming if coming.activity.unit == unit)
    return replace(
        facts,
        entries=facts.entries + supposed,
        coming=tuple(coming for coming in facts.coming if coming.activity.unit != unit),
        partners=tuple(replace(partner, entries=partner.entries + supposed) for partner in facts.partners),
    )


def _entry(coming: Coming, at: datetime) -> Entry:
    activity = coming.activity
    kind = "attended" if activity.meeting else "accepted"
    key = f"supposed {activity.key}"
    return Entry(key, kind, activity, coming.on, at, coming.minutes, coming.minutes)  # type: ignore[arg-type]


def missed(facts: Facts, units: Iterable[str]) -> Facts:
    """As if these sessions still to come were settled without this person there: offered, and not attended."""
    return replace(facts, missed=facts.missed.union(units))


def canceled(facts: Facts, unit: str) -> Facts:
    """As if a session, or an item, still to come were canceled."""
    return replace(facts, coming=tuple(coming for coming in facts.coming if coming.activity.unit != unit))


def rescheduled(
    facts: Facts,
    unit: str,
    *,
    on: date | None = None,
    percent: int = 100,
    modality: Modality | None = None,
) -> Facts:
    """As if a session still to come were moved to another day, shortened to a percent, or held otherwise.

    Put both facts to the audit and compare them with `differences`: who would become at risk, and why.
    """

    def change(coming: Coming) -> Coming:
        if coming.activity.unit != unit:
            return coming
        activity = coming.activity if modality is None else replace(coming.activity, modality=modality)
        return replace(coming, activity=activity, on=on or coming.on, minutes=coming.minutes * percent // 100)

    return replace(facts, coming=tuple(map(change, facts.coming)))
