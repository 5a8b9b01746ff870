"""Every write of sessions. A session's schedule is never changed: the next revision supersedes the last."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from cecto.classes.changing.actions import extend_class
from cecto.classes.importing.kinds import check_seen
from cecto.classes.models import Cohort, Instructor, Meeting, MeetingLink, MeetingRevision, Segment
from cecto.classes.plans import LinkPlan, MeetingPlan, plan_of
from cecto.classes.schedule.drafts import SessionDraft
from cecto.classes.schedule.instructors import Teacher
from cecto.classes.schedule.preview import Change, Preview, What, preview_schedule
from cecto.foundation import evidence
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.people.actions import add_person, create_account
from cecto.people.models import Person

Status = MeetingRevision.Status


class ScheduleRefused(Exception):
    """A change to the schedule that cannot be; the message says why and what to do."""


@transaction.atomic
def schedule_meeting(
    *, owner: Cohort, code: str, plan: MeetingPlan, series: str = "", provider: str = "", by: Actor, at: datetime
) -> Meeting:
    """Add a session to the class that owns it and will settle it. Link it to the owner too, in the owner's words.

    Raises BadPlan, and ScheduleRefused for a code that is taken.
    """
    plan.check()
    if Meeting.objects.filter(code=code).exists():
        raise ScheduleRefused(f"There is a session “{code}” already. Choose another code, or link that session.")
    meeting = Meeting.objects.create(owner=owner, code=code, series=series, provider=provider)
    _store(meeting, 1, plan, Status.SCHEDULED, at)
    _journal("schedule.add", meeting, by=by, at=at)
    return meeting


@transaction.atomic
def add_session(*, cohort: Cohort, draft: SessionDraft, extending: bool = False, by: Actor, at: datetime) -> Meeting:
    """Add a session to a class, and let it count for that class in the words of the draft.

    With `extending`, a class that does not reach to its day is extended to it. Raises BadPlan, ClassRefused for a class
    that cannot be extended so far, and ScheduleRefused for a code that is taken and a track that the class does not
    have.
    """
    if extending and draft.day:
        extend_class(cohort=cohort, days=[draft.day], by=by, at=at)
    meeting = schedule_meeting(
        owner=cohort,
        code=draft.code,
        plan=draft.plan(draft.codes),
        series=draft.series,
        provider=draft.provider,
        by=by,
        at=at,
    )
    link_meeting(meeting=meeting, cohort=cohort, plan=draft.words(draft.codes), by=by, at=at)
    return meeting


@transaction.atomic
def revise_meeting(
    *, meeting: Meeting, plan: MeetingPlan, extending: bool = False, by: Actor, at: datetime
) -> MeetingRevision:
    """Give a session a new schedule; what it was before is kept. The same plan again changes nothing.

    A canceled session is held again when it is revised. With `extending`, the class that owns it is extended to its
    day. Raises BadPlan, ClassRefused for a class that cannot be extended so far, and ScheduleRefused when the session
    is settled, or someone else revised it.
    """
    plan.check()
    if extending:
        day = plan.starts_at.astimezone(ZoneInfo(meeting.owner.program.time_zone)).date()
        extend_class(cohort=meeting.owner, days=[day], by=by, at=at)
    current = _current(meeting)
    if current.status == Status.SCHEDULED and plan_of(current) == plan:
        return current
    return _supersede(current, plan, Status.SCHEDULED, "schedule.revise", by=by, at=at)


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, by: Actor, at: datetime) -> MeetingRevision:
    """Call a session off. Calling it off again changes nothing. Raises ScheduleRefused when it is settled."""
    current = _current(meeting)
    if current.status == Status.CANCELED:
        return current
    return _supersede(current, plan_of(current), Status.CANCELED, "schedule.cancel", by=by, at=at)


@transaction.atomic
def close_schedule(*, meeting: Meeting, by: Actor, at: datetime) -> None:
    """Let a session's schedule stay from now on, because facts about it are posted. Closed already, nothing changes."""
    if Meeting.objects.filter(pk=meeting.pk, schedule_closed_at=None).update(schedule_closed_at=at):
        _journal("schedule.close", meeting, by=by, at=at)


@transaction.atomic
def open_schedule(*, meeting: Meeting, by: Actor, at: datetime) -> None:
    """Let a session's schedule change again. Open already, nothing changes."""
    if Meeting.objects.filter(pk=meeting.pk).exclude(schedule_closed_at=None).update(schedule_closed_at=None):
        _journal("schedule.open", meeting, by=by, at=at)


@transaction.atomic
def link_meeting(
    *, meeting: Meeting, cohort: Cohort, plan: LinkPlan, reposting: bool = False, by: Actor, at: datetime
) -> MeetingLink:
    """Let a session count for a class, in that class's own words; what they were before is kept. The same words again
    change nothing.

    Raises ScheduleRefused for a track that the class does not have, a segment that the session does not have, and other
    words for a session whose attendance is final, unless the caller posts its hours anew in the same step.
    """
    _check_link(meeting, cohort, plan)
    words = {
        "slot": plan.slot,
        "category": plan.category,
        "tags": sorted(set(plan.tags)),
        "tracks": sorted(set(plan.tracks)),
        "competencies": {code: word for code, word in sorted(plan.competencies.items()) if word},
    }
    current = MeetingLink.objects.filter(meeting=meeting, cohort=cohort, superseded_at=None)
    link = current.first()
    if link and all(getattr(link, name) == value for name, value in words.items()):
        return link
    if link and meeting.schedule_closed_at and not reposting:
        raise ScheduleRefused(
            f"Attendance of session “{meeting.code}” is final, and hours are recorded in its words. Correct them on "
            f"its page in the schedule of {cohort.name}: you see first what that changes."
        )
    if link and current.filter(pk=link.pk).update(superseded_at=at) != 1:
        raise ScheduleRefused("Someone else changed this session just now. Reload the page and try again.")
    link = MeetingLink.objects.create(meeting=meeting, cohort=cohort, recorded_at=at, **words)
    _journal("schedule.link", meeting, by=by, at=at, linked=cohort.key, words=words)
    return link


