"""Recording what is not attendance, at the command line."""

from __future__ import annotations

from argparse import ArgumentParser, _SubParsersAction
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

from django.core.management.base import BaseCommand, CommandError

from cecto.classes import words
from cecto.classes.models import Cohort, Meeting
from cecto.classes.queries import NoSuchClass, cohort_called
from cecto.classes.vocabulary import vocabulary_of
from cecto.coursework import actions, queries
from cecto.coursework.credit import actions as credit
from cecto.coursework.models import Item
from cecto.coursework.refusals import WorkRefused
from cecto.foundation import clock, evidence
from cecto.foundation.journal.actor import Actor
from cecto.foundation.sheets import Unreadable
from cecto.ledger.actions import LedgerError
from cecto.ledger.background import brought, record_background
from cecto.ledger.models import Background
from cecto.people.models import Person
from cecto.people.queries import NoSuchPerson, person_called
from cecto.requirements.english.amounts import hours

BY = Actor.command("record")
REFUSALS = (NoSuchClass, NoSuchPerson, queries.NoSuchItem, WorkRefused, LedgerError, Unreadable)


class Command(BaseCommand):
    """`cecto record accepted|verdict|makeup|study|held|attested|scored|background`."""

    help = "Record work accepted, a verdict, a make-up, recognized study, a credential held, or what a person brings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One subcommand for each kind of fact."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        _accepted(verbs)
        _verdict(verbs)
        _makeup(verbs)
        _study(verbs)
        _held(verbs)
        _attested(verbs)
        _scored(verbs)
        _background(verbs)

    def handle(self, *, verb: str, **options: Any) -> None:
        """Record the fact and say what was recorded."""
        do = {
            "accepted": self._accept,
            "verdict": self._judge,
            "makeup": self._make_up,
            "study": self._recognize,
            "held": self._hold,
            "attested": self._attest,
            "scored": self._score,
            "background": self._bring,
        }[verb]
        try:
            self.stdout.write(do(options))
        except REFUSALS as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Next: cecto audit --class C shows what it counts for.")

    def _accept(self, options: dict[str, Any]) -> str:
        item, on = _item(options), options["on"]
        people = _people(item, on, options)
        minutes = words.minutes(options["minutes"]) if options["minutes"] else None
        posted = actions.accept_work(item=item, people=people, minutes=minutes, on=on, by=BY, at=clock.now())
        return f"“{item.title}” accepted of {len(posted)} people; {len(people) - len(posted)} had it before."

    def _judge(self, options: dict[str, Any]) -> str:
        item, person = _item(options), person_called(options["person"])
        judges = [person_called(word) for word in options["judge"]]
        entry = actions.record_verdict(
            item=item,
            person=person,
            outcome=vocabulary_of(item.cohort).outcome(options["outcome"]),
            judges=judges,
            on=options["on"],
            by=BY,
            at=clock.now(),
        )
        return f"{person}, “{item.title}”: {entry.outcome}, by {len(entry.judges)} judges."

    def _make_up(self, options: dict[str, Any]) -> str:
        person = person_called(options["person"])
        posted = credit.record_makeup(
            person=person,
            meeting=_meeting(options["session"]),
            minutes=words.minutes(options["minutes"]),
            kind=options["kind"],
            on=options["on"],
            by=BY,
            at=clock.now(),
        )
        return f"{person} made up {hours(sum(entry.attended for entry in posted))} of {options['session']}."

    def _recognize(self, options: dict[str, Any]) -> str:
        person, cohort = person_called(options["person"]), _cohort(options)
        known = vocabulary_of(cohort)
        study = credit.Study(
            title=options["title"],
            minutes=words.minutes(options["minutes"]),
            modality=words.modality(options["format"]),
            held_by=options["held_by"],
            provider=options["provider"],
            competency=known.competency(options["competency"]) if options["competency"] else "",
            category=known.category(options["category"]) if options["category"] else "",
            tags=tuple(known.tags(options["tags"])),
        )
        entry = credit.recognize_study(
            cohort=cohort,
            person=person,
            study=study,
            on=options["on"],
            evidence_sha256=_evidence(options),
            by=BY,
            at=clock.now(),
        )
        return f"{hours(entry.attended)} of “{entry.activity.title}” recognized for {person}."

    def _hold(self, options: dict[str, Any]) -> str:
        person = person_called(options["person"])
        entry = credit.record_credential_held(
            person=person,
            credential=options["credential"],
            title=options["title"] or options["credential"],
            on=options["on"],
            valid_until=_day_after(options["valid_until"]),
            verified=not options["unverified"],
            evidence_sha256=_evidence(options),
            by=BY,
            at=clock.now(),
        )
        return f"{person} holds “{entry.activity.title}” since {entry.occurred_on}."

    def _attest(self, options: dict[str, Any]) -> str:
        person, document, attested_by = person_called(options["person"]), options["document"], options["attested_by"]
        entry = credit.record_attestation(
            person=person,
            document=document,
            title=options["title"] or document,
            attested_by=attested_by if attested_by in {"self", "supervisor"} else person_called(attested_by).key,
            on=options["on"],
            evidence_sha256=_evidence(options),
            by=BY,
            at=clock.now(),
        )
        return f"{person}: “{entry.activity.title}” attested by {attested_by} on {entry.occurred_on}."

    def _score(self, options: dict[str, Any]) -> str:
        person, exam = person_called(options["person"]), options["exam"]
        entry = credit.record_score(
            person=person,
            exam=exam,
            title=options["title"] or exam,
            score=options["score"],
            on=options["on"],
            evidence_sha256=_evidence(options),
            by=BY,
            at=clock.now(),
        )
        return f"{person}: {entry.score} points in “{entry.activity.title}” on {entry.occurred_on}."

    def _bring(self, options: dict[str, Any]) -> str:
        person, given = person_called(options["person"]), options["given"]
        row = record_background(
            person=person,
            kind=Background.Kind(options["kind"]),
            of=options["of"],
            on=options["on"],
            **brought(Background.Kind(options["kind"]), given),
            evidence_sha256=_evidence(options),
            by=BY,
            at=clock.now(),
        )
        return f"{person}: {row.get_kind_display().lower()}, {row.of} {row.said} since {row.occurred_on}."


