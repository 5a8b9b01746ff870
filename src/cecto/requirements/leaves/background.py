"""The leaves that read what a person brings or is linked to: years, held, paid, linked, attest and score."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from cecto.requirements.case import Case
from cecto.requirements.document import Attest, Held, Leaf, Linked, Paid, Score, Years
from cecto.requirements.facts import Background
from cecto.requirements.leaves.counts import extended_bounds
from cecto.requirements.leaves.joint import fits
from cecto.requirements.leaves.judged import candidates
from cecto.requirements.leaves.tally import Tally, result
from cecto.requirements.results import Result
from cecto.requirements.statuses import Reason

DAYS_PER_YEAR, DAYS_PER_MONTH = 365, 30


def _known(case: Case, kind: str, of: Iterable[str]) -> list[Background]:
    return [
        fact
        for fact in case.facts.background
        if fact.kind == kind and fact.of in of and fact.recorded_at <= case.known_at and fact.on <= case.true_on
    ]


def _open(case: Case, leaf: Leaf) -> bool:
    """Whether the record may still grow: no schedule tells."""
    return case.true_on < extended_bounds(case, leaf)[1]


def measure_years(case: Case, leaf: Years) -> Result:
    """The result of a years leaf, in days of experience stated by the date asked; a year is 365 days."""
    days = sum(fact.amount for fact in _known(case, "years", {leaf.of}))
    months, rest = divmod(leaf.at_least.months, 12)
    target = months * DAYS_PER_YEAR + rest * DAYS_PER_MONTH + leaf.at_least.days
    return result(case, leaf, Tally(), target, "days", value=days, more_may_come=_open(case, leaf))


def measure_held(case: Case, leaf: Held) -> Result:
    """The result of a held leaf: any one of the words, in the background or as a verified credential entry."""
    tally = Tally()
    for word in leaf.any_of:
        for item, _ in candidates(case, leaf, "held", word, tally):
            tally.use(item, 1)
    found = tally.total + len(_known(case, "held", set(leaf.any_of)))
    return result(case, leaf, tally, 1, "count", value=min(1, found), more_may_come=_open(case, leaf))


def measure_paid(case: Case, leaf: Paid) -> Result:
    """The result of a paid leaf, in whole dollars."""
    paid = sum(fact.amount for fact in _known(case, "paid", {leaf.of}))
    return result(case, leaf, Tally(), leaf.at_least, "dollars", value=paid, more_may_come=_open(case, leaf))


def measure_linked(case: Case, leaf: Linked) -> Result:
    """The result of a linked leaf: different people linked on the date asked, at the latest on the class's last day."""
    day = min(case.true_on, case.facts.class_end - timedelta(days=1))
    people = {partner.person for partner in case.facts.partners if fits(partner, leaf.link) and partner.linked_on(day)}
    return result(case, leaf, Tally(), leaf.at_least, "count", value=len(people), more_may_come=_open(case, leaf))


def measure_attest(case: Case, leaf: Attest) -> Result:
    """The result of an attest leaf: different entries of that document attested by that sort of person."""
    tally = Tally()
    for item, entry in candidates(case, leaf, "attested", leaf.document, tally):
        if leaf.by in entry.by:
            tally.use(item, 1)
        else:
            tally.refuse(item, 1, Reason.OUTCOME, f"Not attested by the {leaf.by}.")
    return result(case, leaf, tally, leaf.at_least, "count", value=tally.total, more_may_come=_open(case, leaf))


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
    more = (not leaf.attempts or len(found) < leaf.attempts) and _open(case, leaf)
    ahead = [item for item in case.coming if item.activity.item == leaf.of][:1]
    tally.coming = [(item, max(0, leaf.scale[1] - best)) for item in ahead] if more else []
    return result(case, leaf, tally, leaf.at_least, "points", value=best, more_may_come=more)
