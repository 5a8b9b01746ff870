"""Settling at the command line."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cecto.attendance.actions import AttendanceRefused, reopen_settlement
from cecto.attendance.command_words import add_session_arguments, session_called
from cecto.attendance.forms.clock import at_clock
from cecto.attendance.queries.reconciliation import PersonRow, Reconciliation, reconcile, standing_settlement
from cecto.attendance.queries.sessions import RunsBackwards
from cecto.certification.actions import settle_and_certify
from cecto.classes.schedule.queries import Session
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.requirements.english.amounts import hours

BY = Actor.command("settle")


class Command(BaseCommand):
    """`cecto settle --class C --session S [--began HH:MM] [--ended HH:MM] [--dry-run | --reopen REASON]`."""

    help = "Finalize a session's attendance, or reopen it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options; times are in the program's time zone."""
        add_session_arguments(parser)
        parser.add_argument("--began", type=time.fromisoformat, metavar="HH:MM", help="when it really began")
        parser.add_argument("--ended", type=time.fromisoformat, metavar="HH:MM", help="when it really ended")
        parser.add_argument("--dry-run", action="store_true", help="show what would be recorded")
        parser.add_argument("--reopen", metavar="REASON", help="take it back, with a reason")
        parser.add_argument("--format", choices=("text", "json"), default="text", help="text or one JSON document")

    def handle(self, *, cohort: str, session: str, **options: Any) -> None:
        """Settle, show or reopen."""
        at = clock.now()
        found = session_called(cohort, session, at=at)
        times = _as_run(found, options)
        said = self.stderr if options["format"] == "json" else self.stdout
        try:
            if options["reopen"] is not None:
                said.write(_reopened(found, options["reopen"], at))
            elif not options["dry_run"]:
                said.write("\n".join(_settled(found, times, at)))
            shown = reconcile(found, **times)
        except (AttendanceRefused, RunsBackwards) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(_document(shown)) if options["format"] == "json" else "\n".join(_lines(shown)))


def _as_run(session: Session, options: dict[str, Any]) -> dict[str, datetime | None]:
    revision = session.revision
    return {
        "began": at_clock(session, options["began"], near=revision.starts_at),
        "ended": at_clock(session, options["ended"], near=revision.ends_at),
    }


def _settled(session: Session, times: dict[str, datetime | None], at: datetime) -> list[str]:
    before, title = standing_settlement(session), session.revision.title
    made = settle_and_certify(meeting=session.meeting, began=times["began"], ended=times["ended"], by=BY, at=at)
    if before:
        return [f"Attendance for {title} was final before (#{before.number}). Nothing has changed."]
    certified = f"{made.certified} {'person is' if made.certified == 1 else 'people are'} certified now."
    return [
        f"Attendance for {title} is final (#{made.settlement.number}).",
        *([certified] if made.certified else []),
        *made.refusals,
    ]


def _reopened(session: Session, reason: str, at: datetime) -> str:
    settlement = standing_settlement(session)
    if settlement is None:
        raise CommandError(f"Attendance for {session.revision.title} is not final: there is nothing to reopen.")
    reopen_settlement(settlement=settlement, reason=reason, by=BY, at=at)
    return f"Attendance for {session.revision.title} is open again. Its hours don’t count until it is final."


def _lines(found: Reconciliation) -> list[str]:
    """Each person with the time that is, or would be, recorded."""
    lines = [f"  {hours(row.attended):>10} of {hours(row.offered)}  {_named(row)}" for row in found.people]
    waiting = [f"  {found.unsure} names wait for an answer on the session's page."] if found.unsure else []
    return lines + waiting


def _named(row: PersonRow) -> str:
    remarks = ["times don’t match"] if row.conflict else []
    remarks += ["set by hand"] if row.by_hand else []
    remarks += [row.where] if row.elsewhere else []
    return row.attendee.person.name + (f"  ({'; '.join(remarks)})" if remarks else "")


def _document(found: Reconciliation) -> dict[str, object]:
    effective = found.timetable.effective
    return {
        "session": found.session.meeting.code,
        "final": found.settlement.number if found.settlement else None,
        "began": effective.start.isoformat(),
        "ended": effective.end.isoformat(),
        "names_to_match": found.unsure,
        "people": [_person(row) for row in found.people],
    }


def _person(row: PersonRow) -> dict[str, object]:
    who = row.attendee.person
    parts = [{"part": one.code, "minutes": one.attended, "of": one.offered} for one in row.minutes]
    return {
        "key": who.key,
        "name": who.name,
        "minutes": row.attended,
        "of": row.offered,
        "where": row.where,
        "status": row.status,
        "by_hand": row.by_hand is not None,
        "parts": parts,
    }
