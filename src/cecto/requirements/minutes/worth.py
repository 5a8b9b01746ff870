"""What posted entries are worth under a definition's policy: the one place of grace, partial credit and rounding.

A part of a session that someone had in two formats, some of it in the room and some online, is posted as one entry for
each, whose offered minutes add up to what the part offered. Policy judges them together, as one entry, and each counts
its share: so where a person sat never decides whether they came late, and a filter or a cap on a format sees exactly
the minutes in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from cecto.requirements.document import Policy
from cecto.requirements.english.amounts import hours
from cecto.requirements.facts import Entry
from cecto.requirements.results import Reason


class Worth(NamedTuple):
    """Credited minutes, the minutes the entry claimed, and why they differ when less is credited than claimed."""

    minutes: int
    claim: int
    reason: Reason | None = None
    because: str = ""


def worths(
    entries: Sequence[Entry], policy: Policy, *, excused: Collection[str] = (), void: Collection[str] = ()
) -> dict[str, Worth]:
    """The worth of each of one person's entries, by its id. `excused` are units, `void` the ids of entries reversed."""
    found = {e.id: worth(e, policy, excused=bool(excused) and e.activity.unit in excused) for e in entries}
    for parts in _divided(entry for entry in entries if entry.id not in void):
        found |= _shared(parts, policy, excused=parts[0].activity.unit in excused)
    return found


def _divided(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """The attended entries of each part of a session that has several, one for each format."""
    parts: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind == "attended" and entry.activity.segment:
            parts[entry.activity.meeting, entry.activity.segment].append(entry)
    return (found for found in parts.values() if len(found) > 1)


def _shared(parts: list[Entry], policy: Policy, *, excused: bool) -> Iterator[tuple[str, Worth]]:
    """What the entries of one part are worth together, and each one's share: what they attended, then what is given."""
    attended, offered = sum(map(_present, parts)), sum(e.offered for e in parts)
    whole = worth(parts[0]._replace(attended=attended, offered=offered), policy, excused=excused)
    left, given = whole.minutes, max(0, whole.minutes - attended)
    for entry in parts:
        had = min(_present(entry), left)
        more = min(entry.offered - had, given)
        left, given = left - had - more, given - more
        yield entry.id, _share(had + more, _present(entry), whole)


def _present(entry: Entry) -> int:
    return min(entry.attended, entry.offered)


def _share(minutes: int, claim: int, whole: Worth) -> Worth:
    if minutes >= claim > 0:
        return Worth(minutes, claim)
    return Worth(minutes, claim, whole.reason or Reason.ABSENT, whole.because or "Not present.")


def worth(entry: Entry, policy: Policy, *, excused: bool = False) -> Worth:
    """The worth of an entry taken alone; make-ups are held to what was missed elsewhere.

    `excused` says that the program excused an absence there, which is credited only when the policy says so.

    Only attendance is subject to grace and partial credit: other kinds post what they grant. Grace and threshold
    are judged per segment. Never more than was offered, never less for a minute more.
    """
    if entry.kind != "attended":
        return _rounded(entry.attended, entry.attended, policy)
    present = min(entry.attended, entry.offered)
    if excused and policy.excused == "credited":
        return _rounded(entry.offered, present, policy)
    if present <= 0:
        return Worth(0, 0, Reason.ABSENT, "Not present.")
    if entry.offered - present <= policy.late_grace:
        return _rounded(entry.offered, present, policy)
    if policy.partial == 0:
        return _rounded(present, present, policy)
    if present * 100 >= policy.partial * entry.offered:
        return _rounded(entry.offered, present, policy)
    because = f"Present {hours(present)} of {hours(entry.offered)}; credit starts at {policy.partial}%."
    return Worth(0, present, Reason.BELOW_THRESHOLD, because)


def _rounded(minutes: int, claim: int, policy: Policy) -> Worth:
    step = policy.rounding.each
    credited = minutes - minutes % step
    if credited >= claim:
        return Worth(credited, claim)
    return Worth(credited, claim, Reason.ROUNDED, f"Rounded down to a multiple of {hours(step)}.")
