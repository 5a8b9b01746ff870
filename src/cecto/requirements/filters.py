"""Filters to predicates, and one bit per distinct filter, so that an activity is matched once for all requirements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from cecto.requirements.document import DateRange, Filter
from cecto.requirements.facts import NO_FACET, Activity, EntryKind, Facet

# Activities are shared by many entries and people; the memory of their matches is dropped when it grows past this.
LARGEST_MEMORY = 50_000


@dataclass(frozen=True, slots=True)
class Subject:
    """What a filter may ask about: an entry's kind, its activity, and the program's own words for it."""

    kind: str
    activity: Activity
    facet: Facet
    verified: bool
    on: date


Predicate = Callable[[Subject], bool]

_WORDS: dict[str, Callable[[Subject], str]] = {
    "kind": lambda subject: subject.kind,
    "activity": lambda subject: subject.activity.kind,
    "modality": lambda subject: subject.activity.modality,
    "competency": lambda subject: subject.facet.competency,
    "category": lambda subject: subject.facet.category,
    "held_by": lambda subject: subject.activity.held_by,
    "provider": lambda subject: subject.activity.provider,
    "series": lambda subject: subject.activity.series,
    "slot": lambda subject: subject.facet.slot,
    "item": lambda subject: subject.activity.item,
}
_FLAGS: dict[str, Callable[[Subject], bool]] = {
    "verified": lambda subject: subject.verified,
    "required": lambda subject: subject.activity.required,
}


def predicate(where: Filter) -> Predicate:
    """A function that says whether a subject matches."""
    tests = [_word(key, words) for key, words in where.words]
    tests += [_flag(key, wanted) for key, wanted in where.flags]
    tests += [predicate(part) for part in where.all_of]
    if where.dates:
        tests.append(_dated(where.dates))
    if where.any_of:
        tests.append(_any([predicate(part) for part in where.any_of]))
    if where.none_of:
        tests.append(_not(predicate(where.none_of)))
    return lambda subject: all(test(subject) for test in tests)


def _word(key: str, words: frozenset[str]) -> Predicate:
    if key == "tag":
        return lambda subject: not words.isdisjoint(subject.facet.tags)
    reads = _WORDS[key]
    return lambda subject: reads(subject) in words


def _flag(key: str, wanted: bool) -> Predicate:
    reads = _FLAGS[key]
    return lambda subject: reads(subject) is wanted


def _dated(dates: DateRange) -> Predicate:
    start, before = dates.start or date.min, dates.before or date.max
    return lambda subject: start <= subject.on < before


def _any(tests: list[Predicate]) -> Predicate:
    return lambda subject: any(test(subject) for test in tests)


def _not(test: Predicate) -> Predicate:
    return lambda subject: not test(subject)


def turning_days(where: Filter) -> Iterator[date]:
    """The days from which the filter, or one inside it, may answer otherwise than the day before."""
    for each in inside(where):
        if each.dates:
            yield from (day for day in (each.dates.start, each.dates.before) if day)


def inside(where: Filter) -> Iterator[Filter]:
    """The filter and all filters inside it."""
    yield where
    for inner in (*where.all_of, *where.any_of, *([where.none_of] if where.none_of else [])):
        yield from inside(inner)


def asks_whether(flag: str, where: Filter | None) -> bool:
    """Whether the filter, or one inside it, asks for that flag, either way."""
    return where is not None and any(asked == flag for each in inside(where) for asked, _ in each.flags)


@dataclass(slots=True)
class Matcher:
    """All filters of a definition, each with a bit; remembers what matched each activity."""

    facet: str
    _bits: dict[Filter, int] = field(default_factory=dict)
    _tests: list[tuple[int, Predicate]] = field(default_factory=list)
    _turns: set[date] = field(default_factory=set)
    _memory: dict[tuple[int, str, bool, date | None], tuple[Activity, int]] = field(default_factory=dict)

    def bit(self, where: Filter | None) -> int:
        """The bit of a filter; none for no filter, which everything matches."""
        if where is None:
            return 0
        if where not in self._bits:
            self._bits[where] = 1 << len(self._tests)
            self._tests.append((self._bits[where], predicate(where)))
            self._turns.update(turning_days(where))
        return self._bits[where]

    def mask(self, activity: Activity, kind: EntryKind, verified: bool, on: date) -> int:
        """The bits of every filter that this entry matches."""
        # Identity is safe as a key because the memory keeps the activity alive.
        key = (id(activity), kind, verified, on if self._turns else None)
        known = self._memory.get(key)
        if known is not None:
            return known[1]
        if len(self._memory) >= LARGEST_MEMORY:
            self._memory.clear()
        facets = activity.facets
        facet = facets.get(self.facet) or facets.get("") or NO_FACET
        subject = Subject(kind, activity, facet, verified, on)
        mask = self.sees(subject)
        self._memory[key] = (activity, mask)
        return mask

    def sees(self, subject: Subject) -> int:
        """The bits of every filter that matches a subject; not remembered."""
        return sum(bit for bit, test in self._tests if test(subject))

    def turns(self, first: date, end: date) -> tuple[date, ...]:
        """A first day, and those before `end` from which some filter may answer otherwise."""
        return (first, *sorted(day for day in self._turns if first < day < end))
