"""What publishing a draft would mean: what is wrong with it, what its examples say, whose outcome would change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from cecto import requirements
from cecto.audits.comparing import Compared, compare_class
from cecto.classes.models import Cohort
from cecto.people.viewer import Permission, Viewer
from cecto.programs.differing import Difference, between
from cecto.programs.drafts import Draft
from cecto.programs.models import Definition, Program
from cecto.programs.queries import definitions, explained, ruleset, why_unfit
from cecto.programs.shipped import shipped_program
from cecto.requirements import document
from cecto.requirements.problems import DefinitionErrors, Problem

# Make-ups and appeals come after the last day; who has not finished a year later does not move any more.
STILL_MOVED = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class InClass:
    """A class whose people the draft would be for, with names for those who may see records."""

    cohort: Cohort
    people: list[Compared]
    named: bool

    @property
    def worse(self) -> int:
        """How many would be worse off as a whole."""
        return sum(one.comparison.worse for one in self.people)

    @property
    def changed(self) -> int:
        """For how many something would change."""
        return sum(one.changed for one in self.people)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A draft without faults. `earlier` is what was published last for its track; `gone` names ids that it loses."""

    parsed: document.Definition
    program: Program | None
    published: Definition | None
    earlier: Definition | None
    unfit: str
    tried: list[requirements.Tried]
    gone: list[Problem]
    classes: list[InClass]

    @property
    def explained(self) -> str:
        """The rules in plain English, as Markdown."""
        return requirements.explain(self.parsed)

    @property
    def difference(self) -> Difference | None:
        """What changes in plain English from what was published last; None when there was nothing."""
        return between(explained(self.earlier), self.explained) if self.earlier else None

    @property
    def introduces(self) -> bool:
        """Whether its program must be given a name first."""
        return self.program is None and shipped_program(self.parsed.program) is None


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft, all that is wrong with it, and what it means once its text has no faults."""

    draft: Draft
    problems: list[Problem]
    meaning: Meaning | None

    @property
    def ready(self) -> bool:
        """Whether it may be published now."""
        return bool(not self.problems and self.meaning and not self.meaning.unfit and not self.meaning.published)


def preview(draft: Draft, looking: Viewer, *, at: datetime) -> Preview:
    """What publishing the draft at that instant would mean, as far as the viewer may see it."""
    faults = draft.faults()
    if faults:
        return Preview(draft, faults, None)
    meaning = _meaning(draft, looking, at)
    return Preview(draft, [] if meaning.published else draft.failures(), meaning)


def _meaning(draft: Draft, looking: Viewer, at: datetime) -> Meaning:
    parsed = draft.parsed()
    program = Program.objects.filter(code=parsed.program).first()
    track = definitions().filter(program=program, track=parsed.track)
    published = track.filter(sha256=parsed.sha256).first()
    earlier = track.exclude(sha256=parsed.sha256).first()
    return Meaning(
        parsed,
        program,
        published,
        earlier,
        why_unfit(parsed),
        _tried(draft, parsed),
        _gone(draft, earlier),
        [] if published or program is None else _in_classes(parsed, program, looking, at),
    )


def _tried(draft: Draft, parsed: document.Definition) -> list[requirements.Tried]:
    try:
        read = requirements.read_examples(draft.examples, name=draft.examples_name)
        return requirements.try_examples(requirements.compile(parsed), read)
    except DefinitionErrors:
        return []


def _gone(draft: Draft, earlier: Definition | None) -> list[Problem]:
    """Requirements of the earlier version that this one neither has nor moves: exceptions on them would be lost."""
    previous = ruleset(earlier).definition if earlier else None
    return requirements.lint(draft.text, name=draft.name, previous=previous)


def _in_classes(parsed: document.Definition, program: Program, looking: Viewer, at: datetime) -> list[InClass]:
    rules, today = requirements.compile(parsed), at.astimezone(ZoneInfo(program.time_zone)).date()
    named = looking.may(Permission.SEE_RECORDS, program.code)
    found = [
        InClass(cohort, compare_class(cohort, rules, on=today, known_at=at), named)
        for cohort in _classes(program, parsed.track).filter(last_day__gte=today - STILL_MOVED)
    ]
    return [one for one in found if one.people]


def _classes(program: Program, track: str) -> QuerySet[Cohort]:
    rows = Cohort.objects.filter(program=program, tracks__track=track)
    return rows.select_related("program").order_by("-first_day", "code")
