"""Lint of windows: empty ones, those outside the class, and cycles where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cecto.requirements import document as doc
from cecto.requirements.problems import Position, Report
from cecto.requirements.windows import later, resolve

# Without a stated start of classes, windows are judged on a class of this date; a class lasts about a year.
_SOME_DAY = date(2015, 8, 1)
_A_YEAR, _TWO_YEARS = doc.Span(months=12), doc.Span(months=24)


def _windows(definition: doc.Definition) -> Iterator[tuple[str, doc.Window, Position]]:
    for name, pool in definition.pools:
        if pool.window:
            yield name, pool.window, pool.at
    for node in definition.walk():
        if isinstance(node, doc.Leaf) and node.window:
            yield node.id, node.window, node.at


def _sensible(definition: doc.Definition, report: Report) -> None:
    first = (definition.classes.start if definition.classes else None) or _SOME_DAY
    last = (definition.classes.before if definition.classes else None) or later(first, _A_YEAR)
    anchors = {"class.start": first, "class.end": later(first, _A_YEAR), "award": later(first, _A_YEAR)}
    for owner, window, at in _windows(definition):
        start, end = resolve(window.start, anchors), resolve(window.end, anchors)
        if start and end and start >= end:
            report.say(at, "Its window is empty.", "The second date is the day after the last.", node=owner)
        elif _outside(window, start, end, first, last):
            report.say(at, "Its window lies outside the classes it is for.", "Check its years.", node=owner)


def _outside(window: doc.Window, start: date | None, end: date | None, first: date, last: date) -> bool:
    """Whether a window of written dates, or one that ends as the class begins, misses every class."""
    named = {window.start.anchor, window.end.anchor}
    if "award" in named or start is None or end is None:
        return False
    return end <= first or start >= later(last, _TWO_YEARS)


def _cycles(definition: doc.Definition, report: Report) -> None:
    pools = {name for name, pool in definition.pools if _of_a_cycle(pool.window)}
    for root in (definition.require, definition.admission):
        for node in root.walk() if root else ():
            inside = isinstance(node, doc.Hours) and node.pool in pools
            if inside or (isinstance(node, doc.Leaf) and _of_a_cycle(node.window)):
                text = "Its window is a renewal cycle, but only what stands under `renewal` has cycles."
                report.say(node.at, text, "Write [class.start, class.end].", node=node.id)


def _of_a_cycle(window: doc.Window | None) -> bool:
    return window is not None and any(point.anchor.startswith("cycle.") for point in (window.start, window.end))


# What is asked again in each cycle: without a window, what was done once would count for all of them.
_ASKED_AGAIN = doc.Absences | doc.Hours | doc.Count | doc.Each | doc.Rate | doc.Together | doc.Verdict | doc.Score


def _renewed_forever(definition: doc.Definition, report: Report) -> None:
    pools = dict(definition.pools)
    for node in definition.renewal.require.walk() if definition.renewal else ():
        pool = pools.get(node.pool) if isinstance(node, doc.Hours) else None
        windows = [one for one in (getattr(node, "window", None), pool.window if pool else None) if one]
        if isinstance(node, _ASKED_AGAIN) and not any(map(_of_a_cycle, windows)):
            text = "What counted for one cycle counts for every later one: its window does not move on with the cycles."
            report.say(node.at, text, "Add `window: cycle`.", node=node.id)


def _too_short(definition: doc.Definition, report: Report) -> None:
    """An award that ends before the cycle that would renew it, and a renewal that opens before its cycle."""
    renewal = definition.renewal
    if renewal is None:
        return
    valid, length = definition.award.valid, renewal.cycle.length
    if valid and valid != doc.NO_TIME and _days(valid) < _days(length):
        text = "The award ends before its first renewal cycle does."
        report.say(definition.at, text, "Make `award: valid:` as long as `renewal: cycle: length:`, or longer.")
    if _days(renewal.opens) > _days(length):
        text = "The renewal opens longer before the end than the cycle is long."
        report.say(definition.at, text, "Make `renewal: opens:` no longer than the cycle.")


def _days(span: doc.Span) -> int:
    first = date(2015, 1, 1)
    return (later(first, span) - first).days


def _apart(definition: doc.Definition, report: Report) -> None:
    """Windows that have no day in common, whatever the class: of a requirement, its pool and the dates it asks for."""
    pools = dict(definition.pools)
    for node in definition.walk():
        if not isinstance(node, doc.Leaf):
            continue
        pool = pools.get(node.pool) if isinstance(node, doc.Hours) else None
        windows = [one for one in (node.window, pool.window if pool else None) if one]
        dates = [where.dates for where in (node.where, pool.where if pool else None) if where and where.dates]
        if len(windows) + len(dates) > 1 and not any(_meet(windows, dates, some) for some in _classes(definition)):
            text = "Its window and the dates of what it reads have no day in common."
            report.say(node.at, text, "Change one of them.", node=node.id)


def _classes(definition: doc.Definition) -> Iterator[dict[str, date]]:
    """Classes of many lengths, each with an award and a cycle after it, to judge windows on."""
    stated = definition.classes
    first = (stated.start if stated else None) or _SOME_DAY
    last = (stated.before if stated else None) or later(first, doc.Span(months=12 * 30))
    starts = [first, *(later(first, doc.Span(months=months)) for months in range(3, 12 * 30, 3))]
    for start in (day for day in starts if day < max(last, later(first, doc.Span(days=1)))):
        for months in (0, 1, 4, 10, 24):
            end = later(start, doc.Span(months=months, days=1))
            for cycle in _CYCLES:
                award = {"award": end, "cycle.start": later(end, cycle)}
                yield {"class.start": start, "class.end": end, **award, "cycle.end": later(end, _and_years(cycle))}


_CYCLES = tuple(doc.Span(months=12 * years) for years in (0, 3, 9))


def _and_years(span: doc.Span) -> doc.Span:
    return doc.Span(months=span.months + 36)


def _meet(windows: list[doc.Window], dates: list[doc.DateRange], anchors: dict[str, date]) -> bool:
    starts = [resolve(window.start, anchors) for window in windows] + [one.start for one in dates]
    ends = [resolve(window.end, anchors) for window in windows] + [one.before for one in dates]
    return max((day for day in starts if day), default=date.min) < min((day for day in ends if day), default=date.max)


DATE_CHECKS = (_sensible, _cycles, _renewed_forever, _too_short, _apart)
