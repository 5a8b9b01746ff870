"""The sentence of each way to measure, by where it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cecto.requirements.english.amounts import day, dollars, listed, number, opening, shortened, time, years
from cecto.requirements.statuses import Reason, Status

if TYPE_CHECKING:
    from cecto.requirements.results import Result


def sentence(result: Result) -> str:
    """Where a leaf stands; every status but those that are told alike of every requirement."""
    if result.ceiling and result.measure != "absences":
        return _ceiling(result)
    return _SENTENCES[result.measure](result)


def amount(value: int, result: Result) -> str:
    """A value in the result's unit."""
    if result.unit == "minutes":
        return time(value, result.telling.unit)
    if result.unit in _UNITS:
        return _UNITS[result.unit](value)
    return number(value, *_NOUNS.get(result.measure, (result.telling.noun,)))


_UNITS: dict[str, Callable[[int], str]] = {
    "days": years,
    "dollars": dollars,
    "points": lambda value: number(value, "point"),
}
# What one of each measure is called, where it is not what the requirement counts.
_NOUNS = {
    "together": ("joint session",),
    "verdict": ("judge",),
    "credential": ("credential",),
    "attest": ("signature",),
    "linked": ("person", "people"),
}


def _are(text: str) -> str:
    """The verb after an amount of time: an hour sum is one thing, the program's own units are many."""
    return "is" if text.endswith(("h", "min")) or text.startswith("1\N{NO-BREAK SPACE}") else "are"


def _ceiling(result: Result) -> str:
    most = amount(result.target, result)
    if result.status is Status.IMPOSSIBLE:
        return f"{amount(result.value, result)} recorded; only {most} {_counts(result)}."
    used = f"{amount(result.value, result)} used" if result.value else "Nothing yet"
    return f"{used}; up to {most} {_counts(result)}."


def _counts(result: Result) -> str:
    return "counts" if result.unit == "minutes" or result.target == 1 else "count"


def _hours(result: Result) -> str:
    told = result.telling
    earned, target = amount(result.value, result), amount(result.target, result)
    if result.status is Status.MET:
        return f"Done: {earned}." if result.value == result.target else f"Done: {earned} ({target} needed)."
    if result.status is Status.IMPOSSIBLE:
        short = amount(-result.slack, result)
        if told.last_day:
            were = "was" if _are(short) == "is" else "were"
            return f"{earned} of {target}. {short} {were} missing on {day(told.last_day)}, the last day that counts."
        return f"{earned} of {target}. The schedule is {short} short, and make-ups can't close the gap."
    so_far = f"{earned} of {target} so far"
    return _coming_hours(result, so_far) + (f" {_held(result)}" if told.held else "")


def _coming_hours(result: Result, so_far: str) -> str:
    ahead = result.possible - result.telling.held
    coming, are = amount(ahead, result), _are(amount(ahead, result))
    if result.status is not Status.PENDING:
        return _short_hours(result, so_far, f"; {coming} more {are} scheduled" if ahead else "")
    if not ahead:
        return f"{so_far}."
    if result.slack:
        return f"{so_far}. {coming} more {are} scheduled, {amount(result.slack, result)} more than needed."
    return f"{so_far}. All {coming} still scheduled {are} needed."


def _short_hours(result: Result, so_far: str, coming: str) -> str:
    """Of hours that the schedule does not reach: what could."""
    told = result.telling
    short = amount(-result.slack, result)
    if result.more_may_come:
        return f"{so_far}{coming}. More dates are coming."
    if _made_up(result):
        return f"{so_far}. The schedule is {short} short; a make-up can close the gap."
    if told.cycle_end:
        needed = f"Another {short}" if coming else f"{short} more"
        return f"{so_far}{coming}. {needed} {_are(short)} needed."
    if coming:
        return f"{so_far}. The schedule is {short} short.{_helps(result)}"
    return f"{so_far}. Nothing more is scheduled.{_helps(result)}" if _helps(result) else f"{so_far}. {_NOTHING_YET}"


