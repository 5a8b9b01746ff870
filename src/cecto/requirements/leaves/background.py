"""The leaves that read what a person brings or is linked to: years, held, paid, linked, attest and score."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import product

from cecto.requirements.case import Case
from cecto.requirements.document import Attest, Held, Leaf, Linked, Paid, Score, Years
from cecto.requirements.facts import NO_FACET, Activity, Background
from cecto.requirements.filters import Subject, predicate
from cecto.requirements.leaves.counts import extended_bounds
from cecto.requirements.leaves.joint import fits
from cecto.requirements.leaves.judged import candidates, may_still
from cecto.requirements.leaves.tally import Tally, result
from cecto.requirements.results import Result
from cecto.requirements.statuses import Reason
from cecto.requirements.telling import Telling

DAYS_PER_YEAR, DAYS_PER_MONTH = 365, 30


def _known(case: Case, leaf: Leaf, kind: str, of: Iterable[str]) -> list[Background]:
    """What was said of the person by the date asked, in the leaf's window and as its filter asks."""
    start, end = extended_bounds(case, leaf)
    fits = predicate(leaf.where) if leaf.where else None
    return [
        fact
        for fact in case.facts.background
        if fact.kind == kind and fact.of in of and fact.recorded_at <= case.known_at and fact.on <= case.true_on
        if start <= fact.on < end and (fits is None or fits(_subject(fact.kind, fact.of, fact.on)))
    ]


def _subject(kind: str, of: str, on: date) -> Subject:
    """A fact as filters see it: an item of its own name, checked by whoever recorded it."""
    return Subject(kind, Activity(of, "credential", item=of), NO_FACET, True, on)


def _open(case: Case, leaf: Leaf, kind: str, words: Iterable[str]) -> bool:
    """Whether the record may still grow: no schedule tells."""
    start, end = extended_bounds(case, leaf, ahead=True)
    first = max(start, case.true_on)
    if first >= end:
        return False
    fits = predicate(leaf.where) if leaf.where else None
    days = case.rules.matcher.turns(first, end)
    return fits is None or any(fits(_subject(kind, of, day)) for of, day in product(words, days))


def measure_years(case: Case, leaf: Years) -> Result:
    """The result of a years leaf, in days of experience stated by the date asked; a year is 365 days."""
    days = sum(fact.amount for fact in _known(case, leaf, "years", {leaf.of}))
    months, rest = divmod(leaf.at_least.months, 12)
    target = months * DAYS_PER_YEAR + rest * DAYS_PER_MONTH + leaf.at_least.days
    tally = Tally(more_may_come=_open(case, leaf, "years", {leaf.of}))
    return result(case, leaf, tally, target, "days", value=days)


def measure_held(case: Case, leaf: Held) -> Result:
    """The result of a held leaf: any one of the words, in the background or as a verified credential entry."""
    tally = Tally()
    for word in leaf.any_of:
        for item, _ in candidates(case, leaf, "held", word, tally):
            tally.use(item, 1)
    known = _known(case, leaf, "held", set(leaf.any_of))
    on_file = [*(item.activity.item for item in tally.done), *(fact.of for fact in known)]
    tally.tell(about=tuple(on_file) or leaf.any_of)
    tally.more_may_come = _open(case, leaf, "held", leaf.any_of)
    tally.more_may_come |= any(may_still(case, leaf, "held", word) for word in leaf.any_of)
    return result(case, leaf, tally, 1, "count", value=min(1, tally.total + len(known)))


def measure_paid(case: Case, leaf: Paid) -> Result:
    """The result of a paid leaf, in whole dollars."""
    paid = sum(fact.amount for fact in _known(case, leaf, "paid", {leaf.of}))
    tally = Tally(more_may_come=_open(case, leaf, "paid", {leaf.of}))
    return result(case, leaf, tally, leaf.at_least, "dollars", value=paid)


def measure_linked(case: Case, leaf: Linked) -> Result:
    """The result of a linked leaf: different people linked on the date asked, or on the last that counts.

    That is the last of the class, or of the renewal cycle, or of the leaf's window if that ends before.
    """
    start, end = extended_bounds(case, leaf)
    end = min(end, case.cycle_end or case.facts.class_end)
    day = min(case.true_on, end - timedelta(days=1))
    people = {partner.person for partner in case.facts.partners if fits(partner, leaf.link) and partner.linked_on(day)}
    tally = Tally(more_may_come=case.true_on < end, told=Telling(about=(leaf.link.relation,)))
    return result(case, leaf, tally, leaf.at_least, "count", value=len(people) if day >= start else 0)


def measure_attest(case: Case, leaf: Attest) -> Result:
    """The result of an attest leaf: how many different people of that sort attested the document.

    Who they are is said beside the sort; those of whom nothing more is said are one.
    """
    tally = Tally()
    signed: set[frozenset[str]] = set()
    for item, entry in candidates(case, leaf, "attested", leaf.document, tally):
        who = frozenset(entry.by) - {leaf.by}
        if leaf.by in entry.by and who not in signed:
            signed.add(who)
            tally.use(item, 1)
        elif leaf.by in entry.by:
            tally.refuse(item, 0, Reason.DUPLICATE, "The same person signed it before.")
        else:
            tally.refuse(item, 1, Reason.OUTCOME, f"Not attested by the {leaf.by}.")
    tally.tell(about=(leaf.by,))
    tally.more_may_come = may_still(case, leaf, "attested", leaf.document)
    return result(case, leaf, tally, leaf.at_least, "count", value=tally.total)


def measure_score(case: Case, leaf: Score) -> Result:
    """The result of a score leaf: the best of the attempts that count; the best attempt is used, with its points."""
    tally = Tally()
    found = [(item, entry) for item, entry in candidates(case, leaf, "scored", leaf.of, tally)]
    allowed = found[: leaf.attempts] if leaf.attempts else found
    best = max((entry.score or 0 for _, entry in allowed), default=0)
    for item, entry in found:
        points = entry.score or 0
        if (item, entry) not in allowed:
            tally.refuse(item, points, Reason.OVER_CAP, f"Only {leaf.attempts} attempts count.")
        elif points == best and not tally.used:
            tally.use(item, points)
        else:
            tally.refuse(item, points, Reason.DUPLICATE, "Another attempt scored as high or higher.")
    attempts_left = not leaf.attempts or len(found) < leaf.attempts
    tally.more_may_come = attempts_left and may_still(case, leaf, "scored", leaf.of)
    end = extended_bounds(case, leaf, ahead=True)[1]
    ahead = [item for item in case.coming if item.activity.item == leaf.of and item.on < end][:1]
    tally.coming = [(item, max(0, leaf.scale[1] - best)) for item in ahead] if tally.more_may_come else []
    tally.tell(tries=max(0, leaf.attempts - len(found)) if leaf.attempts else None)
    return result(case, leaf, tally, leaf.at_least, "points", value=best)
