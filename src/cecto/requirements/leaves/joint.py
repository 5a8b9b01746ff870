"""The `together` leaf: sessions where this person and a linked person were both credited enough."""

from __future__ import annotations

from datetime import date

from cecto.requirements.case import Case, Item, known
from cecto.requirements.document import Link, Together
from cecto.requirements.english.amounts import hours
from cecto.requirements.facts import Partner
from cecto.requirements.leaves.counts import Counted, coming_once, could_be_made_up, live_units
from cecto.requirements.leaves.prospects import prospects, time_left
from cecto.requirements.leaves.tally import Tally, result
from cecto.requirements.minutes.worth import worths
from cecto.requirements.results import Reason, Result

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
    company = _Company(case, leaf)
    units = live_units(case, leaf, tally)
    counted = set()
    for unit in units.values():
        because = company.refusal(unit)
        _settle(tally, unit, because)
        if not because:
            counted.add(unit.unit)
    tally.put_in_order(case.items)
    ahead = coming_once(case, leaf, counted, percent=leaf.both_at_least, units=units)
    tally.coming = [(item, amount) for item, amount in ahead if item.activity.meeting and company.may_join(item)]
    alone = [unit for name, unit in units.items() if name not in counted and company.joined(unit)]
    tally.makeup = could_be_made_up(case, leaf, alone, leaf.both_at_least)
    time = time_left(case, leaf)
    sessions = [way for way in prospects(case, leaf) if way.kind == "attended"]
    tally.more_may_come = bool(sessions) and company.linked_between(time.first, time.end)
    return result(case, leaf, tally, leaf.at_least, "count", value=tally.total)


def _settle(tally: Tally, unit: Counted, because: str) -> None:
    first, *others = unit.items
    if because:
        tally.refuse(first, 1, Reason.NOT_TOGETHER, because)
    else:
        tally.use(first, 1)
    for item in others:
        tally.refuse(item, 0, Reason.DUPLICATE, "Part of the same session.")


class _Company:
    """The partners a together leaf asks for, and where they were."""

    def __init__(self, case: Case, leaf: Together) -> None:
        self._case = case
        self._percent = leaf.both_at_least
        self._need = case.rules.bits[leaf.id]
        self._partners = [partner for partner in case.facts.partners if fits(partner, leaf.link)]
        self._presences: dict[int, Presence] = {}

    def linked_on(self, day: date) -> list[int]:
        """The partners (by their place) linked on that day."""
        return [number for number, partner in enumerate(self._partners) if partner.linked_on(day)]

    def refusal(self, unit: Counted) -> str:
        """Why the session does not count, or nothing."""
        if unit.accepted:
            return ""
        if not unit.enough(self._percent):
            return f"Credited {hours(unit.credited)} of {hours(unit.offered)}; {self._percent}% is needed."
        if not self.linked_on(unit.items[0].on):
            return "No partner on that day."
        return "" if self.joined(unit) else f"The partner was not credited {self._percent}% of it."

    def joined(self, unit: Counted) -> bool:
        """Whether a partner of that day was credited enough of the session."""
        linked = self.linked_on(unit.items[0].on)
        return any(self._there(unit.unit, self._presence(number)) for number in linked)

    def may_join(self, item: Item) -> bool:
        """Whether a partner of that day may still be credited what is coming: nothing says yet that they were not."""
        linked = self.linked_on(item.on)
        return any(item.unit not in self._presence(n) or self._there(item.unit, self._presence(n)) for n in linked)

    def linked_between(self, first: date, end: date) -> bool:
        """Whether there is a partner on some of these days."""
        return any(each.since < end and (each.until is None or first < each.until) for each in self._partners)

    def _there(self, unit: str, presence: Presence) -> bool:
        credited, offered = presence.get(unit, (0, 0))
        return credited > 0 and credited * 100 >= self._percent * offered

    def _presence(self, number: int) -> Presence:
        """Credited and offered minutes of a partner by session, by the same policy; worked out when first asked."""
        found = self._presences.get(number)
        if found is None:
            found = self._presences[number] = _presence(self._case, self._partners[number], self._need)
        return found


def _presence(case: Case, partner: Partner, need: int) -> Presence:
    entries, voided = known(partner.entries, case.true_on, case.known_at)
    values, matcher = worths(entries, case.rules.definition.policy, void=voided), case.rules.matcher
    found: Presence = {}
    for entry in entries:
        if entry.kind != "attended" or entry.id in voided:
            continue
        if matcher.mask(entry.activity, entry.kind, entry.verified, entry.occurred_on) & need == need:
            credited, offered = found.get(entry.activity.unit, (0, 0))
            found[entry.activity.unit] = (credited + values[entry.id].minutes, offered + entry.offered)
    return found
