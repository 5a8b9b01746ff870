"""The unit in which a requirement counts, and how amounts of it are said."""

from __future__ import annotations

from cecto.foundation.ui import words
from cecto.requirements.document import Hours, Node, Rate


def unit_of(node: Node) -> str:
    """minutes, percent or count: what a target of this requirement is given in."""
    if isinstance(node, Hours):
        return "minutes"
    return "percent" if isinstance(node, Rate) else "count"


def said(amount: int, unit: str) -> str:
    """An amount in that unit, in words."""
    if unit == "minutes":
        return words.hours(amount)
    return f"{amount}%" if unit == "percent" else str(amount)
