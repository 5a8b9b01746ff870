"""Make-ups: never above the missed minutes times the ratio, of an allowed kind, and in time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cecto.requirements.document import MakeUp
from cecto.requirements.english.amounts import day
from cecto.requirements.facts import Entry
from cecto.requirements.minutes.worth import Worth
from cecto.requirements.windows import later


@dataclass(slots=True)
class Missed:
    """An attended activity not attended in full: the minutes that make-ups may still give back."""

    entry: Entry
    left: int


MORE_THAN_MISSED = "More than the minutes missed there."
NOTHING_MISSED = "Nothing was missed in what it replaces."
CREDITED_SINCE = "Unused: the session was credited since."


@dataclass(frozen=True, slots=True)
class Allowed:
    """The minutes a make-up may credit, and why not more."""

    minutes: int
    because: str = ""


class MakeUps:
    """What one person missed, and what each of their make-ups gives back of it.

    `until` is the first day that is too late; make-ups are taken in (occurred, id) order.
    """

    def __init__(self, policy: MakeUp | None, until: date | None, true_on: date) -> None:
        self._policy = policy
        self._until = until
        self._true_on = true_on
        self._missed: dict[str, list[Missed]] = {}
        self._settled: dict[str, datetime] = {}  # when the attendance that stands was recorded
        self._allowed: dict[str, Allowed] = {}
        self._open: list[Missed] | None = None  # asked by every leaf, so kept

    def read(self, entries: Iterable[Entry], worths: Mapping[str, Worth]) -> None:
        """Take in the person's live entries, in (occurred, id) order."""
        makeups: list[Entry] = []
        for entry in entries:
            if entry.kind == "makeup":
                makeups.append(entry)
            elif entry.kind == "attended":
                self._note(entry, worths[entry.id])
        for makeup in makeups:
            self._allowed[makeup.id] = self._take(makeup, worths[makeup.id].minutes)

    def _note(self, entry: Entry, value: Worth) -> None:
        for key in {entry.activity.key, entry.activity.unit}:
            self._settled[key] = max(self._settled.get(key, entry.recorded_at), entry.recorded_at)
        lost = entry.offered - value.minutes
        if self._policy is None or lost <= 0:
            return
        missed = Missed(entry, lost * self._policy.ratio // 100)
        for key in {entry.activity.key, entry.activity.unit}:
            self._missed.setdefault(key, []).append(missed)

    def _take(self, makeup: Entry, wanted: int) -> Allowed:
        missed = self._missed.get(makeup.replaces, [])
        refusal = self._refusal(makeup, missed)
        if refusal:
            return Allowed(0, refusal)
        granted = 0
        for each in missed:
            part = min(each.left, wanted - granted)
            each.left -= part
            granted += part
        return Allowed(granted, "" if granted == wanted else self._since(makeup, MORE_THAN_MISSED))

    def _since(self, makeup: Entry, otherwise: str) -> str:
        """Why it counts for less: what it replaces was settled anew after it was accepted, or `otherwise`."""
        settled = self._settled.get(makeup.replaces)
        return CREDITED_SINCE if settled and settled > makeup.recorded_at else otherwise

    def _refusal(self, makeup: Entry, missed: list[Missed]) -> str:
        policy = self._policy
        if policy is None:
            return "This program has no make-ups."
        if policy.kinds and makeup.activity.kind not in policy.kinds:
            return f"A make-up by {makeup.activity.kind} is not among the kinds allowed."
        if not missed:
            return self._since(makeup, NOTHING_MISSED)
        if self._until and makeup.occurred_on >= self._until:
            return f"Made up after the last day, {day(self._until - timedelta(days=1))}."
        if policy.within and makeup.occurred_on > later(missed[0].entry.occurred_on, policy.within):
            return "Made up too long after the missed session."
        return ""

    def allowed(self, makeup: Entry) -> Allowed:
        """What a make-up may credit."""
        return self._allowed[makeup.id]

    def missed_by(self, makeup: Entry) -> Entry | None:
        """The attended entry that a make-up stands for; None when there is none."""
        missed = self._missed.get(makeup.replaces)
        return missed[0].entry if missed else None

    def open(self) -> Sequence[Missed]:
        """What can still be made up today, each missed entry once."""
        if self._open is None:
            self._open = (
                [] if self._over() else [each for each in self._each() if each.left > 0 and self._in_time(each.entry)]
            )
        return self._open

    def _over(self) -> bool:
        return self._policy is None or (self._until is not None and self._true_on >= self._until)

    def _each(self) -> Iterable[Missed]:
        return (each for key, missed in self._missed.items() for each in missed if key == each.entry.activity.key)

    def _in_time(self, missed: Entry) -> bool:
        within = self._policy.within if self._policy else None
        return within is None or self._true_on <= later(missed.occurred_on, within)
