"""Whose outcome would change: two versions of a definition on one person, or one definition on two sets of facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from cecto.requirements.auditing import audit
from cecto.requirements.compiling import Rules
from cecto.requirements.facts import Facts
from cecto.requirements.moving import moved
from cecto.requirements.results import Audit, Result
from cecto.requirements.statuses import rank


@dataclass(frozen=True, slots=True)
class Change:
    """One requirement that answers differently; `before` is None for a new one, `after` for one that is gone."""

    node: str
    title: str
    before: Result | None
    after: Result | None

    @property
    def sentence(self) -> str:
        """The change in words."""
        if self.before is None or self.after is None:
            there = self.after or self.before
            status = there.status.words if there else ""
            return f"{self.title}: {'new' if self.before is None else 'no longer asked'} ({status})."
        if self.before.status is not self.after.status:
            return (
                f"{self.title}: {self.before.status.words} now, {self.after.status.words} then. {self.after.sentence}"
            )
        return f"{self.title}: {self.before.sentence} Then: {self.after.sentence}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two audits and the requirements in which they differ, in the order of the second."""

    before: Audit
    after: Audit
    changes: tuple[Change, ...]

    @property
    def changed(self) -> bool:
        """Whether the outcome as a whole changes."""
        return self.before.status is not self.after.status

    @property
    def worse(self) -> bool:
        """Whether the person is worse off as a whole."""
        return rank(self.after.status) < rank(self.before.status)


def compare(old: Rules, new: Rules, facts: Facts, *, true_on: date, known_at: datetime) -> Comparison:
    """What would change for this person if `new` stood in for `old`; exceptions follow the new version's `moves`."""
    before = audit(old, facts, true_on=true_on, known_at=known_at)
    after = audit(new, moved(facts, new.definition), true_on=true_on, known_at=known_at)
    return Comparison(before, after, differences(before, after, dict(new.definition.moves)))


def differences(before: Audit, after: Audit, moves: Mapping[str, str] | None = None) -> tuple[Change, ...]:
    """The requirements with another status, value or target; `moves` maps earlier ids to later ones.

    Use it also for one definition before and after a change of the schedule: the hash would not differ, statuses do.
    """
    moves = moves or {}
    earlier = {moves.get(result.id, result.id): result for result in before.root.walk()}
    later = {result.id: result for result in after.root.walk()}
    changes = [Change(node, found.title, earlier.get(node), found) for node, found in later.items()]
    changes += [Change(node, found.title, found, None) for node, found in earlier.items() if node not in later]
    return tuple(change for change in changes if _differs(change.before, change.after))


def _differs(before: Result | None, after: Result | None) -> bool:
    if before is None or after is None:
        return True
    return (before.status, before.value, before.target) != (after.status, after.value, after.target)
