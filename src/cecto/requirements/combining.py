"""Groups, `when`, and the exceptions that stand above a node's own measure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cecto.requirements.case import Case
from cecto.requirements.conditions import holds
from cecto.requirements.document import Group, Node
from cecto.requirements.results import Result, Status

Measure = Callable[[Case, Node], Result]

_REACHABLE = frozenset({Status.MET, Status.WAIVED, Status.NOT_APPLICABLE, Status.PENDING})


def evaluate(case: Case, node: Node, measure: Measure) -> Result:
    """The result of any node: its condition, its measure or its parts, then the exceptions on it."""
    if node.when is not None and not holds(case, node.when):
        return _otherwise(case, node, measure)
    changed = case.changes_of(node)
    other = case.rules.nodes.get(changed.other)
    if other is not None:
        return _replaced(case, node, evaluate(case, other, measure))
    made = _group(case, node, measure) if isinstance(node, Group) else measure(case, node)
    if node.on_fail and made.status is Status.IMPOSSIBLE:
        made = replace(made, decided_by=node.on_fail.decided_by, outcomes=node.on_fail.outcomes)
    if changed.waived and not made.status.satisfied:
        return replace(made, status=Status.WAIVED)
    return made


def _otherwise(case: Case, node: Node, measure: Measure) -> Result:
    if not isinstance(node.otherwise, Node):
        return Result(node.id, node.title or node.id, "when", Status.NOT_APPLICABLE)
    fallback = evaluate(case, node.otherwise, measure)
    return replace(fallback, id=node.id, title=node.title or fallback.title, children=(fallback,))


def _replaced(case: Case, node: Node, other: Result) -> Result:
    ids = tuple(case.changes_of(node).ids) + other.exceptions
    return replace(other, id=node.id, title=node.title or other.title, exceptions=ids, children=(other,))


def _group(case: Case, node: Group, measure: Measure) -> Result:
    parts = tuple(evaluate(case, part, measure) for part in node.parts)
    changed = case.changes_of(node)
    target = changed.lowered(node.at_least)
    satisfied = sum(part.status.satisfied for part in parts)
    return Result(
        id=node.id,
        title=node.title or node.id,
        measure=node.word,
        status=_status(parts, target),
        value=satisfied,
        target=target,
        remaining=max(0, target - satisfied),
        exceptions=tuple(changed.ids),
        possible=sum(part.status is Status.PENDING for part in parts),
        slack=sum(part.status in _REACHABLE for part in parts) - target,
        children=parts,
    )


def _status(parts: tuple[Result, ...], target: int) -> Status:
    """A group is as well off as its `target` best parts."""
    statuses = [part.status for part in parts]
    if statuses.count(Status.NOT_APPLICABLE) == len(statuses):
        return Status.NOT_APPLICABLE
    reached = sum(status.satisfied for status in statuses)
    if reached >= target:
        return Status.MET
    for status in (Status.UNDECIDED, Status.PENDING, Status.OPEN):
        reached += statuses.count(status)
        if reached >= target:
            return status
    return Status.IMPOSSIBLE
