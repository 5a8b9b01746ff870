"""The demo played into the test database and rolled back; and its facts, told without keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import pairwise

from django.db import connection
from django.test import override_settings

from cecto.audits.queries import EnrollmentAudit, audit_class
from cecto.credentials.ready import make_ready_to_issue
from cecto.demo.building import play
from cecto.demo.stages import Stage
from cecto.demo.story.sessions import ZONE
from cecto.demo.year.world import OPERATOR, cohort, instant
from cecto.ledger.models import Entry
from tests.template import Template

Told = tuple[object, ...]


@contextmanager
def played(*stages: Stage) -> Iterator[list[Told]]:
    """The test database at the last of these stages, until the end of the block; then as migrations leave it.

    Yields where everybody stood when the first of them was reached.
    """
    database = str(connection.settings_dict["NAME"])
    try:
        with override_settings(CECTO_DEMO=True):
            make_ready_to_issue(by=OPERATOR, at=instant(date(2015, 7, 1), "08:00"))
            play(stages[0], told=lambda *_: None)
            reached = standings(stages[0].now)
            for earlier, later in pairwise(stages):
                play(later, since=earlier, told=lambda *_: None)
        yield reached
    finally:
        Template(database, f"{database}_template").restore()


def audits(program: str, known_at: datetime) -> list[EnrollmentAudit]:
    """The audits of a class on the day of an instant, by what was known then."""
    return audit_class(cohort(program), true_on=known_at.astimezone(ZONE).date(), known_at=known_at)


def names_by_status(program: str, track: str, known_at: datetime) -> dict[str, set[str]]:
    """The people of a track by where they stood at an instant."""
    found: dict[str, set[str]] = {}
    for seen in audits(program, known_at):
        if seen.enrollment.track.track == track:
            found.setdefault(str(seen.audit.status), set()).add(seen.enrollment.person.name)
    return found


def standings(known_at: datetime) -> list[Told]:
    """Where everybody stood in every requirement at an instant, by what was known then."""
    return [
        (seen.enrollment.person.name, seen.enrollment.track.track, result.id, str(result.status), result.value)
        for program in ("cecto", "cgcio")
        for seen in audits(program, known_at)
        for result in seen.audit.root.walk()
    ]


def facts() -> list[Told]:
    """Every fact of the ledger in order, by name and title instead of key."""
    columns = ["person__name", "activity__title", "activity__segment_code", "kind", "attended", "offered", "outcome"]
    return list(Entry.objects.order_by("id").values_list(*columns, "occurred_on", "recorded_at", "reason"))
