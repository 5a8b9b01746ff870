"""The entries that can matter to one renewal cycle, so that many cycles do not read a whole life's ledger each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from cecto.requirements.case import CycleFacts
from cecto.requirements.compiling import Rules
from cecto.requirements.document import Leaf, Window
from cecto.requirements.facts import Entry, ExceptionFact, Facts
from cecto.requirements.preparing import anchors_of
from cecto.requirements.windows import bounds

# Kinds that count on their own day and nothing else decides; the rest are few, and each cycle reads them all.
_OF_THEIR_DAY = frozenset({"attended", "accepted", "recognized"})


class CycleLedger:
    """A person's entries in order of date. All of them matter to every cycle if some window is not of the cycle."""

    def __init__(self, rules: Rules, facts: Facts) -> None:
        self._facts = facts
        self._windows = _cycle_windows(rules)
        replaced = {entry.replaces for entry in facts.entries if entry.replaces}
        self._always = tuple(entry for entry in facts.entries if _always(entry, replaced))
        dated = [entry for entry in facts.entries if not _always(entry, replaced)]
        self._dated = sorted(dated, key=lambda entry: entry.occurred_on)
        self._by_id = {entry.id: entry for entry in dated if not entry.reverses}
        self._days = [entry.occurred_on for entry in self._dated]

    def of(self, cycle: CycleFacts, later_ends: Sequence[date], exceptions: tuple[ExceptionFact, ...]) -> Facts:
        """The facts with the exceptions that reach a cycle, and the entries that it may count, be it closed at its end
        or at one of the later ends.
        """
        if self._windows is None:
            return replace(self._facts, exceptions=exceptions)
        ends = [replace(cycle, end=end) for end in (cycle.end, *later_ends)]
        spans = [bounds(window, anchors_of(self._facts, one, cycle.end)) for one in ends for window in self._windows]
        extended = [each.extended_to for each in exceptions if each.extended_to]
        first, last = min(start for start, _ in spans), max([*(end for _, end in spans), *extended])
        near = self._dated[bisect_left(self._days, first) : bisect_left(self._days, last)]
        named = {*cycle.carried, *(each.entry for each in exceptions)}
        far = [found for key in named if (found := self._by_id.get(key)) and not first <= found.occurred_on < last]
        return replace(self._facts, entries=(*self._always, *far, *near), exceptions=exceptions)


def _always(entry: Entry, replaced: set[str]) -> bool:
    activity = entry.activity
    return entry.kind not in _OF_THEIR_DAY or activity.unit in replaced or activity.key in replaced


def _cycle_windows(rules: Rules) -> list[Window] | None:
    """The windows of what a renewal asks; None when one is not of the cycle or there is none."""
    renewal = rules.definition.renewal
    leaves = [node for node in renewal.require.walk() if isinstance(node, Leaf)] if renewal else []
    windows = [leaf.window or rules.pool_of(leaf).window for leaf in leaves]
    of_cycle = [each for each in windows if each and each.start.anchor.startswith("cycle.")]
    return of_cycle if of_cycle and len(of_cycle) == len(windows) else None
