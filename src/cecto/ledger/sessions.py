"""What a part of a session is, as the ledger says it: the same for settling what was and projecting what is to come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cecto.classes.models import Meeting, MeetingLink, Segment
from cecto.ledger.activities import ActivityFacts, FacetFacts


def segment_activity(meeting: Meeting, links: Iterable[MeetingLink], segment: Segment) -> ActivityFacts:
    """The activity of a segment, with the words of every linked program.

    Reads `meeting.owner.program` and each link's `cohort.program`; select them beforehand.
    """
    by_program = {link.cohort.program.code: link for link in links}
    return part_activity(meeting, segment, held_by=meeting.owner.program.code, links=by_program)


def part_activity(
    meeting: Meeting, segment: Segment, *, held_by: str, links: Mapping[str, MeetingLink]
) -> ActivityFacts:
    """The activity of a segment, for which the programs are told already: who holds it, and each one's link."""
    return ActivityFacts(
        title=segment.title,
        kind="session",
        modality=segment.modality,
        meeting_key=meeting.key,
        segment_code=segment.code,
        held_by=held_by,
        provider=meeting.provider,
        series=meeting.series,
        facets={program: _facet(link, segment) for program, link in links.items()},
    )


def _facet(link: MeetingLink, segment: Segment) -> FacetFacts:
    return FacetFacts(
        competency=link.competencies.get(segment.code, ""),
        category=link.category,
        slot=link.slot,
        tags=tuple(sorted(link.tags)),
    )
