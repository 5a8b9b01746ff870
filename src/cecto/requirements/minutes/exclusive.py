"""Exclusive counting: a minute serves one requirement of its group, and as many of them are met as can be.

Where several choices are equally good, the audit takes the one that is best for the whole tree: `choice` says which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cecto.requirements.case import Case, Item
from cecto.requirements.document import Hours
from cecto.requirements.leaves.leafreader import LeafReader
from cecto.requirements.minutes.caps import Offer, laminar, over, sorts_of
from cecto.requirements.minutes.packing import Under
from cecto.requirements.minutes.splitting import Part, divide
from cecto.requirements.minutes.valuing import Grant
from cecto.requirements.minutes.whole import Assignment, assign
from cecto.requirements.statuses import Reason

# item id -> minutes, for each leaf of the group
Shares = list[dict[str, int]]
ELSEWHERE = "Counted for another requirement that may not share it."


class Read(NamedTuple):
    """What one leaf would have if it stood alone, before caps that the sharing itself holds to.

    `sorts` are the numbers of those caps, by the filters that match what they hold.
    """

    reader: LeafReader
    entries: list[Offer]
    coming: list[Offer]
    sorts: Mapping[int, Under]


@dataclass(frozen=True, slots=True)
class Share:
    """What one leaf gets: its candidates with what counts of each, and the minutes of what is coming."""

    entries: list[Offer]
    coming: dict[str, int]
    undecided: bool
    either: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Sharing:
    """The shares of one exclusive group by the leaf's id, and how many choices are equally good."""

    shares: Mapping[str, Share]
    choices: int = 1


def sharing(case: Case, group: str) -> Sharing:
    """The sharing of one exclusive group by the choice the case says; made once per audit and choice."""
    choice = case.choices.get(group, 0)
    key = (f"exclusive {group}", choice)
    known = case.memory.get(key)
    if not isinstance(known, Sharing):
        known = case.memory[key] = _share(case, case.rules.groups[group], choice)
    return known


def _share(case: Case, leaves: Sequence[Hours], choice: int) -> Sharing:
    split = all(leaf.use.split for leaf in leaves if leaf.use)
    demands = [case.changes_of(leaf).lowered(leaf.at_least or 0) for leaf in leaves]
    read = [_read(LeafReader(case, leaf), split=split) for leaf in leaves]
    entries = case.entries()
    now, options = _shares(read, demands, entries, [], choice, split=split)
    later, _ = _shares(read, demands, entries, case.coming, choice, split=split) if case.coming else (now, [])
    claims = _claims(read, case.coming, ahead=True) if case.coming else []
    ahead = [(item, max(part.minutes for part in claim.values())) for item, claim in claims]
    titles = [leaf.title or leaf.id for leaf in leaves]
    either = tuple(tuple(titles[n] for n in sorted(option.served)) for option in options) if len(options) > 1 else ()
    competing = frozenset().union(*(option.served for option in options))
    unknown = options[choice].unknown if options else frozenset()
    taken = Counter(key for mine in now for key in mine)
    shares = {
        leaf.id: Share(
            [(item, _granted(read[n], item, offer, now[n], taken)) for item, offer in read[n].entries],
            _rise(now[n], later[n], ahead),
            n in unknown,
            either if n in competing else (),
        )
        for n, leaf in enumerate(leaves)
    }
    return Sharing(shares, max(1, len(options)))


def _read(reader: LeafReader, *, split: bool) -> Read:
    """Caps of a leaf's own that nest are held to while minutes are divided; others before."""
    caps = reader.own_caps
    entries, coming = reader.uncapped()
    sorts = sorts_of(caps, entries, coming)
    if split and laminar(set(sorts.values()), len(caps)):
        return Read(reader, entries, coming, sorts if caps else {})
    return Read(reader, *reader.read(), {})


def _granted(read: Read, item: Item, offer: Grant, mine: Mapping[str, int], taken: Mapping[str, int]) -> Grant:
    minutes = mine.get(item.id, 0)
    if minutes >= offer.minutes:
        return offer
    caps = [read.reader.own_caps[n] for n in read.sorts.get(item.mask, ())]
    if caps and taken[item.id] <= (item.id in mine):
        return offer.cut(minutes, Reason.OVER_CAP, over(caps[0]))
    return offer.cut(minutes, Reason.USED_ELSEWHERE, ELSEWHERE)


def _shares(
    read: Sequence[Read],
    demands: Sequence[int],
    items: Sequence[Item],
    coming: Sequence[Item],
    choice: int,
    *,
    split: bool,
) -> tuple[Shares, list[Assignment]]:
    """The minutes of each leaf by item; and the choices, when entries are not divided."""
    claims = _claims(read, [*items, *coming], ahead=bool(coming))
    given: Shares = [{} for _ in read]
    if split:
        caps = [[cap.at_most for cap in one.reader.own_caps] if one.sorts else [] for one in read]
        parts = divide([claim for _, claim in claims], demands, caps)
        for (item, _), found in zip(claims, parts, strict=True):
            for taker, minutes in found.items():
                given[taker][item.id] = minutes
        return given, []
    options = assign([{taker: part.minutes for taker, part in claim.items()} for _, claim in claims], demands)
    chosen = options[min(choice, len(options) - 1)]
    for (item, claim), taker in zip(claims, chosen.takers, strict=True):
        given[taker][item.id] = claim[taker].minutes
    return given, options


def _claims(read: Sequence[Read], items: Sequence[Item], *, ahead: bool) -> list[tuple[Item, dict[int, Part]]]:
    """What each item would bring to each leaf that would count some of it."""
    found: dict[str, dict[int, Part]] = {}
    for taker, one in enumerate(read):
        for item, offer in (*one.entries, *(one.coming if ahead else ())):
            if offer.minutes:
                found.setdefault(item.id, {})[taker] = Part(offer.minutes, one.sorts.get(item.mask, ()))
    return [(item, found[item.id]) for item in items if item.id in found]


def _rise(now: Mapping[str, int], later: Mapping[str, int], coming: Sequence[tuple[Item, int]]) -> dict[str, int]:
    """What is coming adds as much as the total rises; the rest of it replaces what moves to another requirement."""
    left = max(0, sum(later.values()) - sum(now.values()))
    rise = {}
    for item, most in coming:
        minutes = min(left, later.get(item.id, most))
        left -= minutes
        if minutes:
            rise[item.id] = minutes
    return rise
