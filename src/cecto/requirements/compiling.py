"""A definition made ready to audit many people: filters as bits, nodes by id, pools with their caps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cecto.requirements.document import Definition, Hours, Leaf, Limit, Link, Node, Pool, Window
from cecto.requirements.filters import Matcher
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


@dataclass(frozen=True, slots=True)
class Rules:
    """A compiled definition; make it once per sha256 and keep it. Answers do not depend on what it remembers.

    `links` are the partners that an audit reads; others need not be gathered.
    """

    definition: Definition
    matcher: Matcher
    nodes: dict[str, Node]
    bits: dict[str, int]
    pools: dict[str, ReadyPool]
    caps: dict[str, tuple[Cap, ...]]
    groups: dict[str, tuple[Hours, ...]]
    links: frozenset[Link]

    def pool_of(self, leaf: Leaf) -> ReadyPool:
        """The pool a leaf reads: the one it names, its own when it has values or caps, else the whole ledger."""
        named = leaf.pool if isinstance(leaf, Hours) else ""
        return self.pools[named] if named else self.pools.get(f"leaf {leaf.id}", WHOLE_LEDGER)


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
    )


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
    )


def _caps(matcher: Matcher, limits: Iterable[Limit]) -> tuple[Cap, ...]:
    return tuple(Cap(limit.id, limit.title, matcher.bit(limit.where), limit.at_most) for limit in limits)


def _groups(leaves: Iterable[Hours]) -> dict[str, tuple[Hours, ...]]:
    """The leaves of each exclusive group, in the order written."""
    found: dict[str, tuple[Hours, ...]] = {}
    for leaf in leaves:
        if leaf.use:
            found[leaf.use.group] = (*found.get(leaf.use.group, ()), leaf)
    return found
