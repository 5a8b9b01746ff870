"""A definition made ready to audit many people: filters as bits, nodes by id, pools with their caps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cecto.requirements.document import Definition, Filter, Hours, Leaf, Limit, Link, Node, Pool, Window
from cecto.requirements.filters import Matcher, inside
from cecto.requirements.minutes.values import NO_VALUATION, ReadyValue, Valuation


@dataclass(frozen=True, slots=True)
class Cap:
    """A limit with its filter's bit."""

    id: str
    title: str
    bit: int
    at_most: int


@dataclass(frozen=True, slots=True)
class ReadyPool:
    """A pool with its filter's bit and its caps."""

    name: str
    bit: int
    window: Window | None = None
    caps: tuple[Cap, ...] = ()
    valuation: Valuation = NO_VALUATION
    either: bool = False
    where: Filter | None = None
    filters: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """A compiled definition; make it once per sha256 and keep it. Answers do not depend on what it remembers.

    `links` are the partners that an audit reads; others need not be gathered. `excusable` are the requirements on
    which, or above which, some exception may be granted. `parts` says in which part each requirement is, `names_award`
    whether a window begins or ends with the award.
    """

    definition: Definition
    matcher: Matcher
    nodes: dict[str, Node]
    bits: dict[str, int]
    pools: dict[str, ReadyPool]
    caps: dict[str, tuple[Cap, ...]]
    groups: dict[str, tuple[Hours, ...]]
    links: frozenset[Link]
    excusable: frozenset[str]
    parts: dict[str, str]
    names_award: bool
    foreseen: dict[object, tuple[Any, ...]] = field(default_factory=dict, compare=False)

    def pool_of(self, leaf: Leaf) -> ReadyPool:
        """The pool a leaf reads: the one it names, its own when it has values or caps, else the whole ledger."""
        named = leaf.pool if isinstance(leaf, Hours) else ""
        return self.pools[named] if named else self.pools.get(f"leaf {leaf.id}", WHOLE_LEDGER)

    def part_of(self, node: str) -> str:
        """The part of the definition that a requirement is in: require, admission or renewal; empty for none."""
        return self.parts.get(node, "")

    def filters_of(self, leaf: Leaf) -> list[Filter]:
        """Every filter that decides what counts for a leaf: its own, its caps', and those of its pool."""
        own = [limit.where for limit in leaf.limits] if isinstance(leaf, Hours) else []
        return [*([leaf.where] if leaf.where else []), *own, *self.pool_of(leaf).filters]

    def vocabulary_of(self, leaf: Leaf) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
        """The words by key, and the flags, of every filter that decides what counts for a leaf."""
        words: dict[str, frozenset[str]] = {}
        flags = set()
        for each in (part for where in self.filters_of(leaf) for part in inside(where)):
            for key, asked in each.words:
                words[key] = words.get(key, frozenset()) | asked
            flags |= {flag for flag, _ in each.flags}
        return words, frozenset(flags)


WHOLE_LEDGER = ReadyPool("", 0)


def compile_definition(definition: Definition) -> Rules:
    """The rules of a definition that `parse` has accepted."""
    matcher = Matcher(definition.facet)
    nodes = {node.id: node for node in definition.walk()}
    hours = [node for node in nodes.values() if isinstance(node, Hours)]
    pools = {name: _ready(matcher, name, pool) for name, pool in definition.pools}
    pools |= {f"leaf {leaf.id}": _ready(matcher, f"leaf {leaf.id}", leaf) for leaf in hours if _own(leaf)}
    return Rules(
        definition=definition,
        matcher=matcher,
        nodes=nodes,
        bits={node.id: matcher.bit(node.where) for node in nodes.values() if isinstance(node, Leaf)},
        pools=pools,
        caps={leaf.id: _caps(matcher, leaf.limits) for leaf in hours if leaf.pool and leaf.limits},
        groups=_groups(hours),
        links=definition.links(),
        excusable=frozenset(below.id for node in nodes.values() if node.waivable for below in node.walk()),
        parts=_parts(definition),
        names_award=_names_award(definition),
    )


def _names_award(definition: Definition) -> bool:
    windows = [node.window for node in definition.walk() if isinstance(node, Leaf)]
    windows += [pool.window for _, pool in definition.pools]
    return any("award" in (window.start.anchor, window.end.anchor) for window in windows if window)


def _parts(definition: Definition) -> dict[str, str]:
    roots = {
        "require": definition.require,
        "admission": definition.admission,
        "renewal": definition.renewal.require if definition.renewal else None,
    }
    return {node.id: part for part, root in roots.items() if root for node in root.walk()}


def _own(leaf: Hours) -> bool:
    return not leaf.pool and bool(leaf.limits or leaf.value or leaf.distinct)


def _ready(matcher: Matcher, name: str, pool: Pool | Hours) -> ReadyPool:
    rules = tuple(ReadyValue(matcher.bit(rule.where), rule.minutes, rule.per, rule.first_only) for rule in pool.value)
    return ReadyPool(
        name,
        matcher.bit(pool.where),
        pool.window,
        _caps(matcher, pool.limits),
        Valuation(rules, pool.distinct) if rules or pool.distinct else NO_VALUATION,
        pool.allocate == "either",
        pool.where,
        tuple(where for where in (pool.where, *_inner(pool)) if where),
    )


def _inner(pool: Pool | Hours) -> list[Filter]:
    return [*(cap.where for cap in pool.limits), *(rule.where for rule in pool.value)]


def _caps(matcher: Matcher, limits: Iterable[Limit]) -> tuple[Cap, ...]:
    return tuple(Cap(limit.id, limit.title, matcher.bit(limit.where), limit.at_most) for limit in limits)


def _groups(leaves: Iterable[Hours]) -> dict[str, tuple[Hours, ...]]:
    """The leaves of each exclusive group, in the order written."""
    found: dict[str, tuple[Hours, ...]] = {}
    for leaf in leaves:
        if leaf.use:
            found[leaf.use.group] = (*found.get(leaf.use.group, ()), leaf)
    return found
