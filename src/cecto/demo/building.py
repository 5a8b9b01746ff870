"""Building the demo in this home, from nothing to a stage."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from cecto.demo.stages import STAGES, Stage
from cecto.demo.year import world
from cecto.demo.year.attending import leave_files_of_the_day
from cecto.demo.year.opening import SEATED
from cecto.demo.year.timeline import events_until
from cecto.demo.year.world import Event, instant
from cecto.foundation import clock
from cecto.foundation.demo_home import mark_demo

Told = Callable[[Event, int, int], None]

_STAGE_FILE = "demo-stage"
_FOLDERS = (world.FILES, "evidence", "mail")
# Any row in one of these says that a home is used for something.
_TELLING = ("people_person", "programs_program", "credentials_signingkey")


class NotADemo(Exception):
    """This home or its database holds something that is not the demo's; the message says what to do."""


def built_stage() -> Stage | None:
    """The stage at which a whole demo stands in this home, or None."""
    path = _home() / _STAGE_FILE
    return STAGES.get(path.read_text().strip()) if settings.CECTO_DEMO and path.exists() else None


def build(stage: Stage, *, told: Told) -> None:
    """Put this home's database at `stage`, replacing a demo that is there; `told` hears of every event.

    Raises NotADemo when the home holds anything else. A build that is interrupted is begun again by the next one.
    """
    _refuse_other_uses()
    (_home() / _STAGE_FILE).unlink(missing_ok=True)
    _become_demo()
    _empty()
    call_command("init", verbosity=0, stdout=_Silence())
    play(stage, told=told)
    clock.set_demo_clock(stage.now)
    (_home() / _STAGE_FILE).write_text(f"{stage.name}\n")


def play(stage: Stage, *, since: Stage | None = None, told: Told) -> None:
    """Let everything happen that has happened by `stage`, a day at a time.

    Begins in a database that is ready and empty, or in one that stands at the earlier stage `since`.
    """
    world.forget()
    events = [event for event in events_until(stage.now) if since is None or event.at > since.now]
    numbered = enumerate(events, start=1)
    for _, of_a_day in groupby(numbered, key=lambda pair: pair[1].at.date()):
        with transaction.atomic():
            for number, event in of_a_day:
                told(event, number, len(events))
                event.do(event.at)
    leave_files_of_the_day(stage.now)


class _Silence:
    """Takes what a command prints and keeps none of it."""

    def write(self, text: str) -> None:
        """Keep nothing."""

    def flush(self) -> None:
        """Nothing is held."""


def _home() -> Path:
    return Path(settings.CECTO_HOME)


def _refuse_other_uses() -> None:
    if (_home() / "demo.json").exists():
        return
    tables = set(connection.introspection.table_names())
    for table in _TELLING:
        if table in tables and _has_rows(table):
            raise NotADemo(
                f"The database of {_home()} is in use for something other than the demo, and the demo would replace "
                "it. Give the demo a home of its own: CECTO_HOME=demo cecto demo (and the same for cecto serve)."
            )


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608 - our own names
        return cursor.fetchone() is not None


def _become_demo() -> None:
    """From here on this home is a demo, to this process too, whose settings were read before."""
    settings.CECTO_DEMO = True
    mark_demo(_home(), settings.DATABASES["default"])
    clock.set_demo_clock(instant(SEATED, "08:00"))


def _empty() -> None:
    """Drop every table: rows of append-only tables cannot be deleted, and need not be."""
    for folder in _FOLDERS:
        shutil.rmtree(_home() / folder, ignore_errors=True)
    with _unconstrained(), connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cascade = " CASCADE" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)}{cascade}")


@contextmanager
def _unconstrained() -> Iterator[None]:
    """Without foreign keys on SQLite, which otherwise empties a table row by row before dropping it."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA foreign_keys = ON")
