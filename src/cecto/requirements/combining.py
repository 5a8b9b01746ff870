"""Groups, `when`, and the exceptions that stand above a node's own measure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from cecto.requirements.case import Case
from cecto.requirements.conditions import holds
from cecto.requirements.document import Group, Node
from cecto.requirements.english.phrases import condition, position
from cecto.requirements.exceptions import Changes
from cecto.requirements.fitting import unit_of
from cecto.requirements.results import Result, Status
from cecto.requirements.telling import Telling

Measure = Callable[[Case, Node], Result]

_REACHABLE = frozenset({Status.MET, Status.WAIVED, Status.PENDING})


def evaluate(case: Case, node: Node, measure: Measure) -> Result:
    """The result of any node: its condition, its measure or its parts, then the exceptions on it."""
    if node.when is not None and not holds(case, node.when):
        return _otherwise(case, node, measure)
    changed = case.changes_of(node)
    other = case.rules.nodes.get(changed.other)
    if other is not None:
        return _replaced(case, node, evaluate(case, other, measure))
    made = _group(case, node, measure) if isinstance(node, Group) else measure(case, node)
    if changed.waived and not made.status.satisfied:
        return replace(made, status=Status.WAIVED, telling=made.telling._replace(granted=_granted(case, node)))
    return _with_who_decides(case, node, made) if made.status in _STUCK else made


_STUCK = frozenset({Status.IMPOSSIBLE, Status.UNDECIDED})


def _with_who_decides(case: Case, node: Node, made: Result) -> Result:
    """The result with the positions that may help, as they are called."""
    definition = case.rules.definition
    may = node.waivable.by if node.waivable else ()
    offices = tuple(position(definition, code) for code in may)
    telling = made.telling._replace(offices=offices, excusable=node.id in case.rules.excusable)
    if node.on_fail is None or made.status is not Status.IMPOSSIBLE:
        return replace(made, telling=telling)
    decides = position(definition, node.on_fail.decided_by)
    return replace(made, telling=telling, decided_by=decides, outcomes=node.on_fail.outcomes)


def _granted(case: Case, node: Node) -> tuple[str, date] | None:
    """Whose waiver is in force, and since when."""
    ids = case.changes_of(node).ids
    found = [fact for fact in case.facts.exceptions if fact.id in ids and fact.kind == "waive"]
    return (position(case.rules.definition, found[-1].office), found[-1].since) if found else None


def _otherwise(case: Case, node: Node, measure: Measure) -> Result:
    if not isinstance(node.otherwise, Node):
        asked = Telling(about=(f"those {condition(node.when)}",) if node.when else ())
        return Result(node.id, node.title or node.id, "when", Status.NOT_APPLICABLE, telling=asked)
    changed = case.changes_of(node)
    if changed.ids:  # an exception is on what is asked of the person, which is the fallback
        same = unit_of(node) == unit_of(node.otherwise)
        bound = changed if same else replace(changed, target=None)
        case.changes.setdefault(node.otherwise.id, Changes()).take(bound)
    fallback = evaluate(case, node.otherwise, measure)
    title = node.otherwise.title or node.title or fallback.title
    return replace(fallback, id=node.id, title=title, children=(fallback,))


def _replaced(case: Case, node: Node, other: Result) -> Result:
    ids = tuple(case.changes_of(node).ids) + other.exceptions
    return replace(other, id=node.id, title=node.title or other.title, exceptions=ids, children=(other,))


def _group(case: Case, node: Group, measure: Measure) -> Result:
    """What is not asked of this person counts for nothing: `all` asks for the rest, the others are as high as ever."""
    parts = tuple(evaluate(case, part, measure) for part in node.parts)
    asked = [part.status for part in parts if part.status is not Status.NOT_APPLICABLE]
    changed = case.changes_of(node)
    target = changed.lowered(len(asked) if node.word == "all" else node.at_least)
    satisfied = sum(status.satisfied for status in asked)
    return Result(
        id=node.id,
        title=node.title or node.id,
        measure=node.word,
        status=_status(asked, target),
        value=satisfied,
        target=target,
        remaining=max(0, target - satisfied),
        exceptions=tuple(changed.ids),
        possible=asked.count(Status.PENDING),
        slack=sum(status in _REACHABLE for status in asked) - target,
        children=parts,
    )


def _status(asked: Sequence[Status], target: int) -> Status:
    """A group is as well off as its `target` best parts of those asked."""
    if not asked:
        return Status.NOT_APPLICABLE
    reached = sum(status.satisfied for status in asked)
    if reached >= target:
        return Status.MET
    for status in (Status.UNDECIDED, Status.PENDING, Status.OPEN):
        reached += asked.count(status)
        if reached >= target:
            return status
    return Status.IMPOSSIBLE