_NOTHING_YET = "Nothing more is scheduled yet."
# What no schedule knows and may still come, as people say it.
_WAYS = {
    "attended": "another session",
    "accepted": "other coursework",
    "recognized": "hours accepted from outside",
    "verdict": "a verdict",
    "held": "a credential on file",
    "attested": "a signature",
    "scored": "a score",
}


def _made_up(result: Result) -> bool:
    """Whether a make-up is the way, and enough of one."""
    return bool(result.makeup) and result.slack + result.makeup >= 0 and not (result.late or result.ways)


def _helps(result: Result) -> str:
    """What could still meet it, with a leading space; nothing when nobody can tell."""
    ways = ["a make-up"] if result.makeup else []
    ways += ["late coursework"] if result.late else []
    ways += [_WAYS[kind] for kind in result.ways]
    return f" What can still help: {listed(ways)}." if ways else ""


def _held(result: Result) -> str:
    told = result.telling
    held = amount(told.held, result)
    return f"{held} from {number(told.waiting, 'session')} {_are(held)} added when attendance is final."


def _count(result: Result) -> str:
    told, noun = result.telling, result.telling.noun
    if result.status is Status.MET:
        return _counted(result, noun)
    if result.target == 1 and result.closers and result.status is Status.PENDING:
        return f"Coming up: {result.closers[0].title}, {day(result.closers[0].on)}."
    if result.status is Status.IMPOSSIBLE:
        if result.target == 1 and told.missed:
            last = told.missed[-1]
            how = "attended only in part" if last.in_part else "missed"
            return f"{last.title} on {day(last.on)} was {how}."
        return f"{_so_far(result, noun)}. {_no_more(result)}"
    coming = result.possible
    if result.status is Status.PENDING:
        if result.slack:
            return f"{_so_far(result, noun)} so far. {coming} more scheduled, {coming - result.slack} needed."
        return f"{_so_far(result, noun)} so far. {_all_needed(coming)}"
    return f"{_so_far(result, noun)} so far. {_no_more(result)}{_make_up(result)}"


def _so_far(result: Result, noun: str) -> str:
    return f"{result.value:,} of {number(result.target, noun)}"


def _all_needed(coming: int) -> str:
    if coming == 1:
        return "The one still scheduled is needed."
    return "Both still scheduled are needed." if coming == 2 else f"All {coming} still scheduled are needed."


def _no_more(result: Result) -> str:
    if result.possible:
        return f"Only {result.possible} more {'is' if result.possible == 1 else 'are'} scheduled."
    if result.more_may_come:
        return "More dates are coming."
    return "No more are scheduled." if result.status is Status.IMPOSSIBLE else _NOTHING_YET


def _make_up(result: Result) -> str:
    return " A make-up can close the gap." if _made_up(result) else _helps(result)


def _counted(result: Result, noun: str) -> str:
    if result.value > result.target:
        return f"Done: {number(result.value, noun)} ({result.target:,} needed)."
    if result.target == 1:
        done = result.telling.done
        return f"Done: {done[-1].title}, {day(done[-1].on)}." if done else "Done."
    return f"Done: both {noun}s." if result.target == 2 else f"Done: all {result.target:,} {noun}s."


def _each(result: Result) -> str:
    if result.telling.noun == "session":
        return _each_session(result)
    if result.status is Status.MET:
        if result.target == 1 and result.telling.done:
            return f"Accepted {day(result.telling.done[-1].on)}."
        return "Done: both accepted." if result.target == 2 else f"Done: all {result.target:,} accepted."
    if not result.missing:
        return "Nothing is on the list yet."
    accepted = f"{result.value:,} of {result.target:,} accepted"
    if result.status is Status.PENDING and result.closers:
        return f"{accepted}. Next: {result.closers[0].title}, due {day(result.closers[0].on)}."
    if result.status is Status.IMPOSSIBLE:
        return f"{accepted}. The deadline has passed for: {shortened(result.telling.lost or result.missing)}."
    return f"{accepted}. Overdue: {shortened(result.telling.lost or result.missing)}."


