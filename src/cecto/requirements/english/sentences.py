"""One plain sentence or two per result, for people who never see the tree: where it is, then what is coming.

A part's sentence has no "you": the person, the coordinator, the officer and the certificate's record read the same one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cecto.requirements.english import leafsentences as leaf
from cecto.requirements.english.amounts import day, listed, number, opening, shortened
from cecto.requirements.statuses import Status, rank

if TYPE_CHECKING:
    from cecto.requirements.results import Result

_GROUPS = {"all", "any", "of"}


def sentence_of(result: Result) -> str:
    """Where one result stands."""
    told = result.telling
    if result.status is Status.NOT_APPLICABLE:
        return f"Not required: this is asked only of {told.about[0]}." if told.about else "Not required."
    if result.status is Status.WAIVED:
        by = f" ({told.granted[0]}, {day(told.granted[1])})" if told.granted else ""
        return f"Done, by exception: not required{by}."
    if result.status is Status.UNDECIDED and result.measure not in _GROUPS:
        return _undecided(result)
    if result.status is Status.IMPOSSIBLE and result.either:
        return f"{_either(result)}{_exception(result)}"
    if result.status is Status.IMPOSSIBLE and result.decided_by:
        return f"Can't be finished. {opening(result.decided_by)} decides: {listed(map(_spaced, result.outcomes))}."
    said = _group(result) if result.measure in _GROUPS else leaf.sentence(result)
    return said + (_exception(result) if result.status is Status.IMPOSSIBLE else "")


def _spaced(code: str) -> str:
    return code.replace("-", " ")


def _exception(result: Result) -> str:
    if result.telling.offices:
        return f" {opening(listed(result.telling.offices))} can grant an exception."
    return (
        "" if result.telling.excusable or result.measure in _GROUPS else " The program rules allow no exception here."
    )


def _undecided(result: Result) -> str:
    said = _either(result) if result.either else "There are too many ways to divide these items."
    chooser = opening(listed(result.telling.offices)) if result.telling.offices else "Someone"
    return f"{said} {chooser} must choose."


def _either(result: Result) -> str:
    choices = listed(f"“{' and '.join(titles)}”" for titles in result.either)
    all_of_them = "both" if len(result.either) == 2 else "all of them"
    return f"Some items can count for {choices}, not for {all_of_them}."


def _group(result: Result) -> str:
    if result.status is Status.MET:
        return _group_done(result)
    if result.measure == "any":
        return _any(result)
    part_of = f"{result.value} of {result.target} needed."
    if result.measure == "all":
        part_of = f"{result.value} of {number(result.target, 'part')} done."
    waiting = [child for child in result.children if not child.status.satisfied]
    if result.status is Status.IMPOSSIBLE:
        lost = _with_status(waiting, Status.IMPOSSIBLE)
        return f"{part_of} Can't be finished: {lost}." if result.measure == "of" else _lost(lost)
    return f"{part_of} {_waiting(result, waiting)}"


def _lost(titles: str) -> str:
    return f"Can't be finished as scheduled: {titles}." if titles else "Can't be finished as scheduled."


def _waiting(result: Result, waiting: list[Result]) -> str:
    """What the rest of a group waits for."""
    if result.status is Status.UNDECIDED:
        return f"Needs a choice: {_with_status(waiting, Status.UNDECIDED)}."
    if result.status is Status.OPEN:
        return f"Needs attention: {_with_status(waiting, Status.OPEN, Status.IMPOSSIBLE, Status.UNDECIDED)}."
    if result.measure == "of":
        return f"On track: {_with_status(waiting, Status.PENDING)}."
    return "The rest is on track."


def _with_status(results: list[Result], *statuses: Status) -> str:
    return shortened(result.title for result in results if result.status in statuses)


def _group_done(result: Result) -> str:
    done = [child for child in result.children if child.status in {Status.MET, Status.WAIVED}]
    if result.measure == "any":
        return f"Done: {done[0].title}." if done else "Done."
    if result.measure == "of":
        return f"Done: {result.value} of {len(result.children)} ({result.target} needed)."
    if result.target == 1:
        return "Done."
    return "Both parts done." if result.target == 2 else f"All {result.target} parts done."


def _any(result: Result) -> str:
    asked = [child for child in result.children if child.status is not Status.NOT_APPLICABLE]
    if result.status is Status.IMPOSSIBLE:
        ways = f"None of the {len(asked)} ways" if len(asked) > 1 else "The only way"
        return f"{ways} can{'' if len(asked) > 1 else 'not'} be finished as scheduled."
    best = max(asked, key=lambda child: (rank(child.status), _share(child)), default=None)
    enough = f"One of {len(asked)} is enough."
    if best is None:
        return enough
    if result.status is Status.PENDING:
        return f"On track through {best.title}. {enough}" if len(asked) > 1 else f"On track through {best.title}."
    return f"{enough} Closest: {best.title}."


def _share(result: Result) -> float:
    return result.value / result.target if result.target else 0.0
