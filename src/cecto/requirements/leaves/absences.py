"""The `absences` leaf: at most so many sessions missed."""

from __future__ import annotations

from dataclasses import replace

from cecto.requirements.case import Case
from cecto.requirements.document import Absences
from cecto.requirements.leaves.counts import Counted, coming_once, could_be_made_up, live_units
from cecto.requirements.leaves.tally import Tally, result
from cecto.requirements.results import Reason, Result, Status


def measure_absences(case: Case, leaf: Absences) -> Result:
    """The result of an absences leaf: what counts are the sessions missed, each once, and `slack` may still be missed.

    It is met when no session of its kind is still to come, and pending until then. A session made up is not missed.
    """
    tally = Tally()
    units = live_units(case, leaf, tally, leaf.of)
    missed = {unit.unit for unit in units.values() if _missed(case, leaf, tally, unit)}
    tally.put_in_order(case.items)
    ahead = coming_once(case, leaf, set(units), leaf.of)
    makeup = could_be_made_up(case, leaf, [units[name] for name in missed], leaf.credited)
    made = result(case, leaf, tally, leaf.at_most, "count", value=len(missed))
    return replace(
        made,
        status=_status(case, len(missed) - leaf.at_most, makeup, held=bool(units), ahead=bool(ahead)),
        ceiling=True,
        target=leaf.at_most,
        remaining=0,
        possible=len(ahead),
        slack=leaf.at_most - len(missed),
        makeup=makeup,
        closers=(),
        missable_until=None,
    )


def _missed(case: Case, leaf: Absences, tally: Tally, unit: Counted) -> bool:
    """Count the session as an absence, or refuse it with the reason; its other entries count nothing."""
    first, *others = unit.items
    missed = False
    if all(item.kind == "makeup" for item in unit.items):
        tally.refuse(first, 1, Reason.MAKEUP, "Nothing was missed in that session.")
    elif unit.enough(leaf.credited):
        tally.refuse(first, 1, Reason.ATTENDED, "Attended.")
    elif leaf.excused == "out" and unit.unit in case.excused:
        tally.refuse(first, 1, Reason.EXCUSED, "The absence is excused.")
    else:
        missed = True
        tally.use(first, 1)
    for item in others:
        tally.refuse(item, 0, Reason.DUPLICATE, "Part of the same session.")
    return missed


def _status(case: Case, over: int, makeup: int, *, held: bool, ahead: bool) -> Status:
    if over > 0:
        return Status.OPEN if makeup >= over else Status.IMPOSSIBLE
    if ahead:
        return Status.PENDING
    return Status.MET if held and case.facts.schedule_final else Status.OPEN