def _each_session(result: Result) -> str:
    if result.status is Status.MET:
        return _counted(result, "session")
    if not result.missing:
        return "Nothing is on the list yet."
    so_far = _so_far(result, "session")
    if result.status is Status.PENDING and result.closers:
        return f"{so_far} so far. Next: {result.closers[0].title}, {day(result.closers[0].on)}."
    lost = shortened(result.telling.lost or result.missing)
    return (
        f"{so_far}. Missed: {lost}." if result.status is Status.IMPOSSIBLE else f"{so_far} so far. To make up: {lost}."
    )


def _absences(result: Result) -> str:
    """How many were missed, how many may be, and whether more can come."""
    missed = f"{number(result.value, 'session') if result.value else 'no sessions'} missed"
    if result.status is Status.IMPOSSIBLE:
        return f"{missed}; at most {result.target:,} may be, and make-ups can't close the gap."
    if result.status is Status.OPEN and result.slack < 0:
        return f"{missed}; at most {result.target:,} may be. A make-up can close the gap."
    if result.status is Status.MET:
        return f"Done: {missed} ({result.target:,} allowed)."
    more = " More dates are coming." if result.more_may_come else f" {_NOTHING_YET}"
    return f"{opening(missed)} so far; up to {result.target:,} may be.{'' if result.possible else more}"


def _together(result: Result) -> str:
    noun = "joint session"
    if result.status is Status.MET:
        done = result.telling.done
        if result.target == 1 and result.value == 1 and done:
            return f"Done: joint session, {day(done[-1].on)}."
        return _counted(result, noun)
    so_far = _so_far(result, noun)
    if result.status is Status.PENDING and result.closers:
        return f"{so_far} so far. Next: {result.closers[0].title}, {day(result.closers[0].on)}."
    if result.status is Status.IMPOSSIBLE:
        return f"{so_far}. None can still be scheduled."
    return f"{so_far} so far. No joint session is scheduled."


def _verdict(result: Result) -> str:
    told = result.telling
    if result.status is Status.MET:
        if result.target == 1:
            return f"Passed {day(told.done[-1].on)}." if told.done else "Passed."
        return "Passed by both judges." if result.target == 2 else f"Passed by all {result.target} judges."
    if result.status is Status.IMPOSSIBLE:
        return f"Not passed. The deadline was {day(told.last_day)}." if told.last_day else "Not passed."
    if result.value:
        return f"{result.value} of {number(result.target, 'judge')} have passed it."
    outcomes = [left.because for left in result.unused if left.reason is Reason.OUTCOME]
    due = f" Due {day(result.closers[0].on)}." if result.closers and told.turned_in is None else ""
    if outcomes and "revise" not in outcomes[-1]:
        return f"Not passed yet.{due}"
    if outcomes:
        again = f" Turn it in again by {day(told.last_day)}." if told.last_day and not due else due
        return f"The judges asked for changes.{again}"
    if told.turned_in:
        return f"Turned in {day(told.turned_in)}; waiting for {number(result.target, 'judge')}."
    return due.strip() or "Not turned in yet."


def _credential(result: Result) -> str:
    told = result.telling
    if result.status is Status.MET:
        if told.until:
            return f"On file, valid until {day(told.until)}."
        return f"On file since {day(told.done[-1].on)}." if told.done else "On file."
    if result.status is Status.PENDING and result.closers:
        return f"Expected {day(result.closers[0].on)}."
    expired = [left.because for left in result.unused if left.reason is Reason.EXPIRED]
    return expired[-1] if expired else "Not on file. Upload proof to count it."


def _held_background(result: Result) -> str:
    words = [word.replace("-", " ") for word in result.telling.about]
    if result.status is Status.MET:
        return f"On file: {words[0]}."
    return f"Not on file: any of {listed(words)}." if len(words) > 1 else f"Not on file: {words[0]}."


