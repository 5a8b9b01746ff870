"""Work of a class, and people who do it, made by the product's own actions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from cecto.classes.models import Cohort, Meeting, Modality
from cecto.classes.schedule.queries import session
from cecto.coursework.actions import add_item
from cecto.coursework.models import Item
from cecto.coursework.plans import ItemPlan
from cecto.ledger.actions import Fact, post
from cecto.ledger.models import Entry
from cecto.ledger.sessions import segment_activity
from cecto.people.models import Person
from tests.classes.made import AT, BY

NOW = datetime(2015, 12, 1, 12, tzinfo=UTC)
DONE = date(2015, 10, 20)


def plan(code: str = "reading-1", **more: Any) -> ItemPlan:
    """A required assignment of three hours on security, due at the end of October."""
    facts: dict[str, Any] = {
        "code": code,
        "kind": Item.Kind.ASSIGNMENT,
        "title": "Security plan",
        "minutes": 180,
        "modality": Modality.ASYNC,
        "competency": "security",
        "tags": ("written",),
        "required": True,
        "due_on": date(2015, 10, 31),
    }
    return ItemPlan(**(facts | more))


def item(cohort: Cohort, code: str = "reading-1", **more: Any) -> Item:
    """That piece of work, given out."""
    return add_item(cohort=cohort, plan=plan(code, **more), by=BY, at=AT)


def settled(meeting: Meeting, person: Person, *attended: int) -> list[Entry]:
    """Attendance at a session as settling posts it: the minutes attended of each part."""
    found = session(meeting, known_at=NOW)
    facts = [
        Fact(
            person_id=person.pk,
            activity=segment_activity(found.meeting, found.links, part),
            kind=Entry.Kind.ATTENDED,
            occurred_on=found.day,
            attended=minutes,
            offered=part.minutes,
        )
        for part, minutes in zip(found.segments, attended, strict=True)
    ]
    return post(facts, source=f"settlement:{meeting.key}:1", by=BY, at=AT)
