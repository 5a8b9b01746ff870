"""The `hours` leaf: a sum of credited minutes, read from a pool, in a window, under caps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from cecto.requirements.case import Case, Item
from cecto.requirements.document import Hours
from cecto.requirements.leaves.foreseeing import foresee
from cecto.requirements.leaves.leafreader import LeafReader
from cecto.requirements.leaves.prospects import time_left
from cecto.requirements.leaves.tally import Tally, result, within
from cecto.requirements.minutes.exclusive import Share, sharing
from cecto.requirements.minutes.valuing import Grant
from cecto.requirements.results import Result, Unused, Used
from cecto.requirements.statuses import Reason


def measure_hours(case: Case, leaf: Hours) -> Result:
    """The result of an hours leaf; minutes throughout."""
    reader = LeafReader(case, leaf)
    tally = Tally()
    if leaf.use:
        carried = _read_share(case, sharing(case, leaf.use.group).shares[leaf.id], tally)
    else:
        carried = _read(case, reader, tally)
    foresee(case, leaf, reader, tally, case.changes_of(leaf).lowered(leaf.at_least or 0) - carried, carried)
    total = tally.total
    value = carried + total - total % case.rules.definition.policy.rounding.total
    if value < (leaf.at_least or 0):
        _tell_when_over(case, leaf, tally)
    if leaf.at_least is None:
        bare = result(case, leaf, tally, 0, "minutes", value=value)
        return within(bare, leaf.at_most or 0, empty_is_open=leaf.vacuous == "open")
    return result(case, leaf, tally, leaf.at_least, "minutes", value=value, carried=carried)


def _tell_when_over(case: Case, leaf: Hours, tally: Tally) -> None:
    """The last day that counted, once it is past."""
    time = time_left(case, leaf)
    if time.written and time.over:
        tally.tell(last_day=time.end - timedelta(days=1))


def _read(case: Case, reader: LeafReader, tally: Tally) -> int:
    """Fill the tally from the entries and what is coming; answers what was carried over."""
    entries, coming = reader.read()
    carried = _add(case, tally, entries)
    tally.coming = [(item, grant.minutes) for item, grant in coming if grant.minutes]
    return carried


def _read_share(case: Case, share: Share, tally: Tally) -> int:
    """As `_read`, with what the exclusive group leaves to this leaf."""
    carried = _add(case, tally, share.entries)
    tally.coming = [(item, share.coming[item.id]) for item in case.coming if item.id in share.coming]
    tally.undecided, tally.either = share.undecided, share.either
    return carried


def _add(case: Case, tally: Tally, offers: Iterable[tuple[Item, Grant]]) -> int:
    before = {item.id for item in case.carried} if case.carried else ()
    carried = 0
    for item, (minutes, reason, because, brings) in offers:
        if item.id in before:
            carried += minutes
            if minutes and item.entry:
                tally.carried.append(Used(item.entry.id, minutes))
            continue
        if minutes:
            tally.used.append(Used(item.id, minutes))
        whole = brings if brings >= 0 else max(item.claim, item.minutes)
        if whole > minutes or not minutes:
            left = max(0, whole - minutes)
            tally.unused.append(Unused(item.id, left, reason or Reason.ABSENT, because or "It grants no minutes."))
    return carried
