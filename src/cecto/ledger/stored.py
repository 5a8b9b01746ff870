"""What a stored activity says, as the value that it was stored from."""

from __future__ import annotations

from collections.abc import Mapping

from cecto.ledger.activities import ActivityFacts, FacetFacts
from cecto.ledger.models import Activity


def facts_of(activity: Activity) -> ActivityFacts:
    """The facts behind a row of the ledger: stored again, they are that row."""
    return ActivityFacts(
        title=activity.title,
        kind=activity.kind,
        modality=activity.modality,
        meeting_key=activity.meeting_key,
        segment_code=activity.segment_code,
        item_key=activity.item_key,
        item_code=activity.item_code,
        held_by=activity.held_by,
        provider=activity.provider,
        series=activity.series,
        required=activity.required,
        facets={program: facet_of(words) for program, words in activity.facets.items()},
    )


def facet_of(words: Mapping[str, object]) -> FacetFacts:
    """One program's words of an activity, as stored."""
    tags = words["tags"]
    return FacetFacts(
        str(words["competency"]),
        str(words["category"]),
        str(words["slot"]),
        tuple(map(str, tags)) if isinstance(tags, list | tuple) else (),
    )