def _accepted(verbs: _SubParsersAction[ArgumentParser]) -> None:
    sub = verbs.add_parser("accepted", help="a piece of work of the class is accepted")
    _about_work(sub)
    who = sub.add_mutually_exclusive_group(required=True)
    who.add_argument("--person", action="append", help="e-mail address, name or key; repeat for more")
    who.add_argument("--everyone", action="store_true", help="everyone who is to do it and has not")
    sub.add_argument("--except", dest="left_out", action="append", default=[], help="but not this person; repeat")
    sub.add_argument("--minutes", help="by default all it is worth")


def _verdict(verbs: _SubParsersAction[ArgumentParser]) -> None:
    sub = verbs.add_parser("verdict", help="a panel judged a person's work")
    _about_work(sub)
    sub.add_argument("--person", required=True, help="e-mail address, name or key")
    sub.add_argument("--outcome", required=True, help="pass, revise or fail")
    sub.add_argument("--judge", action="append", required=True, help="e-mail address, name or key; repeat")


def _makeup(verbs: _SubParsersAction[ArgumentParser]) -> None:
    sub = verbs.add_parser("makeup", help="a person made up minutes of a settled session")
    _about_person(sub)
    sub.add_argument("--session", required=True, help="the session's code")
    sub.add_argument("--minutes", required=True)
    sub.add_argument("--kind", required=True, choices=get_args(credit.MakeupKind))


def _study(verbs: _SubParsersAction[ArgumentParser]) -> None:
    sub = verbs.add_parser("study", help="study done elsewhere is recognized")
    _about_person(sub)
    sub.add_argument("--class", dest="cohort", required=True, metavar="C", help="the class that recognizes it")
    sub.add_argument("--title", required=True)
    sub.add_argument("--minutes", required=True)
    sub.add_argument("--format", required=True, help="f2f, sync or async")
    for name in ["held-by", "provider", "competency", "category", "tags"]:
        sub.add_argument(f"--{name}", default="", help="a word of the definition")
    sub.add_argument("--evidence", type=Path, metavar="FILE")


