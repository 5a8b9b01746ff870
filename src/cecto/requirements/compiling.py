"""A definition made ready to audit many people: filters as bits, nodes by id, pools with their caps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cecto.requirements.document import Definition, Hours, Leaf, Limit, Node, Window
from cecto.requirements.filters import Matcher


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
    window: Window | None
    caps: tuple[Cap, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """A compiled definition; make it once per sha256 and keep it. Answers do not depend on what it remembers."""

    definition: Definition
    matcher: Matcher
    nodes: dict[str, Node]
    bits: dict[str, int]
    pools: dict[str, ReadyPool]
    private: dict[str, ReadyPool]

    def pool_of(self, leaf: Leaf) -> ReadyPool:
        """The pool a leaf reads; one without caps when it names none."""
        name = leaf.pool if isinstance(leaf, Hours) else ""
        return self.pools[name]


def compile_definition(definition: Definition) -> Rules:
    """The rules of a definition that `parse` has accepted."""
    matcher = Matcher(definition.facet)
    nodes = {node.id: node for node in definition.require.walk()}
    leaves = [node for node in nodes.values() if isinstance(node, Leaf)]
    bits = {leaf.id: matcher.bit(leaf.where) for leaf in leaves}
    pools = {
        name: ReadyPool(name, matcher.bit(pool.where), pool.window, _caps(matcher, pool.limits))
        for name, pool in definition.pools
    }
    pools[""] = ReadyPool("", 0, None, ())
    private = {
        leaf.id: ReadyPool(leaf.id, bits[leaf.id], None, _caps(matcher, leaf.limits))
        for leaf in leaves
        if isinstance(leaf, Hours) and leaf.limits
    }
    return Rules(definition, matcher, nodes, bits, pools, private)


def _caps(matcher: Matcher, limits: Iterable[Limit]) -> tuple[Cap, ...]:
    return tuple(Cap(limit.id, limit.title, matcher.bit(limit.where), limit.at_most) for limit in limits)
