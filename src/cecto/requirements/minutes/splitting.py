"""Entries divided among the requirements of a group: as many as can be are met, and no minute is lost to their caps.

Entries that may serve the same requirements under the same caps form one supply of a flow network, so the work depends
on the requirements, never on the number of entries. Each requirement's own caps, nested or apart, are pipes on its way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from cecto.requirements.minutes.network import Network


class Part(NamedTuple):
    """What one entry would bring a requirement, under which of that requirement's caps."""

    minutes: int
    caps: tuple[int, ...] = ()


# By the number of the requirement that may have it.
Claim = Mapping[int, Part]


@dataclass(slots=True)
class _Supply:
    """Entries alike: their places in the list of claims, and the pipe to each requirement."""

    members: list[int] = field(default_factory=list)
    pipes: dict[int, int] = field(default_factory=dict)


def divide(claims: Sequence[Claim], demands: Sequence[int], caps: Sequence[Sequence[int]]) -> list[dict[int, int]]:
    """The minutes of each claim (by its place) that each requirement gets. `caps` are each one's own, in minutes.

    As many demands are met as can be, those written first where there is a choice; then the others get what they can,
    in order; what nobody needs goes to the first that may have it.
    """
    ways = _Ways(claims, demands, caps)
    for taker in ways.met():
        ways.serve(taker)
    for taker in range(len(demands)):
        ways.serve(taker)
    for taker in range(len(demands)):
        ways.fill(taker)
    return ways.given()


def meetable(
    claims: Sequence[Claim], demands: Sequence[int], caps: Sequence[Sequence[int]]
) -> Iterator[frozenset[int]]:
    """The sets of demands that can be met together by dividing entries, the largest first, then those written first."""
    return _Ways(claims, demands, caps).meetable()


class _Ways:
    """The network: source, supplies, caps of each requirement, requirement, sink."""

    def __init__(self, claims: Sequence[Claim], demands: Sequence[int], caps: Sequence[Sequence[int]]) -> None:
        self._claims, self._demands, self._caps = claims, demands, caps
        self._all = sum(max(part.minutes for part in claim.values()) for claim in claims)
        self._network = Network()
        self._source, self._sink = self._network.place(), self._network.place()
        self._takers = [self._network.place() for _ in demands]
        self._ends = [self._network.join(place, self._sink, 0) for place in self._takers]
        self._supplies = self._sorted()
        self._chains: dict[tuple[int, tuple[int, ...]], int] = {}
        for supply in self._supplies:
            self._join(supply)

    def _sorted(self) -> list[_Supply]:
        found: dict[object, _Supply] = {}
        for place, claim in enumerate(self._claims):
            alike = len({part.minutes for part in claim.values()}) == 1
            key = tuple((taker, part.caps if alike else part) for taker, part in sorted(claim.items()))
            found.setdefault(key, _Supply()).members.append(place)
        return list(found.values())

    def _join(self, supply: _Supply) -> None:
        claims = [self._claims[place] for place in supply.members]
        at = self._network.place()
        self._network.join(self._source, at, sum(max(part.minutes for part in claim.values()) for claim in claims))
        for taker, part in sorted(claims[0].items()):
            entrance = self._entrance(taker, part.caps)
            supply.pipes[taker] = self._network.join(at, entrance, sum(claim[taker].minutes for claim in claims))

    def _entrance(self, taker: int, caps: tuple[int, ...]) -> int:
        """Where minutes under these caps come in: the narrowest cap leads to the next, the last to the requirement."""
        if not caps:
            return self._takers[taker]
        chain = tuple(sorted(caps, key=lambda cap: (len(self._held(taker, cap)), cap)))
        key = (taker, chain[:1])
        if key not in self._chains:
            place = self._chains[key] = self._network.place()
            self._network.join(place, self._entrance(taker, chain[1:]), self._caps[taker][chain[0]])
        return self._chains[key]

    def _held(self, taker: int, cap: int) -> set[int]:
        claims = enumerate(self._claims)
        return {place for place, claim in claims if taker in claim and cap in claim[taker].caps}

    def met(self) -> frozenset[int]:
        """The best set of demands to meet."""
        return next(self.meetable())

    def meetable(self) -> Iterator[frozenset[int]]:
        """The sets that can be met together, the best first."""
        alone = [taker for taker in range(len(self._demands)) if self._meets((taker,))]
        for size in range(len(alone), -1, -1):
            for chosen in combinations(alone, size):
                if self._meets(chosen):
                    yield frozenset(chosen)

    def _meets(self, takers: Sequence[int]) -> bool:
        tried = self._network.copy()
        wanted = sum(self._demands[taker] for taker in takers)
        for taker in takers:
            tried.widen(self._ends[taker], self._demands[taker])
        return tried.send(self._source, self._sink) == wanted

    def serve(self, taker: int) -> None:
        """Send a requirement what it still needs."""
        self._network.widen(self._ends[taker], self._demands[taker] - self._network.sent(self._ends[taker]))
        self._network.send(self._source, self._sink)
        self._close(taker)

    def fill(self, taker: int) -> None:
        """Send a requirement all that is left."""
        self._network.widen(self._ends[taker], self._all)
        self._network.send(self._source, self._sink)
        self._close(taker)

    def _close(self, taker: int) -> None:
        self._network.shut(self._ends[taker])

    def given(self) -> list[dict[int, int]]:
        """What each claim gives to each requirement: of claims alike, the first in the list gives first."""
        found: list[dict[int, int]] = [{} for _ in self._claims]
        for supply in self._supplies:
            left = {taker: self._network.sent(pipe) for taker, pipe in supply.pipes.items()}
            for place in supply.members:
                found[place] = _taken(self._claims[place], left)
        return found


def _taken(claim: Claim, left: dict[int, int]) -> dict[int, int]:
    """What one entry gives of what its supply still gives, the requirement it brings least first."""
    whole = max(part.minutes for part in claim.values())
    taken = {}
    for taker, part in sorted(claim.items(), key=lambda pair: (pair[1].minutes, pair[0])):
        amount = min(left[taker], part.minutes, whole)
        left[taker] -= amount
        whole -= amount
        if amount:
            taken[taker] = amount
    return taken
