"""Pages of importing a roster: choose the file, look at the preview, accept it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from cecto.classes.access import class_to_run
from cecto.classes.importing.kinds import FileKind
from cecto.classes.importing.pages import pages
from cecto.classes.importing.stored import StoredFile
from cecto.classes.models import Cohort
from cecto.classes.roster.actions import import_roster
from cecto.classes.roster.preview import Preview, PreviewRow, State, preview_roster
from cecto.classes.roster.reading import HEADINGS, read_roster
from cecto.foundation.journal.actor import Actor
from cecto.foundation.tables import Column, Kind, Table, Value
from cecto.people.viewer import Permission

_WORDS = {State.READY: "new", State.ALREADY: "unchanged", State.QUESTION: "unsure"}


def _look(content: bytes, name: str, cohort: Cohort, _at: datetime) -> Preview:
    return preview_roster(read_roster(content, file=name, first_day=cohort.first_day, last_day=cohort.last_day), cohort)


def _accept(file: StoredFile, cohort: Cohort, seen: str, by: Actor, at: datetime) -> str:
    done = import_roster(cohort=cohort, sha256=file.sha256, file=file.name, fingerprint=seen, by=by, at=at)
    said = _("Enrolled %(enrolled)d; %(already)d already enrolled; %(left)d left out.")
    return said % {"enrolled": done.enrolled, "already": done.already, "left": done.left_out}


def _button(shown: Preview) -> str:
    ready = len(shown.of(State.READY))
    return ngettext("Enroll %(n)d person", "Enroll %(n)d people", ready) % {"n": ready}


def _crumbs(cohort: Cohort) -> list[tuple[str, str]]:
    return [(_("Classes"), reverse("classes:list")), (cohort.name, reverse("console:class", args=[cohort.key]))]


def _table(shown: Preview) -> Table:
    columns = (
        Column(_("Name")),
        Column(_("Row"), Kind.NUMBER),
        Column(_("Result"), Kind.STATUS),
        Column(_("Why, and what to do")),
        Column(_("E-mail")),
        Column(_("Track")),
        Column(_("Organization")),
        Column(_("From"), Kind.DATE),
    )
    order = [*shown.of(State.QUESTION), *shown.of(State.READY), *shown.of(State.ALREADY)]
    return Table(_("Preview of %(file)s") % {"file": shown.file}, columns, [_cells(row) for row in order])


def _cells(row: PreviewRow) -> list[Value]:
    return [
        row.row.name or _("No name"),
        row.row.number,
        _WORDS[row.state],
        " ".join(row.notes),
        row.row.email,
        row.track.title if row.track else row.row.track,
        row.organization.name if row.organization else row.row.organization or row.row.code,
        row.enrolled_on if row.state != State.QUESTION else None,
    ]


upload, preview = pages(
    FileKind(
        upload="classes:roster-import",
        preview="classes:roster-preview",
        after="console:class",
        title=_lazy("Import a roster"),
        label=_lazy("Roster"),
        row=_lazy("one person in a row"),
        lead=_lazy("Who takes part in %(name)s."),
        note=_lazy(
            "A name, or a first and a last name, is needed in every row. People can sign in when an e-mail address is "
            "there."
        ),
        notes="classes/roster/_questions.html",
        preview_title=_lazy("Preview of the roster"),
        headings=HEADINGS,
        permission=Permission.RUN_CLASS,
        reach=class_to_run,
        nav="classes/_nav.html",
        crumbs=_crumbs,
        look=_look,
        accept=_accept,
        summary=lambda shown: shown.summary,
        table=_table,
        button=_button,
    )
)
