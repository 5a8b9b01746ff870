"""The `rate` leaf: credited minutes as a share of a denominator that the definition names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cecto.requirements.case import Case, Item
from cecto.requirements.document import Rate
from cecto.requirements.leaves.counts import extended_bounds
from cecto.requirements.leaves.prospects import prospects
from cecto.requirements.leaves.tally import Tally, result
from cecto.requirements.minutes.allocation import first_refusal
from cecto.requirements.results import Result
from cecto.requirements.statuses import Reason


@dataclass(slots=True)
class _Share:
    """Minutes that count and minutes they are measured against, as asked today."""

    credited: int = 0
    against: int = 0


def measure_rate(case: Case, leaf: Rate) -> Result:
    """The result of a rate leaf, in minutes: `of` is the denominator, the target is the share of it asked for.

    taken: what was settled for this person. to-date: that and what was due by the date asked. all, event: all that
    the class, or the event, offers. Excused absences count as the definition says.
    """
    tally = Tally()
    share = _settled(case, leaf, tally)
    ahead = [item for item in case.listed if _matches(case, leaf, item) and not _dropped(case, leaf, item)]
    due = [item for item in ahead if item.on <= case.true_on]
    share.against += _offered(ahead if leaf.denominator in {"all", "event"} else due if _to_date(leaf) else ())
    ahead_ids = {item.id for item in ahead}
    tally.coming = [(item, item.minutes) for item in case.coming if item.id in ahead_ids]
    final = share.against if leaf.denominator in {"all", "event"} else share.against + _growth(leaf, tally, due)
    target = needed(share.against, leaf.at_least)
    if share.credited < target:
        target = needed(final, leaf.at_least)
    tally.makeup = _could_be_made_up(case, leaf)
    # Sessions held besides raise any share that is asked for but the whole.
    tally.more_may_come = leaf.at_least < 100 and any(way.kind == "attended" for way in prospects(case, leaf))
    tally.tell(percent=leaf.at_least)
    return result(case, leaf, tally, max(target, 1), "minutes", value=share.credited, of=share.against)


def _could_be_made_up(case: Case, leaf: Rate) -> int:
    """Missed minutes of what is reckoned with that make-ups could still give back."""
    need, matcher = case.rules.bits[leaf.id], case.rules.matcher
    start, end = extended_bounds(case, leaf)
    total = 0
    for missed in case.makeups.open():
        entry = missed.entry
        mask = matcher.mask(entry.activity, "makeup", entry.verified, entry.occurred_on)
        if mask & need == need and start <= entry.occurred_on < end:
            total += missed.left
    return total


def needed(minutes: int, percent: int) -> int:
    """The least whole minutes that are that percent of `minutes`."""
    return -(-minutes * percent // 100)


def _to_date(leaf: Rate) -> bool:
    return leaf.denominator == "to-date"


def _growth(leaf: Rate, tally: Tally, due: list[Item]) -> int:
    """Minutes by which the denominator grows while what is coming is taken."""
    counted = {item.id for item in due} if _to_date(leaf) else set()
    return _offered(item for item, _ in tally.coming if item.id not in counted)


def _offered(items: Iterable[Item]) -> int:
    return sum(item.offered for item in items)


# Entries that take no part in the share, neither in what was offered nor in what was credited.
_NO_PART = frozenset({Reason.REVERSED, Reason.USED_ELSEWHERE, Reason.OUTSIDE_WINDOW})


def _settled(case: Case, leaf: Rate, tally: Tally) -> _Share:
    share = _Share()
    start, end = extended_bounds(case, leaf)
    changed = case.changes_of(leaf)
    for item in case.items:
        if item.id not in changed.accepted and not _matches(case, leaf, item, windowed=False):
            continue
        accepted = item.id in changed.accepted and not item.void
        refusal = None if accepted else first_refusal(item, start, end)
        if item.id in changed.excluded:
            tally.refuse(item, item.claim, Reason.EXCLUDED, "Excluded by an exception.")
        elif refusal and refusal.reason in _NO_PART:
            tally.refuse(item, item.claim, refusal.reason, refusal.because)
        elif _dropped(case, leaf, item):
            tally.refuse(item, item.claim, Reason.EXCUSED, "The absence is excused and leaves the reckoning.")
        else:
            _take(case, leaf, item, share, tally)
    return share


def _take(case: Case, leaf: Rate, item: Item, share: _Share, tally: Tally) -> None:
    minutes = item.minutes
    if leaf.excused == "as-present" and item.unit in case.excused:
        minutes = max(minutes, item.offered)
    share.against += item.offered
    share.credited += minutes
    if minutes:
        tally.use(item, minutes)
    if item.claim > minutes or not minutes:
        tally.refuse(item, max(0, item.claim - minutes), item.reason or Reason.ABSENT, item.because or "Not present.")


def _dropped(case: Case, leaf: Rate, item: Item) -> bool:
    return leaf.excused == "out" and item.unit in case.excused and item.claim == 0


def _matches(case: Case, leaf: Rate, item: Item, *, windowed: bool = True) -> bool:
    """Attendance, and make-ups by what they stand for, of what the leaf asks for; `windowed` of what is to come."""
    start, end = extended_bounds(case, leaf, ahead=True)
    need = case.rules.bits[leaf.id]
    fits = item.kind in {"attended", "makeup"} and item.stands_mask & need == need
    return fits and (not windowed or start <= item.on < end)
