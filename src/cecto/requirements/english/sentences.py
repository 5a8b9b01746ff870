"""One plain sentence or two per result, for people who never see the tree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from cecto.requirements.statuses import Status

if TYPE_CHECKING:
    from cecto.requirements.results import Result

# What one of each measure is called.
_NOUNS = {
    "count": ("session", "sessions"),
    "each": ("item", "items"),
    "together": ("session together", "sessions together"),
    "verdict": ("judge", "judges"),
    "credential": ("credential", "credentials"),
    "attest": ("signature", "signatures"),
    "linked": ("person", "people"),
}


def hours(minutes: int) -> str:
    """Minutes as people say them, to the minute and without breaks: 45 min, 6 h, 6 h 20 min, 0 h."""
    whole, rest = divmod(minutes, 60)
    parts = [f"{whole:,}\N{NO-BREAK SPACE}h"] if whole or not rest else []
    parts += [f"{rest}\N{NO-BREAK SPACE}min"] if rest else []
    return "\N{NO-BREAK SPACE}".join(parts)


def years(days: int) -> str:
    """Days of experience as years, of 365 days: 5 years, 4.5 years, 20 days."""
    if days < 365:
        return f"{days} {'day' if days == 1 else 'days'}"
    tenths = days * 10 // 365
    number = f"{tenths // 10}" + (f".{tenths % 10}" if tenths % 10 else "")
    return f"{number} {'year' if number == '1' else 'years'}"


_UNITS: dict[str, Callable[[int], str]] = {
    "minutes": hours,
    "days": years,
    "dollars": lambda value: f"${value:,}",
    "points": lambda value: f"{value:,} {'point' if value == 1 else 'points'}",
}


def amount(value: int, result: Result) -> str:
    """A value in the result's unit."""
    if result.unit != "count":
        return _UNITS[result.unit](value)
    one, many = _NOUNS.get(result.measure, ("item", "items"))
    return f"{value:,} {one if value == 1 else many}"


def day(on: date) -> str:
    """A date as people write it: August 19, 2015."""
    return f"{on:%B} {on.day}, {on.year}"


def sentence_of(result: Result) -> str:
    """Where one result stands."""
    if result.status is Status.NOT_APPLICABLE:
        return "Not asked of this person."
    if result.status is Status.WAIVED:
        return "Waived by an exception."
    if result.ceiling:
        return _ceiling(result)
    if result.children:
        return _group(result)
    return " ".join(part for part in (_where(result), _outlook(result)) if part)


def _absences(result: Result) -> str:
    """How many were missed, how many may be, and whether more can come."""
    missed = f"{result.value:,} {'session' if result.value == 1 else 'sessions'} missed"
    if result.status is Status.IMPOSSIBLE:
        return f"{missed}; at most {result.target:,} may be, and make-ups can't close the gap."
    if result.status is Status.OPEN and result.slack < 0:
        return f"{missed}; at most {result.target:,} may be. A make-up can close the gap."
    if result.status is Status.MET:
        return f"Done: {missed} ({result.target:,} allowed)."
    nothing = "" if result.possible else " Nothing more is scheduled yet."
    return f"{missed} so far; up to {result.target:,} may be.{nothing}"


def _ceiling(result: Result) -> str:
    if result.measure == "absences":
        return _absences(result)
    most = amount(result.target, result)
    if result.status is Status.OPEN:
        return f"Nothing on record yet; at most {most} may count."
    value = amount(result.value, result)
    return (
        f"{value}, within the {most} allowed." if result.status is Status.MET else f"{value}; at most {most} may count."
    )


def _where(result: Result) -> str:
    if result.measure == "each" and result.status is not Status.MET:
        return _each(result)
    if result.measure == "verdict":
        return _verdict(result)
    if result.measure in _ON_RECORD:
        return _ON_RECORD[result.measure][result.status is not Status.MET]
    if result.measure == "rate":
        return _rate(result)
    return f"{_of(result)}." if result.status is not Status.MET else _done(result)


# Said when it is there, and when it is not.
_ON_RECORD = {
    "credential": ("The credential is held.", "The credential is not on record."),
    "held": ("It is held.", "None of them is on record."),
}


def _rate(result: Result) -> str:
    percent = f" ({result.value * 100 // result.of}%)" if result.of else ""
    needed = "" if result.status is Status.MET else f"; {hours(result.target)} are needed"
    return f"{hours(result.value)} of {hours(result.of)}{percent}{needed}."


def _done(result: Result) -> str:
    if result.value == result.target:
        return f"Done: all {amount(result.target, result)}." if result.target > 1 else "Done."
    needed = amount(result.target, result) if result.unit != "count" else f"{result.target}"
    return f"Done: {amount(result.value, result)}; {needed} {'was' if result.target == 1 else 'were'} needed."


