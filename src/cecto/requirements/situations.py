"""What an audit means for the whole person: one situation, and the facts that its sentences are made of.

One audit of the whole tree, and what it would say if a session were missed or a canceled one were held. The situations
are in the order in which they are asked; the first that fits is the person's first sentence. Words are made elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from cecto.requirements.case import known
from cecto.requirements.compiling import Rules
from cecto.requirements.facts import Coming, Facts
from cecto.requirements.results import Audit, Result
from cecto.requirements.room import GROUPS, Room, Session, room_of, sessions_of
from cecto.requirements.scheduling import offered, still_possible
from cecto.requirements.statuses import Reason, Status
from cecto.requirements.supposing import missed

FEW = 3


class Situation(StrEnum):
    """Where the whole person stands, in the order in which it is asked."""

    DONE = "done"
    CHOICE = "choice"  # hours can count two ways, and an office must choose
    REVIEW = "review"  # nothing is left but what others must judge
    CANCELED = "canceled"  # short, and would not be if what was canceled were held
    PLANNING = "planning"  # not enough is scheduled yet, and more dates are coming
    DECIDED = "decided"  # cannot be finished; the definition says who decides what becomes of it
    EXCEPTION = "exception"  # cannot be finished without an exception
    MAKEUP = "makeup"  # what is scheduled does not reach; make-ups do
    SHORT = "short"  # what is scheduled does not reach; something else may: late work, hours from elsewhere
    TO_DO = "to-do"  # something is left that no session gives
    OVERDUE = "overdue"  # on track, and work is late that is still taken
    RETURNED = "returned"  # on track, and work came back from those who judge it
    NAMED = "named"  # on track; nothing is left but a few sessions, and each is needed
    ALL_NEEDED = "all-needed"  # on track if every session left is attended
    TIME_TO_SPARE = "time-to-spare"  # on track; so much time may be missed
    SESSIONS_TO_SPARE = "sessions-to-spare"  # on track; so many sessions may be missed
    ON_TRACK = "on-track"  # on track, whatever becomes of the sessions that are not needed


ON_COURSE = frozenset(
    {
        Situation.OVERDUE,
        Situation.RETURNED,
        Situation.NAMED,
        Situation.ALL_NEEDED,
        Situation.TIME_TO_SPARE,
        Situation.SESSIONS_TO_SPARE,
        Situation.ON_TRACK,
    }
)


class Work(NamedTuple):
    """Work that is still to be accepted: when it is due, and the last day it is taken."""

    activity: str
    title: str
    on: date
    until: date


class Returned(NamedTuple):
    """Work that its judges did not pass, and the last day it is taken again where the schedule has one."""

    activity: str
    title: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known beside the facts of an audit.

    `ended` are sessions (their units) that are over today; `canceled` the parts of sessions that the program called
    off.
    """

    ended: frozenset[str] = frozenset()
    canceled: tuple[Coming, ...] = ()


@dataclass(frozen=True, slots=True)
class Prospects:
    """The situation of one person, and what can be said of it.

    `parts` are the requirements that it is about, the most urgent first; `held` sessions that are over and not final;
    `ahead` those still to come; `called_off` titles of canceled sessions that would make up what is short. `work` is
    what is left to turn in, the soonest due first; `returned` what was judged and must be turned in again.
    """

    situation: Situation
    root: Result
    true_on: date
    parts: tuple[Result, ...] = ()
    held: tuple[Session, ...] = ()
    ahead: tuple[Session, ...] = ()
    room: Room = field(default_factory=Room)
    work: tuple[Work, ...] = ()
    returned: tuple[Returned, ...] = ()
    called_off: tuple[Session, ...] = ()
    schedule_final: bool = True

    @property
    def on_course(self) -> bool:
        """Whether what is scheduled is enough."""
        return self.situation in ON_COURSE

    @property
    def done(self) -> bool:
        """Whether nothing is left of the whole."""
        return self.situation is Situation.DONE

    @property
    def overdue(self) -> tuple[Work, ...]:
        """Work past its day that is still taken."""
        return tuple(one for one in self.work if one.on < self.true_on)

    @property
    def finish_on(self) -> date | None:
        """The day of the last session that is needed; of the last one left when none is."""
        days = [one.on for one in self.room.needed or self.ahead]
        return max(days, default=None)


def prospects_of(
    rules: Rules, audit: Audit, facts: Facts, again: Callable[[Facts], Audit], beside: Circumstances | None = None
) -> Prospects:
    """The situation of one person. `again` audits other facts about them, on the same dates and by the same rules."""
    beside = beside or Circumstances()
    coming = offered(facts, audit.true_on, audit.known_at)
    sessions = sessions_of(coming)
    held = tuple(one for one in sessions if one.on < audit.true_on or one.unit in beside.ended)
    ahead = tuple(one for one in sessions if one not in held)
    unmet = tuple(_unmet(audit.root))
    bare = Prospects(
        Situation.TO_DO,
        audit.root,
        audit.true_on,
        parts=unmet,
        held=held,
        ahead=ahead,
        work=_work(unmet, coming, audit.true_on),
        returned=_returned(unmet, coming, facts, audit),
        schedule_final=facts.schedule_final,
    )
    if audit.status.satisfied:
        return replace(bare, situation=Situation.DONE)
    if audit.status is Status.UNDECIDED:
        return replace(bare, situation=Situation.CHOICE, parts=_of_status(unmet, Status.UNDECIDED))
    if _only_reviews(unmet, _accepted(facts, audit) - {one.activity for one in bare.returned}):
        return replace(bare, situation=Situation.REVIEW)
    if audit.status is Status.PENDING:
        return _on_course(rules, facts, again, bare)
    return _short(facts, again, bare, beside.canceled)


