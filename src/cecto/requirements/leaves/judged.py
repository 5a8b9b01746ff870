"""The leaves that read a judgment: a panel's `verdict`, and a `credential` held."""

from __future__ import annotations

from datetime import timedelta

from cecto.requirements.case import Case, Item
from cecto.requirements.document import Credential, Leaf, Verdict
from cecto.requirements.english.amounts import day as written
from cecto.requirements.facts import Entry
from cecto.requirements.filters import asks_whether
from cecto.requirements.leaves.counts import extended_bounds
from cecto.requirements.leaves.judgments import UNVERIFIED, judges
from cecto.requirements.leaves.prospects import Time, matching
from cecto.requirements.leaves.tally import Tally, result
from cecto.requirements.minutes.allocation import gone
from cecto.requirements.results import Reason, Result


def candidates(case: Case, leaf: Leaf, kind: str, item_code: str, tally: Tally) -> list[tuple[Item, Entry]]:
    """The live entries of that kind about that item; those void, excluded or out of time are refused to `tally`."""
    need = case.rules.bits[leaf.id]
    changed = case.changes_of(leaf)
    start, end = extended_bounds(case, leaf)
    asks_verified = asks_whether("verified", leaf.where)
    found = []
    for item in case.items:
        if item.entry is None:
            continue
        matches = item.kind == kind and item.activity.item == item_code and item.mask & need == need
        if not matches and item.id not in changed.accepted:
            continue
        if item.void:
            lost = gone(item)
            tally.refuse(item, 1, lost.reason or Reason.REVERSED, lost.because)
        elif item.id in changed.excluded:
            tally.refuse(item, 1, Reason.EXCLUDED, "Excluded by an exception.")
        elif not start <= item.on < end and item.id not in changed.accepted:
            tally.refuse(item, 1, Reason.OUTSIDE_WINDOW, "Outside the dates that count.")
        elif not item.entry.verified and not asks_verified and item.id not in changed.accepted:
            tally.refuse(item, 1, Reason.UNVERIFIED, UNVERIFIED.because)
        else:
            found.append((item, item.entry))
    return found


def may_still(case: Case, leaf: Leaf, kind: str, item_code: str) -> bool:
    """Whether an entry of that kind about that item, dated from now on, would still count."""
    start, end = extended_bounds(case, leaf, ahead=True)
    time = Time(max(start, case.true_on), end, True)
    return not time.over and bool(matching(case, leaf, (kind,), time, item_code))


def measure_verdict(case: Case, leaf: Verdict) -> Result:
    """The result of a verdict leaf: how many judges, by their latest verdict, gave the outcome asked for."""
    tally = Tally()
    found = candidates(case, leaf, "verdict", leaf.of, tally)
    latest = {judge: entry.id for item, entry in found for judge in judges(item)}
    for item, entry in found:
        _judge(tally, leaf, item, entry, [judge for judge in judges(item) if latest[judge] == entry.id])
    short = max(0, leaf.panel - tally.total)
    tally.more_may_come = may_still(case, leaf, "verdict", leaf.of)
    tally.coming = [(item, short) for item in _to_judge(case, leaf)][:1] if tally.more_may_come else []
    turned_in = [item.on for item, _ in tally.coming if item.entry is not None]
    tally.tell(turned_in=turned_in[0] if turned_in else None)
    return result(case, leaf, tally, leaf.panel, "count", value=tally.total)


def _to_judge(case: Case, leaf: Verdict) -> list[Item]:
    """The piece of work: handed in and waiting for judges, or still due."""
    handed_in = [item for item in case.items if item.kind == "accepted" and not item.void]
    end = extended_bounds(case, leaf, ahead=True)[1]
    return [item for item in (*handed_in, *case.coming) if item.activity.item == leaf.of and item.on < end]


def _judge(tally: Tally, leaf: Verdict, item: Item, entry: Entry, standing: list[str]) -> None:
    accepted_outright = entry.kind != "verdict"
    if not standing:
        tally.refuse(item, 0, Reason.DUPLICATE, "The same judges gave a later verdict.")
    elif accepted_outright or entry.outcome == leaf.outcome:
        tally.use(item, len(standing))
    else:
        tally.refuse(item, len(standing), Reason.OUTCOME, f"The verdict was {entry.outcome or 'not given'}.")


def measure_credential(case: Case, leaf: Credential) -> Result:
    """The result of a credential leaf: one such credential, verified, and valid on the date asked."""
    tally = Tally()
    for item, entry in candidates(case, leaf, "held", leaf.credential, tally):
        expired = leaf.valid and entry.valid_until is not None and entry.valid_until <= case.true_on
        if expired and entry.valid_until:
            tally.refuse(item, 1, Reason.EXPIRED, f"Expired {written(entry.valid_until - timedelta(days=1))}.")
        else:
            tally.use(item, 1)
            tally.tell(until=entry.valid_until - timedelta(days=1) if entry.valid_until else None)
    tally.more_may_come = may_still(case, leaf, "held", leaf.credential)
    return result(case, leaf, tally, 1, "count", value=min(1, tally.total))
