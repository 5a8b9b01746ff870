"""Exceptions at the command line."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cecto.audits import actions
from cecto.audits.effects import effects_told
from cecto.audits.exception_list import state_of, what_is_excepted
from cecto.audits.gathering.entries import entry_pk
from cecto.audits.granting import left_out_of
from cecto.audits.models import ExceptionGrant
from cecto.audits.queries import active_in_tracks, exceptions_of_class, grant_called, proposed_together
from cecto.audits.standing import award_standing
from cecto.certification.awards import award_of
from cecto.classes.models import Cohort, Enrollment
from cecto.classes.queries import NoSuchClass, cohort_called
from cecto.classes.vocabulary import vocabulary_of
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.foundation.papers import Paper
from cecto.foundation.sheets import Unreadable
from cecto.ledger.models import Entry
from cecto.people.acting import NotTheirs, acting_as
from cecto.people.models import Person
from cecto.people.seats import NotTheirOffice
from cecto.people.viewer import Permission
from cecto.programs.queries import ruleset

Refusal = (actions.ExceptionRefused, NotTheirOffice, NotTheirs)


class Command(BaseCommand):
    """`cecto exception list|grant|join|revoke`."""

    help = "List, grant, join or revoke what offices excuse or change for a person or a whole class."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Subcommands: list, grant, join, revoke."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        _of_class(verbs.add_parser("list", help="every exception of a class"))
        _about_grant(verbs.add_parser("grant", help="grant one to a person, or to everyone"))
        join = verbs.add_parser("join", help="as the second office; what was granted at once is joined at once")
        revoke = verbs.add_parser("revoke", help="take one back, or all that were granted at once")
        for verb in (join, revoke):
            verb.add_argument("key", help="the exception's key, as `cecto exception list` shows it")
            _as_whom(verb)
        join.add_argument("--dry-run", action="store_true", help="only show what it would change, and for whom")
        revoke.add_argument("--reason", required=True)
        revoke.add_argument("--everyone", action="store_true", help="all that were granted at once with it")

    def handle(self, *, verb: str, **options: Any) -> None:
        """Do what the subcommand says."""
        try:
            {"list": self._list, "grant": self._grant, "join": self._join, "revoke": self._revoke}[verb](options)
        except Refusal as error:
            raise CommandError(str(error)) from error

    def _list(self, options: dict[str, Any]) -> None:
        cohort = _cohort(options["cohort"])
        for grant in exceptions_of_class(cohort):
            self.stdout.write(f"{grant.key}  {grant.enrollment.person.name}: {what_is_excepted(grant)}")
            self.stdout.write(f"    {state_of(grant)}. Granted by {grant.granted_by.name} ({grant.office})")
            self.stdout.write(f"    {grant.reason}")
            if grant.waiting:
                self._tell([grant])

    def _grant(self, options: dict[str, Any]) -> None:
        cohort, at = _cohort(options["cohort"]), clock.now()
        officer = _officer(options["officer"], cohort, at)
        said: dict[str, Any] = {
            "node": options["on"],
            "kind": ExceptionGrant.Kind(options["kind"]),
            "office": options["office"],
            "granted_by": officer,
            "reason": options["reason"],
            "amount": _amount(options),
            "until": _day_after(options["until"]),
            "other_node": options["other"] or "",
            "paper": _paper(options["evidence"]),
            "by": Actor.person(officer.key, officer.pk),
            "at": at,
        }
        if options["everyone"]:
            everyone = _everyone(cohort, options["track"])
            made = actions.grant_to_class(enrollments=everyone, **said)
            for text in left_out_of(made, everyone, granter=officer):
                self.stdout.write(text)
        else:
            enrollment = _one(cohort, options["person"])
            said |= {"award": award_of(enrollment), "cycle": _cycle(enrollment, options, at)}
            made = [actions.grant_exception(enrollment=enrollment, entry=_entry(options["entry"]), **said)]
        self.stdout.write(f"Granted to {len(made)}: {what_is_excepted(made[0])}. {state_of(made[0])}.")
        if made[0].waiting:
            self.stdout.write(f"Next: cecto exception join {made[0].key} --as EMAIL")

    def _tell(self, grants: list[ExceptionGrant]) -> None:
        """What they would do, in lines."""
        for told in effects_told(grants, known_at=clock.now()):
            for line in ([f"Item: {told.item}"] if told.item else []) + list(told.lines):
                self.stdout.write(f"    {told.name}: {line}")

    def _join(self, options: dict[str, Any]) -> None:
        grant, at = _found(options["key"]), clock.now()
        officer = _officer(options["officer"], grant.enrollment.cohort, at)
        by = Actor.person(officer.key, officer.pk)
        if options["dry_run"]:
            return self._tell(list(proposed_together(grant.proposal)) if grant.proposal else [grant])
        if grant.proposal:
            made = actions.join_proposal(proposal=grant.proposal, person=officer, by=by, at=at)
        else:
            made = [actions.join_exception(grant=grant, person=officer, by=by, at=at)]
        return self.stdout.write(f"Joined {len(made)}. They count from now on.")

    def _revoke(self, options: dict[str, Any]) -> None:
        grant, at, reason = _found(options["key"]), clock.now(), options["reason"]
        officer = _officer(options["officer"], grant.enrollment.cohort, at)
        by = Actor.person(officer.key, officer.pk)
        if options["everyone"]:
            made = actions.revoke_proposal(proposal=grant.proposal, reason=reason, by=by, at=at)
        else:
            made = [actions.revoke_exception(grant=grant, reason=reason, by=by, at=at)]
        self.stdout.write(f"Revoked {len(made)}. What they were stays on record.")


def _of_class(parser: ArgumentParser) -> None:
    parser.add_argument("--class", dest="cohort", required=True, metavar="CLASS", help="the class's code")


def _as_whom(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--as", dest="officer", required=True, metavar="EMAIL", help="who acts: a certification officer"
    )


def _about_grant(parser: ArgumentParser) -> None:
    _of_class(parser)
    _as_whom(parser)
    parser.add_argument("--on", required=True, metavar="REQUIREMENT", help="its id in the definition")
    parser.add_argument("--kind", required=True, choices=ExceptionGrant.Kind.values)
    parser.add_argument("--office", required=True, help="in the name of which office")
    parser.add_argument("--reason", required=True)
    whom = parser.add_mutually_exclusive_group(required=True)
    whom.add_argument("--person", help="a name or a part of it")
    whom.add_argument("--everyone", action="store_true", help="everyone active in the class, or in --track")
    parser.add_argument("--track", help="with --everyone: only this track")
    amount = parser.add_mutually_exclusive_group()
    amount.add_argument("--hours", type=Decimal, help="the lower target, or what an entry is worth")
    amount.add_argument("--number", type=int, help="the same, for what is not counted in hours")
    parser.add_argument("--entry", metavar="ID", help="the entry, as `cecto audit --format json` numbers it")
    parser.add_argument("--until", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the last day that counts")
    parser.add_argument(
        "--cycle", type=int, metavar="N", help="of a renewal: its cycle; the one that decides if not said"
    )
    parser.add_argument("--other", metavar="REQUIREMENT", help="the requirement that stands in")
    parser.add_argument("--evidence", type=Path, metavar="FILE", help="a PDF, PNG or JPEG")


def _cohort(word: str) -> Cohort:
    try:
        return cohort_called(word)
    except NoSuchClass as error:
        raise CommandError(str(error)) from error


def _officer(email: str, cohort: Cohort, at: datetime) -> Person:
    """Who acts: a certification officer of the class's program, as on the pages."""
    return acting_as(email, Permission.GRANT_EXCEPTION, program_code=cohort.program.code, at=at).someone


