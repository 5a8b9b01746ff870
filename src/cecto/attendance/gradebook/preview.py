"""What accepting the scores of a gradebook would do, before anything is written."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db.models import prefetch_related_objects

from cecto.attendance.gradebook.reading import Column, Gradebook, Student, points_of, read_gradebook
from cecto.attendance.matching import How, Matched, Named, Suggestion, fold
from cecto.attendance.models import ScoredColumn
from cecto.attendance.queries.names import matching_of
from cecto.attendance.queries.sessions import Attendee
from cecto.classes.models import Cohort, Enrollment
from cecto.classes.queries import enrollments, roster
from cecto.coursework.models import Item
from cecto.coursework.queries import is_for, items
from cecto.ledger.models import Entry
from cecto.people.models import Person

SOURCE = "canvas"


class What(StrEnum):
    """What accepting does with one score."""

    ACCEPTED = "accepted"
    UNCHANGED = "unchanged"
    LEFT = "ignored"
    WAITS = "unsure"


@dataclass(frozen=True, slots=True)
class Mapped:
    """A column with what it is remembered to be: `item`, or with `dismissed` none of ours; neither while nobody said.

    `percent` of the points possible are enough.
    """

    column: Column
    item: Item | None = None
    percent: int | None = None
    dismissed: bool = False

    @property
    def bar(self) -> Decimal | None:
        """The points that are enough; None when it is not known yet or the file does not say the points possible."""
        if self.percent is None or self.column.points is None:
            return None
        return self.column.points * self.percent / 100


@dataclass(frozen=True, slots=True)
class Outcome:
    """One score: whose (as the file says and as we know), for what, and what becomes of it and why."""

    student: Student
    person: Person | None
    mapped: Mapped
    what: What
    why: str

    @property
    def score(self) -> str:
        """As the file has it."""
        return self.student.scores[self.mapped.column.id]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A student whom nobody has answered for, and whom it may be."""

    student: Student
    why: str
    suggestions: tuple[tuple[Person, Suggestion], ...]


@dataclass(frozen=True)
class Preview:
    """A gradebook read for a class on a day. `people` are those of the class, `work` what it gives out."""

    file: str
    sha256: str
    on: date
    columns: tuple[Mapped, ...]
    outcomes: tuple[Outcome, ...]
    waiting: tuple[Waiting, ...]
    people: tuple[Person, ...]
    work: tuple[Item, ...]
    unread: tuple[str, ...] = ()

    @property
    def unanswered(self) -> tuple[Mapped, ...]:
        """The columns nobody has answered for."""
        return tuple(one for one in self.columns if not one.item and not one.dismissed)

    @property
    def changes_something(self) -> bool:
        """Whether accepting would write anything."""
        return any(one.what is What.ACCEPTED for one in self.outcomes)

    @property
    def fingerprint(self) -> str:
        """Equal for equal previews: accepting names the one that was seen."""
        seen = [(one.student.number, one.mapped.column.id, one.what, one.why) for one in self.outcomes]
        return hashlib.sha256(repr((self.sha256, self.on, seen)).encode()).hexdigest()

    def count(self, what: What) -> int:
        """How many scores come to that."""
        return sum(one.what is what for one in self.outcomes)

    def to_accept(self) -> dict[Item, list[Person]]:
        """Whose work of which item would be accepted; a person whom two columns or rows tell of, once."""
        found: dict[Item, dict[Person, None]] = defaultdict(dict)
        for one in self.outcomes:
            if one.what is What.ACCEPTED and one.mapped.item and one.person:
                found[one.mapped.item][one.person] = None
        return {item: list(people) for item, people in found.items()}


def preview_scores(content: bytes, *, file: str, cohort: Cohort, on: date) -> Preview:
    """What accepting a gradebook would do, the work counted as handed in on a day. Writes nothing; eight queries,
    whatever the size.

    Raises SheetRefused when the file cannot be read.
    """
    book = read_gradebook(content, file=file)
    work = tuple(items(cohort))
    people = _people(cohort)
    columns = _mapped(book, cohort, work)
    matching = _Matching(cohort, people)
    judge = _Judge(cohort, work, on)
    matched = [(student, matching.match(student)) for student in book.students]
    outcomes = [_outcome(student, found, mapped, people, judge) for student, found in matched for mapped in columns]
    return Preview(
        file=file,
        sha256=hashlib.sha256(content).hexdigest(),
        on=on,
        columns=tuple(columns),
        outcomes=tuple(one for one in outcomes if one),
        waiting=tuple(matching.waiting(matched)),
        people=tuple(people.values()),
        work=work,
    )


