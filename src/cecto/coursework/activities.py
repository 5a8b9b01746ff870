"""What a piece of work is, as the ledger says it: the same when it is accepted and when it is still to come."""

from __future__ import annotations

from cecto.coursework.models import Item
from cecto.ledger.activities import ActivityFacts, FacetFacts


def item_activity(item: Item) -> ActivityFacts:
    """The activity of an item, in its class's words. Reads `item.cohort.program`; select it beforehand."""
    facet = FacetFacts(competency=item.competency, category=item.category, tags=tuple(sorted(item.tags)))
    return ActivityFacts(
        title=item.title,
        kind=item.kind,
        modality=item.modality,
        item_key=item.key,
        item_code=item.code,
        held_by=item.cohort.program.code,
        required=item.required,
        facets={item.cohort.program.code: facet},
    )
