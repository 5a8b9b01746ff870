"""Pages of importing a schedule: choose the file, look at the preview, accept it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cecto.classes.access import class_to_run
from cecto.classes.importing.kinds import FileKind, counted
from cecto.classes.importing.pages import pages
from cecto.classes.importing.stored import StoredFile
from cecto.classes.models import Cohort
from cecto.classes.schedule.actions import ScheduleRefused, import_schedule
from cecto.classes.schedule.preview import Change, Preview, What, preview_schedule
from cecto.classes.schedule.reading import HEADINGS
from cecto.classes.schedule.views import schedule_crumbs
from cecto.foundation import evidence
from cecto.foundation.journal.actor import Actor
from cecto.foundation.tables import Column, Kind, Table, Value
from cecto.people.actions import PeopleRefused
from cecto.people.viewer import Permission

STATUSES = {
    What.ADDED: "new",
    What.REVISED: "changed",
    What.LINKED: "linked",
    What.REWORDED: "changed",
    What.UNCHANGED: "unchanged",
}
WORDS = {
    What.ADDED: _lazy("%(n)d added"),
    What.REVISED: _lazy("%(n)d with a new time, place or content"),
    What.LINKED: _lazy("%(n)d of another class that count here too"),
    What.REWORDED: _lazy("%(n)d with new words"),
    What.UNCHANGED: _lazy("%(n)d unchanged"),
}


def _look(content: bytes, name: str, cohort: Cohort, at: datetime) -> Preview:
    return preview_schedule(content, file=name, cohort=cohort, known_at=at)


def _accept(file: StoredFile, cohort: Cohort, seen: str, by: Actor, at: datetime) -> str:
    content = evidence.load(file.sha256)
    return _summary(import_schedule(content=content, file=file.name, cohort=cohort, seen=seen, by=by, at=at))


def _summary(shown: Preview) -> str:
    return _("Sessions: %(counts)s.") % {"counts": counted(shown, WORDS)}


def _table(shown: Preview) -> Table:
    columns = (
        Column(_("Session")),
        Column(_("Row"), Kind.NUMBER),
        Column(_("Date"), Kind.DATE),
        Column(_("Result"), Kind.STATUS),
        Column(_("What changes")),
        Column(_("Parts"), Kind.NUMBER),
        Column(_("Planned"), Kind.HOURS),
    )
    order = sorted(shown.changes, key=lambda change: change.what is What.UNCHANGED)
    return Table(_("Preview of the schedule"), columns, [_cells(change) for change in order])


def _cells(change: Change) -> list[Value]:
    minutes = sum(part.minutes for part in change.draft.segments) if change.plan else None
    return [
        change.title,
        change.draft.row,
        change.draft.day,
        STATUSES[change.what],
        " ".join(change.differences),
        len(change.draft.segments),
        minutes,
    ]


upload, preview = pages(
    FileKind(
        upload="classes:schedule-import",
        preview="classes:schedule-preview",
        after="classes:schedule",
        title=_lazy("Import a schedule"),
        label=_lazy("Schedule"),
        row=_lazy("one part of a session in a row"),
        lead=_lazy("The sessions of %(name)s."),
        note=_lazy(
            "One row is one part of a session; rows with one session code are one session. A session code that another "
            "class uses already links that session to this class, in this class’s own words. Times are in %(zone)s."
        ),
        notes="classes/schedule/_untouched.html",
        preview_title=_lazy("Preview of the schedule"),
        headings=HEADINGS,
        permission=Permission.RUN_CLASS,
        reach=class_to_run,
        nav="classes/_nav.html",
        crumbs=schedule_crumbs,
        look=_look,
        accept=_accept,
        summary=_summary,
        table=_table,
        button=lambda _shown: _("Accept these changes"),
        refusals=(PeopleRefused, ScheduleRefused),
    )
)
