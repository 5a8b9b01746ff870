"""On which days a class can be."""

from __future__ import annotations

from datetime import date, timedelta

EARLIEST = date(2000, 1, 1)
LONGEST = timedelta(days=3653)


def problem_with_days(first_day: date, last_day: date) -> str:
    """Why a class cannot run from one day to another, and what to do; empty when it can."""
    if not EARLIEST <= first_day <= last_day:
        return (
            f"A class cannot run from {first_day} to {last_day}: give a first day in this century and a last day "
            "that is not before it."
        )
    if last_day - first_day > LONGEST:
        return f"A class cannot run from {first_day} to {last_day}, longer than ten years. Check the year of both days."
    return ""
