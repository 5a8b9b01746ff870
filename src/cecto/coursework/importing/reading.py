"""From a CSV or XLSX file to the work of a class: one row per item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify

from cecto.classes import words
from cecto.classes.models import Cohort, Modality
from cecto.classes.vocabulary import Vocabulary, vocabulary_of
from cecto.coursework.models import Item
from cecto.coursework.plans import ItemPlan
from cecto.foundation.sheets import Cells, Heading, Problems, Unreadable, plain, read_table

HEADINGS = (
    Heading("code", ("code", "item", "work"), required=True),
    Heading("title", ("title", "name"), required=True),
    Heading("kind", ("kind", "type"), required=True),
    Heading("minutes", ("minutes", "planned minutes", "length"), required=True),
    Heading("format", ("format", "modality")),
    Heading("competency", ("competency", "core competency")),
    Heading("category", ("category",)),
    Heading("tags", ("tags", "tag")),
    Heading("tracks", ("tracks", "track")),
    Heading("required", ("required",)),
    Heading("due", ("due", "due date", "due on")),
    Heading("until", ("accepted until", "late until")),
)
_KINDS = {
    Item.Kind.ASSIGNMENT: ("assignment", "homework", "paper", "reflection"),
    Item.Kind.MODULE: ("module", "onlinemodule", "course", "onlinecourse"),
    Item.Kind.PROJECT: ("project", "bestpracticeproject", "capstone"),
}


@dataclass(frozen=True, slots=True)
class ReadItem:
    """One row: where it stands and the work it describes."""

    row: int
    plan: ItemPlan


@dataclass(frozen=True, slots=True)
class ReadWork:
    """The items of a file in the order of its rows; what it calls its fields; headings that mean nothing to us."""

    items: tuple[ReadItem, ...]
    titles: Mapping[str, str]
    unread: tuple[str, ...]


def read_work(content: bytes, *, file: str, cohort: Cohort) -> ReadWork:
    """The work in a file, in the words of a class. One query.

    Raises SheetRefused with every problem, each with row, column and what to do.
    """
    table = read_table(content, file=file, headings=HEADINGS)
    problems = Problems(file, table.titles)
    vocabulary = vocabulary_of(cohort)
    found: dict[str, ReadItem] = {}
    for row in table.rows:
        item = _item(Cells(row, problems), vocabulary)
        if item and item.plan.code in found:
            message = f"“{item.plan.code}” stands in row {found[item.plan.code].row} already."
            problems.say(row.number, "code", message, "Give each piece of work a code of its own.")
        if item:
            found.setdefault(item.plan.code, item)
    problems.refuse()
    return ReadWork(tuple(found.values()), table.titles, table.unread)


def _item(cells: Cells, vocabulary: Vocabulary) -> ReadItem | None:
    code = cells.read("code", _code, required="Write a short code, like reading-1.")
    title = cells.read("title", words.short, required="Write what people call it.")
    kind = cells.read("kind", _kind, required="Write assignment, module or project.")
    minutes = cells.read("minutes", words.minutes, required="Write what it is worth at most, in whole minutes.")
    plan = ItemPlan(
        code=code or "",
        kind=kind or Item.Kind.ASSIGNMENT,
        title=title or "",
        minutes=minutes or 0,
        modality=cells.read("format", words.modality) or Modality.ASYNC,
        competency=cells.read("competency", vocabulary.competency) or "",
        category=cells.read("category", vocabulary.category) or "",
        tags=tuple(cells.read("tags", vocabulary.tags) or ()),
        tracks=tuple(cells.read("tracks", lambda text: vocabulary.tracks_called(text, of="The class")) or ()),
        required=cells.read("required", words.yes) or False,
        due_on=_day(cells, "due"),
        accepted_until=_day(cells, "until"),
    )
    return ReadItem(cells.row.number, plan) if code else None


def _day(cells: Cells, field: str) -> date | None:
    return cells.read(field, words.day)


def _code(text: str) -> str:
    found = slugify(text)[:60]
    if not found:
        raise Unreadable(f"“{text}” is not a code.", "Write letters, digits and hyphens, like reading-1.")
    return found


def _kind(text: str) -> Item.Kind:
    for kind, names in _KINDS.items():
        if plain(text) in names:
            return kind
    raise Unreadable(f"“{text}” is not a kind of work.", "Write assignment, module or project.")
