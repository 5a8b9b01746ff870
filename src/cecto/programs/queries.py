"""Every read of programs and definitions."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.db.models import QuerySet

from cecto import requirements
from cecto.programs.models import LONGEST, Definition, Program
from cecto.programs.shipped import shipped_program
from cecto.requirements import Tried, document
from cecto.requirements.compiling import Rules
from cecto.requirements.english.amounts import day, listed
from cecto.requirements.english.explaining import classes_phrase

SHORTEST_HASH = 8


class NoSuchDefinition(Exception):
    """No published definition answers to that word; the message says what to do."""


def programs() -> QuerySet[Program]:
    """All programs, by code."""
    return Program.objects.order_by("code")


@lru_cache(maxsize=64)
def partnership(code: str) -> str:
    """A sentence that names the partners of the program with that code; empty for a program without."""
    facts = shipped_program(code)
    return f"A partnership of {listed(facts.partners, 'and')}." if facts and facts.partners else ""


def definitions() -> QuerySet[Definition]:
    """All published definitions with their programs; within a program and track, the newest first."""
    return Definition.objects.select_related("program").order_by("program__code", "track", "-published_at", "-id")


def newest_definition(program_code: str, track: str) -> Definition:
    """The definition published last for that track. Raises NoSuchDefinition when there is none."""
    found = definitions().filter(program__code=program_code, track=track).first()
    if found is None:
        raise NoSuchDefinition(
            f"No definition is published for track “{track}” of program “{program_code}”. "
            "Publish one: cecto definition publish FILE"
        )
    return found


def why_unfit(parsed: document.Definition) -> str:
    """Why a sound definition has no place here: too long, or its version is taken by another text; else empty."""
    for name, longest in LONGEST.items():
        if len(getattr(parsed, name)) > longest:
            return f"`{name}` is longer than {longest} letters. Write a shorter one."
    taken = Definition.objects.filter(program__code=parsed.program, track=parsed.track, catalogue=parsed.catalogue)
    numbers = set(taken.exclude(sha256=parsed.sha256).values_list("version", flat=True))
    if parsed.version not in numbers:
        return ""
    return (
        f"Version {parsed.version} of “{parsed.track}”, {parsed.catalogue}, is published already with another text, "
        f"and published versions never change. Write `version: {max(numbers) + 1}` and publish again."
    )


def definition_called(word: str) -> Definition:
    """The definition with that key, or whose SHA-256 starts with that word (8 digits or more).

    Raises NoSuchDefinition when none does, or several do.
    """
    by_key = definitions().filter(key=word).first()
    if by_key:
        return by_key
    found = list(definitions().filter(sha256__startswith=word.lower())[:2]) if len(word) >= SHORTEST_HASH else []
    if len(found) != 1:
        raise NoSuchDefinition(
            f"No published definition has the key or SHA-256 “{word}”. See them all: cecto definition list"
        )
    return found[0]


def made_for(definition: Definition) -> str:
    """The classes that the rules say they are for, as a phrase (“classes that start from …”); empty for any class."""
    classes = ruleset(definition).definition.classes
    return classes_phrase(classes) if classes else ""


def of_other_years(definition: Definition, first_day: date) -> str:
    """A warning when a class that begins on that day is not one that the rules say they are for; else empty."""
    classes = ruleset(definition).definition.classes
    if classes is None or (classes.start or date.min) <= first_day < (classes.before or date.max):
        return ""
    return (
        f"The rules “{definition}” are for {classes_phrase(classes)}; this class starts on {day(first_day)}. "
        f"Make rules for its year: cecto definition next {definition.key} --first-day {first_day} --out FILE"
    )


def history(definition: Definition) -> QuerySet[Definition]:
    """Every published definition of the same program and track, the newest first, this one included."""
    return definitions().filter(program_id=definition.program_id, track=definition.track)


def ruleset(definition: Definition) -> Rules:
    """The definition made ready for audits; compiled once per process and hash."""
    return _compiled(definition.sha256, definition.text)


def explained(definition: Definition) -> str:
    """The definition in plain English, as Markdown; made once per process and hash."""
    return _explained(definition.sha256, definition.text)


def tried(definition: Definition) -> list[Tried]:
    """What it says of the example persons that it was published with; none for one published before they were kept."""
    return _tried(definition.sha256, definition.text, definition.examples) if definition.examples else []


@lru_cache(maxsize=64)
def _tried(sha256: str, text: str, examples: str) -> list[Tried]:
    rules = _compiled(sha256, text)
    read = requirements.read_examples(examples, name=sha256[:12], unit=rules.definition.unit)
    return requirements.try_examples(rules, read)


@lru_cache(maxsize=256)
def _compiled(sha256: str, text: str) -> Rules:
    return requirements.compile(requirements.parse(text, name=sha256[:12]))


@lru_cache(maxsize=64)
def _explained(sha256: str, text: str) -> str:
    return requirements.explain(requirements.parse(text, name=sha256[:12]))
