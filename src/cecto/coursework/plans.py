"""What a piece of work is to be: a plain value that becomes an item."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from cecto.classes.models import Modality
from cecto.coursework.models import Item


@dataclass(frozen=True, slots=True)
class ItemPlan:
    """A piece of work as a class gives it out. `minutes` is what it is worth at most; no tracks means every track.

    `accepted_until` is the last day it may still be accepted; None means the day it is due.
    """

    code: str
    kind: Item.Kind
    title: str
    minutes: int
    modality: Modality = Modality.ASYNC
    competency: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    required: bool = False
    due_on: date | None = None
    accepted_until: date | None = None

    def fields(self) -> dict[str, object]:
        """The values of an item's columns."""
        return asdict(self) | {"tags": sorted(set(self.tags)), "tracks": sorted(set(self.tracks))}


DATES = ("due_on", "accepted_until")


def differences(item: Item, plan: ItemPlan) -> list[str]:
    """The names of the columns in which an item differs from a plan."""
    return [name for name, value in plan.fields().items() if getattr(item, name) != value]
