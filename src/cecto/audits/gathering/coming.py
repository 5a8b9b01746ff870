"""What a class still has ahead: sessions not settled and work not accepted, as known at an instant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q, QuerySet

from cecto.attendance.models import Settlement
from cecto.audits.gathering.entries import plain_activity
from cecto.classes.models import Cohort, CohortTrack, MeetingLink, MeetingRevision, held_at
from cecto.coursework.activities import item_activity
from cecto.coursework.models import Item
from cecto.ledger.sessions import segment_activity
from cecto.requirements.facts import Coming, Entry

ByTrack = dict[tuple[int, str], list[Coming]]
Tracks = Mapping[int, Sequence[str]]


def tracks_of(cohorts: Sequence[Cohort]) -> Tracks:
    """The tracks of each class (by its id). One query."""
    found: dict[int, list[str]] = {cohort.pk: [] for cohort in cohorts}
    for cohort, track in CohortTrack.objects.filter(cohort__in=cohorts).values_list("cohort_id", "track"):
        found[cohort].append(track)
    return found


def sessions_to_come(cohorts: Sequence[Cohort], tracks: Tracks, *, known_at: datetime) -> ByTrack:
    """For each (class, track), the parts of its sessions not settled by an instant. A constant number of queries."""
    found: ByTrack = defaultdict(list)
    for revision in _revisions(cohorts, known_at=known_at):
        parts = list(_parts(revision))
        for link in revision.meeting.links.all():
            for track in link.tracks or tracks.get(link.cohort_id, ()):
                found[link.cohort_id, track].extend(parts)
    return found


def settled_meetings(known_at: datetime) -> set[int]:
    """The sessions (their row ids) whose settlement stood at an instant. One query."""
    return set(_settled(known_at).values_list("meeting_id", flat=True))


def work_to_come(cohorts: Sequence[Cohort], tracks: Tracks, *, known_at: datetime) -> ByTrack:
    """For each (class, track), the work given out by an instant and not withdrawn. One query."""
    found: ByTrack = defaultdict(list)
    for item in _items(cohorts, known_at=known_at):
        coming = Coming(
            activity=plain_activity(item_activity(item)),
            on=item.due_on or item.cohort.last_day,
            minutes=item.minutes,
            until=item.accepted_until,
        )
        for track in item.tracks or tracks[item.cohort_id]:
            found[item.cohort_id, track].append(coming)
    return found


def without_accepted(work: Iterable[Coming], entries: Iterable[Entry]) -> list[Coming]:
    """The work that is not accepted of a person yet."""
    taken = {entry.reverses for entry in entries if entry.reverses}
    standing = [entry for entry in entries if not entry.reverses and entry.id not in taken]
    done = {entry.activity.key for entry in standing if entry.kind == "accepted"}
    return [coming for coming in work if coming.activity.key not in done]


def _settled(known_at: datetime) -> QuerySet[Settlement]:
    return Settlement.objects.filter(settled_at__lte=known_at).filter(
        Q(reopening__isnull=True) | Q(reopening__reopened_at__gt=known_at)
    )


def _revisions(cohorts: Sequence[Cohort], *, known_at: datetime) -> Iterable[MeetingRevision]:
    known = MeetingLink.objects.filter(held_at(known_at))
    links = known.select_related("cohort__program")
    return (
        MeetingRevision.objects.filter(held_at(known_at), status=MeetingRevision.Status.SCHEDULED)
        .filter(meeting__in=known.filter(cohort__in=cohorts).values("meeting"))
        .exclude(meeting__in=_settled(known_at).values("meeting"))
        .select_related("meeting__owner__program")
        .prefetch_related("segments", Prefetch("meeting__links", queryset=links))
    )


def _parts(revision: MeetingRevision) -> Iterable[Coming]:
    zone = ZoneInfo(revision.meeting.owner.program.time_zone)
    for segment in revision.segments.all():
        activity = segment_activity(revision.meeting, revision.meeting.links.all(), segment)
        yield Coming(
            plain_activity(activity, session=revision.title), segment.starts_at.astimezone(zone).date(), segment.minutes
        )


def _items(cohorts: Sequence[Cohort], *, known_at: datetime) -> Iterable[Item]:
    return (
        Item.objects.filter(cohort__in=cohorts, recorded_at__lte=known_at)
        .filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=known_at))
        .select_related("cohort__program")
    )
