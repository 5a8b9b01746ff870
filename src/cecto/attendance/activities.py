"""What a segment of a session is, as the ledger keeps it: the same for what was held and for what is still to come."""

from __future__ import annotations

from cecto.classes.models import MeetingLink, Segment
from cecto.classes.schedule.queries import Session
from cecto.ledger.activities import ActivityFacts, FacetFacts


def activity_of(session: Session, segment: Segment) -> ActivityFacts:
    """The activity of one segment, with each program's own words for it.

    Where two classes of one program share the session, the owning class's words stand.
    """
    meeting = session.meeting
    links = sorted(session.links, key=lambda link: (link.cohort_id != meeting.owner_id, link.pk), reverse=True)
    return ActivityFacts(
        title=_title(session, segment),
        kind="session",
        modality=segment.modality,
        meeting_key=meeting.key,
        segment_code=segment.code,
        held_by=meeting.owner.program.code,
        provider=meeting.provider,
        series=meeting.series,
        facets={link.cohort.program.code: _facet(link, segment) for link in links},
    )


def _title(session: Session, segment: Segment) -> str:
    if len(session.segments) == 1 or segment.title == session.revision.title:
        return session.revision.title
    return f"{session.revision.title}: {segment.title}"[:300]


def _facet(link: MeetingLink, segment: Segment) -> FacetFacts:
    return FacetFacts(
        competency=link.competencies.get(segment.code, ""),
        category=link.category,
        slot=link.slot,
        tags=tuple(link.tags),
    )