def _found(key: str) -> ExceptionGrant:
    found = grant_called(key)
    if found is None:
        raise CommandError(f"There is no exception “{key}”. See them: cecto exception list --class CLASS")
    return found


def _everyone(cohort: Cohort, track: str | None) -> list[Enrollment]:
    known = vocabulary_of(cohort)
    try:
        tracks = known.tracks_called(track, of=cohort.name) if track else list(known.tracks)
    except Unreadable as error:
        raise CommandError(str(error)) from error
    return active_in_tracks(cohort, tracks, on=clock.today(cohort.program.time_zone))


def _one(cohort: Cohort, name: str) -> Enrollment:
    rows = _everyone(cohort, None)
    found = [row for row in rows if name.casefold() in row.person.name.casefold()]
    if len(found) != 1:
        raise CommandError(f"{len(found)} people of {cohort} are called “{name}”. Write more of the name.")
    return found[0]


def _entry(written: str | None) -> Entry | None:
    """The entry of that id; None when none is meant."""
    if not written:
        return None
    found = Entry.objects.filter(pk=entry_pk(written)).first() if written.isdecimal() else None
    if found is None:
        raise CommandError(f"There is no item “{written}”. See the items: cecto audit --class CLASS --format json")
    return found


def _cycle(enrollment: Enrollment, options: dict[str, Any], at: datetime) -> int:
    """The renewal's cycle that the exception is on; 0 when its requirement is of no renewal."""
    today = clock.today(enrollment.cohort.program.time_zone)
    stands = award_standing(award_of(enrollment), true_on=today, known_at=at)
    renews = ruleset(stands.held.definition).part_of(options["on"]) == "renewal"
    if options["cycle"] is not None or not renews or stands.renewal is None:
        return options["cycle"] or 0
    return stands.renewal.number


def _day_after(last: date | None) -> date | None:
    if last is None or last == date.max:
        return last
    return last + timedelta(days=1)


def _amount(options: dict[str, Any]) -> int | None:
    hours: Decimal | None = options["hours"]
    if hours is not None:
        return round(hours * 60)
    number: int | None = options["number"]
    return number


def _paper(path: Path | None) -> Paper | None:
    if path is None:
        return None
    try:
        return Paper(path.read_bytes(), path.name)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