def _of(result: Result) -> str:
    if result.unit == "minutes":
        so_far = " so far" if result.status in {Status.PENDING, Status.OPEN} else ""
        return f"{hours(result.value)} of {hours(result.target)}{so_far}"
    value = f"{result.value:,}" if result.unit in {"count", "points"} else amount(result.value, result)
    return f"{value} of {amount(result.target, result)}"


def _each(result: Result) -> str:
    if not result.missing:
        return "Nothing is on the list yet."
    named = ", ".join(result.missing[:3])
    more = f" and {len(result.missing) - 3} more" if len(result.missing) > 3 else ""
    return f"{result.value} of {result.target} done; still to do: {named}{more}."


def _verdict(result: Result) -> str:
    if result.status is Status.MET:
        return "The panel has passed it." if result.target > 1 else "Passed."
    passed = "Not passed yet" if result.target == 1 else f"{result.value} of {result.target} judges have passed it"
    return f"{passed}; the work is due or waiting for them." if result.possible else f"{passed}."


def _outlook(result: Result) -> str:
    if result.status is Status.PENDING:
        return "" if result.measure in {"verdict", "credential"} else _pending(result)
    if result.status is Status.OPEN and result.more_may_come and result.slack < 0:
        return f"{_bare(result.possible, result)} more is scheduled. More dates are coming."
    if result.status is Status.OPEN and result.slack < 0:
        return _helps(result)
    if result.status is Status.IMPOSSIBLE and result.decided_by:
        outcomes = " or ".join(result.outcomes)
        return f"Cannot be met any more. The {result.decided_by} decides: {outcomes}."
    if result.status is Status.UNDECIDED:
        return "There are too many ways to share the entries out to try them all; a person must choose."
    if result.status is Status.IMPOSSIBLE and result.either:
        either = f"the entries can meet {_choices(result)}, not all of them"
        return f"Cannot be met any more: {either}. Only an exception helps."
    if result.status is Status.IMPOSSIBLE:
        short = f"{_bare(-result.slack, result)} short"
        return f"Cannot be met any more: {short} even with all that is scheduled. Only an exception helps."
    return ""


# What no schedule knows and may still come, as people say it.
_WAYS = {
    "attended": "a session besides those scheduled",
    "accepted": "other work accepted",
    "recognized": "study recognized from elsewhere",
    "verdict": "a verdict",
    "held": "a credential on record",
    "attested": "a signature",
    "scored": "a score",
}


def _helps(result: Result) -> str:
    """What would meet it, when the schedule alone does not."""
    ways = ["a make-up"] if result.makeup else []
    ways += ["work accepted late"] if result.late else []
    ways += [_WAYS[kind] for kind in result.ways]
    if ways == ["a make-up"]:
        return _needs_makeup(result)
    return f"What can still help: {' or '.join(ways)}." if ways else ""


def _choices(result: Result) -> str:
    return " or ".join(f"“{' and '.join(titles)}”" for titles in result.either)


def _bare(value: int, result: Result) -> str:
    return f"{value}" if result.unit == "count" else amount(value, result)


def _pending(result: Result) -> str:
    if result.unit != "minutes":
        if result.possible == 1:
            return "One more is still to come, and it is needed."
        return "Enough are still to come." if result.slack else "All that are still to come are needed."
    if result.slack == 0:
        return f"All {hours(result.possible)} still scheduled is needed."
    return f"{hours(result.possible)} more is scheduled, {hours(result.slack)} more than needed."


def _needs_makeup(result: Result) -> str:
    short = _bare(-result.slack, result)
    if result.slack + result.makeup < 0:
        return ""
    return f"Cannot finish without a make-up: {short} short even with all that is scheduled."


def _group(result: Result) -> str:
    if result.status in {Status.MET, Status.WAIVED}:
        return "All done." if result.measure == "all" else "Done."
    waiting = [child for child in result.children if not child.status.satisfied]
    lost = [child for child in waiting if child.status is Status.IMPOSSIBLE]
    if result.status is Status.IMPOSSIBLE and lost:
        return f"Cannot be met any more because of: {_titles(lost)}."
    number = f"{result.value} of {result.target} done"
    if result.status is Status.PENDING:
        return f"{number}. The rest is on track."
    short = [child for child in waiting if child.status is not Status.PENDING] or waiting
    if not any(part.possible for child in short for part in child.walk()):
        return f"{number}. Still to do: {_titles(short)}."
    return f"{number}. Needs attention: {_titles(short)}."


def _titles(results: list[Result]) -> str:
    named = ", ".join(result.title for result in results[:3])
    return named + (f" and {len(results) - 3} more" if len(results) > 3 else "")
