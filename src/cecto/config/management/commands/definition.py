"""`cecto definition`: what programs offers, and what looks at the people of a class."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandError

from cecto import requirements
from cecto.audits.actions import Move, VersionRefused, agree_to_version
from cecto.audits.comparing import Compared, compare_people
from cecto.audits.models import VersionChange
from cecto.audits.queries import active_in_tracks, audit_enrollments
from cecto.classes.models import Cohort, CohortTrack
from cecto.classes.queries import NoSuchClass, cohort_called
from cecto.foundation import clock
from cecto.people.acting import NotTheirs, acting_as
from cecto.people.viewer import Permission
from cecto.programs.definition_command import DefinitionCommand, read
from cecto.programs.queries import NoSuchDefinition, definition_called
from cecto.requirements.compiling import Rules
from cecto.requirements.document import Definition
from cecto.requirements.problems import DefinitionErrors

if TYPE_CHECKING:
    from cecto.programs.definition_command import Verbs


class Command(DefinitionCommand):
    """`cecto definition new|next|lint|explain|try|compare|publish|move|schema|list`."""

    def add_verbs(self, verbs: Verbs) -> None:
        """compare and move, with those of programs."""
        super().add_verbs(verbs)
        compare = verbs.add_parser("compare", help="whose outcome in a class would change, and how")
        compare.add_argument("old", metavar="OLD", help="a file, or the key or SHA-256 of a published one")
        compare.add_argument("new", metavar="NEW", help="the same, to compare it with")
        move = verbs.add_parser("move", help="hold a class to another published version from a date on")
        move.add_argument("definition", metavar="DEFINITION", help="its key or the beginning of its SHA-256")
        for verb in (compare, move):
            verb.add_argument("--class", dest="cohort", required=True, metavar="CLASS", help="the class's code")
        move.add_argument(
            "--rule", required=True, choices=[one.value for one in VersionChange.CHOSEN], help="for those under way"
        )
        move.add_argument("--from", dest="start", type=date.fromisoformat, metavar="YYYY-MM-DD", help="default: today")
        move.add_argument("--person", help="only this person: a name or a part of it")
        move.add_argument("--reason", required=True)
        move.add_argument(
            "--as", dest="officer", required=True, metavar="EMAIL", help="who acts: a certification officer"
        )

    def doing(self) -> dict[str, Any]:
        """What each subcommand does."""
        return super().doing() | {"compare": self._compare, "move": self._move}

    def _compare(self, options: dict[str, Any]) -> None:
        cohort = _cohort(options["cohort"])
        old, new = _rules(options["old"]), _rules(options["new"])
        _refuse_apart(old.definition, new.definition, cohort)
        today = clock.today(cohort.program.time_zone)
        everyone = active_in_tracks(cohort, [new.definition.track], on=today)
        seen = audit_enrollments(everyone, true_on=today, known_at=clock.now(), also=[old, new])
        people = compare_people(seen, new, old=old)
        for one in people:
            self._print(one)
        changed, worse = sum(one.changed for one in people), sum(one.comparison.worse for one in people)
        self.stdout.write(f"{len(people)} people: {changed} with a change, {worse} of them worse off as a whole.")

    def _print(self, one: Compared) -> None:
        if not one.changed:
            return
        self.stdout.write(f"{one.seen.enrollment.person.name}: {one.before.words} now, {one.after.words} then")
        for change in one.changes:
            self.stdout.write(f"    {change.sentence}")

    def _move(self, options: dict[str, Any]) -> None:
        cohort = _cohort(options["cohort"])
        try:
            definition = definition_called(options["definition"])
        except NoSuchDefinition as error:
            raise CommandError(str(error)) from error
        track = cohort.tracks.filter(track=definition.track).first()
        if track is None:
            raise CommandError(f"“{cohort}” has no track “{definition.track}”.")
        today, at = clock.today(cohort.program.time_zone), clock.now()
        try:
            officer = acting_as(options["officer"], Permission.CERTIFY, program_code=cohort.program.code, at=at)
            person = _one(track, options["person"], today) if options["person"] else None
            rule = VersionChange.Rule(options["rule"])
            agreed = agree_to_version(
                move=Move(track, definition, rule, options["start"] or today, person),
                reason=options["reason"],
                officer=officer.someone,
                by=officer.actor,
                at=at,
            )
        except (NotTheirs, VersionRefused) as error:
            raise CommandError(str(error)) from error
        if agreed.change is None:
            self.stdout.write(agreed.sentence)
            return
        self.stdout.write(f"{agreed.change}. {agreed.change.get_rule_display()}.")
        self.stdout.write(f"Next: cecto audit --class {cohort.code}")


def _cohort(word: str) -> Cohort:
    try:
        return cohort_called(word)
    except NoSuchClass as error:
        raise CommandError(str(error)) from error


def _rules(word: str) -> Rules:
    path = Path(word)
    try:
        text = read(path) if path.exists() else definition_called(word).text
        return requirements.compile(requirements.parse(text, name=path.name))
    except NoSuchDefinition as error:
        raise CommandError(f"There is no file “{word}”, and no published definition is called so. {error}") from error
    except DefinitionErrors as error:
        raise CommandError(str(error)) from error


def _refuse_apart(old: Definition, new: Definition, cohort: Cohort) -> None:
    """Two versions of one track that the class has, or there is nothing to compare."""
    if (old.program, old.track) != (new.program, new.track):
        raise CommandError(
            f"OLD is of the track “{old.program}/{old.track}” and NEW of “{new.program}/{new.track}”: "
            "compare two versions of one track."
        )
    if new.program != cohort.program.code or not cohort.tracks.filter(track=new.track).exists():
        tracks = ", ".join(f"{cohort.program.code}/{track}" for track in cohort.tracks.values_list("track", flat=True))
        raise CommandError(f"“{cohort}” has no track “{new.program}/{new.track}”. Its tracks: {tracks}.")


def _one(track: CohortTrack, name: str, today: date) -> Any:
    everyone = active_in_tracks(track.cohort, [track.track], on=today)
    found = [row for row in everyone if name.casefold() in row.person.name.casefold()]
    if len(found) != 1:
        raise CommandError(f"{len(found)} people of {track} are called “{name}”. Write more of the name.")
    return found[0]