def _held(verbs: _SubParsersAction[ArgumentParser]) -> None:
    sub = verbs.add_parser("held", help="a person holds a credential")
    _about_person(sub)
    sub.add_argument("--credential", required=True, help="the definition's word, like cgcio")
    sub.add_argument("--title", default="")
    sub.add_argument("--valid-until", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the last day of it")
    sub.add_argument("--unverified", action="store_true", help="nobody has looked at proof of it yet")
    sub.add_argument("--evidence", type=Path, metavar="FILE")


def _attested(verbs: _SubParsersAction[ArgumentParser]) -> None:
    sub = verbs.add_parser("attested", help="a document about a person is attested")
    _about_person(sub)
    sub.add_argument("--document", required=True, help="the definition's word, like code-of-ethics")
    sub.add_argument("--attested-by", required=True, metavar="WHO", help="self, supervisor, or a person")
    sub.add_argument("--title", default="")
    sub.add_argument("--evidence", type=Path, metavar="FILE")


def _scored(verbs: _SubParsersAction[ArgumentParser]) -> None:
    sub = verbs.add_parser("scored", help="a person took an exam")
    _about_person(sub)
    sub.add_argument("--exam", required=True, help="the definition's word, like cetl-exam")
    sub.add_argument("--score", required=True, type=int, metavar="POINTS")
    sub.add_argument("--title", default="")
    sub.add_argument("--evidence", type=Path, metavar="FILE")


def _background(verbs: _SubParsersAction[ArgumentParser]) -> None:
    sub = verbs.add_parser("background", help="a person brings experience, a degree, a fee paid, a trait")
    _about_person(sub)
    sub.add_argument("--kind", required=True, choices=Background.Kind.values)
    sub.add_argument("--of", required=True, help="the definition's word: of what, like bachelor, fee or chapter")
    sub.add_argument("--given", default="1", help="years of experience, whole dollars, or a trait's word")
    sub.add_argument("--evidence", type=Path, metavar="FILE")


def _about_work(sub: ArgumentParser) -> None:
    sub.add_argument("--class", dest="cohort", required=True, metavar="C", help="the class's code")
    sub.add_argument("--work", required=True, metavar="CODE", help="the item's code")
    sub.add_argument("--on", required=True, type=date.fromisoformat, metavar="YYYY-MM-DD")


def _about_person(sub: ArgumentParser) -> None:
    sub.add_argument("--person", required=True, help="e-mail address, name or key")
    sub.add_argument("--on", required=True, type=date.fromisoformat, metavar="YYYY-MM-DD")


def _cohort(options: dict[str, Any]) -> Cohort:
    return cohort_called(options["cohort"])


def _item(options: dict[str, Any]) -> Item:
    return queries.item_called(_cohort(options), options["work"])


def _people(item: Item, on: date, options: dict[str, Any]) -> list[Person]:
    """Those named, or everyone whose acceptance does not stand, less those left out."""
    left_out = {person_called(word).pk for word in options["left_out"]}
    if options["everyone"]:
        named = [row.person for row, state in queries.work_of(item, on) if state.accepted is None]
    else:
        named = [person_called(word) for word in options["person"]]
    return [person for person in named if person.pk not in left_out]


def _meeting(code: str) -> Meeting:
    found = Meeting.objects.select_related("owner__program").filter(code=code).first()
    if found is None:
        raise WorkRefused(f"There is no session “{code}”.")
    return found


def _evidence(options: dict[str, Any]) -> str:
    path: Path | None = options["evidence"]
    if path is None:
        return ""
    try:
        return evidence.store(path.read_bytes())
    except OSError as error:
        raise WorkRefused(f"{path} cannot be read: {error.strerror}.") from error


def _day_after(last: date | None) -> date | None:
    return last if last is None or last == date.max else last + timedelta(days=1)
