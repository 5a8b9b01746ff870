"""Lint of what can never happen: filters nothing matches, pools nobody reads, values never reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from math import prod

from cecto.requirements import document as doc
from cecto.requirements.linting.laminar import narrower
from cecto.requirements.problems import Report

# The kinds of entry a measure looks at; one that is not here looks at all of them.
_READ_BY: dict[type[doc.Leaf], frozenset[str]] = {
    doc.Together: frozenset({"attended"}),
    doc.Rate: frozenset({"attended", "makeup"}),
    doc.Attest: frozenset({"attested"}),
    doc.Credential: frozenset({"held"}),
}
_MEETINGS = frozenset({"session", "event"})
# More alternatives than any definition writes are not looked through.
MOST_WAYS = 500


def _nothing_matches(definition: doc.Definition, report: Report) -> None:
    pools = dict(definition.pools)
    for name, pool in definition.pools:
        if pool.where and not possible([pool.where]):
            report.say(pool.at, f"Nothing can match the pool `{name}`.", _CONTRADICTS, node=name)
        _dead_rules(name, pool, report)
    for node in definition.walk():
        if not isinstance(node, doc.Leaf):
            continue
        asked = [where for where in (node.where, _measured(node)) if where]
        if not possible(asked):
            report.say(node.at, "Nothing can match what it asks for.", _CONTRADICTS, node=node.id)
        elif isinstance(node, doc.Hours):
            _dead_rules(node.id, node, report)
            _outside_its_pool(node, asked, pools.get(node.pool), report)


def _outside_its_pool(node: doc.Hours, asked: list[doc.Filter], pool: doc.Pool | None, report: Report) -> None:
    if pool and pool.where and possible([pool.where]) and not possible([*asked, pool.where]):
        text = f"Nothing in the pool `{node.pool}` can match what it asks for."
        report.say(node.at, text, "Widen the pool, or read another.", node=node.id)


_CONTRADICTS = "Two of its words exclude each other: change one."


def _measured(node: doc.Leaf) -> doc.Filter | None:
    """What a measure reads of itself, as a filter."""
    if isinstance(node, doc.Each | doc.Absences):
        return _asking(kind="attended" if node.of in _MEETINGS else "accepted", activity=node.of)
    if isinstance(node, doc.Verdict | doc.Score):
        return _asking(kind="verdict" if isinstance(node, doc.Verdict) else "scored", item=node.of)
    kinds = _READ_BY.get(type(node))
    return doc.Filter(words=(("kind", kinds),)) if kinds else None


def _asking(**words: str) -> doc.Filter:
    return doc.Filter(words=tuple((key, frozenset({word})) for key, word in words.items()))


def _dead_rules(owner: str, pool: doc.Pool | doc.Hours, report: Report) -> None:
    """Value rules and caps that no entry can come to."""
    base = [pool.where] if pool.where and possible([pool.where]) else []
    before: list[doc.Filter] = []
    for rule in pool.value:
        if not possible([*base, rule.where]):
            report.say(rule.at, "No entry can come to this value rule.", _OUTSIDE, node=owner)
        elif all(any(narrower(way, earlier) for earlier in before) for way in _ways(rule.where)):
            advice = "The first rule that matches is taken: put the narrower one first."
            report.say(rule.at, "The rules above it take everything this value rule matches.", advice, node=owner)
        before.append(rule.where)
    for limit in pool.limits:
        if not possible([*base, limit.where]):
            report.say(limit.at, f"No entry can come to the cap `{limit.id}`.", _OUTSIDE, node=owner)


_OUTSIDE = "Its words exclude each other, or what it belongs to."


def _ways(where: doc.Filter) -> Iterator[doc.Filter]:
    """The filter taken apart, one word of each of its lists at a time."""
    choices = [[(key, frozenset({word})) for word in sorted(words)] for key, words in where.words]
    if prod(map(len, choices)) > MOST_WAYS:
        yield where
        return
    for words in product(*choices):
        yield replace(where, words=tuple(words))


def possible(filters: Iterable[doc.Filter]) -> bool:
    """Whether something may match all of them; True when that is not certain."""
    ways = list(_flat(doc.Filter(all_of=tuple(filters))))
    return not ways or len(ways) > MOST_WAYS or any(map(_consistent, ways))


def _flat(where: doc.Filter) -> Iterator[list[doc.Filter]]:
    """The filter as alternatives, each a list of plain filters (and those they exclude) that hold together."""
    own = replace(where, all_of=(), any_of=())
    parts = [list(_flat(part)) for part in where.all_of]
    if where.any_of:
        parts.append([way for part in where.any_of for way in _flat(part)])
    if prod(map(len, parts)) > MOST_WAYS:
        return
    for chosen in product(*parts):
        yield [own, *(one for way in chosen for one in way)]


def _consistent(parts: list[doc.Filter]) -> bool:
    words: dict[str, frozenset[str]] = {}
    flags: dict[str, bool] = {}
    for part in parts:
        for key, wanted in part.words:
            # An activity has several tags, so two wishes for tags can both come true.
            words[key] = words[key] & wanted if key in words and key != "tag" else wanted
        for key, flag in part.flags:
            if flags.setdefault(key, flag) is not flag:
                return False
    if not all(words.values()) or not _dates_meet(parts) or not _kind_can_be(words):
        return False
    both = doc.Filter(words=tuple(words.items()), flags=tuple(flags.items()))
    return not any(part.none_of and narrower(both, part.none_of) for part in parts)


def _dates_meet(parts: list[doc.Filter]) -> bool:
    starts = [part.dates.start for part in parts if part.dates and part.dates.start]
    ends = [part.dates.before for part in parts if part.dates and part.dates.before]
    return not starts or not ends or max(starts) < min(ends)


def _kind_can_be(words: dict[str, frozenset[str]]) -> bool:
    """Only sessions and events are attended, and neither is accepted."""
    kinds, activities = words.get("kind"), words.get("activity")
    if kinds is None or activities is None:
        return True
    return not (
        (kinds == {"attended"} and activities.isdisjoint(_MEETINGS))
        or (kinds == {"accepted"} and activities <= _MEETINGS)
    )


def _too_few_to_count(definition: doc.Definition, report: Report) -> None:
    """Counts of more things, or more people, than there can be."""
    for node in definition.walk():
        if isinstance(node, doc.Count) and node.where and "item" in dict(node.where.words):
            items, asked = len(dict(node.where.words)["item"]), node.at_least or 0
            if items < asked and not _of_meetings(node.where):
                text = f"It asks for {asked} different items and names {items}: each counts once."
                report.say(node.at, text, "Name more items, or ask for fewer.", node=node.id)
        elif isinstance(node, doc.Attest) and node.by == "self" and node.at_least > 1:
            report.say(
                node.at, "One person cannot sign for themselves more than once.", "Write `at_least: 1`.", node=node.id
            )


def _of_meetings(where: doc.Filter) -> bool:
    """Whether it may count sessions, which are told apart by the session, not by the item."""
    return bool(dict(where.words).get("kind", _TIMED) & _TIMED)


_TIMED = frozenset({"attended", "makeup"})


def _unused_pools(definition: doc.Definition, report: Report) -> None:
    read = {node.pool for node in definition.walk() if isinstance(node, doc.Hours)}
    misspelled = not read <= {"", *dict(definition.pools)}
    for name, pool in () if misspelled else definition.pools:
        if name not in read:
            advice = f"Write `from: {name}` where it is meant, or take it out."
            report.say(pool.at, f"No requirement reads the pool `{name}`.", advice, node=name)


def _dates_in_order(definition: doc.Definition, report: Report) -> None:
    ranges = [("", definition.at, definition.classes)]
    ranges += [(owner, where.at, where.dates) for owner, where in definition.filters()]
    for owner, at, dates in ranges:
        if dates and dates.start and dates.before and dates.start >= dates.before:
            what = "These dates hold" if owner else "`classes` holds"
            text = f"{what} no day: `from` {dates.start} is not before {dates.before}."
            report.say(at, text, "`before` is the day after the last.", node=owner)


REACH_CHECKS = (_nothing_matches, _too_few_to_count, _unused_pools, _dates_in_order)
