"""The unit in which a requirement counts, and how amounts of it are said."""

from __future__ import annotations

from cecto.foundation.ui import words
from cecto.requirements.document import Hours, Node, Paid, Rate, Score, Years

_UNITS: dict[type[Node], str] = {Hours: "minutes", Rate: "minutes", Years: "days", Paid: "dollars", Score: "points"}
LABELS = {"minutes": "Hours", "days": "Days", "dollars": "Dollars", "points": "Points", "count": "Number"}


def unit_of(node: Node) -> str:
    """minutes, days, dollars, points or count: what a target of this requirement is given in."""
    return _UNITS.get(type(node), "count")


def said(amount: int, unit: str) -> str:
    """An amount in that unit, in words."""
    if unit == "minutes":
        return words.hours(amount)
    return str(amount) if unit == "count" else f"{amount:,} {unit}"
