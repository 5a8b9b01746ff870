"""What a posted entry is worth under a definition's policy: the one place of grace, partial credit and rounding."""

from __future__ import annotations

from typing import NamedTuple

from cecto.requirements.document import Policy
from cecto.requirements.facts import Entry
from cecto.requirements.results import Reason


class Worth(NamedTuple):
    """Credited minutes, the minutes the entry claimed, and why they differ when less is credited than claimed."""

    minutes: int
    claim: int
    reason: Reason | None = None
    because: str = ""


def worth(entry: Entry, policy: Policy, *, excused: bool = False) -> Worth:
    """The worth of an entry taken alone; make-ups are held to what was missed elsewhere.

    `excused` says that the program excused an absence there, which is credited only when the policy says so.

    Only attendance is subject to grace and partial credit: other kinds post what they grant. Grace and threshold
    are judged per posted entry, that is per segment. Never more than was offered, never less for a minute more.
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
    because = f"Present {present} of {entry.offered} minutes; credit starts at {policy.partial}%."
    return Worth(0, present, Reason.BELOW_THRESHOLD, because)


def _rounded(minutes: int, claim: int, policy: Policy) -> Worth:
    step = policy.rounding.each
    credited = minutes - minutes % step
    if credited >= claim:
        return Worth(credited, claim)
    return Worth(credited, claim, Reason.ROUNDED, f"Rounded down to a multiple of {step} minutes.")
