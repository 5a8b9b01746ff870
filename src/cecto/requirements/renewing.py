"""Renewal: cycle after cycle since the award, what each asks, what it hands on, and where the award stands today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Literal

from cecto.requirements.auditing import audit, finish
from cecto.requirements.case import CycleFacts
from cecto.requirements.compiling import Rules
from cecto.requirements.conditions import holds
from cecto.requirements.cycleledger import CycleLedger
from cecto.requirements.document import NO_TIME, Cycle, Renewal, Span
from cecto.requirements.facts import ExceptionFact, Facts, Signed
from cecto.requirements.preparing import make_case
from cecto.requirements.results import Audit, Status
from cecto.requirements.surplus import surplus
from cecto.requirements.windows import earlier, later

Standing = Literal["current", "due", "renewable", "grace", "lapsed", "reinstatable", "not-asked"]
# An award that nobody renewed for so many cycles has long lapsed.
MOST_CYCLES = 100


@dataclass(frozen=True, slots=True)
class RenewalAudit:
    """Where an award stands: `audit` is of the cycle that decides it, `[start, end)`.

    current: nothing is asked yet. due: the time to renew has opened and the cycle is not met. renewable: it is met.
    grace: the cycle has ended unmet and may still be met until the day before `grace_until`. lapsed: it was not; the
    award has become `lapsed_to`, and what is missing may be made up until the day before `reinstate_until`.
    reinstatable: that was done, and the award may be reinstated, until the same day.
    """

    standing: Standing
    number: int
    start: date
    end: date
    opens_on: date
    grace_until: date
    audit: Audit
    lapsed_to: str = ""
    reinstate_until: date | None = None

    @property
    def last_day(self) -> date:
        """The last day of the cycle."""
        return self.end - timedelta(days=1)

    @property
    def last_day_of_grace(self) -> date:
        """The last day on which the cycle may be met after it ended; its own last day without a grace."""
        return self.grace_until - timedelta(days=1)

    @property
    def reinstate_last_day(self) -> date | None:
        """The last day on which what is missing may be made up, if it lapsed."""
        return self.reinstate_until - timedelta(days=1) if self.reinstate_until else None


def audit_renewal(rules: Rules, facts: Facts, *, true_on: date, known_at: datetime) -> RenewalAudit | None:
    """Where the award of `facts.awarded_on` stands on that date; None without a renewal or an award.

    The first cycle that ended unmet and was not reinstated decides; without one, the cycle the date falls in. A cycle
    that was signed was met, whatever became known later.
    """
    renewal = rules.definition.renewal
    if renewal is None or facts.awarded_on is None or true_on < facts.awarded_on:
        return None
    for number, given, made in _audited(rules, facts, true_on=true_on, known_at=known_at):
        if true_on < given.end or not (made.status.satisfied or _signature(facts, number, known_at)):
            whole = _whole(rules, facts, number, given, true_on=true_on, known_at=known_at)
            found = _standing(renewal, number, given.start, given.end, whole)
            return _made_up(found, rules, facts, known_at=known_at)
    return None


def audits_so_far(rules: Rules, facts: Facts, *, true_on: date, known_at: datetime) -> tuple[Audit, ...]:
    """The audits of the cycles up to the one that decides, in order; none without a renewal or an award.

    Of a cycle that was signed, what was done after the signature and before its end is in it, as surplus.
    """
    decides = audit_renewal(rules, facts, true_on=true_on, known_at=known_at)
    if decides is None:
        return ()
    audited = islice(_audited(rules, facts, true_on=true_on, known_at=known_at), decides.number - 1)
    return (*(made for _, _, made in audited), decides.audit)


@dataclass(frozen=True, slots=True)
class CycleReach:
    """One cycle for who grants an exception on it.

    It begins on `start`, lapses on `lapses` unless it is met, and nothing settles it from `until` on. `signed` is the
    signature that has settled it.
    """

    cycle: CycleFacts
    start: date
    lapses: date
    until: date
    signed: Signed | None


def cycle_reach(rules: Rules, facts: Facts, number: int, *, known_at: datetime) -> CycleReach:
    """How long exceptions may be granted on a cycle. Raises ValueError as `audit_cycle` does."""
    renewal, awarded_on = rules.definition.renewal, facts.awarded_on
    if renewal is None or awarded_on is None or not 0 < number <= MOST_CYCLES:
        raise ValueError(f"Cycles are numbered from 1 to {MOST_CYCLES}.")
    start, end = cycle_dates(renewal.cycle, awarded_on, number)
    lapses = later(end, renewal.grace)
    until = _reinstate_until(renewal, end) or lapses
    return CycleReach(CycleFacts(start, end), start, lapses, until, _signature(facts, number, known_at))


def _signature(facts: Facts, number: int, known_at: datetime) -> Signed | None:
    """The signature that settled a cycle, its own or the first of a later one, as known then."""
    later_ones = sorted(each for each, signed in facts.signed.items() if each >= number and signed.at <= known_at)
    return facts.signed[later_ones[0]] if later_ones else None


def _earned(rules: Rules, facts: Facts, known_at: datetime) -> frozenset[str]:
    """The entries that earned the award, which count for no cycle: those its requirements used on its day."""
    if facts.awarded_on is None or all(entry.occurred_on > facts.awarded_on for entry in facts.entries):
        return frozenset()
    known = min(known_at, facts.awarded_at or known_at)
    made = audit(rules, replace(facts, coming=()), true_on=facts.awarded_on, known_at=known)
    return frozenset(use.entry for result in made.root.walk() for use in result.used)


def _reaching(rules: Rules, facts: Facts, number: int, given: CycleFacts, known_at: datetime) -> Facts:
    """The facts with those exceptions that reach one cycle.

    They were granted on it, before it lapsed for good or was reinstated, and before it was signed: a later one changes
    nothing of it.
    """
    renewal, signed = rules.definition.renewal, _signature(facts, number, known_at)
    if renewal is None or not facts.exceptions:
        return facts
    again = facts.reinstated.get(number)
    before = again + timedelta(days=1) if again else later(given.end, renewal.grace)
    reach = [each for each in facts.exceptions if _reaches(each, number, given) and each.since < before]
    if signed:
        reach = [kept for each in reach if (kept := _as_signed(each, signed))]
    return replace(facts, exceptions=tuple(reach))


def _reaches(fact: ExceptionFact, number: int, given: CycleFacts) -> bool:
    return fact.cycle == number if fact.cycle else given.start <= fact.since < given.end


def _as_signed(fact: ExceptionFact, signed: Signed) -> ExceptionFact | None:
    """The exception as it was when the cycle was signed; None when it was not in force then."""
    if fact.recorded_at > signed.at or fact.since > signed.on or (fact.until and fact.until <= signed.on):
        return None
    if fact.revoked_at and fact.revoked_at <= signed.at:
        return None
    return replace(fact, revoked_at=None, until=None)


def _audited(
    rules: Rules, facts: Facts, *, true_on: date, known_at: datetime
) -> Iterator[tuple[int, CycleFacts, Audit]]:
    """Each cycle by its number, what the one before handed on, and its audit by the entries that can matter to it."""
    renewal, awarded_on = rules.definition.renewal, facts.awarded_on
    if renewal is None or awarded_on is None:
        raise ValueError("There is nothing to renew: the definition has no renewal, or nothing was awarded.")
    ledger = CycleLedger(rules, facts)
    handed = CycleFacts(awarded_on, awarded_on, _earned(rules, facts, known_at))
    for number, (start, end) in enumerate(_cycles(renewal.cycle, awarded_on), 1):
        given = CycleFacts(start, end, handed.spent, handed.carried)
        ends = [*_later_ends(renewal, end, facts.reinstated.get(number))]
        near = ledger.of(given, ends, _reaching(rules, facts, number, given, known_at).exceptions)
        made = _with_late(rules, near, renewal, number, given, true_on, known_at)
        yield number, given, made
        handed = _hand_on(given, renewal, made)


def _whole(rules: Rules, facts: Facts, number: int, given: CycleFacts, *, true_on: date, known_at: datetime) -> Audit:
    """The audit of one cycle that accounts for every entry of the person."""
    renewal = rules.definition.renewal
    if renewal is None:
        raise ValueError("There is nothing to renew: the definition has no renewal.")
    reached = _reaching(rules, facts, number, given, known_at)
    return _with_late(rules, reached, renewal, number, given, true_on, known_at)


def _cycles(cycle: Cycle, awarded_on: date) -> Iterator[tuple[date, date]]:
    return (cycle_dates(cycle, awarded_on, number) for number in range(1, MOST_CYCLES + 1))


def cycle_dates(cycle: Cycle, awarded_on: date, number: int) -> tuple[date, date]:
    """The first day of a cycle, numbered from 1, and the day after its last."""
    first = first_day(cycle, awarded_on)
    return later(first, _times(cycle.length, number - 1)), later(first, _times(cycle.length, number))


def _times(span: Span, number: int) -> Span:
    return Span(span.months * number, span.days * number)


def first_day(cycle: Cycle, awarded_on: date) -> date:
    """The day the first cycle counts from."""
    if cycle.fixed is None:
        return awarded_on
    day = date(awarded_on.year, *cycle.fixed)
    passed = cycle.year == "after-award" and day < awarded_on
    return date(awarded_on.year + 1, *cycle.fixed) if passed else day


def audit_cycle(rules: Rules, facts: Facts, number: int, *, true_on: date, known_at: datetime) -> Audit:
    """The audit of one cycle, numbered from 1, with what the cycles before it hand on.

    A cycle that is unmet by its end may use entries of the days `back` allows after it, and one that was reinstated
    those until then; the next cannot use them. The audit of a cycle that was signed is that of its signature, for good.
    Raises ValueError when the definition has no renewal or the person no award.
    """
    for at, given, _ in _audited(rules, facts, true_on=true_on, known_at=known_at):
        if at == number:
            signed = facts.signed.get(number)
            if signed and signed.at <= known_at:
                true_on, known_at = signed
            return _whole(rules, facts, number, given, true_on=true_on, known_at=known_at)
    raise ValueError(f"Cycles are numbered from 1 to {MOST_CYCLES}.")


def _with_late(
    rules: Rules, facts: Facts, renewal: Renewal, number: int, given: CycleFacts, true_on: date, known_at: datetime
) -> Audit:
    made = _audit(rules, facts, renewal, number, given, true_on, known_at)
    for end in _later_ends(renewal, given.end, facts.reinstated.get(number)):
        if made.status.satisfied or true_on < given.end:
            break
        made = _audit(rules, facts, renewal, number, replace(given, end=end), true_on, known_at)
    return made


def _later_ends(renewal: Renewal, end: date, reinstated: date | None) -> Iterator[date]:
    if renewal.back != NO_TIME:
        yield later(end, renewal.back)
    if reinstated:
        yield reinstated + timedelta(days=1)


def _reinstate_until(renewal: Renewal, end: date) -> date | None:
    again = renewal.on_lapse.reinstate_within
    return later(later(end, renewal.grace), again) if again else None


def _audit(
    rules: Rules, facts: Facts, renewal: Renewal, number: int, given: CycleFacts, true_on: date, known_at: datetime
) -> Audit:
    case = make_case(rules, facts, true_on, known_at, given)
    made = finish(case, renewal.require, part="renewal", cycle=number)
    if renewal.applies_when is None or holds(case, renewal.applies_when):
        return made
    return replace(made, root=replace(made.root, status=Status.NOT_APPLICABLE))


def _hand_on(given: CycleFacts, renewal: Renewal, made: Audit) -> CycleFacts:
    """What a cycle leaves to the next: its surplus, and which entries were used by it or before it."""
    used = frozenset(use.entry for result in made.root.walk() for use in result.used)
    over = surplus(made.root, renewal.over) if renewal.over else {}
    return CycleFacts(given.end, given.end, given.spent | used, over)


def _standing(renewal: Renewal, number: int, start: date, end: date, made: Audit) -> RenewalAudit:
    opens_on, grace_until = earlier(end, renewal.opens), later(end, renewal.grace)
    lapsed = made.true_on >= grace_until and not made.status.satisfied
    return RenewalAudit(
        standing=_word(made, end, opens_on, grace_until),
        number=number,
        start=start,
        end=end,
        opens_on=opens_on,
        grace_until=grace_until,
        audit=made,
        lapsed_to=renewal.on_lapse.status if lapsed else "",
        reinstate_until=_reinstate_until(renewal, end) if lapsed else None,
    )


def _made_up(found: RenewalAudit, rules: Rules, facts: Facts, *, known_at: datetime) -> RenewalAudit:
    """A lapsed award while it may be reinstated: its cycle as it would be audited then."""
    true_on = found.audit.true_on
    if found.reinstate_until is None or true_on >= found.reinstate_until:
        return found
    latest = found.reinstate_until - timedelta(days=1)
    supposed = replace(facts, reinstated={**facts.reinstated, found.number: latest})
    made = audit_cycle(rules, supposed, found.number, true_on=true_on, known_at=known_at)
    return replace(found, audit=made, standing="reinstatable" if made.status.satisfied else "lapsed")


def _word(made: Audit, end: date, opens_on: date, grace_until: date) -> Standing:
    if made.status is Status.NOT_APPLICABLE:
        return "not-asked"
    if made.true_on >= end:
        return "grace" if made.true_on < grace_until else "lapsed"
    if made.true_on < opens_on:
        return "current"
    return "renewable" if made.status.satisfied else "due"
