"""What a renewal cycle has over: of the whole, not of each requirement, and as the hours it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cecto.requirements.minutes.packing import Under, most
from cecto.requirements.results import Result


def surplus(root: Result, bound: int) -> dict[str, int]:
    """Minutes by entry, at most so many in all, without which the cycle would still be met as it was.

    An hour that several requirements count is needed by the one with least to spare; where there is a choice, hours
    that more of them count go on, and of those counted alike the last. Empty when the cycle is not met.
    """
    counting = [leaf for leaf in _met(root) if leaf.measure == "hours" and not leaf.ceiling]
    brought = _brought(counting)
    supplies: dict[Under, int] = {}
    for under, minutes in brought.values():
        supplies[under] = supplies.get(under, 0) + minutes
    spare = [leaf.value - leaf.target for leaf in counting]
    left = (
        most({under: supplies[under] for under in sorted(supplies, key=lambda u: (-len(u), u))}, [*spare, bound])
        if supplies
        else {}
    )
    found = {}
    for entry, (under, minutes) in reversed(brought.items()):
        over = min(minutes, left[under])
        if over:
            left[under] -= over
            found[entry] = over
    return found


def _brought(leaves: Sequence[Result]) -> dict[str, tuple[Under, int]]:
    """Each entry used, by which leaves (and, last, the bound), and its minutes that all of these count."""
    amounts: dict[str, dict[int, int]] = {}
    for number, leaf in enumerate(leaves):
        for use in leaf.used:
            amounts.setdefault(use.entry, {})[number] = use.amount
    return {entry: ((*sorted(by), len(leaves)), min(by.values())) for entry, by in amounts.items()}


def _met(result: Result) -> Iterator[Result]:
    """The met leaves on which a met result rests."""
    if result.status.satisfied and result.children:
        for child in result.children:
            yield from _met(child)
    elif result.status.satisfied:
        yield result