def _on_course(rules: Rules, facts: Facts, again: Callable[[Facts], Audit], bare: Prospects) -> Prospects:
    def reaches(units: Iterable[str]) -> bool:
        return _stays(again(missed(facts, units)))

    room = room_of(rules, bare.root, bare.ahead, reaches)
    made = replace(bare, room=room)
    return replace(made, situation=_course(made))


def _course(made: Prospects) -> Situation:
    room = made.room
    if made.overdue:
        return Situation.OVERDUE
    if made.returned:
        return Situation.RETURNED
    if room.needed and not room.free:
        return Situation.NAMED if len(room.needed) <= FEW and not made.work else Situation.ALL_NEEDED
    if not room.free or room.all_free:
        return Situation.ON_TRACK
    return Situation.SESSIONS_TO_SPARE if room.minutes is None else Situation.TIME_TO_SPARE


def _short(facts: Facts, again: Callable[[Facts], Audit], bare: Prospects, canceled: Sequence[Coming]) -> Prospects:
    impossible = _of_status(bare.parts, Status.IMPOSSIBLE)
    if canceled and _stays(again(replace(facts, coming=(*facts.coming, *canceled)))):
        short = impossible or _of_status(bare.parts, Status.OPEN)
        return replace(bare, situation=Situation.CANCELED, parts=short, called_off=sessions_of(canceled))
    if bare.root.status is Status.IMPOSSIBLE:
        decided = tuple(result for result in bare.root.walk() if result.decided_by and not result.status.satisfied)
        found = Situation.DECIDED if decided else Situation.EXCEPTION
        return replace(bare, situation=found, parts=decided or impossible or bare.parts)
    still_open = _of_status(bare.parts, Status.OPEN)
    if not bare.schedule_final:
        return replace(bare, situation=Situation.PLANNING, parts=still_open)
    short = tuple(result for result in still_open if result.slack < 0)
    if short and all(result.slack + result.makeup >= 0 for result in short):
        return replace(bare, situation=Situation.MAKEUP, parts=short)
    if _measured_in_time(short):
        return replace(bare, situation=Situation.SHORT, parts=_measured_in_time(short))
    return replace(bare, parts=still_open)


def _measured_in_time(results: Iterable[Result]) -> tuple[Result, ...]:
    return tuple(result for result in results if result.unit == "minutes")


def _stays(audit: Audit) -> bool:
    return audit.status.satisfied or audit.status is Status.PENDING


def _unmet(result: Result) -> Iterator[Result]:
    """The deepest results that keep a requirement from being met, worst first; of ways to choose from, the best one."""
    return iter(sorted(_deepest(result), key=lambda leaf: (_URGENCY.get(leaf.status, 9), leaf.slack)))


_URGENCY = {Status.IMPOSSIBLE: 0, Status.OPEN: 1, Status.UNDECIDED: 2, Status.PENDING: 3}


def _deepest(result: Result) -> list[Result]:
    if result.status.satisfied:
        return []
    parts = [part for part in result.children if not part.status.satisfied]
    if not parts:
        return [result]
    if result.measure in GROUPS and result.measure != "all":
        needed = max(1, result.target - result.value)
        best = sorted(parts, key=lambda part: (_URGENCY.get(part.status, 9), part.slack), reverse=True)
        parts = best[:needed]
    return [leaf for part in parts for leaf in _deepest(part)]


def _of_status(results: Iterable[Result], status: Status) -> tuple[Result, ...]:
    return tuple(result for result in results if result.status is status)


def _accepted(facts: Facts, audit: Audit) -> frozenset[str]:
    """The activities of the work that was accepted of this person."""
    entries, void = known(facts.entries, audit.true_on, audit.known_at)
    return frozenset(one.activity.key for one in entries if one.kind == "accepted" and one.id not in void)


def _returned(unmet: Sequence[Result], coming: Iterable[Coming], facts: Facts, audit: Audit) -> tuple[Returned, ...]:
    """The work whose judges want it otherwise, and that was not accepted again since."""
    refused = {each.entry for result in unmet for each in result.unused if each.reason is Reason.OUTCOME}
    entries, void = known(facts.entries, audit.true_on, audit.known_at)
    standing = [one for one in entries if one.id not in void]
    judged = {one.activity.key: one for one in standing if one.kind == "verdict" and one.id in refused}
    for one in standing:
        verdict = judged.get(one.activity.key)
        if verdict and one.kind == "accepted" and one.recorded_at > verdict.recorded_at:
            del judged[one.activity.key]
    last = {one.activity.key: one.until or one.on for one in coming if still_possible(one, audit.true_on)}
    return tuple(Returned(key, one.activity.title, last.get(key)) for key, one in judged.items())


def _only_reviews(unmet: Sequence[Result], accepted: Collection[str]) -> bool:
    """Whether all that is left are verdicts of others on work that was accepted."""
    return bool(unmet) and all(_waits(result, accepted) for result in unmet)


def _waits(result: Result, accepted: Collection[str]) -> bool:
    if result.status is not Status.PENDING or not result.closers:
        return False
    return all(closer.activity in accepted for closer in result.closers)


def _work(unmet: Sequence[Result], coming: Iterable[Coming], true_on: date) -> tuple[Work, ...]:
    """What is left to turn in for what is unmet, the soonest due first."""
    asked = {closer.activity for result in unmet for closer in result.closers}
    found = [
        Work(one.activity.key, one.activity.title, one.on, one.until or one.on)
        for one in coming
        if not one.activity.meeting and one.activity.key in asked and still_possible(one, true_on)
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.title)))
