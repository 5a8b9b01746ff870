"""Lint of caps, values and exclusive groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from cecto.requirements import document as doc
from cecto.requirements.linting.laminar import laminar, narrower
from cecto.requirements.problems import Report


def _hours(definition: doc.Definition) -> Iterator[doc.Hours]:
    return (node for node in definition.walk() if isinstance(node, doc.Hours))


def _overlaps(definition: doc.Definition, report: Report) -> None:
    owners: list[tuple[str, doc.Pool | doc.Hours]] = [*definition.pools]
    owners += [(node.id, node) for node in _hours(definition)]
    for owner, pool in owners:
        for first, second in _pairs(pool.limits):
            found = _LAPS[pool.allocate](first, second)
            if found:
                report.say(second.at, *found, node=owner)


def _overlap(first: doc.Limit, second: doc.Limit) -> tuple[str, str] | None:
    if laminar(first.where, second.where):
        return None
    text = f"The caps `{first.id}` and `{second.id}` may overlap without one holding the other."
    return text, "Nest them, keep them apart, or say `allocate: flow`: then all hold, and the most that fits counts."


def _nested_either(first: doc.Limit, second: doc.Limit) -> tuple[str, str] | None:
    if not (narrower(first.where, second.where) or narrower(second.where, first.where)):
        return None
    text = f"The caps `{first.id}` and `{second.id}` nest, and `either` charges each minute to one of them only."
    return text, "Leave `allocate: either` out, so that both hold."


_LAPS: dict[str, Callable[[doc.Limit, doc.Limit], tuple[str, str] | None]] = {
    "in-order": _overlap,
    "flow": lambda _first, _second: None,
    "either": _nested_either,
}


def _pairs(limits: tuple[doc.Limit, ...]) -> Iterable[tuple[doc.Limit, doc.Limit]]:
    return ((first, second) for i, first in enumerate(limits) for second in limits[i + 1 :])


def _unreachable(definition: doc.Definition, report: Report) -> None:
    """A floor above the cap that surely holds everything it reads."""
    pools = dict(definition.pools)
    for node in _hours(definition):
        pool = pools.get(node.pool)
        asked = [where for where in (node.where, pool.where if pool else None) if where]
        for limit in (*node.limits, *(pool.limits if pool else ())):
            held = any(narrower(where, limit.where) for where in asked)
            if held and limit.at_most < (node.at_least or 0):
                text = f"It can never be met: the cap `{limit.id}` lets less through."
                report.say(node.at, text, "Raise the cap or lower the target.", node=node.id)


def _values_beside_a_pool(definition: doc.Definition, report: Report) -> None:
    for node in _hours(definition):
        if node.pool and (node.value or node.distinct or node.allocate != "in-order"):
            text = "`value`, `distinct` and `allocate` belong in the pool it reads."
            report.say(node.at, text, f"Move them to `pools: {node.pool}:`.", node=node.id)


def _exclusive(definition: doc.Definition, report: Report) -> None:
    groups: dict[str, list[tuple[int, doc.Hours]]] = {}
    for number, root in enumerate(definition.roots()):
        for node in root.walk():
            if isinstance(node, doc.Hours) and node.use:
                groups.setdefault(node.use.group, []).append((number, node))
    for name, members in groups.items():
        for text, advice in _wrong_with(name, members):
            report.say(members[-1][1].at, text, advice, node=members[-1][1].id)


def _wrong_with(name: str, members: list[tuple[int, doc.Hours]]) -> Iterator[tuple[str, str]]:
    if len(members) == 1:
        yield f"The exclusive group `{name}` has one member.", "Give another requirement the same group, or share."
    if len({number for number, _ in members}) > 1:
        yield f"The exclusive group `{name}` reaches across admission, award and renewal.", "Use a group for each."
    if len({node.use.split for _, node in members if node.use}) > 1:
        yield f"The members of `{name}` disagree on `split`.", "Write the same for all."
    if any(node.at_least is None for _, node in members):
        yield f"A member of `{name}` has no `at_least`.", "Exclusive counting serves targets to reach."


CAP_CHECKS = (_overlaps, _unreachable, _values_beside_a_pool, _exclusive)
