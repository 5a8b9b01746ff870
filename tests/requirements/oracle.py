"""The slow and obvious evaluator that the real one must agree with: no bits, no memory, straight from the rules."""

from __future__ import annotations

from datetime import date

from cecto.requirements import Entry
from tests.requirements.worlds import END, START, Asked, Leaf, Tree, World

EVERYTHING = Asked()


def worth(world: World, entry: Entry) -> int:
    """Credited minutes of one entry alone."""
    minutes = entry.attended
    if entry.kind == "attended" and entry.attended > 0:
        if entry.offered - entry.attended <= world.grace:
            minutes = entry.offered
        elif world.partial:
            minutes = entry.offered if entry.attended * 100 >= world.partial * entry.offered else 0
    return minutes // world.step * world.step


def worths(world: World, standing: list[Entry]) -> dict[str, int]:
    """Credited minutes of each entry. Those of one part of a session are one, and its minutes are dealt one by one:

    first for minutes they were there, then for minutes they were not but the policy gives.
    """
    parts: dict[object, list[Entry]] = {}
    for entry in standing:
        part = (entry.activity.meeting, entry.activity.segment) if entry.kind == "attended" else entry.id
        parts.setdefault(part, []).append(entry)
    dealt: dict[str, int] = {}
    for found in parts.values():
        attended, offered = sum(e.attended for e in found), sum(e.offered for e in found)
        minutes = worth(world, found[0]._replace(attended=attended, offered=offered))
        hands = [e.id for e in found for _ in range(e.attended)]
        hands += [e.id for e in found for _ in range(e.offered - e.attended)]
        dealt |= {e.id: hands[:minutes].count(e.id) for e in found}
    return dealt


def live(ledger: tuple[Entry, ...]) -> list[Entry]:
    """Entries neither reversed nor reversals, in order."""
    gone = {entry.reverses for entry in ledger}
    kept = [entry for entry in ledger if not entry.reverses and entry.id not in gone]
    return sorted(kept, key=lambda entry: (entry.occurred_on, entry.id))


def credited(world: World, ledger: tuple[Entry, ...]) -> list[tuple[Entry, int, date, str]]:
    """(entry, minutes, the date windows judge, the meeting or item it counts for), make-ups held to what was missed."""
    standing = live(ledger)
    given: dict[str, int] = {}
    values = worths(world, standing)
    found = []
    for entry in standing:
        minutes, day, unit = values[entry.id], entry.occurred_on, entry.activity.unit
        if entry.kind == "makeup":
            missed = [e for e in standing if e.kind == "attended" and e.activity.unit == entry.replaces]
            missed = [e for e in missed if e.offered > values[e.id]]
            total = sum(e.offered - values[e.id] for e in missed)
            minutes = min(minutes, total - given.get(entry.replaces, 0))
            given[entry.replaces] = given.get(entry.replaces, 0) + minutes
            if missed:
                day, unit = missed[0].occurred_on, missed[0].activity.unit
        found.append((entry, minutes, day, unit))
    return found


def pooled(world: World, ledger: tuple[Entry, ...]) -> dict[str, int]:
    """Minutes of each entry that the pool lets through."""
    left = [most for _, most in world.caps]
    through = {}
    for entry, minutes, day, _ in credited(world, ledger):
        if world.window and not START <= day < END:
            continue
        caps = [n for n, (asked, _) in enumerate(world.caps) if asked.matches(entry)]
        minutes = min([minutes, *(left[n] for n in caps)])
        for n in caps:
            left[n] -= minutes
        through[entry.id] = minutes
    return through


def value(world: World, leaf: Leaf, ledger: tuple[Entry, ...]) -> int:
    """What a leaf sums or counts."""
    if leaf.measure == "hours":
        through = pooled(world, ledger)
        return sum(through.get(entry.id, 0) for entry in live(ledger) if leaf.asked.matches(entry))
    return len(counted(world, leaf, ledger))


def counted(world: World, leaf: Leaf, ledger: tuple[Entry, ...]) -> set[str]:
    """Meetings and items credited enough; a make-up counts for what it replaces, by what that was."""
    standing = live(ledger)
    values = worths(world, standing)
    units: dict[str, list[tuple[Entry, int]]] = {}
    for entry, minutes, _, unit in credited(world, ledger):
        stands_for = entry
        if entry.kind == "makeup":
            missed = [e for e in standing if e.kind == "attended" and e.activity.unit == entry.replaces]
            missed = [e for e in missed if e.offered > values[e.id]]
            stands_for = missed[0] if missed else entry
        if leaf.asked.matches(stands_for):
            units.setdefault(unit, []).append((entry, minutes))
    return {unit for unit, found in units.items() if _enough(leaf, found)}


def missed(ledger: tuple[Entry, ...], percent: int) -> set[str]:
    """Meetings that somebody was to attend and, with make-ups, was not credited so much of."""
    plain = World(partial=0, grace=0, step=1, window=False, caps=(), tree=Tree("none", 1, ()))
    counting = Leaf("missed", "count", EVERYTHING, 0, percent)
    asked = [entry.activity.unit for entry in live(ledger) if entry.kind == "attended"]
    there = counted(plain, counting, ledger)
    return {unit for unit in asked if unit not in there}


def _enough(leaf: Leaf, found: list[tuple[Entry, int]]) -> bool:
    if any(entry.kind == "accepted" for entry, _ in found):
        return True
    minutes = sum(minutes for _, minutes in found)
    offered = sum(_offered(entry) for entry, _ in found)
    return minutes > 0 and minutes * 100 >= leaf.credited * offered


def _offered(entry: Entry) -> int:
    return 0 if entry.kind == "makeup" and entry.replaces else entry.offered


def met(world: World, node: Leaf | Tree, ledger: tuple[Entry, ...]) -> bool:
    """Whether the node is met."""
    if isinstance(node, Leaf):
        return value(world, node, ledger) >= node.at_least
    return sum(met(world, part, ledger) for part in node.parts) >= node.at_least


def leaves(node: Leaf | Tree) -> list[Leaf]:
    """All leaves below."""
    return [node] if isinstance(node, Leaf) else [leaf for part in node.parts for leaf in leaves(part)]
