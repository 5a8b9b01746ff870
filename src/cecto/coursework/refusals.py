"""Why something about coursework cannot be, and the checks that several writes share."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from cecto.classes.models import Cohort
from cecto.coursework.plans import ItemPlan
from cecto.foundation.ui.words import hours

MOST_MINUTES = 60 * 240


class WorkRefused(Exception):
    """A change to coursework, or a fact about it, that cannot be; the message says why and what to do."""


def check_day(cohort: Cohort, on: date, at: datetime) -> None:
    """Raises WorkRefused for a day before the class, or after today in its program's time zone."""
    today = at.astimezone(ZoneInfo(cohort.program.time_zone)).date()
    if not cohort.first_day <= on <= today:
        raise WorkRefused(
            f"{on} cannot be the day: {cohort} began on {cohort.first_day}, and today is {today}. Mend the date."
        )


def check_plan(cohort: Cohort, plan: ItemPlan) -> None:
    """Raises WorkRefused for minutes, dates and tracks that cannot be. One query unless tracks are prefetched."""
    if not 0 <= plan.minutes <= MOST_MINUTES:
        raise WorkRefused(f"“{plan.title}” cannot be worth {hours(plan.minutes)}.")
    if plan.due_on and not cohort.first_day <= plan.due_on <= cohort.last_day:
        raise WorkRefused(
            f"“{plan.title}” is due on {plan.due_on}, outside {cohort} ({cohort.first_day} to {cohort.last_day})."
        )
    if plan.accepted_until and plan.accepted_until < (plan.due_on or cohort.first_day):
        raise WorkRefused(f"“{plan.title}” cannot be accepted until a day before it is due.")
    unknown = sorted(set(plan.tracks) - {row.track for row in cohort.tracks.all()})
    if unknown:
        raise WorkRefused(f"{cohort} has no track “{unknown[0]}”.")
