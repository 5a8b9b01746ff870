"""What the class offers that this person has not done: all of it, and what of it is still possible."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from cecto.requirements.case import ATTENDED_KINDS, Item
from cecto.requirements.compiling import Rules
from cecto.requirements.facts import Activity, Coming, Entry, EntryKind, Facts


def schedule(rules: Rules, facts: Facts, true_on: date, known_at: datetime) -> tuple[list[Item], list[Item]]:
    """Everything still offered on that date, and of it what can still be credited; in order of date.

    What is supposed to be missed is neither: it counts as held, with nothing attended.
    """
    listed = [
        (coming, _item(rules, coming, true_on))
        for coming in offered(facts, true_on, known_at)
        if coming.activity.unit not in facts.missed
    ]
    return [item for _, item in listed], [item for coming, item in listed if still_possible(coming, true_on)]


def offered(facts: Facts, true_on: date, known_at: datetime) -> list[Coming]:
    """Everything still offered on that date, in order of date.

    An entry known by then of a later date was still ahead on the date asked, so it is offered. What has a standing
    entry already is not offered again.
    """
    seen = [entry for entry in facts.entries if entry.recorded_at <= known_at]
    gone = {entry.reverses for entry in seen if entry.reverses}
    standing = [entry for entry in seen if not entry.reverses and entry.id not in gone]
    ahead = [*facts.coming, *_later(standing, true_on)]
    if not ahead:
        return []
    done = {(entry.activity.key, entry.kind) for entry in standing if entry.occurred_on <= true_on}
    left = [coming for coming in ahead if (coming.activity.key, _kind(coming.activity)) not in done]
    return sorted(left, key=lambda coming: (coming.on, coming.activity.key))


def supposed_missed(facts: Facts, true_on: date, known_at: datetime) -> list[Entry]:
    """What would be posted of the sessions that are supposed to be missed: offered, and nothing attended."""
    return [
        Entry(f"missed {coming.activity.key}", "attended", coming.activity, coming.on, known_at, 0, coming.minutes)
        for coming in (offered(facts, true_on, known_at) if facts.missed else ())
        if coming.activity.unit in facts.missed and coming.activity.kind in ATTENDED_KINDS
    ]


def _later(standing: list[Entry], true_on: date) -> Iterator[Coming]:
    for entry in standing:
        if entry.occurred_on > true_on and entry.kind in {"attended", "accepted"}:
            yield Coming(entry.activity, entry.occurred_on, entry.offered)


def _kind(activity: Activity) -> EntryKind:
    return "attended" if activity.kind in ATTENDED_KINDS else "accepted"


def still_possible(coming: Coming, true_on: date) -> bool:
    """Whether it can still be credited: a session until it is settled, work until its last day."""
    if coming.activity.kind in ATTENDED_KINDS:
        return True
    return true_on <= (coming.until or coming.on)


def _item(rules: Rules, coming: Coming, true_on: date) -> Item:
    """What is coming, on the day it would count: a session when it is held, work at the earliest today."""
    activity = coming.activity
    kind = _kind(activity)
    on = coming.on if kind == "attended" else max(coming.on, true_on)
    mask = rules.matcher.mask(activity, kind, True, on)
    step = rules.definition.policy.rounding.each
    minutes = coming.minutes - coming.minutes % step
    return Item(
        id=activity.key,
        entry=None,
        activity=activity,
        kind=kind,
        on=on,
        unit=activity.unit,
        minutes=minutes,
        claim=minutes,
        offered=coming.minutes,
        mask=mask,
        stands_mask=mask,
        due=coming.on,
    )
