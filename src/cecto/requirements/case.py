"""One person's facts, made ready for one audit: what was known and true, valued, matched and in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from cecto.requirements.compiling import Rules
from cecto.requirements.document import Node
from cecto.requirements.exceptions import Changes
from cecto.requirements.facts import Activity, Entry, EntryKind, Facts
from cecto.requirements.minutes.makeups import MakeUps
from cecto.requirements.results import Ignored, Reason

ATTENDED_KINDS = frozenset({"session", "event"})
NO_CHANGES = Changes()


@dataclass(slots=True)
class Item:
    """One candidate: an entry, or something coming (`entry` is None), valued and matched.

    `on` is the date windows judge: of a make-up, the date of what it replaces; of work still to come, today if it
    was `due` before. `unit` is the meeting or item it
    counts for. `void` says it was reversed, or used before. `mask` holds the filters that match; `stands_mask` those
    that match a make-up of what it stands for (so `kind: attended` still refuses it).
    """

    id: str
    entry: Entry | None
    activity: Activity
    kind: EntryKind
    on: date
    unit: str
    minutes: int
    claim: int
    offered: int
    mask: int
    stands_mask: int
    void: bool = False
    reason: Reason | None = None
    because: str = ""
    due: date | None = None

    @property
    def listed_on(self) -> date:
        """The day of the class's list: when a session is held, or work is due."""
        return self.due or self.on


@dataclass(frozen=True, slots=True)
class CycleFacts:
    """One renewal cycle: its dates, the entries the award or a cycle before has used, and the minutes that the last
    one left over.
    """

    start: date
    end: date
    spent: frozenset[str] = frozenset()
    carried: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Case:
    """Everything the leaves read, made once per audit.

    `anchors` are the dates that windows name for what was done, `ahead` for what is still to come: an award not made
    yet would be made on the date asked, and whatever comes may still be before it. `listed` is all that the class
    offers and has not settled or accepted; `coming` is what of it is still possible.
    """

    rules: Rules
    facts: Facts
    true_on: date
    known_at: datetime
    anchors: dict[str, date]
    ahead: dict[str, date]
    items: list[Item]
    listed: list[Item]
    coming: list[Item]
    makeups: MakeUps
    changes: dict[str, Changes]
    ignored: tuple[Ignored, ...]
    excused: frozenset[str]
    carried: tuple[Item, ...]  # what the cycle before had over, as of the first day of this one
    cycle_end: date | None = None  # of a renewal cycle: what has no window is of the cycle
    choices: dict[str, int] = field(default_factory=dict)  # of exclusive groups with several answers as good
    memory: dict[tuple[str, object], object] = field(default_factory=dict)

    def entries(self) -> Sequence[Item]:
        """What the cycle before left over, and then the entries in (occurred, id) order."""
        return [*self.carried, *self.items] if self.carried else self.items

    def changes_of(self, node: Node) -> Changes:
        """What exceptions change about a node."""
        return self.changes.get(node.id, NO_CHANGES)


def known(entries: Iterable[Entry], true_on: date, known_at: datetime) -> tuple[list[Entry], set[str]]:
    """The entries that are no reversals, as true and known then in (occurred, id) order, and the ids reversed."""
    seen = [e for e in entries if e.recorded_at <= known_at and e.occurred_on <= true_on]
    reversed_ids = {e.reverses for e in seen if e.reverses}
    kept = [e for e in seen if not e.reverses]
    kept.sort(key=lambda e: (e.occurred_on, e.id))
    return kept, reversed_ids
