"""Exclusive counting: a minute serves one requirement of its group, and as many of them are met as can be.

Where several choices are equally good, the audit takes the one that is best for the whole tree: `choice` says which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cecto.requirements.case import Case, Item
from cecto.requirements.document import Group, Hours
from cecto.requirements.leaves.leafreader import LeafReader
from cecto.requirements.minutes.caps import Offer, laminar, over, sorts_of
from cecto.requirements.minutes.packing import Under
from cecto.requirements.minutes.splitting import Part, divide
from cecto.requirements.minutes.valuing import Grant
from cecto.requirements.minutes.whole import MOST_CHOICES, Assignment, assign
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
    """The shares of one exclusive group by the leaf's id, whom the choice serves, and how many are equally good."""

    shares: Mapping[str, Share]
    served: frozenset[int] = frozenset()
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
    split, demands = _split(leaves), _demands(case, leaves)
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
    return Sharing(shares, options[choice].served if options else frozenset(), max(1, len(options)))


def reached(case: Case, group: str, supposed: Sequence[Item]) -> frozenset[str]:
    """The leaves of a group that have enough if what is coming, and what is supposed besides, is done or some of it.

    Of several choices as good any may be taken (after the first, those that keep what it meets now); where all the
    leaves count alike, one that is not the first of them only if what it needs leaves it first.
    """
    leaves = case.rules.groups[group]
    split, demands = _split(leaves), _demands(case, leaves)
    read = [_read(LeafReader(case, leaf), supposed, split=split) for leaf in leaves]
    entries, ahead = case.entries(), [*case.coming, *supposed]
    given, options = _shares(read, demands, entries, ahead, 0, split=split)
    if split:
        could = [sum(offer.minutes for _, offer in (*one.entries, *one.coming)) for one in read] if ahead else []
        got = could or [sum(mine.values()) for mine in given]
        return frozenset(leaf.id for leaf, had, asked in zip(leaves, got, demands, strict=True) if had >= asked)
    if len(options) >= MOST_CHOICES:
        return frozenset(leaf.id for leaf in leaves)
    now = sharing(case, group).served if case.choices.get(group, 0) else frozenset()
    taken = kept = _keeping(options, now)
    if not ahead or _alike(case, leaves):
        taken = kept[:1]
        for option in kept[1:]:
            given, _ = _shares(read, demands, entries, ahead, options.index(option), split=False)
            needed = {key for taker in option.served for key in given[taker]}
            _, alone = _shares(read, demands, entries, [i for i in ahead if i.id in needed], 0, split=False)
            taken += _keeping(alone, now)[:1]
    return frozenset(leaves[n].id for option in taken for n in option.served | option.unknown)


def _keeping(options: Sequence[Assignment], now: frozenset[int]) -> list[Assignment]:
    """The choices that keep what is met now, if there are any."""
    return [option for option in options if now <= option.served] or list(options)


def _alike(case: Case, leaves: Sequence[Hours]) -> bool:
    """Whether the leaves are parts of one group of the tree, for which one is worth as much as another."""
    ids = {leaf.id for leaf in leaves}
    return any(ids <= {part.id for part in node.parts} for node in case.rules.nodes.values() if isinstance(node, Group))


def _split(leaves: Sequence[Hours]) -> bool:
    return all(leaf.use.split for leaf in leaves if leaf.use)


def _demands(case: Case, leaves: Sequence[Hours]) -> list[int]:
    return [case.changes_of(leaf).lowered(leaf.at_least or 0) for leaf in leaves]


def _read(reader: LeafReader, supposed: Sequence[Item] = (), *, split: bool) -> Read:
    """Caps of a leaf's own that nest are held to while minutes are divided; others before."""
    caps = reader.own_caps
    entries, coming = reader.uncapped(supposed)
    sorts = sorts_of(caps, entries, coming)
    if split and laminar(set(sorts.values()), len(caps)):
        return Read(reader, entries, coming, sorts if caps else {})
    return Read(reader, *reader.read(supposed), {})


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
