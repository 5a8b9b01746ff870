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


DATE_CHECKS = (_sensible, _cycles)
