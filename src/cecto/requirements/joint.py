"""The `together` leaf: sessions where this person and a linked person were both credited enough."""

from __future__ import annotations

from datetime import date

from cecto.requirements.case import Case, Item, known
from cecto.requirements.counts import Counted, coming_once, live_units
from cecto.requirements.document import Link, Together
from cecto.requirements.facts import Partner
from cecto.requirements.results import Reason, Result
from cecto.requirements.tally import Tally, result
from cecto.requirements.worth import worth

Presence = dict[str, tuple[int, int]]


def fits(partner: Partner, link: Link) -> bool:
    """Whether a partner is of the relation and track asked for, on whatever date."""
    return partner.relation == link.relation and link.track in {"", partner.track}


def has_partner(case: Case, link: Link) -> bool:
    """Whether such a relation holds on any day of the class."""
    start, end = case.facts.class_start, case.facts.class_end
    return any(
        fits(partner, link) and partner.since < end and (partner.until is None or start < partner.until)
        for partner in case.facts.partners
    )


def measure_together(case: Case, leaf: Together) -> Result:
    """The result of a together leaf; the relation is judged on the date of each session."""
    tally = Tally()
    partners = [(partner, _presence(case, partner)) for partner in case.facts.partners if fits(partner, leaf.link)]
    counted = set()
    for unit in live_units(case, leaf, tally).values():
        because = _refusal(leaf, unit, partners)
        _settle(tally, unit, because)
        if not because:
            counted.add(unit.unit)
    tally.coming = [(item, amount) for item, amount in coming_once(case, leaf, counted) if _linked(partners, item.on)]
    return result(case, leaf, tally, leaf.at_least, "count", value=tally.total)


def _linked(partners: list[tuple[Partner, Presence]], day: date) -> bool:
    return any(partner.linked_on(day) for partner, _ in partners)


def _settle(tally: Tally, unit: Counted, because: str) -> None:
    first, *others = unit.items
    if because:
        tally.refuse(first, 1, Reason.NOT_TOGETHER, because)
    else:
        tally.use(first, 1)
    for item in others:
        tally.refuse(item, 0, Reason.DUPLICATE, "Part of the same session.")


def _refusal(leaf: Together, unit: Counted, partners: list[tuple[Partner, Presence]]) -> str:
    """Why the session does not count, or nothing."""
    percent = leaf.both_at_least
    if unit.accepted:
        return ""
    if not unit.enough(percent):
        return f"Credited {unit.credited} of {unit.offered} minutes; {percent}% is needed."
    linked = [presence for partner, presence in partners if partner.linked_on(unit.items[0].on)]
    if not linked:
        return "No partner on that day."
    if any(_shared(unit.items, presence, percent) for presence in linked):
        return ""
    return f"The partner was not credited {percent}% of it."


def _shared(items: list[Item], presence: Presence, percent: int) -> bool:
    found = [presence[item.activity.key] for item in items if item.activity.key in presence]
    credited, offered = sum(minutes for minutes, _ in found), sum(minutes for _, minutes in found)
    return credited > 0 and credited * 100 >= percent * offered


def _presence(case: Case, partner: Partner) -> Presence:
    """Credited and offered minutes of a partner, by activity, by the same policy."""
    entries, voided = known(partner.entries, case.true_on, case.known_at)
    policy = case.rules.definition.policy
    found: Presence = {}
    for entry in entries:
        if entry.kind == "attended" and entry.id not in voided:
            credited, offered = found.get(entry.activity.key, (0, 0))
            minutes = worth(entry, policy).minutes
            found[entry.activity.key] = (credited + minutes, offered + entry.offered)
    return found
