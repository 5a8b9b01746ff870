"""Named windows to dates, for one person's class and cycle."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from cecto.requirements.document import Point, Span, Window

EARLIEST = date.min
LATEST = date.max


def later(day: date, span: Span) -> date:
    """The date a span after `day`: months first, on the same day of the month or its last; then days."""
    return _moved(day, span.months, span.days)


def earlier(day: date, span: Span) -> date:
    """The date a span before `day`; the same rule backwards."""
    return _moved(day, -span.months, -span.days)


def _moved(day: date, months: int, days: int) -> date:
    if not months:
        return _days_on(day, days) if days else day
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    if not date.min.year <= year <= date.max.year:
        return EARLIEST if months < 0 else LATEST
    last = calendar.monthrange(year, month + 1)[1]
    return _days_on(date(year, month + 1, min(day.day, last)), days)


def _days_on(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return EARLIEST if days < 0 else LATEST


def resolve(point: Point, anchors: dict[str, date]) -> date | None:
    """The date of a point, or None when its anchor (an award, say) has no date yet."""
    start = point.on or anchors.get(point.anchor)
    if start is None:
        return None
    return later(earlier(start, point.earlier), point.later)


def bounds(window: Window | None, anchors: dict[str, date]) -> tuple[date, date]:
    """First day and day after the last; a side without a date is open."""
    if window is None:
        return EARLIEST, LATEST
    return resolve(window.start, anchors) or EARLIEST, resolve(window.end, anchors) or LATEST
