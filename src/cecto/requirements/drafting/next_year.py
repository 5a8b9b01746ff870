"""Next year's definition from this year's: its dates moved by whole years, and what changed said."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cecto.requirements.document import Definition
from cecto.requirements.drafting.writing import Written
from cecto.requirements.problems import DefinitionErrors
from cecto.requirements.reading import parse
from cecto.requirements.trials.reading import read_examples

_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_YEARS = re.compile(r"\b(\d{4})(?:-(\d\d))?\b")
_CATALOGUE = re.compile(r"^(catalogue:\s*)(['\"]?)([^'\"#\s]+)\2", re.MULTILINE)
_VERSION = re.compile(r"^(version:\s*)(\d+)", re.MULTILINE)
# What is said of the past and stays: comments, and whose word a rule is.
_KEPT = re.compile(r"(#.*|\bsource:\s*(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^,}\n]*))")


class NoNextYear(ValueError):
    """This definition cannot be moved to that day; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class NextYear:
    """The moved texts; `changes` and `kept` are sentences, in the order of the text."""

    written: Written
    changes: tuple[str, ...]
    kept: tuple[str, ...]


def next_year(definition: Definition, examples: str, first_day: date) -> NextYear:
    """The definition and its examples for a class that begins on `first_day`: another catalogue, version 1.

    Every date moves by as many whole years; a 29 February that the year has not becomes the 28th. Comments and sources
    are left as they are. Raises NoNextYear when the years do not move, or nothing says which year the definition is of.
    """
    years = first_day.year - _year(definition, examples)
    if years <= 0:
        raise NoNextYear(
            f"{first_day} is not in a later year than the rules are of: give the first day of a later class."
        )
    text, changes = _moved(definition.text, years)
    text, named = _catalogue(text, definition, years)
    told = [*named, *_outside(text, first_day), *changes]
    moved_examples, dates = _moved(examples, years)
    if dates:
        told.append(f"Every date of the example persons is {_later(years)}: {len(dates)} lines.")
    return NextYear(Written(text, moved_examples), tuple(told), tuple(_left(definition)))


def _year(definition: Definition, examples: str) -> int:
    """The year that the rules are of: of their classes, else of the catalogue, else of the example persons' class."""
    if definition.classes and definition.classes.start:
        return definition.classes.start.year
    named = _YEARS.search(definition.catalogue)
    if named:
        return int(named[1])
    try:
        return read_examples(examples, name="examples", unit=definition.unit).class_start.year
    except DefinitionErrors as error:
        raise NoNextYear("Neither classes, catalogue nor example persons say which year these rules are of.") from error


def _later(years: int) -> str:
    return "one year later" if years == 1 else f"{years} years later"


def _moved(text: str, years: int) -> tuple[str, list[str]]:
    """The text with its dates moved, and a sentence for each line that changed."""
    lines, changes = [], []
    for number, line in enumerate(text.split("\n"), 1):
        moved = _outside_kept(line, lambda part: _DATE.sub(lambda found: _shifted(found[0], years), part))
        if moved != line:
            pairs = zip(_DATE.findall(line), _DATE.findall(moved), strict=True)
            said = ", ".join(f"{old} becomes {new}" for old, new in pairs if old != new)
            changes.append(f"Line {number}: {said}.")
        lines.append(moved)
    return "\n".join(lines), changes


def _outside_kept(line: str, change: Callable[[str], str]) -> str:
    """The line with everything changed but comments and sources."""
    return "".join(part if _KEPT.fullmatch(part) else change(part) for part in _KEPT.split(line))


def _shifted(written: str, years: int) -> str:
    try:
        on = date.fromisoformat(written)
    except ValueError:
        return written
    try:
        return str(on.replace(year=on.year + years))
    except ValueError:
        return str(on.replace(year=on.year + years, day=28))


def _catalogue(text: str, definition: Definition, years: int) -> tuple[str, list[str]]:
    """Another catalogue, beginning with version 1; where the catalogue names no year, the next version of it."""
    moved = _YEARS.sub(lambda found: _years(found, years), definition.catalogue)
    if moved == definition.catalogue:
        version = definition.version + 1
        text = _VERSION.sub(rf"\g<1>{version}", text, count=1)
        return text, [f"Version {definition.version} becomes {version}: the catalogue names no year."]
    text = _CATALOGUE.sub(lambda found: f"{found[1]}'{moved}'", text, count=1)
    told = [f"Catalogue {definition.catalogue} becomes {moved}."]
    if definition.version != 1:
        text = _VERSION.sub(r"\g<1>1", text, count=1)
        told.append(f"Version {definition.version} becomes 1, the first of its catalogue.")
    return text, told


def _years(found: re.Match[str], years: int) -> str:
    first = int(found[1]) + years
    return f"{first}-{(int(found[2]) + years) % 100:02d}" if found[2] else f"{first}"


def _outside(text: str, first_day: date) -> list[str]:
    classes = parse(text, name="next").classes
    if classes is None or ((classes.start or first_day) <= first_day < (classes.before or date.max)):
        return []
    return [f"{first_day} is not among the classes it is for: change `classes: starting:`."]


def _left(definition: Definition) -> list[str]:
    """The lines whose comments or sources name the catalogue or its years."""
    return [
        f"Line {number} still says “{definition.catalogue}” in a comment or source."
        for number, line in enumerate(definition.text.split("\n"), 1)
        if any(definition.catalogue in part for part in _KEPT.findall(line))
    ]
