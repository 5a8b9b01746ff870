"""What a piece of work is, as the ledger says it: the same when it is accepted and when it is still to come."""

from __future__ import annotations

from cecto.coursework.models import Item
from cecto.ledger.activities import ActivityFacts, FacetFacts


def item_activity(item: Item) -> ActivityFacts:
    """The activity of an item, in its class's words. Reads `item.cohort.program`; select it beforehand."""
    return work_activity(item, program=item.cohort.program.code)


def work_activity(item: Item, *, program: str) -> ActivityFacts:
    """The activity of an item of a program that is told already."""
    facet = FacetFacts(competency=item.competency, category=item.category, tags=tuple(sorted(item.tags)))
    return ActivityFacts(
        title=item.title,
        kind=item.kind,
        modality=item.modality,
        item_key=item.key,
        item_code=item.code,
        held_by=program,
        required=item.required,
        facets={program: facet},
    )
