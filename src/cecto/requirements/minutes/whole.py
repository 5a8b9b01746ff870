"""Whole entries to one requirement each: an exact search with a bound, that says when it does not know.

Choosing whole entries for several targets is as hard as packing, so no greedy rule is right. The search keeps every
combination of totals that no other combination matches or beats; when there are too many, the answer is undecided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cecto.requirements.minutes.flows import serve

# Combinations kept at once. Sixty entries of a few sizes stay below it; it bounds the time to about a second.
MOST_STATES = 1_000

Totals = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who gets each claim, and the takers for which another answer is as right or was not ruled out.

    `either` are the sets of takers that could be served together, when several are equally good.
    """

    takers: tuple[int, ...]
    undecided: frozenset[int]
    either: tuple[frozenset[int], ...] = ()


def assign(claims: Sequence[Mapping[int, int]], demands: Sequence[int]) -> Assignment:
    """Give each claim (minutes by taker) to one taker so that as many demands as can be are met.

    A taker is undecided when it is served in some best answers and not in others, or when the search was cut short
    before all demands were met and splitting would meet them.
    """
    order = sorted(range(len(claims)), key=lambda n: (len(claims[n]), -max(claims[n].values()), n))
    states, complete = _search([claims[n] for n in order], demands)
    best = max(states, key=lambda totals: (sum(_met(totals, demands)), _met(totals, demands), totals))
    takers = dict(zip(order, _unwind(states[best]), strict=True))
    chosen = tuple(takers[n] for n in range(len(claims)))
    served = _served(best, demands)
    if not complete and len(served) < len(demands):
        return Assignment(chosen, frozenset(_possible(claims, demands) - served))
    either = {_served(totals, demands) for totals in states if len(_served(totals, demands)) == len(served)}
    undecided = frozenset().union(*either) - frozenset.intersection(*either)
    return Assignment(chosen, undecided, tuple(sorted(either, key=sorted)) if undecided else ())


# A state's history: the taker of its last claim and the history before, so that states share what they have in common.
Path = tuple[int, "Path"] | None


def _search(claims: Sequence[Mapping[int, int]], demands: Sequence[int]) -> tuple[dict[Totals, Path], bool]:
    """Every reachable combination of totals, each cut at its demand; False when some were dropped."""
    states: dict[Totals, Path] = {(0,) * len(demands): None}
    complete = True
    goal = tuple(demands)
    for claim in claims:
        if goal in states:  # all is met: the rest may go anywhere
            states = {goal: (min(claim), states[goal])}
            continue
        reached: dict[Totals, Path] = {}
        for totals, path in states.items():
            for taker in sorted(claim):
                reached.setdefault(_add(totals, taker, claim[taker], demands), (taker, path))
        states = _undominated(reached)
        if len(states) > MOST_STATES:
            states, complete = _widest(states), False
    return states, complete


def _add(totals: Totals, taker: int, minutes: int, demands: Sequence[int]) -> Totals:
    raised = min(demands[taker], totals[taker] + minutes)
    return (*totals[:taker], raised, *totals[taker + 1 :])


def _undominated(states: Mapping[Totals, Path]) -> dict[Totals, Path]:
    """Without those that another matches or beats in every total; exact for two takers, cheap for more."""
    ordered = sorted(states, reverse=True)
    kept: dict[Totals, Path] = {}
    highest: dict[Totals, int] = {}
    for totals in ordered:
        middle, last = totals[1:-1], totals[-1]
        if last > highest.get(middle, -1):
            highest[middle] = last
            kept[totals] = states[totals]
    return kept


def _widest(states: Mapping[Totals, Path]) -> dict[Totals, Path]:
    chosen = sorted(states, key=lambda totals: (sum(totals), totals), reverse=True)[: MOST_STATES // 2]
    return {totals: states[totals] for totals in chosen}


def _met(totals: Totals, demands: Sequence[int]) -> tuple[bool, ...]:
    return tuple(total >= demand for total, demand in zip(totals, demands, strict=True))


def _served(totals: Totals, demands: Sequence[int]) -> frozenset[int]:
    return frozenset(n for n, met in enumerate(_met(totals, demands)) if met)


def _possible(claims: Sequence[Mapping[int, int]], demands: Sequence[int]) -> set[int]:
    """Takers whose demand could be met if entries were split: the search was cut short, so they are not ruled out."""
    supplies: dict[frozenset[int], int] = {}
    for claim in claims:
        supplies[frozenset(claim)] = supplies.get(frozenset(claim), 0) + max(claim.values())
    flow = serve(supplies, demands)
    got = [sum(amount for (_, taker), amount in flow.items() if taker == n) for n in range(len(demands))]
    return {n for n, demand in enumerate(demands) if got[n] >= demand}


def _unwind(path: Path) -> list[int]:
    choices = []
    while path is not None:
        taker, path = path
        choices.append(taker)
    return choices[::-1]
