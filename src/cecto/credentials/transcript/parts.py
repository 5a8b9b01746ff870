"""What a transcript lists: the requirements that the decision's snapshot says were met."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cecto.certification.models import Decision
from cecto.credentials.open_badge import Competency, hours_text
from cecto.credentials.transcript.record import Part
from cecto.programs.queries import ruleset
from cecto.requirements.document import Hours, Node

GROUPS = frozenset({"all", "any", "at_least", "choose"})


def parts_of(decision: Decision, competencies: tuple[Competency, ...]) -> list[Part]:
    """The requirements met, in the definition's order; groups are told by what is in them.

    A waived requirement is none that was met, so it is not listed; neither is a way not taken of several.
    """
    nodes = ruleset(decision.definition).nodes
    by_code = {competency.code: competency for competency in competencies}
    return [
        _part(result, by_code.get(_competency_code(nodes.get(result["id"]))))
        for result in _leaves(decision.effect.audit["result"])
        if result["status"] == "met"
    ]


def _leaves(result: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if not result["children"]:
        yield result
    for child in result["children"]:
        yield from _leaves(child)


def _part(result: dict[str, Any], competency: Competency | None) -> Part:
    if result["measure"] != "hours":
        return Part(result["id"], result["title"], f"Met in the audit that was decided on: {result['sentence']}")
    asked = f"At least {hours_text(result['target'])} contact hours of instruction."
    return Part(result["id"], result["title"], asked, result["value"], result["target"], competency)


def _competency_code(node: Node | None) -> str:
    """The one competency that an hours requirement asks for, or an empty text."""
    if not isinstance(node, Hours) or node.where is None:
        return ""
    asked = dict(node.where.words).get("competency", frozenset())
    return next(iter(asked)) if len(asked) == 1 else ""
