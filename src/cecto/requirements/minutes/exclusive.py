"""Exclusive counting: a minute serves one requirement of its group.

Split entries are shared out by maximum flow over which requirements each may serve; whole ones by bounded search.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cecto.requirements.case import Case, Item
from cecto.requirements.document import Hours
from cecto.requirements.leaves.leafreader import LeafReader
from cecto.requirements.minutes.flows import Takers, serve
from cecto.requirements.minutes.valuing import Grant
from cecto.requirements.minutes.whole import Assignment, assign

# item id -> minutes, for each leaf of the group by its id
Shares = dict[str, dict[str, int]]


class Claim(NamedTuple):
    """An item, who may have it, and the minutes it could bring to each of them."""

    item: Item
    takers: Takers
    minutes: Mapping[int, int]
    least: int


@dataclass(frozen=True, slots=True)
class Sharing:
    """What each leaf gets of the entries, and of what is coming; and the leaves on which the search is undecided.

    `grants` are what each leaf's entries would bring it if it stood alone. `either` are the leaves that could be met
    together, when several choices are equally good.
    """

    grants: dict[str, list[tuple[Item, Grant]]]
    now: Shares
    coming: Shares
    undecided: frozenset[str]
    either: tuple[tuple[str, ...], ...] = ()


def sharing(case: Case, group: str) -> Sharing:
    """The sharing of one exclusive group; made once per audit."""
    key = (f"exclusive {group}", None)
    known = case.memory.get(key)
    if not isinstance(known, Sharing):
        known = _share(case, case.rules.groups[group])
        case.memory[key] = known
    return known


def _share(case: Case, leaves: Sequence[Hours]) -> Sharing:
    ids = [leaf.id for leaf in leaves]
    readers = [LeafReader(case, leaf) for leaf in leaves]
    read = [reader.read() for reader in readers]
    grants = [entries for entries, _ in read]
    ahead = [{item.id: grant.minutes for item, grant in coming} for _, coming in read]
    entries = _claims(case.items, [{item.id: grant.minutes for item, grant in found} for found in grants])
    coming = _claims(case.coming, ahead)
    demands = [case.changes_of(leaf).lowered(leaf.at_least or 0) for leaf in leaves]
    share = _split if all(leaf.use.split for leaf in leaves if leaf.use) else _whole
    now, found = share(entries, demands)
    later, _ = share([*entries, *coming], demands) if coming else (now, found)
    return Sharing(
        grants=dict(zip(ids, grants, strict=True)),
        now=dict(zip(ids, now, strict=True)),
        coming={key: _rise(before, after, coming) for key, before, after in zip(ids, now, later, strict=True)},
        undecided=frozenset(ids[n] for n in found.undecided),
        either=tuple(tuple(leaves[n].title or ids[n] for n in sorted(served)) for served in found.either),
    )


def _claims(items: Sequence[Item], brought: Sequence[Mapping[str, int]]) -> list[Claim]:
    by_item: dict[str, dict[int, int]] = {}
    for taker, brings in enumerate(brought):
        for key, minutes in brings.items():
            if not minutes:
                continue
            if key in by_item:
                by_item[key][taker] = minutes
            else:
                by_item[key] = {taker: minutes}
    sets: dict[tuple[int, ...], Takers] = {}
    claims = []
    for item in items:
        minutes_of = by_item.get(item.id)
        if minutes_of:
            order = tuple(minutes_of)
            takers = sets.get(order) or sets.setdefault(order, frozenset(order))
            claims.append(Claim(item, takers, minutes_of, min(minutes_of.values())))
    return claims


def _rise(now: Mapping[str, int], later: Mapping[str, int], coming: Sequence[Claim]) -> dict[str, int]:
    """What is coming adds as much as the total rises; the rest of it replaces what moves to another requirement."""
    left = max(0, sum(later.values()) - sum(now.values()))
    rise = {}
    for claim in coming:
        minutes = min(left, later.get(claim.item.id, max(claim.minutes.values()) if left else 0))
        left -= minutes
        if minutes:
            rise[claim.item.id] = minutes
    return rise


def _split(claims: Sequence[Claim], demands: Sequence[int]) -> tuple[list[dict[str, int]], Assignment]:
    """Each taker's minutes by item; never undecided. What no one needs goes to the first that may have it."""
    supplies: dict[Takers, int] = {}
    for claim in claims:
        supplies[claim.takers] = supplies.get(claim.takers, 0) + claim.least
    flow = serve(supplies, demands)
    for takers, supply in supplies.items():
        flow[takers, min(takers)] += supply - sum(flow[takers, taker] for taker in takers)
    given: list[dict[str, int]] = [{} for _ in demands]
    rest = {takers: [(taker, flow[takers, taker]) for taker in sorted(takers)] for takers in supplies}
    for claim in claims:
        left = claim.least
        shares = rest[claim.takers]
        while left and shares:
            taker, open_still = shares[0]
            if left < open_still:
                given[taker][claim.item.id] = left
                shares[0] = (taker, open_still - left)
                break
            if open_still:
                given[taker][claim.item.id] = open_still
            left -= open_still
            del shares[0]
    return given, Assignment((), frozenset())


def _whole(claims: Sequence[Claim], demands: Sequence[int]) -> tuple[list[dict[str, int]], Assignment]:
    found = assign([claim.minutes for claim in claims], demands)
    given: list[dict[str, int]] = [{} for _ in demands]
    for claim, taker in zip(claims, found.takers, strict=True):
        given[taker][claim.item.id] = claim.minutes[taker]
    return given, found
