"""What importing the work of a class would change."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Prefetch, prefetch_related_objects

from cecto.classes.importing.kinds import Changes
from cecto.classes.models import Cohort, CohortTrack
from cecto.coursework import queries
from cecto.coursework.importing.reading import ReadItem, read_work
from cecto.coursework.models import Item
from cecto.coursework.plans import DATES, ItemPlan, differences
from cecto.coursework.refusals import WorkRefused, check_plan
from cecto.foundation.sheets import Problems


class What(StrEnum):
    """What importing does to one item."""

    ADDED = "added"
    REVISED = "revised"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Change:
    """One row: what would happen, and in which columns it differs from what there is."""

    row: int
    plan: ItemPlan
    what: What
    item: Item | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preview(Changes[Change]):
    """What a file of work would change."""

    @property
    def fingerprint(self) -> str:
        """Equal for equal previews: accepting names the one that was seen."""
        seen = [(change.plan, change.what, change.columns) for change in self.changes]
        return hashlib.sha256(repr(seen).encode()).hexdigest()


def preview_work(content: bytes, *, file: str, cohort: Cohort) -> Preview:
    """What importing this file into this class would change. Nothing is written; a constant number of queries.

    Raises SheetRefused with every problem, each with row, column and what to do.
    """
    prefetch_related_objects([cohort], Prefetch("tracks", CohortTrack.objects.select_related("definition")))
    read = read_work(content, file=file, cohort=cohort)
    problems = Problems(file, read.titles)
    known = {item.code: item for item in queries.items(cohort)}
    in_use = {entry.activity.item_key for entry in queries.standing(item.key for item in known.values())}
    changes = [_change(row, known.get(row.plan.code), cohort, in_use, problems) for row in read.items]
    problems.refuse()
    return Preview(tuple(changes), read.unread)


def _change(row: ReadItem, item: Item | None, cohort: Cohort, in_use: set[str], problems: Problems) -> Change:
    try:
        check_plan(cohort, row.plan)
    except WorkRefused as refused:
        problems.say(row.row, "title", str(refused))
    if item is None:
        return Change(row.row, row.plan, What.ADDED)
    columns = tuple(differences(item, row.plan))
    if item.key in in_use and not set(columns) <= set(DATES):
        problems.say(
            row.row,
            "code",
            f"“{item.title}” is recorded for people already, so only its dates can change.",
            "Leave the row as it was, or give the new work another code.",
        )
    return Change(row.row, row.plan, What.REVISED if columns else What.UNCHANGED, item, columns)
