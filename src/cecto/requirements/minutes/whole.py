"""Whole entries to one requirement each: exact where it answers, and within bounds that it says when they end it.

Choosing whole entries for several targets is as hard as packing, so no greedy rule is right. What could be met if
entries were divided bounds what can be; inside that bound each set of requirements is tried, the largest first: quickly
by fitting large entries first, then by a search that has a bound of steps. A set that is neither met nor ruled out
leaves the answer undecided.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from cecto.requirements.minutes.splitting import Part, meetable

# Steps of all searches of one group; some twenty microseconds each.
MOST_STEPS = 200
# Sets of requirements tried, and equally good answers kept to choose from.
MOST_SETS, MOST_CHOICES = 64, 8

Claims = Sequence[Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who gets each claim, the demands that meets, and those of sets as large or larger that were not ruled out."""

    takers: tuple[int, ...]
    served: frozenset[int]
    unknown: frozenset[int] = frozenset()


def assign(claims: Claims, demands: Sequence[int]) -> list[Assignment]:
    """Give each claim (minutes by taker) whole to one taker so that as many demands as can be are met.

    Every set of demands that can be met so is an answer, up to a few; first the one of those written first.
    """
    search = _Search(claims, demands)
    found: list[Assignment] = []
    unknown: frozenset[int] = frozenset()
    divided = meetable(
        [{taker: Part(m) for taker, m in claim.items()} for claim in claims], demands, [()] * len(demands)
    )
    for served in islice(divided, MOST_SETS):
        if found and (len(served) < len(found[0].served) or len(found) >= MOST_CHOICES):
            break
        takers, known = search.serve(served)
        if takers is not None:
            found.append(Assignment(takers, served))
        elif not known and not found:
            unknown |= served
    return [Assignment(one.takers, one.served, unknown - one.served) for one in found]


