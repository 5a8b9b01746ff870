"""What a verdict, a score or a proof must say before it counts, whatever counts it."""

from __future__ import annotations

from cecto.requirements.case import Case, Item
from cecto.requirements.document import Count, Leaf
from cecto.requirements.filters import asks_whether
from cecto.requirements.minutes.valuing import Grant
from cecto.requirements.statuses import Reason

UNVERIFIED = Grant(0, Reason.UNVERIFIED, "Not verified yet.")


class Judgments:
    """What a verdict, a score or a proof must say before it counts: being on record is not enough."""

    def __init__(self, case: Case, leaf: Leaf) -> None:
        self._outcome, self._scored = (leaf.outcome, leaf.scored) if isinstance(leaf, Count) else ("", 0)
        self._asks_verified = asks_whether("verified", leaf.where)
        verdicts = [item for item in case.items if item.kind == "verdict" and not item.void] if self._outcome else []
        self._latest = {(item.unit, judge): item.id for item in verdicts for judge in judges(item)}

    def refusal(self, item: Item) -> Grant | None:
        """Why the entry does not count, or None."""
        entry = item.entry
        if entry is None:
            return None
        if not entry.verified and not self._asks_verified:
            return UNVERIFIED
        if item.kind == "verdict" and self._outcome:
            return self._by_outcome(item, entry.outcome)
        failed = entry.outcome not in {"", self._outcome} or (entry.score or 0) < self._scored
        if item.kind == "scored" and self._outcome and failed:
            return Grant(0, Reason.OUTCOME, f"The score was {entry.score or 0} points.")
        return None

    def _by_outcome(self, item: Item, outcome: str) -> Grant | None:
        if all(self._latest[item.unit, judge] != item.id for judge in judges(item)):
            return Grant(0, Reason.DUPLICATE, "The same judges gave a later verdict.")
        if outcome != self._outcome:
            return Grant(0, Reason.OUTCOME, f"The verdict was {outcome or 'not given'}.")
        return None


def judges(item: Item) -> tuple[str, ...]:
    """Who gave a verdict; a verdict that names nobody is its own judge."""
    return (item.entry.by if item.entry else ()) or (item.id,)
