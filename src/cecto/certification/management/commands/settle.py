"""Settling at the command line."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError

from cecto.attendance.actions import AttendanceRefused, reopen_settlement
from cecto.attendance.command_words import add_session_arguments, session_called
from cecto.attendance.queries.reconciliation import Reconciliation, reconcile, standing_settlement
from cecto.certification.actions import settle_and_certify
from cecto.classes.schedule.queries import Session
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor

BY = Actor.command("settle")


class Command(BaseCommand):
    """`cecto settle --class C --session S [--began HH:MM] [--ended HH:MM] [--dry-run | --reopen REASON]`."""

    help = "Post the attendance of a session to the ledger, or take it back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options; times are in the program's time zone."""
        add_session_arguments(parser)
        parser.add_argument("--began", type=time.fromisoformat, metavar="HH:MM", help="when it really began")
        parser.add_argument("--ended", type=time.fromisoformat, metavar="HH:MM", help="when it really ended")
        parser.add_argument("--dry-run", action="store_true", help="show what settling would post")
        parser.add_argument("--reopen", metavar="REASON", help="take the settlement back, with a reason")

    def handle(self, *, cohort: str, session: str, **options: Any) -> None:
        """Settle, show or reopen."""
        at = clock.now()
        found = session_called(cohort, session, at=at)
        began, ended = (_instant(found, options[name]) for name in ("began", "ended"))
        try:
            if options["reopen"] is not None:
                self._reopen(found, options["reopen"], at)
            elif not options["dry_run"]:
                self._settle(found, began, ended, at)
        except AttendanceRefused as error:
            raise CommandError(str(error)) from error
        self._show(reconcile(found, began=began, ended=ended))

    def _settle(self, session: Session, began: datetime | None, ended: datetime | None, at: datetime) -> None:
        before = standing_settlement(session)
        made = settle_and_certify(meeting=session.meeting, began=began, ended=ended, by=BY, at=at)
        done = "was settled before; nothing has changed" if before else f"is settled (number {made.settlement.number})"
        self.stdout.write(f"{session.revision.title} {done}.")
        if made.certified:
            self.stdout.write(f"{made.certified} {'person is' if made.certified == 1 else 'people are'} certified now.")
        for refusal in made.refusals:
            self.stderr.write(refusal)

    def _reopen(self, session: Session, reason: str, at: datetime) -> None:
        settlement = standing_settlement(session)
        if settlement is None:
            raise CommandError(f"{session.revision.title} is not settled: there is nothing to reopen.")
        reopen_settlement(settlement=settlement, reason=reason, by=BY, at=at)
        self.stdout.write(f"{session.revision.title} is open again; its entries were reversed.")

    def _show(self, found: Reconciliation) -> None:
        for row in found.people:
            remarks = ["sources disagree"] if row.conflict else []
            remarks += ["set by hand"] if row.by_hand else []
            remarks += [row.where] if row.elsewhere else []
            note = f"  ({'; '.join(remarks)})" if remarks else ""
            self.stdout.write(f"  {row.attended:4} of {row.offered} min  {row.attendee.person.name}{note}")
        if found.unsure:
            self.stdout.write(f"  {found.unsure} names wait for an answer on the session's page.")


def _instant(session: Session, clock_time: time | None) -> datetime | None:
    return datetime.combine(session.day, clock_time, ZoneInfo(session.zone)) if clock_time else None