class _Search:
    """Tries sets of demands on the same claims; remembers how many steps are left."""

    def __init__(self, claims: Claims, demands: Sequence[int]) -> None:
        self._claims = claims
        self._demands = demands
        self._steps = MOST_STEPS
        self._order = sorted(range(len(claims)), key=lambda n: (len(claims[n]), -max(claims[n].values()), n))

    def serve(self, served: frozenset[int]) -> tuple[tuple[int, ...] | None, bool]:
        """The taker of each claim so that these demands are met, or None; and whether that is certain."""
        needs = {taker: self._demands[taker] for taker in sorted(served) if self._demands[taker] > 0}
        useful = [n for n in self._order if not needs.keys().isdisjoint(self._claims[n])]
        largest = sorted(useful, key=lambda n: -max(self._claims[n].values()))
        for fit, order in ((self._pressed, largest), (self._fitted, largest), (self._fitted, useful)):
            chosen = fit(order, needs)
            if chosen is not None:
                return self._completed(chosen), True
        chosen, known = self._searched(useful, needs)
        return (None if chosen is None else self._completed(chosen)), known

    def _pressed(self, order: Sequence[int], needs: Mapping[int, int]) -> dict[int, int] | None:
        """Large entries first, each to the need that has the least to spare among the entries still to give."""
        left, chosen = dict(needs), {}
        rest = {taker: sum(self._claims[n].get(taker, 0) for n in order) for taker in needs}
        for n in order:
            claim = self._claims[n]
            open_still = [taker for taker in claim if left.get(taker, 0) > 0]
            if open_still:
                taker = min(open_still, key=lambda t: rest[t] / left[t])
                chosen[n] = taker
                left[taker] -= claim[taker]
            for taker, minutes in claim.items():
                rest[taker] = rest.get(taker, 0) - minutes
        return None if any(need > 0 for need in left.values()) else chosen

    def _fitted(self, order: Sequence[int], needs: Mapping[int, int]) -> dict[int, int] | None:
        """Large entries first, each to the need it fills with least to spare, or else to the largest."""
        left, chosen = dict(needs), {}
        for n in order:
            claim = self._claims[n]
            open_still = [taker for taker in claim if left.get(taker, 0) > 0]
            if open_still:
                taker = min(open_still, key=lambda t: _fit(left[t], claim[t]))
                chosen[n] = taker
                left[taker] -= claim[taker]
        return None if any(need > 0 for need in left.values()) else chosen

    def _searched(self, order: Sequence[int], needs: Mapping[int, int]) -> tuple[dict[int, int] | None, bool]:
        """The same by trying every way that can still do; False when the steps ended it."""
        bound = _Bound([self._claims[n] for n in order], list(needs))
        failed: set[tuple[int, ...]] = set()
        # (place in the order, what is needed still, choices so far as a chain)
        waiting: list[tuple[int, tuple[int, ...], _Chain]] = [(0, tuple(needs.values()), None)]
        while waiting:
            place, left, chain = waiting.pop()
            if max(left, default=0) <= 0:
                return _unwound(chain, order), True
            if (place, *left) in failed or not bound.allows(place, left):
                continue
            if self._steps <= 0:
                return None, False
            self._steps -= 1
            failed.add((place, *left))
            waiting += self._ways(self._claims[order[place]], place, left, chain, list(needs))
        return None, True

    def _ways(
        self, claim: Mapping[int, int], place: int, left: tuple[int, ...], chain: _Chain, takers: Sequence[int]
    ) -> Iterator[tuple[int, tuple[int, ...], _Chain]]:
        """Each need the next claim could go to, the best last, because the last is tried first."""
        fits = [at for at, taker in enumerate(takers) if taker in claim and left[at] > 0]
        if not fits:
            yield place + 1, left, (-1, chain)
        for at in sorted(fits, key=lambda at: _fit(left[at], claim[takers[at]]), reverse=True):
            rest = max(0, left[at] - claim[takers[at]])
            yield place + 1, (*left[:at], rest, *left[at + 1 :]), (takers[at], chain)

    def _completed(self, chosen: Mapping[int, int]) -> tuple[int, ...]:
        """What nobody chosen needs goes to those not served, in order, and then to the first that may have it."""
        got = [0] * len(self._demands)
        for n, taker in chosen.items():
            got[taker] += self._claims[n][taker]
        takers = dict(chosen)
        for n in range(len(self._claims)):
            if n not in takers:
                claim = self._claims[n]
                short = [taker for taker in sorted(claim) if got[taker] < self._demands[taker]]
                takers[n] = short[0] if short else min(claim)
                got[takers[n]] += claim[takers[n]]
        return tuple(takers[n] for n in range(len(self._claims)))


# The taker of the last claim (-1 for none) and the chain before, so that ways share what they have in common.
_Chain = tuple[int, "_Chain"] | None


def _unwound(chain: _Chain, order: Sequence[int]) -> dict[int, int]:
    choices = []
    while chain is not None:
        taker, chain = chain
        choices.append(taker)
    return {order[place]: taker for place, taker in enumerate(reversed(choices)) if taker >= 0}


def _fit(need: int, minutes: int) -> tuple[int, int]:
    """Sorts what a claim fills, by how little is to spare; then what it does not, the largest need first."""
    return (0, minutes - need) if minutes >= need else (1, -need)


class _Bound:
    """What the claims from a place on could bring to each need, and to all, if they were divided."""

    def __init__(self, claims: Claims, takers: Sequence[int]) -> None:
        each = [[at] for at in range(len(takers))]
        self._groups = [*each, [*range(len(takers))]] if len(takers) > 1 else each
        self._rest = [self._summed(claims, [takers[at] for at in group]) for group in self._groups]

    def _summed(self, claims: Claims, takers: Sequence[int]) -> list[int]:
        rest = [0]
        for claim in reversed(claims):
            rest.append(rest[-1] + max((claim.get(taker, 0) for taker in takers), default=0))
        return rest[::-1]

    def allows(self, place: int, left: Sequence[int]) -> bool:
        """Whether what is left could do."""
        pairs = zip(self._groups, self._rest, strict=True)
        return all(sum(left[at] for at in group) <= rest[place] for group, rest in pairs)
