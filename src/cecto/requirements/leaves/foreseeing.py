"""The most an hours leaf could come to by all that may still come: the schedule, late work, make-ups, other entries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cecto.requirements.case import Case, Item
from cecto.requirements.document import Hours
from cecto.requirements.leaves.leafreader import LeafReader
from cecto.requirements.leaves.prospects import OTHER, Prospect, Time, late_work, matching, prospects, time_left
from cecto.requirements.leaves.tally import Tally
from cecto.requirements.minutes.makeups import Missed
from cecto.requirements.minutes.values import ReadyValue

# More entries of a fixed value than this are not supposed: a rule of one minute does not make a thousand of them.
_MOST_COPIES = 200


def foresee(case: Case, leaf: Hours, reader: LeafReader, tally: Tally, target: int, carried: int) -> None:
    """Put into the tally what make-ups, late work and what no schedule knows could add up to a target."""
    missed = list(_missed(case, leaf, reader)) if case.makeups.open() else []
    tally.makeup = sum(each.left for each, _ in missed)
    if tally.total + sum(minutes for _, minutes in tally.coming) >= target:
        return
    late = late_work(case, leaf, reader.need)
    others = prospects(case, leaf)
    tally.late = sum(item.minutes for item in late)
    tally.ways = tuple(sorted({each.kind for each in others}))
    if leaf.use and not others:
        tally.at_best = _beside_others(case, leaf, reader, tally, carried)
        return
    if not (reader.caps or reader.pool.caps or reader.pool.valuation.rules or reader.pool.valuation.distinct):
        tally.more_may_come = bool(others)
        return
    if not (late or missed or others or case.coming):
        return
    supposed = [*late, *(item for each in others for item in _supposed(reader, each, target, time_left(case, leaf)))]
    least_held = [_made_up(each, min(ways, key=lambda way: _held_by(reader, way))) for each, ways in missed]
    worth_most = [_made_up(each, max(ways, key=lambda way: _worth(reader, way, each.left))) for each, ways in missed]
    ways = [least_held] if least_held == worth_most else [least_held, worth_most]
    tally.at_best = max(0, *(reader.at_best([*supposed, *made]) - tally.total - carried for made in ways))


def _beside_others(case: Case, leaf: Hours, reader: LeafReader, tally: Tally, carried: int) -> int:
    """What a leaf that shares its entries could still add; what others have, too, if they may get other ones."""
    own = tally.makeup + tally.late + sum(minutes for _, minutes in tally.coming)
    others = [other for other in case.rules.groups[leaf.use.group if leaf.use else ""] if other is not leaf]
    freed = own or any(_expects(case, other) for other in others)
    alone = sum(offer.minutes for part in reader.read() for _, offer in part)
    return max(own, alone + tally.makeup + tally.late - tally.total - carried) if freed else own


def _expects(case: Case, leaf: Hours) -> bool:
    """Whether anything may still come for a leaf."""
    reader = LeafReader(case, leaf)
    coming = any(offer.minutes for _, offer in reader.read()[1])
    return coming or bool(
        prospects(case, leaf) or late_work(case, leaf, reader.need) or any(_missed(case, leaf, reader))
    )


def _missed(case: Case, leaf: Hours, reader: LeafReader) -> Iterator[tuple[Missed, list[Prospect]]]:
    """What was missed of which a make-up would count here, and the sorts of make-up that would."""
    policy = case.rules.definition.policy.makeup
    for each in case.makeups.open():
        on = each.entry.occurred_on
        if policy and reader.counts_on(on):
            ways = _ways(case, leaf, on, policy.kinds)
            if ways:
                yield each, ways


def _ways(case: Case, leaf: Hours, on: date, kinds: tuple[str, ...]) -> list[Prospect]:
    """The sorts of make-up that a leaf would count for something missed on that day; none is an item of the class."""
    found = [way for way in matching(case, leaf, ("makeup",), Time(on, on, True)) if not way.item]
    return [way for way in found if not kinds or way.activity.kind in kinds or way.activity.kind == "study"]


def _worth(reader: LeafReader, way: Prospect, minutes: int) -> tuple[int, int]:
    """What an entry of that sort would bring by the value rules; of equal ones the least held by caps is the best."""
    rule = _rule_of(reader, way)
    nothing = rule is None and bool(reader.pool.valuation.rules)
    fixed = rule.minutes if rule else None
    return 0 if nothing else minutes if fixed is None else fixed, -_held_by(reader, way)


def _rule_of(reader: LeafReader, way: Prospect) -> ReadyValue | None:
    """The value rule that an entry of that sort comes to."""
    return next((rule for rule in reader.pool.valuation.rules if way.mask & rule.bit == rule.bit), None)


def _held_by(reader: LeafReader, way: Prospect) -> int:
    return sum(way.mask & cap.bit == cap.bit for cap in (*reader.caps, *reader.pool.caps))


def _made_up(missed: Missed, way: Prospect) -> Item:
    return _item(f"made up {missed.entry.id}", way, missed.entry.occurred_on, missed.left)


def _supposed(reader: LeafReader, way: Prospect, target: int, time: Time) -> Iterator[Item]:
    """One entry of that sort that would be long enough; of a fixed value, as many as would be enough."""
    rules = reader.pool.valuation.rules
    rule = _rule_of(reader, way)
    if rule is None or rule.minutes is None:
        if rule or not rules:
            yield _item(way.item or f"supposed {way.mask}", way, time.first, target)
        return
    copies = min(_MOST_COPIES, -(-target // rule.minutes)) if rule.minutes else 0
    for number in range(copies):
        on = _year_on(rule, time, number)
        if on:
            yield _item(way.item or f"supposed {way.mask} {number}", way, on, rule.minutes)


def _year_on(rule: ReadyValue, time: Time, number: int) -> date | None:
    """The day of a copy: a year later each, where a year counts once."""
    if rule.per != "item-and-year" or not number:
        return time.first
    year = time.first.year + number
    return date(year, 1, 1) if year <= date.max.year and date(year, 1, 1) < time.end else None


def _item(unit: str, way: Prospect, on: date, minutes: int) -> Item:
    return Item(
        id=f"{way.kind} {unit} {way.activity.series} {way.mask} {on}",
        entry=None,
        activity=way.activity,
        kind=way.kind,
        on=on,
        unit=unit or OTHER,
        minutes=minutes,
        claim=minutes,
        offered=minutes,
        mask=way.mask,
        stands_mask=way.mask,
    )
