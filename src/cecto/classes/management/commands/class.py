"""Classes at the command line."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cecto.classes import actions, queries
from cecto.classes.changing.actions import ClassChange, change_class
from cecto.classes.models import Cohort, EnrollmentStatus
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.people.queries import NoSuchPerson, person_called
from cecto.programs.models import Definition, Program
from cecto.programs.queries import NoSuchDefinition, definition_called, newest_definition, of_other_years

BY = Actor.command("class")
Status = EnrollmentStatus.Status


class Command(BaseCommand):
    """`cecto class create …`, `cecto class change C …`, `cecto class status …` and `cecto class list`."""

    help = "Begin a class, change it or someone's status in it, or list the classes there are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Subcommands: create, change, status, list."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list", help="every class, the latest first")
        create = verbs.add_parser("create", help="begin a class")
        create.add_argument("--program", required=True, help="the program's code, like cecto")
        create.add_argument("--code", required=True, help="a short code, like cecto-2016")
        create.add_argument("--name", required=True, help="what people call it, like “Class of 2016”")
        create.add_argument("--first-day", required=True, type=date.fromisoformat, metavar="YYYY-MM-DD")
        create.add_argument("--last-day", required=True, type=date.fromisoformat, metavar="YYYY-MM-DD")
        create.add_argument(
            "--track",
            action="append",
            required=True,
            metavar="TRACK=TITLE[:DEFINITION]",
            help="a track, its title, and the definition it is held to (its key or the start of its SHA-256; "
            "by default the one published last); repeat for each track",
        )

        _add_change(verbs)
        status = verbs.add_parser("status", help="someone leaves a class, pauses or returns")
        status.add_argument("--class", dest="cohort", required=True, metavar="C", help="the class's code")
        status.add_argument("--person", required=True, help="e-mail address, name or key")
        status.add_argument("--status", required=True, choices=Status.values)
        status.add_argument(
            "--on", required=True, type=date.fromisoformat, metavar="YYYY-MM-DD", help="from this day on"
        )
        status.add_argument("--reason", default="")

    def handle(self, *, verb: str, **options: Any) -> None:
        """Do what the subcommand says."""
        if verb == "list":
            self._list()
        elif verb == "status":
            self._change_status(options)
        elif verb == "change":
            self._change(options)
        else:
            self._create(**options)

    def _change_status(self, options: dict[str, Any]) -> None:
        try:
            changed = _change_status(options)
        except (actions.ClassRefused, queries.NoSuchClass, NoSuchPerson) as error:
            raise CommandError(str(error)) from error
        for row in changed:
            self.stdout.write(f"{row.enrollment}: {row.get_status_display().lower()} from {row.start}.")

    def _change(self, options: dict[str, Any]) -> None:
        try:
            changed = change_class(
                cohort=queries.cohort_called(options["cohort"]), change=_change_asked(options), by=BY, at=clock.now()
            )
        except (actions.ClassRefused, queries.NoSuchClass) as error:
            raise CommandError(str(error)) from error
        told = _told(changed)
        if options["format"] == "json":
            self.stdout.write(json.dumps(told, indent=2, ensure_ascii=False))
            return
        self.stdout.write(f"{changed.name} ({changed.code}) runs from {changed.first_day} to {changed.last_day}.")
        for track in told["tracks"]:
            self.stdout.write(f"  {track['track']}: {track['title']}")
        complete = told["schedule"] == "complete"
        self.stdout.write("Its schedule is complete." if complete else "Its schedule is still being planned.")

    def _list(self) -> None:
        for cohort in queries.cohorts():
            self.stdout.write(
                f"{cohort.code}  {cohort.name}  {cohort.first_day} to {cohort.last_day}  "
                f"{cohort.people} people, {cohort.sessions} sessions"  # type: ignore[attr-defined]
            )

    def _create(self, *, program: str, track: list[str], **options: Any) -> None:
        try:
            cohort = _create(program, track, options)
        except (actions.ClassRefused, NoSuchDefinition) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{cohort.name} ({cohort.code}) runs from {cohort.first_day} to {cohort.last_day}.")
        for row in cohort.tracks.select_related("definition"):
            self.stdout.write(f"  {row.title}: held to “{row.definition}” ({row.definition.sha256[:12]})")
            if warning := of_other_years(row.definition, cohort.first_day):
                self.stderr.write(f"Warning: {warning}")
        self.stdout.write(f"Next: cecto import roster FILE --class {cohort.code}")


def _add_change(verbs: Any) -> None:
    change = verbs.add_parser("change", help="change a class: its name, its days, the titles of its tracks")
    change.add_argument("cohort", metavar="C", help="the class's code")
    change.add_argument("--name", help="what people call it")
    change.add_argument("--first-day", type=date.fromisoformat, metavar="YYYY-MM-DD")
    change.add_argument("--last-day", type=date.fromisoformat, metavar="YYYY-MM-DD")
    change.add_argument(
        "--track", action="append", default=[], metavar="TRACK=TITLE", help="a new title for a track; repeat for each"
    )
    change.add_argument(
        "--schedule",
        choices=["complete", "planning"],
        help="whether all dates are set; while they are planned, nobody is told that what is scheduled does not reach",
    )
    change.add_argument("--format", choices=["text", "json"], default="text")


def _change_asked(options: dict[str, Any]) -> ClassChange:
    titles = {}
    for written in options["track"]:
        track, equals, title = written.partition("=")
        if not (track and equals):
            raise actions.ClassRefused(f"“{written}” is not TRACK=TITLE, like superintendent=Superintendents.")
        titles[track] = title
    said = options["schedule"]
    return ClassChange(
        name=options["name"],
        first_day=options["first_day"],
        last_day=options["last_day"],
        titles=titles,
        schedule_complete=None if said is None else said == "complete",
    )


def _told(cohort: Cohort) -> dict[str, Any]:
    complete = cohort.schedule_complete_at
    return {
        "code": cohort.code,
        "name": cohort.name,
        "first_day": cohort.first_day.isoformat(),
        "last_day": cohort.last_day.isoformat(),
        "schedule": "complete" if complete else "planning",
        "tracks": [{"track": row.track, "title": row.title} for row in cohort.tracks.all()],
    }


def _create(program_code: str, tracks: list[str], options: dict[str, Any]) -> Cohort:
    return actions.begin_class(
        program=_program(program_code),
        code=options["code"],
        name=options["name"],
        first_day=options["first_day"],
        last_day=options["last_day"],
        tracks=[_track(program_code, written) for written in tracks],
        by=BY,
        at=clock.now(),
    )


@transaction.atomic
def _change_status(options: dict[str, Any]) -> list[EnrollmentStatus]:
    cohort, person = queries.cohort_called(options["cohort"]), person_called(options["person"])
    enrolled = list(queries.enrollments(cohort).filter(person=person))
    if not enrolled:
        raise actions.ClassRefused(f"{person} is not enrolled in {cohort}.")
    return [
        actions.change_status(
            enrollment=row,
            status=Status(options["status"]),
            start=options["on"],
            reason=options["reason"],
            by=BY,
            at=clock.now(),
        )
        for row in enrolled
    ]


def _program(code: str) -> Program:
    found = Program.objects.filter(code=code).first()
    if found is None:
        raise actions.ClassRefused(
            f"There is no program “{code}”. Publish its definitions first: cecto definition publish --shipped"
        )
    return found


def _track(program_code: str, written: str) -> tuple[str, Definition]:
    track, equals, rest = written.partition("=")
    title, _, word = rest.partition(":")
    if not (track and equals and title):
        raise actions.ClassRefused(
            f"“{written}” is not a track. Write TRACK=TITLE, like superintendent=Superintendents"
        )
    definition = definition_called(word) if word else newest_definition(program_code, track)
    if definition.track != track:
        raise actions.ClassRefused(f"“{definition}” is a definition of track “{definition.track}”, not “{track}”.")
    return title, definition
