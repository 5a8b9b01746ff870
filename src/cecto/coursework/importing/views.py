"""Pages of importing the work of a class: choose the file, look at the preview, accept it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cecto.classes.access import class_to_run
from cecto.classes.importing.kinds import FileKind, counted
from cecto.classes.importing.pages import pages
from cecto.classes.importing.stored import StoredFile
from cecto.classes.models import Cohort, Modality
from cecto.coursework.actions import import_work
from cecto.coursework.frame import work_crumbs
from cecto.coursework.importing.preview import Change, Preview, What, preview_work
from cecto.coursework.importing.reading import HEADINGS
from cecto.coursework.refusals import WorkRefused
from cecto.foundation import evidence
from cecto.foundation.journal.actor import Actor
from cecto.foundation.tables import Column, Kind, Table, Value
from cecto.people.viewer import Permission

STATUSES = {What.ADDED: "new", What.REVISED: "changed", What.UNCHANGED: "unchanged"}
WORDS = {
    What.ADDED: _lazy("%(n)d added"),
    What.REVISED: _lazy("%(n)d changed"),
    What.UNCHANGED: _lazy("%(n)d unchanged"),
}


def _look(content: bytes, name: str, cohort: Cohort, _at: datetime) -> Preview:
    return preview_work(content, file=name, cohort=cohort)


def _accept(file: StoredFile, cohort: Cohort, seen: str, by: Actor, at: datetime) -> str:
    content = evidence.load(file.sha256)
    return _summary(import_work(content=content, file=file.name, cohort=cohort, seen=seen, by=by, at=at))


def _summary(shown: Preview) -> str:
    return _("Pieces of work: %(counts)s.") % {"counts": counted(shown, WORDS)}


def _table(shown: Preview) -> Table:
    columns = (
        Column(_("Work")),
        Column(_("Row"), Kind.NUMBER),
        Column(_("Result"), Kind.STATUS),
        Column(_("What changes")),
        Column(_("Worth"), Kind.HOURS),
        Column(_("Format")),
        Column(_("Competency")),
        Column(_("Due"), Kind.DATE),
    )
    order = sorted(shown.changes, key=lambda change: change.what is What.UNCHANGED)
    return Table(_("Preview of the work"), columns, [_cells(change) for change in order])


def _cells(change: Change) -> list[Value]:
    plan = change.plan
    return [
        plan.title,
        change.row,
        STATUSES[change.what],
        ", ".join(change.columns).replace("_", " "),
        plan.minutes,
        str(Modality(plan.modality).label),
        plan.competency,
        plan.due_on,
    ]


upload, preview = pages(
    FileKind(
        upload="coursework:import",
        preview="coursework:import-preview",
        after="coursework:items",
        title=_lazy("Import work"),
        label=_lazy("Work of the class"),
        row=_lazy("one piece of work in a row"),
        lead=_lazy("The assignments, online modules and project of %(name)s."),
        preview_title=_lazy("Preview of the work"),
        headings=HEADINGS,
        permission=Permission.RUN_CLASS,
        reach=class_to_run,
        nav="classes/_nav.html",
        crumbs=work_crumbs,
        look=_look,
        accept=_accept,
        summary=_summary,
        table=_table,
        button=lambda _shown: _("Accept these changes"),
        refusals=(WorkRefused,),
    )
)
