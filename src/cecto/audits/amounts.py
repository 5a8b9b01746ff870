"""How amounts of a requirement's unit are said, and what a field for one is called."""

from __future__ import annotations

from cecto.foundation.ui import words
from cecto.requirements.fitting import unit_of

__all__ = ["LABELS", "said", "unit_of"]

LABELS = {"minutes": "Hours", "days": "Days", "dollars": "Dollars", "points": "Points", "count": "Number"}


def said(amount: int, unit: str) -> str:
    """An amount in that unit, in words."""
    if unit == "minutes":
        return words.hours(amount)
    return str(amount) if unit == "count" else f"{amount:,} {unit}"