def _people(cohort: Cohort) -> dict[str, Person]:
    """Everyone who was ever enrolled, each once, by name."""
    people = list({row.person_id: row.person for row in enrollments(cohort)}.values())
    prefetch_related_objects(people, "emails", "former_names")
    return {person.key: person for person in people}


def _mapped(book: Gradebook, cohort: Cohort, work: Iterable[Item]) -> list[Mapped]:
    known = {row.canvas_id: row for row in ScoredColumn.objects.filter(cohort=cohort)}
    by_key = {item.key: item for item in work}
    return [_map(column, known.get(column.id), by_key) for column in book.columns]


def _map(column: Column, row: ScoredColumn | None, work: Mapping[str, Item]) -> Mapped:
    if row is None or (row.item_key and row.item_key not in work):
        return Mapped(column)
    return Mapped(column, work.get(row.item_key), row.percent, not row.item_key)


def likely_item(column: Column, work: Iterable[Item]) -> Item | None:
    """The work with the column's very title, if there is just one."""
    named = [item for item in work if fold(item.title) == fold(column.title)]
    return named[0] if len(named) == 1 else None


class _Matching:
    """Who the students are: by address or login, alias, or exact name; the rest waits."""

    def __init__(self, cohort: Cohort, people: Mapping[str, Person]) -> None:
        self.people = people
        attendees = [Attendee(person, (), "", True) for person in people.values()]
        self.roster = matching_of(cohort, attendees, SOURCE)

    def match(self, student: Student) -> Matched:
        """The answer for one student and why."""
        return self.roster.match(student.named)

    def waiting(self, matched: Iterable[tuple[Student, Matched]]) -> Iterator[Waiting]:
        """The students who wait, each once."""
        seen: set[Named] = set()
        for student, found in matched:
            if found.how is How.QUEUE and student.named not in seen:
                seen.add(student.named)
                likely = self.roster.suggestions(student.named)
                yield Waiting(student, found.why, tuple((self.people[one.key], one) for one in likely))


class _Judge:
    """Says what becomes of a score; asks the database once for all of them."""

    def __init__(self, cohort: Cohort, work: Iterable[Item], on: date) -> None:
        self.on = on
        self.active: dict[int, list[Enrollment]] = defaultdict(list)
        for row in roster(cohort, on):
            self.active[row.person_id].append(row)
        keys = [item.key for item in work]
        rows = Entry.objects.filter(activity__item_key__in=keys, kind=Entry.Kind.ACCEPTED, reverses=None)
        told = rows.values_list("activity__item_key", "person_id", "reversed_by")
        self.before: dict[tuple[str, int], list[bool]] = defaultdict(list)
        for key, person_id, reversed_by in told:
            self.before[key, person_id].append(reversed_by is None)

    def of(self, item: Item, person: Person, bar: Decimal | None, score: str) -> tuple[What, str]:
        """What and why, for someone of the class and a column that is one of its work."""
        stands = self.before.get((item.key, person.pk))
        if stands:
            back = "Accepted before and taken back: accept it on the work's own page if it counts after all."
            return What.UNCHANGED, "Accepted already." if any(stands) else back
        points = points_of(score)
        if points is None:
            return What.LEFT, f"“{score[:20]}” is no score." if score else "No score."
        if bar is None:
            return What.WAITS, "The file does not say how many points are possible."
        if points < bar:
            return What.LEFT, f"Below {bar.normalize():f} points."
        last = item.accepted_until or item.due_on
        if last and self.on > last:
            return What.WAITS, f"It could be accepted until {last}: give the day it was handed in, or move its dates."
        if not any(is_for(item, row) for row in self.active[person.pk]):
            return What.LEFT, "It is not given to them on that day."
        return What.ACCEPTED, f"{points.normalize():f} of {bar.normalize():f} points needed."


def _outcome(
    student: Student, matched: Matched, mapped: Mapped, people: Mapping[str, Person], judge: _Judge
) -> Outcome | None:
    """None for what is not ours to judge: a column that is no work of the class, a student who is nobody's."""
    if mapped.item is None or matched.how in (How.NOT_OURS, How.STAFF):
        return None
    person = people.get(matched.key or "")
    if person is None:
        waits = bool(student.scores[mapped.column.id])
        return Outcome(student, None, mapped, What.WAITS, matched.why) if waits else None
    what, why = judge.of(mapped.item, person, mapped.bar, student.scores[mapped.column.id])
    return Outcome(student, person, mapped, what, why)
