"""Whether an exception fits the requirement it is on: of a kind that changes it, in its own unit, within its bounds."""

from __future__ import annotations

from cecto.requirements import document as doc
from cecto.requirements.facts import ExceptionFact

_UNITS: dict[type[doc.Node], str] = {
    doc.Hours: "minutes",
    doc.Rate: "minutes",
    doc.Years: "days",
    doc.Paid: "dollars",
    doc.Score: "points",
}
# What reads single entries of the ledger, so that one may be accepted or excluded.
_OF_ENTRIES = (
    doc.Hours, doc.Count, doc.Absences, doc.Each, doc.Together, doc.Rate, doc.Verdict, doc.Credential, doc.Held,
    doc.Attest, doc.Score,
)  # fmt: skip
# What is there or not, and has no number to lower.
_NO_NUMBER = (doc.Held, doc.Credential)


def unit_of(node: doc.Node) -> str:
    """minutes, days, dollars, points or count: what a target of this requirement is given in."""
    return _UNITS.get(type(node), "count")


def misfit(node: doc.Node, fact: ExceptionFact, pools: dict[str, doc.Pool]) -> str:
    """Why the exception could change nothing here, or not what it says, as a sentence; empty if it fits."""
    if fact.kind in {"accept", "exclude", "revalue"} and not isinstance(node, _OF_ENTRIES):
        return f"`{node.id}` reads no single entries. Grant it on a requirement that does."
    if fact.kind == "revalue" and not isinstance(node, doc.Hours):
        return f"`{node.id}` adds up no hours, so no entry has a value there. Accept or exclude the entry."
    if fact.kind == "extend":
        return _no_window(node, pools)
    return _number(node, fact) if fact.kind in {"lower", "revalue"} else ""


def _no_window(node: doc.Node, pools: dict[str, doc.Pool]) -> str:
    if not isinstance(node, doc.Leaf):
        return f"`{node.id}` has no window of its own. Extend that of a requirement inside it."
    pool = pools.get(node.pool) if isinstance(node, doc.Hours) else None
    if node.window is None and (pool is None or pool.window is None):
        return f"`{node.id}` has no window to extend: it counts whatever its date."
    return ""


def _number(node: doc.Node, fact: ExceptionFact) -> str:
    timed = unit_of(node) == "minutes"
    if fact.unit and (fact.unit == "minutes") is not timed:
        if timed:
            return f"`{node.id}` counts time, and {fact.to} is a number. Write hours and minutes, as {fact.to}h."
        return f"`{node.id}` counts no time. Write a number."
    return _bound(node, fact.to or 0) if fact.kind == "lower" else ""


def _bound(node: doc.Node, to: int) -> str:
    if isinstance(node, _NO_NUMBER):
        return f"`{node.id}` has no number to lower. Waive it."
    if isinstance(node, doc.Hours | doc.Count | doc.Absences) and node.at_most is not None:
        return f"`{node.id}` is a limit, and lowering it would ask for more. Exclude an entry, or waive it."
    if to == 0:
        return f"Lowered to nothing, `{node.id}` would ask for nothing. Waive it."
    asked = _target(node)
    return f"`{node.id}` asks for no more than that already." if asked is not None and to >= asked else ""


def _target(node: doc.Node) -> int | None:
    """What a requirement asks for in its unit, where the definition says so and not the class's list."""
    if isinstance(node, doc.Verdict):
        return node.panel
    if isinstance(node, doc.Group):
        return len(node.parts) if node.word == "all" else node.at_least
    if isinstance(node, doc.Each | doc.Rate | doc.Years):
        return None
    return getattr(node, "at_least", None)
