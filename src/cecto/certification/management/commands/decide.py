"""Decisions at the command line: the docket, and what officers do with it."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.markup import escape
from rich.progress import track

from cecto.certification import actions
from cecto.certification.models import Decision
from cecto.certification.queries import DocketRow, Standing, decisions, docket, ready_to_take_effect
from cecto.classes.models import Cohort, Meeting
from cecto.classes.queries import NoSuchClass, cohort_called
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.people.acting import NotTheirs, person_with
from cecto.people.models import Person
from cecto.people.seats import NotTheirOffice, offices_of

Refusal = (actions.DecisionRefused, NotTheirOffice)


class Command(BaseCommand):
    """`cecto decide --class C [--propose | --sign | --take-effect | --withdraw REASON] [--as EMAIL] …`."""

    help = "Show who can be certified, and propose, sign or withdraw decisions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options; without a verb the docket is printed."""
        parser.add_argument("--class", dest="cohort", required=True, metavar="CLASS", help="the class's code")
        verb = parser.add_mutually_exclusive_group()
        verb.add_argument("--propose", action="store_true", help="propose everyone eligible, or --person")
        verb.add_argument("--sign", action="store_true", help="sign what waits for an office of --as")
        verb.add_argument("--take-effect", action="store_true", help="put what was signed ahead into effect")
        verb.add_argument("--withdraw", metavar="REASON", help="withdraw the decision on --person")
        parser.add_argument("--as", dest="officer", metavar="EMAIL", help="who acts: a holder of an office")
        parser.add_argument("--person", help="only this person: a name or a part of it")
        parser.add_argument("--ahead-of", metavar="SESSION", help="propose ahead of a session, by its code")

    def handle(self, *, cohort: str, **options: Any) -> None:
        """Do what the options say, then print the docket."""
        found, at = _cohort(cohort), clock.now()
        ahead_of = _meeting(found, options["ahead_of"]) if options["ahead_of"] else None
        rows = _rows(found, options["person"], ahead_of, at)
        if options["propose"]:
            self._propose(rows, _officer(options["officer"]), ahead_of, at)
        elif options["sign"]:
            self._sign(found, rows, _officer(options["officer"]), at)
        elif options["take_effect"]:
            waiting = ready_to_take_effect(found)
            self._each(waiting, lambda one: actions.take_effect(decision=one, by=Actor.command("decide"), at=at))
        elif options["withdraw"]:
            self._withdraw(rows, _officer(options["officer"]), options["withdraw"], at)
        _print(_rows(found, options["person"], ahead_of, at))
        self.stdout.write(f"\nNext: {_next(found)}")

    def _propose(self, rows: list[DocketRow], officer: Person, ahead_of: Meeting | None, at: datetime) -> None:
        wanted = {Standing.ELIGIBLE, Standing.AHEAD} if ahead_of else {Standing.ELIGIBLE}
        able = [row for row in rows if row.standing in wanted]
        if not able:
            raise CommandError("Nobody here is eligible. The docket says what is unmet: cecto decide --class …")
        by = Actor.person(officer.key, officer.pk)

        def propose(row: DocketRow) -> None:
            waits = ahead_of if row.standing is Standing.AHEAD else None
            seen = row.seen
            proposal = actions.Proposal(seen.enrollment, seen.audit.sha256)
            actions.propose(proposal=proposal, true_on=seen.audit.true_on, by=by, at=at, ahead_of=waits)

        self._each(able, propose)

    def _sign(self, cohort: Cohort, rows: list[DocketRow], officer: Person, at: datetime) -> None:
        held = set(offices_of(officer, program_code=cohort.program.code, on=clock.today(cohort.program.time_zone)))
        waiting = [
            (row.decision, office) for row in rows if row.decision for office in row.waiting_for if office in held
        ]
        if not waiting:
            raise CommandError(
                f"Nothing waits for {officer.name}, who holds: {', '.join(sorted(held)) or 'no office'}."
            )
        by = Actor.person(officer.key, officer.pk)
        self._each(waiting, lambda pair: actions.sign(decision=pair[0], office=pair[1], person=officer, by=by, at=at))

    def _withdraw(self, rows: list[DocketRow], officer: Person, reason: str, at: datetime) -> None:
        standing = [row.decision for row in rows if row.decision]
        if len(standing) != 1:
            raise CommandError(f"{len(standing)} decisions match. Name one person with --person.")
        by = Actor.person(officer.key, officer.pk)
        self._each(standing, lambda one: actions.withdraw(decision=one, reason=reason, by=by, at=at))

    def _each(self, things: Iterable[Any], do: Callable[[Any], object]) -> None:
        refused = []
        for thing in track(list(things), description="Deciding", transient=True):
            try:
                do(thing)
            except Refusal as error:
                refused.append(str(error))
        if refused:
            raise CommandError("\n".join(refused))


def _cohort(word: str) -> Cohort:
    try:
        return cohort_called(word)
    except NoSuchClass as error:
        raise CommandError(str(error)) from error


def _meeting(cohort: Cohort, code: str) -> Meeting:
    found = cohort.meetings.filter(code=code).first()
    if found is None:
        raise CommandError(f"“{cohort}” has no session with the code “{code}”.")
    return found


def _officer(email: str | None) -> Person:
    try:
        return person_with(email or "")
    except NotTheirs as error:
        raise CommandError(str(error)) from error


def _rows(cohort: Cohort, person: str | None, ahead_of: Meeting | None, at: datetime) -> list[DocketRow]:
    today = clock.today(cohort.program.time_zone)
    rows = docket(cohort, true_on=today, known_at=at, ahead_of=ahead_of)
    if person is None:
        return rows
    return [row for row in rows if person.casefold() in row.seen.enrollment.person.name.casefold()]


def _print(rows: list[DocketRow]) -> None:
    console = Console()
    for row in rows:
        enrollment = row.seen.enrollment
        line = f"[bold]{escape(enrollment.person.name)}[/bold], {enrollment.track.title}: {row.standing}"
        console.print(line, highlight=False, soft_wrap=True)
        for why in _why(row):
            console.print(f"    {escape(why)}", highlight=False, soft_wrap=True)


def _why(row: DocketRow) -> list[str]:
    if row.decision:
        return [f"waits for {office}" for office in row.waiting_for]
    return [f"{result.title}: {result.sentence}" for result in row.unmet]


def _next(cohort: Cohort) -> str:
    in_effect: list[Decision] = list(decisions().filter(enrollment__cohort=cohort, effect__isnull=False))
    if in_effect:
        return f"issue what is certified: cecto issue --class {cohort.code}"
    return f"propose those who are eligible: cecto decide --class {cohort.code} --propose --as EMAIL"