def _attest(result: Result) -> str:
    told = result.telling
    who = "the person" if told.about == ("self",) else f"the {told.about[0].replace('-', ' ')}"
    if result.status is Status.MET:
        on = f" on {day(told.done[-1].on)}" if told.done else ""
        return f"Signed by {who}{on}."
    if result.value:
        return f"{result.value} of {number(result.target, 'signature')}. Waiting for {who}."
    if result.status is Status.IMPOSSIBLE:
        return f"Not signed by {day(told.last_day)}." if told.last_day else "Not signed."
    return f"Not signed. Ask {who} to sign."


_ROLES = {"same-organization": "person from the same organization", "same-class": "person of the same class"}


def _linked(result: Result) -> str:
    role = _ROLES.get(result.telling.about[0], result.telling.about[0])
    if result.target == 1:
        return f"{opening(role)} on file." if result.status is Status.MET else f"No {role} on file."
    return f"{result.value} of {result.target} on file: {role}."


def _years(result: Result) -> str:
    have, target = years(result.value), years(result.target)
    if result.status is Status.MET:
        return f"Done: {have}." if result.value == result.target else f"Done: {have} ({target} needed)."
    tail = {Status.PENDING: " so far", Status.OPEN: " on file"}.get(result.status, "")
    return f"{have.split()[0] if have.split()[1] == 'years' else have} of {target}{tail}."


def _paid(result: Result) -> str:
    if result.status is Status.MET:
        return f"Paid in full ({dollars(result.target)})."
    last = result.telling.last_day
    deadline = f" The deadline was {day(last)}." if last and result.status is Status.IMPOSSIBLE else ""
    return f"{dollars(result.value)} of {dollars(result.target)} paid.{deadline}"


def _score(result: Result) -> str:
    told = result.telling
    points = number(result.value, "point")
    if result.status is Status.MET:
        return f"Passed: {points} ({result.target:,} needed)."
    taken = bool(result.used or result.unused)
    if result.status is Status.IMPOSSIBLE:
        why = (
            " No tries left."
            if told.tries == 0
            else (f" The deadline was {day(told.last_day)}." if told.last_day else "")
        )
        return (f"Best score: {points} ({result.target:,} needed)." if taken else "Not taken.") + why
    date = f" Next date: {day(result.closers[0].on)}." if result.closers else ""
    if not taken:
        return f"Not taken yet.{date}"
    left = f"; {number(told.tries, 'try', 'tries')} left" if told.tries is not None else ""
    return f"Best score: {points}. {result.target:,} needed{left}.{date}"


def _rate(result: Result) -> str:
    told = result.telling
    percent = result.value * 100 // result.of if result.of else 0
    if result.status is Status.MET:
        return f"Attended {percent}% ({told.percent}% needed)."
    if result.status is Status.IMPOSSIBLE:
        return f"Attended {percent}% ({told.percent}% needed). Too little is scheduled to reach it."
    if not result.of:
        return f"Nothing has been held yet. {told.percent}% needed."
    if result.status is Status.OPEN and result.slack < 0:
        short = f"{amount(-result.slack, result)} more"
        are = _are(amount(-result.slack, result))
        return f"Attended {percent}% so far. {short} {are} needed than {are} scheduled.{_make_up(result)}"
    earned, offered = amount(result.value, result), amount(result.of, result)
    return f"Attended {percent}% so far: {earned} of {offered}. {told.percent}% needed."


_SENTENCES: dict[str, Callable[[Result], str]] = {
    "hours": _hours,
    "count": _count,
    "absences": _absences,
    "each": _each,
    "together": _together,
    "verdict": _verdict,
    "credential": _credential,
    "held": _held_background,
    "attest": _attest,
    "linked": _linked,
    "years": _years,
    "paid": _paid,
    "score": _score,
    "rate": _rate,
}
