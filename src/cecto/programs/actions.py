"""Every write of programs and definitions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction

from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.programs.drafts import Draft
from cecto.programs.models import Definition, Program
from cecto.programs.queries import why_unfit
from cecto.programs.shipped import ProgramFacts, shipped_program
from cecto.requirements import document
from cecto.requirements.problems import Problem


@dataclass(frozen=True, slots=True)
class Introduction:
    """The name and the time zone (IANA) of a program that is not known here yet."""

    name: str
    time_zone: str


class PublishRefused(Exception):
    """A definition that cannot be published; the message says why, `problems` where."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join([message, *map(str, self.problems)]))


class UnknownTimeZone(Exception):
    """A time zone that the IANA database does not have."""


@transaction.atomic
def create_program(*, facts: ProgramFacts, by: Actor, at: datetime) -> Program:
    """The program with that code, made if there is none; one that exists is left as it is.

    Raises UnknownTimeZone.
    """
    try:
        ZoneInfo(facts.time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UnknownTimeZone(
            f"“{facts.time_zone}” is not a time zone. Give an IANA name, like America/New_York."
        ) from error
    program, created = Program.objects.get_or_create(
        code=facts.code,
        defaults={"name": facts.name, "time_zone": facts.time_zone, "description": facts.description.strip()},
    )
    if created:
        record("programs.create", by=by, at=at, subject=("program", program.code))
    return program


@transaction.atomic
def publish_definition(
    *, draft: Draft, reason: str = "", introduced: Introduction | None = None, by: Actor, at: datetime
) -> Definition:
    """Publish a definition for good, with its example persons, and return it; the same text again changes nothing.

    A program that is not known here is made on the way, if we ship it or it is `introduced`. `reason` says why, for
    everyone to read.
    Raises PublishRefused with every problem of the text or of its example persons, when the program is unknown or the
    version is taken by another text, and UnknownTimeZone; DefinitionErrors is never raised.
    """
    faults = draft.faults()
    if faults:
        raise PublishRefused(f"{draft.name} was not published: {len(faults)} to mend.", faults)
    parsed = draft.parsed()
    published = Definition.objects.filter(sha256=parsed.sha256).first()
    if published:
        return published
    _refuse_untested(draft, parsed)
    program = _program(parsed.program, introduced, by=by, at=at)
    return _publish(draft, parsed, program, reason, by=by, at=at)


def _refuse_untested(draft: Draft, parsed: document.Definition) -> None:
    failures = draft.failures()
    if failures:
        raise PublishRefused(f"{draft.name} was not published: its example persons do not carry it.", failures)
    unfit = why_unfit(parsed)
    if unfit:
        raise PublishRefused(unfit)


def _publish(
    draft: Draft, parsed: document.Definition, program: Program, reason: str, *, by: Actor, at: datetime
) -> Definition:
    row = Definition.objects.create(
        program=program,
        track=parsed.track,
        catalogue=parsed.catalogue,
        version=parsed.version,
        title=parsed.title,
        sha256=parsed.sha256,
        text=draft.text,
        examples=draft.examples,
        reason=reason.strip()[:300],
        published_at=at,
        published_by=by.key,
    )
    record("programs.publish", by=by, at=at, subject=("definition", row.key), sha256=row.sha256)
    return row


def _program(code: str, introduced: Introduction | None, *, by: Actor, at: datetime) -> Program:
    found = Program.objects.filter(code=code).first()
    if found:
        return found
    facts = ProgramFacts(code, introduced.name, introduced.time_zone) if introduced else shipped_program(code)
    if facts is None:
        raise PublishRefused(
            f"There is no program “{code}” here. If the code is right, introduce it: "
            'cecto definition publish FILE --program-name "Its name"'
        )
    return create_program(facts=facts, by=by, at=at)
