"""What may still come that no schedule knows, and could count: recognized study, late work, make-ups, other sessions.

A requirement is open while such a thing can still meet it, and impossible when none can. With a window it is open to
every kind its filter admits until the window ends. Without one it is open to the kinds its filter names, until some
days after the class: what has no window is of the class.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations, islice, product
from typing import NamedTuple

from cecto.requirements.case import ATTENDED_KINDS, Case, Item
from cecto.requirements.compiling import Rules
from cecto.requirements.document import Filter, Leaf, Span
from cecto.requirements.facts import Activity, EntryKind, Facet
from cecto.requirements.filters import Subject
from cecto.requirements.windows import LATEST, bounds, later

# How long after the class what has no window is still waited for.
AFTER_CLASS = Span(days=30)
# Without being named, a filter admits these; a judgment or a proof counts only where it is asked for.
_ANY_HOURS = frozenset({"attended", "accepted", "recognized"})
_KNOWN_TO_A_SCHEDULE = frozenset({"attended", "makeup"})
# Combinations of words tried for one leaf; a filter of more words than that is not written by hand.
_MOST_COMBINATIONS = 20_000
OTHER = ""


class Time(NamedTuple):
    """The days on which what is still to come may fall, `[first, end)`; `written` when the definition says so."""

    first: date
    end: date
    written: bool

    @property
    def over(self) -> bool:
        """Whether nothing dated from now on counts."""
        return self.first >= self.end


@dataclass(frozen=True, slots=True)
class Prospect:
    """A sort of entry that would match: its words and filters' bits. An empty `item` may be any, as often as needed."""

    kind: EntryKind
    activity: Activity
    mask: int

    @property
    def item(self) -> str:
        """The one item it must be of; empty for any."""
        return self.activity.item


def time_left(case: Case, leaf: Leaf) -> Time:
    """From the date asked to the end of the leaf's window, and of its pool's; as extended by an exception."""
    pool = case.rules.pool_of(leaf)
    windows = [window for window in (leaf.window, pool.window) if window]
    extended = case.changes_of(leaf).extended_to
    first, end = case.true_on, LATEST
    for window in windows:
        start, stop = bounds(window, case.ahead)
        first, end = max(first, start), min(end, max(stop, extended) if extended else stop)
    if case.cycle_end:
        return Time(first, min(end, max(case.cycle_end, extended or case.cycle_end)), True)
    if not windows:
        end = later(case.facts.class_end, AFTER_CLASS)
    return Time(first, end, bool(windows))


def prospects(case: Case, leaf: Leaf) -> tuple[Prospect, ...]:
    """The sorts of entry, dated from now on, that no schedule knows and that the leaf and its pool would ask for."""
    time = time_left(case, leaf)
    if time.over:
        return ()
    named = _named_kinds(case.rules, leaf)
    kinds = (_ANY_HOURS | named) if time.written else named - _KNOWN_TO_A_SCHEDULE
    return matching(case, leaf, kinds - {"makeup"}, time)


def matching(case: Case, leaf: Leaf, kinds: Iterable[str], time: Time, item: str = "") -> tuple[Prospect, ...]:
    """The sorts of entry of these kinds that match, on some day of the time; of one item when that is given."""
    rules = case.rules
    days = rules.matcher.turns(time.first, time.end)
    key = (leaf.id, frozenset(kinds), days if len(days) > 1 else (), item)
    found = rules.foreseen.get(key)
    if found is None:
        found = rules.foreseen[key] = tuple(_distinct(_matching(rules, leaf, sorted(kinds), days, item)))
    return found


def _matching(rules: Rules, leaf: Leaf, kinds: Iterable[str], days: Iterable[date], item: str) -> Iterator[Prospect]:
    need = rules.pool_of(leaf).bit | rules.bits[leaf.id]
    things = list(islice(_things(rules, leaf, item), _MOST_COMBINATIONS))
    _, flags = rules.vocabulary_of(leaf)
    checked = [True, False] if "verified" in flags else [True]
    for kind, day, verified, (activity, facet) in product(kinds, days, checked, things):
        mask = rules.matcher.sees(Subject(kind, activity, facet, verified, day))
        if mask & need == need:
            yield Prospect(kind, activity, mask)  # type: ignore[arg-type]


def _things(rules: Rules, leaf: Leaf, item: str) -> Iterator[tuple[Activity, Facet]]:
    """Every combination of the words that decide what counts for the leaf."""
    words, flags = rules.vocabulary_of(leaf)
    asked = [where for where in (leaf.where, rules.pool_of(leaf).where) if where]
    plain = {key: values for key, values in words.items() if key not in {"kind", "tag"}}
    choices = {key: _choices(key, values, asked) for key, values in plain.items()}
    if item:
        choices["item"] = [item]
    required = [False, True] if "required" in flags else [False]
    for tags, is_required in product(_tag_sets(words.get("tag", frozenset())), required):
        for chosen in product(*choices.values()):
            said = dict(zip(choices, chosen, strict=True))
            yield _activity(said, required=is_required), _facet(said, tags)


def _distinct(found: Iterable[Prospect]) -> Iterator[Prospect]:
    seen = set()
    for each in found:
        key = (each.kind, each.mask, each.activity.item, each.activity.series)
        if key not in seen:
            seen.add(key)
            yield each


def _choices(key: str, words: frozenset[str], asked: Iterable[Filter]) -> list[str]:
    """The words that an entry may have for a key: those that all filters ask for, or else any of them, or none."""
    wanted = [dict(where.words)[key] for where in asked if key in dict(where.words)]
    return sorted(frozenset.intersection(*wanted)) if wanted else [OTHER, *sorted(words)]


def _tag_sets(tags: frozenset[str]) -> list[frozenset[str]]:
    sizes = range(len(tags) + 1) if len(tags) <= 5 else (0, 1, 2, len(tags))
    return [frozenset(chosen) for size in sizes for chosen in combinations(sorted(tags), size)]


def _activity(said: Mapping[str, str], *, required: bool) -> Activity:
    return Activity(
        key=OTHER,
        kind=said.get("activity", "study"),
        modality=said.get("modality", ""),  # type: ignore[arg-type]  # one of the words the filters may ask for
        item=said.get("item", OTHER),
        held_by=said.get("held_by", ""),
        provider=said.get("provider", ""),
        series=said.get("series", ""),
        required=required,
    )


def _facet(said: Mapping[str, str], tags: frozenset[str]) -> Facet:
    return Facet(said.get("competency", ""), said.get("category", ""), said.get("slot", ""), tags)


def _named_kinds(rules: Rules, leaf: Leaf) -> frozenset[str]:
    """The kinds that the filters of the leaf and its pool speak of: a cap on recognized study expects some."""
    return frozenset(kind for where in rules.filters_of(leaf) for kind in _kinds(where))


def _kinds(where: Filter) -> Iterator[str]:
    yield from dict(where.words).get("kind", ())
    for inner in (*where.all_of, *where.any_of):
        yield from _kinds(inner)


def late_work(case: Case, leaf: Leaf, need: int) -> list[Item]:
    """Work of the class past its last day, not accepted yet, that would count if it were accepted late."""
    if time_left(case, leaf).over:
        return []
    still = {item.id for item in case.coming}
    overdue = [item for item in case.listed if item.id not in still and item.activity.kind not in ATTENDED_KINDS]
    return [item for item in overdue if item.mask & need == need]
