"""Every write that changes a class: its name, days and titles, whether its schedule is complete, dates to come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from cecto.classes.actions import ClassRefused
from cecto.classes.changing.queries import later_dates, session_outside
from cecto.classes.days import problem_with_days
from cecto.classes.models import Cohort, LaterDate
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor


@dataclass(frozen=True, slots=True)
class ClassChange:
    """What a class is to become; None leaves a thing as it is. `titles` are new titles of tracks, by the track."""

    name: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    schedule_complete: bool | None = None


@transaction.atomic
def change_class(*, cohort: Cohort, change: ClassChange, by: Actor, at: datetime) -> Cohort:
    """Change what is given of a class; what it was before is kept in the journal. The same again changes nothing.

    Raises ClassRefused, and changes nothing, for an empty name or title, a track that the class does not have, days
    that cannot be or that leave out a session or an enrollment, and a schedule said to be complete while dates stand
    in it that are still to be announced.
    """
    found = Cohort.objects.select_for_update().get(pk=cohort.pk)
    before = _facts(found)
    found.name = _named(found.name if change.name is None else change.name)
    found.first_day = change.first_day or found.first_day
    found.last_day = change.last_day or found.last_day
    if (found.first_day.isoformat(), found.last_day.isoformat()) != (before["first_day"], before["last_day"]):
        _check_days(found)
    _say_schedule(found, change.schedule_complete, at=at)
    found.save(update_fields=["name", "first_day", "last_day", "schedule_complete_at"])
    titles = _change_titles(found, change.titles)
    after = _facts(found)
    said = {word: [before[word], after[word]] for word in after if before[word] != after[word]} | titles
    if said:
        record("classes.change", by=by, at=at, subject=("class", found.key), class_key=found.key, changed=said)
    cohort.refresh_from_db()
    return found


@transaction.atomic
def extend_class(*, cohort: Cohort, days: Iterable[date], by: Actor, at: datetime) -> Cohort:
    """Let a class begin earlier or end later, so that these days lie in it. Raises ClassRefused as `change_class`."""
    all_days = [cohort.first_day, cohort.last_day, *days]
    change = ClassChange(first_day=min(all_days), last_day=max(all_days))
    return change_class(cohort=cohort, change=change, by=by, at=at)


@transaction.atomic
def announce_later(*, cohort: Cohort, month: date, text: str, by: Actor, at: datetime) -> LaterDate:
    """Let a line stand in the schedule for dates of a month that are not set yet. The same line again changes nothing.

    Raises ClassRefused for an empty text, a month outside the class, and a class whose schedule is complete.
    """
    words = " ".join(text.split())
    first = month.replace(day=1)
    if not words:
        raise ClassRefused("Say what will be announced, like “two days, to be announced”.")
    if not cohort.first_day.replace(day=1) <= first <= cohort.last_day:
        raise ClassRefused(
            f"{cohort.name} runs from {cohort.first_day} to {cohort.last_day}. Choose a month in between."
        )
    if cohort.schedule_complete_at is not None:
        raise ClassRefused(
            f"The schedule of {cohort.name} is complete. Say that it is still being planned, then add dates to come."
        )
    line, created = LaterDate.objects.get_or_create(
        cohort=cohort, month=first, text=words[:200], ended_at=None, defaults={"recorded_at": at}
    )
    if created:
        _journal("classes.announce-later", line, by=by, at=at, text=line.text)
    return line


@transaction.atomic
def end_later_date(*, line: LaterDate, by: Actor, at: datetime) -> None:
    """Take a line out of the schedule, because its dates are set or will not be. Taken out already, nothing changes."""
    if LaterDate.objects.filter(pk=line.pk, ended_at=None).update(ended_at=at):
        _journal("classes.end-later-date", line, by=by, at=at)


def _facts(cohort: Cohort) -> dict[str, str | None]:
    complete = cohort.schedule_complete_at
    return {
        "name": cohort.name,
        "first_day": cohort.first_day.isoformat(),
        "last_day": cohort.last_day.isoformat(),
        "schedule_complete_at": complete.isoformat() if complete else None,
    }


def _named(name: str) -> str:
    words = " ".join(name.split())
    if not words or len(words) > 200:
        raise ClassRefused("Enter a name of at most 200 letters, like “Class of 2017”.")
    return words


def _check_days(cohort: Cohort) -> None:
    """Refuse days that cannot be, or leave out a session of the class or the day on which someone was enrolled."""
    if problem := problem_with_days(cohort.first_day, cohort.last_day):
        raise ClassRefused(problem)
    outside = session_outside(cohort, cohort.first_day, cohort.last_day)
    if outside is not None:
        title, day = outside
        raise ClassRefused(
            f"“{title}” is on {day}, outside {cohort.first_day} to {cohort.last_day}. "
            "Move or cancel that session first, or choose days that hold it."
        )
    late = cohort.enrollments.filter(enrolled_on__gt=cohort.last_day).select_related("person").first()
    if late is not None:
        raise ClassRefused(
            f"{late.person.name} was enrolled on {late.enrolled_on}, after {cohort.last_day}. Choose a later last day."
        )


def _say_schedule(cohort: Cohort, complete: bool | None, *, at: datetime) -> None:
    if complete is None:
        return
    line = later_dates(cohort).first()
    if complete and line is not None:
        raise ClassRefused(
            f"“{line}” still stands in the schedule. Take it out first, or let the schedule be planned for now."
        )
    if not complete:
        cohort.schedule_complete_at = None
    elif cohort.schedule_complete_at is None:
        cohort.schedule_complete_at = at


def _change_titles(cohort: Cohort, titles: Mapping[str, str]) -> dict[str, list[str]]:
    """Title the tracks anew; what was said of each before and after, where they differ."""
    tracks = {row.track: row for row in cohort.tracks.all()}
    changed = {}
    for track, title in titles.items():
        if track not in tracks:
            raise ClassRefused(f"{cohort.name} has no track “{track}”. Its tracks: {', '.join(tracks)}.")
        row, words = tracks[track], _named(title)
        if row.title != words:
            changed[f"title of {track}"] = [row.title, words]
            row.title = words
            row.save(update_fields=["title"])
    return changed


def _journal(action: str, line: LaterDate, *, by: Actor, at: datetime, **detail: str) -> None:
    month = line.month.isoformat()
    record(action, by=by, at=at, subject=("class", line.cohort.key), class_key=line.cohort.key, month=month, **detail)
