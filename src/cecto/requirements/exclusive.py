"""Exclusive counting: a minute serves one requirement of its group.

Split entries are shared out by maximum flow over which requirements each may serve; whole ones by bounded search.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cecto.requirements.case import Case, Item
from cecto.requirements.document import Hours
from cecto.requirements.flows import Takers, serve
from cecto.requirements.leafreader import LeafReader
from cecto.requirements.whole import assign

# item id -> minutes, for each leaf of the group by its id
Shares = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Claim:
    """An item and the minutes it could bring to each taker that may have it."""

    item: Item
    minutes: Mapping[int, int]

    @property
    def takers(self) -> Takers:
        """Who may have it."""
        return frozenset(self.minutes)


@dataclass(frozen=True, slots=True)
class Sharing:
    """What each leaf gets of the entries, and of what is coming; and the leaves on which the search is undecided."""

    now: Shares
    coming: Shares
    undecided: frozenset[str]


def sharing(case: Case, group: str) -> Sharing:
    """The sharing of one exclusive group; made once per audit."""
    key = (f"exclusive {group}", None)
    known = case.memory.get(key)
    if not isinstance(known, Sharing):
        known = _share(case, case.rules.groups[group])
        case.memory[key] = known
    return known


def _share(case: Case, leaves: Sequence[Hours]) -> Sharing:
    readers = [LeafReader(case, leaf) for leaf in leaves]
    entries = _claims(case.items, [_entries(case, reader) for reader in readers])
    coming = _claims(case.coming, [_coming(case, reader) for reader in readers])
    demands = [case.changes_of(leaf).lowered(leaf.at_least or 0) for leaf in leaves]
    split = all(leaf.use.split for leaf in leaves if leaf.use)
    share = _split if split else _whole
    now, unsure = share(entries, demands)
    later, _ = share([*entries, *coming], demands)
    ids = [leaf.id for leaf in leaves]
    return Sharing(
        now={ids[n]: given for n, given in enumerate(now)},
        coming={ids[n]: _rise(now[n], later[n], coming) for n in range(len(ids))},
        undecided=frozenset(ids[n] for n in unsure),
    )


def _entries(case: Case, reader: LeafReader) -> dict[str, int]:
    return {item.id: reader.entry(item).minutes for item in reader.candidates(case.items)}


def _coming(case: Case, reader: LeafReader) -> dict[str, int]:
    return {item.id: reader.coming(item) for item in reader.candidates(case.coming)}


def _claims(items: Sequence[Item], brought: Sequence[Mapping[str, int]]) -> list[Claim]:
    found = []
    for item in items:
        minutes = {n: brings[item.id] for n, brings in enumerate(brought) if brings.get(item.id)}
        if minutes:
            found.append(Claim(item, minutes))
    return found


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


def _split(claims: Sequence[Claim], demands: Sequence[int]) -> tuple[list[dict[str, int]], frozenset[int]]:
    """Each taker's minutes by item; never undecided. What no one needs goes to the first that may have it."""
    supplies: dict[Takers, int] = {}
    for claim in claims:
        supplies[claim.takers] = supplies.get(claim.takers, 0) + min(claim.minutes.values())
    flow = serve(supplies, demands)
    for takers, supply in supplies.items():
        flow[takers, min(takers)] += supply - sum(flow[takers, taker] for taker in takers)
    given: list[dict[str, int]] = [{} for _ in demands]
    for claim in claims:
        left = min(claim.minutes.values())
        for taker in sorted(claim.takers):
            minutes = min(left, flow[claim.takers, taker])
            if minutes:
                given[taker][claim.item.id] = minutes
                flow[claim.takers, taker] -= minutes
                left -= minutes
    return given, frozenset()


def _whole(claims: Sequence[Claim], demands: Sequence[int]) -> tuple[list[dict[str, int]], frozenset[int]]:
    found = assign([claim.minutes for claim in claims], demands)
    given: list[dict[str, int]] = [{} for _ in demands]
    for claim, taker in zip(claims, found.takers, strict=True):
        given[taker][claim.item.id] = claim.minutes[taker]
    return given, found.undecided
