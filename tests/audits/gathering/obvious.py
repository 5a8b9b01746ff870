"""The facts of one enrollment gathered the obvious way: one person at a time, by the models, whatever it costs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from cecto.attendance.models import Notice, Settlement
from cecto.attendance.queries.notices import EXCUSING
from cecto.audits.gathering.entries import entry_id, plain_activity
from cecto.audits.models import ExceptionGrant
from cecto.classes.models import Cohort, Enrollment, MeetingRevision, held_at
from cecto.coursework.activities import item_activity
from cecto.coursework.models import Item
from cecto.ledger.models import Activity as StoredActivity
from cecto.ledger.models import Entry as StoredEntry
from cecto.ledger.queries import background_of
from cecto.ledger.sessions import segment_activity
from cecto.people.models import Affiliation, Person, Relation
from cecto.requirements.facts import Absence, Activity, Background, Coming, Entry, ExceptionFact, Facet, Facts, Partner


def obvious_facts(of: Enrollment, *, known_at: datetime) -> Facts:
    """What an audit may read about an enrollment, every sort of partner included."""
    cohort = of.cohort
    own = entries(of.person, known_at)
    return Facts(
        program=cohort.program.code,
        track=of.track.track,
        class_start=cohort.first_day,
        class_end=cohort.end,
        entries=own,
        coming=(*sessions(of, known_at), *work(of, own, known_at)),
        partners=(*classmates(of, known_at), *named(of.person, known_at)),
        exceptions=tuple(exceptions(of, known_at)),
        absences=tuple(absences(of.person, known_at)),
        background=tuple(background(of.person, known_at)),
        schedule_final=_final(cohort, known_at),
    )


def _final(cohort: Cohort, known_at: datetime) -> bool:
    """No more dates are expected: the class is over, or is under way and was said to be complete."""
    today = known_at.astimezone(ZoneInfo(cohort.program.time_zone)).date()
    said = cohort.schedule_complete_at
    return today > cohort.last_day or (today >= cohort.first_day and said is not None and said <= known_at)


def entries(person: Person, known_at: datetime) -> tuple[Entry, ...]:
    """Their entries recorded by then, in (occurred, id) order."""
    rows = StoredEntry.objects.filter(person=person, recorded_at__lte=known_at).order_by("occurred_on", "id")
    return tuple(entry(row) for row in rows.select_related("activity"))


def entry(row: StoredEntry) -> Entry:
    """One entry."""
    return Entry(
        id=entry_id(row.pk),
        kind=row.kind,  # type: ignore[arg-type]
        activity=activity(row.activity),
        occurred_on=row.occurred_on,
        recorded_at=row.recorded_at,
        attended=row.attended,
        offered=row.offered,
        reverses=entry_id(row.reverses_id),
        replaces=row.replaces_meeting,
        outcome=row.outcome,
        by=tuple(row.judges),
        score=row.score,
        verified=row.verified,
        valid_until=row.valid_until,
        evidence=row.evidence_sha256,
    )


def activity(row: StoredActivity) -> Activity:
    """What an entry is about."""
    return Activity(
        key=row.sha256,
        kind=row.kind,
        title=row.title,
        modality=row.modality,  # type: ignore[arg-type]
        meeting=row.meeting_key,
        segment=row.segment_code,
        item=row.item_code,
        held_by=row.held_by,
        provider=row.provider,
        series=row.series,
        required=row.required,
        facets={
            program: Facet(words["competency"], words["category"], words["slot"], frozenset(words["tags"]))
            for program, words in row.facets.items()
        },
    )


def sessions(of: Enrollment, known_at: datetime) -> Iterator[Coming]:
    """The parts of every session that was scheduled for their track then and not settled."""
    rows = MeetingRevision.objects.filter(held_at(known_at), status=MeetingRevision.Status.SCHEDULED)
    for row in rows.order_by("starts_at", "id"):
        links = row.meeting.links.filter(held_at(known_at)).order_by("id")
        mine = [
            link for link in links if link.cohort == of.cohort and of.track.track in (link.tracks or [of.track.track])
        ]
        if mine and not settled(row.meeting_id, known_at):
            zone = ZoneInfo(row.meeting.owner.program.time_zone)
            for part in row.segments.order_by("starts_at", "id"):
                day = part.starts_at.astimezone(zone).date()
                told = segment_activity(row.meeting, links, part)
                yield Coming(plain_activity(told, session=row.title), day, part.minutes)


def _is_for(of: Enrollment, tracks: list[str]) -> bool:
    return not tracks or of.track.track in tracks


def settled(meeting: int, known_at: datetime) -> bool:
    """Whether the session was settled, and not reopened, by then."""
    found = Settlement.objects.filter(meeting=meeting, settled_at__lte=known_at)
    return found.exclude(reopening__reopened_at__lte=known_at).exists()


def work(of: Enrollment, own: tuple[Entry, ...], known_at: datetime) -> Iterator[Coming]:
    """The work given out to their track by then, not withdrawn, and not accepted of them."""
    reversed_ids = {one.reverses for one in own}
    done = {
        one.activity.key for one in own if one.kind == "accepted" and one.id not in reversed_ids and not one.reverses
    }
    for item in Item.objects.filter(cohort=of.cohort, recorded_at__lte=known_at).order_by("due_on", "code"):
        given_out = item.withdrawn_at is None or item.withdrawn_at > known_at
        coming = plain_activity(item_activity(item))
        if given_out and _is_for(of, item.tracks) and coming.key not in done:
            yield Coming(coming, item.due_on or of.cohort.last_day, item.minutes, item.accepted_until)


def classmates(of: Enrollment, known_at: datetime) -> Iterator[Partner]:
    """Those in other tracks of the class, once for the class and again for each time at one organization."""
    everyone = Enrollment.objects.filter(cohort=of.cohort, recorded_at__lte=known_at).order_by("id")
    for other in everyone.exclude(track=of.track).exclude(person=of.person):
        key, track, theirs = other.person.key, other.track.track, entries(other.person, known_at)
        yield Partner(key, "same-class", of.cohort.first_day, None, track, theirs)
        for since, until in together(of.person, other.person, known_at):
            yield Partner(key, "same-organization", since, until, track, theirs)


def together(one: Person, other: Person, known_at: datetime) -> Iterator[tuple[date, date | None]]:
    """The times at which both worked for one organization."""
    for mine in Affiliation.objects.filter(person=one, recorded_at__lte=known_at):
        for theirs in Affiliation.objects.filter(person=other, recorded_at__lte=known_at):
            ends = [end for job in (mine, theirs) if (end := job.until_as_known(known_at))]
            since, until = max(mine.start, theirs.start), min(ends, default=None)
            if mine.organization == theirs.organization and (until is None or since < until):
                yield since, until


def named(person: Person, known_at: datetime) -> Iterator[Partner]:
    """Their mentors and the like."""
    for row in Relation.objects.filter(person=person, recorded_at__lte=known_at).order_by("id"):
        yield Partner(row.other.key, row.kind, row.start, row.until, "", entries(row.other, known_at))


def exceptions(of: Enrollment, known_at: datetime) -> Iterator[ExceptionFact]:
    """The exceptions granted to them by then; a second office only once it joined."""
    for row in ExceptionGrant.objects.filter(enrollment=of, recorded_at__lte=known_at).order_by("recorded_at", "id"):
        joined = row.second if row.second_at and row.second_at <= known_at else None
        yield ExceptionFact(
            id=row.key,
            node=row.node,
            kind=row.kind,  # type: ignore[arg-type]
            office=row.office,
            since=row.granted_on,
            recorded_at=row.recorded_at,
            reason=row.reason,
            granted_by=row.granted_by.key,
            second_office=row.second_office if joined else "",
            second_by=joined.key if joined else "",
            evidence=row.evidence_sha256,
            revoked_at=row.revoked_at,
            to=row.amount,
            entry=entry_id(row.entry_id),
            extended_to=row.until,
            other=row.other_node,
        )


def absences(person: Person, known_at: datetime) -> Iterator[Absence]:
    """The absences told of them by then, as answered last."""
    told = Notice.objects.filter(person=person, kind=Notice.Kind.ABSENCE, made_at__lte=known_at)
    for notice in told.order_by("id"):
        answer = notice.answers.filter(answered_at__lte=known_at).order_by("id").last()
        excused = answer is not None and answer.outcome in EXCUSING
        yield Absence(notice.meeting.key, excused, answer.answered_at if answer else notice.made_at)


def background(person: Person, known_at: datetime) -> Iterator[Background]:
    """What they brought, as known then."""
    for row in background_of([person.pk], known_at=known_at):
        yield Background(row.kind, row.of, row.amount, row.occurred_on, row.recorded_at, row.word)  # type: ignore[arg-type]
