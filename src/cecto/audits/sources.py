"""Where each entry of a record comes from: the session, the work, or the page of what counts besides, as a link."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.urls import reverse

from cecto.audits.gathering.entries import entry_id, entry_pk
from cecto.classes.models import Enrollment, MeetingRevision
from cecto.coursework.models import Item
from cecto.ledger.models import Entry as EntryRow
from cecto.people.viewer import Permission, Viewer
from cecto.requirements.facts import Entry

OF_WORK = frozenset({"accepted", "verdict"})


@dataclass(frozen=True, slots=True)
class Source:
    """Where an entry comes from: the page to look it up on (empty when the viewer may not), and the session's title."""

    href: str = ""
    session: str = ""


def sources_of(enrollment: Enrollment, entries: Sequence[Entry], viewer: Viewer | None) -> dict[str, Source]:
    """The source of each entry, by its id; without a viewer, the titles alone. At most three queries.

    Who runs the class that holds a session or gives out a piece of work is led to it; other staff to the schedule and
    the work of the person's own class.
    """
    sessions = _sessions({entry.activity.meeting or entry.replaces for entry in entries} - {""})
    work = _work(entries, viewer) if viewer else {}
    return {entry.id: _source(entry, enrollment, viewer, sessions, work) for entry in entries}


Sessions = dict[str, tuple[str, str]]


def _source(
    entry: Entry, enrollment: Enrollment, viewer: Viewer | None, sessions: Sessions, work: dict[str, str]
) -> Source:
    key = entry.activity.meeting or entry.replaces
    program, title = sessions.get(key, ("", ""))
    if viewer is None:
        return Source(session=title)
    if not key:
        return Source(work.get(entry.id) or reverse("coursework:credit", args=[enrollment.cohort.key]))
    if viewer.may(Permission.RUN_CLASS, program):
        return Source(reverse("attendance:person", args=[key, enrollment.person.key]), title)
    return Source(f"{reverse('classes:schedule', args=[enrollment.cohort.key])}#session-{key}", title)


def _sessions(keys: Collection[str]) -> Sessions:
    """The program that holds each session, and the session's title as it is now."""
    if not keys:
        return {}
    rows = MeetingRevision.objects.filter(meeting__key__in=keys, superseded_at=None)
    found = rows.values_list("meeting__key", "meeting__owner__program__code", "title")
    return {key: (program, title) for key, program, title in found}


def _work(entries: Sequence[Entry], viewer: Viewer) -> dict[str, str]:
    """The page of the work behind each entry about a piece of work."""
    ids = [entry_pk(entry.id) for entry in entries if entry.kind in OF_WORK]
    rows = EntryRow.objects.filter(pk__in=ids).exclude(activity__item_key="")
    keys = {entry_id(pk): key for pk, key in rows.values_list("pk", "activity__item_key")} if ids else {}
    items = Item.objects.filter(key__in=set(keys.values())).values_list("key", "cohort__program__code", "cohort__key")
    pages = {key: _item_page(viewer, key, program, cohort) for key, program, cohort in items} if keys else {}
    return {entry: pages[key] for entry, key in keys.items() if key in pages}


def _item_page(viewer: Viewer, key: str, program: str, cohort: str) -> str:
    if viewer.may(Permission.RUN_CLASS, program):
        return reverse("coursework:item", args=[key])
    return reverse("coursework:items", args=[cohort]) if viewer.may(Permission.SEE_RECORDS, program) else ""