@transaction.atomic
def assign_instructor(*, meeting: Meeting, person: Person, by: Actor, at: datetime) -> Instructor:
    """Let a person teach a session. Assigning them again changes nothing."""
    row, created = Instructor.objects.get_or_create(meeting=meeting, person=person)
    if created:
        _journal("schedule.assign-instructor", meeting, by=by, at=at, person=person.key)
    return row


@transaction.atomic
def describe_meeting(*, meeting: Meeting, series: str, provider: str, by: Actor, at: datetime) -> Meeting:
    """Say which series a session belongs to and who provides it. The same again changes nothing."""
    if (meeting.series, meeting.provider) != (series, provider):
        meeting.series, meeting.provider = series, provider
        meeting.save(update_fields=["series", "provider"])
        _journal("schedule.describe", meeting, by=by, at=at, series=series, provider=provider)
    return meeting


@transaction.atomic
def import_schedule(*, content: bytes, file: str, cohort: Cohort, seen: str = "", by: Actor, at: datetime) -> Preview:
    """Bring the sessions of a file into a class, and keep the file as evidence; return what was changed.

    `seen` is the fingerprint of the preview that was accepted. The same file again changes nothing.
    Raises SheetRefused with every problem, and PreviewChanged when the schedule moved on since the preview.
    """
    preview = preview_schedule(content, file=file, cohort=cohort, known_at=at)
    check_seen(seen, preview)
    if not preview.changes_something:
        return preview
    added: dict[str, Person] = {}
    for change in preview.changes:
        _apply(change, cohort, added, by=by, at=at)
    record(
        "schedule.import",
        by=by,
        at=at,
        subject=("class", cohort.key),
        class_key=cohort.key,
        sha256=evidence.store(content),
        **{str(what): preview.count(what) for what in What},
    )
    return preview


def _apply(change: Change, cohort: Cohort, added: dict[str, Person], *, by: Actor, at: datetime) -> None:
    draft, meeting = change.draft, change.meeting
    if change.plan is not None and meeting is None:
        meeting = schedule_meeting(
            owner=cohort,
            code=draft.code,
            plan=change.plan,
            series=draft.series,
            provider=draft.provider,
            by=by,
            at=at,
        )
    elif change.plan is not None and meeting is not None:
        revise_meeting(meeting=meeting, plan=change.plan, by=by, at=at)
        describe_meeting(meeting=meeting, series=draft.series, provider=draft.provider, by=by, at=at)
    if meeting is not None:
        link_meeting(meeting=meeting, cohort=cohort, plan=change.words, by=by, at=at)
        for teacher in change.teachers:
            person = teacher.person or added.get(teacher.address) or _add(teacher, by=by, at=at)
            added[teacher.address] = person
            assign_instructor(meeting=meeting, person=person, by=by, at=at)


def _add(teacher: Teacher, *, by: Actor, at: datetime) -> Person:
    person = add_person(name=teacher.name, email=teacher.address, by=by, at=at)
    create_account(person=person, by=by, at=at)
    return person


def _check_link(meeting: Meeting, cohort: Cohort, plan: LinkPlan) -> None:
    unknown = sorted(set(plan.tracks) - set(cohort.tracks.values_list("track", flat=True)))
    if unknown:
        raise ScheduleRefused(f"{cohort} has no track “{unknown[0]}”.")
    segments = set(_current(meeting).segments.values_list("code", flat=True))
    strange = sorted(set(plan.competencies) - segments)
    if strange:
        raise ScheduleRefused(f"Session “{meeting.code}” has no segment “{strange[0]}”.")


def _current(meeting: Meeting) -> MeetingRevision:
    return meeting.revisions.get(superseded_at=None)


def _supersede(
    current: MeetingRevision, plan: MeetingPlan, status: Status, action: str, *, by: Actor, at: datetime
) -> MeetingRevision:
    meeting = Meeting.objects.select_for_update().get(pk=current.meeting_id)
    if meeting.schedule_closed_at is not None:
        raise ScheduleRefused(
            f"Session “{meeting.code}” is settled, so its schedule stays. "
            "Reopen it first, with a reason, on its own page."
        )
    if MeetingRevision.objects.filter(pk=current.pk, superseded_at=None).update(superseded_at=at) != 1:
        raise ScheduleRefused("Someone else changed this session just now. Reload the page and try again.")
    revision = _store(current.meeting, current.number + 1, plan, status, at)
    _journal(action, current.meeting, by=by, at=at, revision=revision.number)
    return revision


def _store(meeting: Meeting, number: int, plan: MeetingPlan, status: Status, at: datetime) -> MeetingRevision:
    revision = MeetingRevision.objects.create(
        meeting=meeting,
        number=number,
        status=status,
        title=plan.title,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        modality=plan.modality,
        place=plan.place,
        link=plan.link,
        breaks=[[since.isoformat(), until.isoformat()] for since, until in plan.breaks],
        recorded_at=at,
    )
    Segment.objects.bulk_create(
        Segment(
            revision=revision,
            code=part.code,
            title=part.title,
            starts_at=part.starts_at,
            ends_at=part.ends_at,
            minutes=part.minutes,
            modality=part.modality,
        )
        for part in plan.segments
    )
    return revision


def _journal(action: str, meeting: Meeting, *, by: Actor, at: datetime, **detail: object) -> None:
    record(action, by=by, at=at, subject=("session", meeting.key), class_key=meeting.owner.key, **detail)
