"""What an exception would do, asked before it is granted or co-signed: to whom, before and after, or why it may not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext

from cecto.audits.gathering.entries import entry_id
from cecto.audits.models import ExceptionGrant
from cecto.audits.queries import EnrollmentFacts, facts_held, standing
from cecto.audits.standing import Award, facts_with_award
from cecto.classes.models import Enrollment
from cecto.people.models import Person
from cecto.programs.queries import ruleset
from cecto.requirements.compiling import Rules
from cecto.requirements.exceptions import refusal
from cecto.requirements.facts import ExceptionFact, Facts
from cecto.requirements.granting import Effect, audit_part, effect_of, ungrantable
from cecto.requirements.results import Audit


@dataclass(frozen=True, slots=True)
class Considered:
    """An exception considered for one person: the facts it would meet, as if its second office had signed."""

    held: EnrollmentFacts
    facts: Facts
    fact: ExceptionFact
    true_on: date
    known_at: datetime

    @property
    def enrollment(self) -> Enrollment:
        """Whose it is."""
        return self.held.enrollment

    @property
    def rules(self) -> Rules:
        """The rules that hold the person."""
        return ruleset(self.held.definition)

    @property
    def forbidden(self) -> str:
        """Why the rules allow it to nobody, as a sentence; empty if they do."""
        return refusal(self.rules, self.fact)

    @property
    def because(self) -> str:
        """Why it may not be granted to this person, as a sentence; empty if it may."""
        return ungrantable(self.rules, self.facts, self.fact, true_on=self.true_on, known_at=self.known_at)

    @property
    def now(self) -> Audit:
        """The audit of its part of the rules as it is."""
        fact = self.fact
        return audit_part(self.rules, self.facts, fact.node, fact.cycle, true_on=self.true_on, known_at=self.known_at)

    @property
    def effect(self) -> Effect:
        """The audit without it and with it."""
        return effect_of(self.rules, self.facts, self.fact, true_on=self.true_on, known_at=self.known_at)


def consider(awards: Sequence[Award], fact: ExceptionFact, *, true_on: date, known_at: datetime) -> list[Considered]:
    """The same exception for each of these people, in the order given. A constant number of queries.

    Its second office is taken to have signed, so that what is refused then is refused now. Read the enrollments by
    `audits.queries.enrollments_to_audit`.
    """
    return consider_each([(award, fact, true_on) for award in awards], known_at=known_at)


def consider_each(asked: Sequence[tuple[Award, ExceptionFact, date]], *, known_at: datetime) -> list[Considered]:
    """An exception for each award, on a day of its own; otherwise as `consider`."""
    last = max(on for _, _, on in asked)
    found = facts_held([award.enrollment for award, _, _ in asked], true_on=last, known_at=known_at)
    considered = []
    for held, (award, fact, on) in zip(found, asked, strict=True):
        facts = facts_with_award(held, award, on)
        granted = next((each for each in facts.exceptions if each.id == fact.id), fact)
        considered.append(Considered(held, facts, _signed(held, granted), on, known_at))
    return considered


@dataclass(frozen=True, slots=True)
class ClassConsidered:
    """The same exception for a class: who would get it, and who is left out and why."""

    inside: tuple[Considered, ...]
    left_out: tuple[tuple[Enrollment, str], ...]


def consider_class(
    enrollments: Sequence[Enrollment], fact: ExceptionFact, *, granter: Person, true_on: date, known_at: datetime
) -> ClassConsidered:
    """Who of these would get the exception from that officer. A constant number of queries."""
    like_it = standing(fact.node, fact.kind).filter(enrollment__in=enrollments)
    has = set(like_it.values_list("enrollment_id", flat=True))
    inside, left_out = [], []
    for one in consider([Award(each) for each in enrollments], fact, true_on=true_on, known_at=known_at):
        because = gettext("Has such an exception already.") if one.enrollment.pk in has else one.because
        if one.enrollment.person_id == granter.pk:
            because = gettext("Nobody grants an exception to themselves.")
        if because and not one.forbidden:
            left_out.append((one.enrollment, because))
        else:
            inside.append(one)
    return ClassConsidered(tuple(inside), tuple(left_out))


def left_out_of(made: Sequence[ExceptionGrant], everyone: Sequence[Enrollment], *, granter: Person) -> list[str]:
    """Who of these did not get an exception that was granted to many at once, and why, in lines."""
    inside = {grant.enrollment_id for grant in made}
    others = [one for one in everyone if one.pk not in inside]
    if not others:
        return []
    first = made[0]
    found = consider_class(
        others, fact_of(first), granter=granter, true_on=first.granted_on, known_at=first.recorded_at
    )
    return [
        gettext("Left out: %(name)s. %(why)s") % {"name": one.person.name, "why": because}
        for one, because in found.left_out
    ]


def _signed(held: EnrollmentFacts, fact: ExceptionFact) -> ExceptionFact:
    node = ruleset(held.definition).nodes.get(fact.node)
    return replace(fact, second_office=node.waivable.second if node and node.waivable else "")


def fact_of(grant: ExceptionGrant) -> ExceptionFact:
    """The exception as an audit reads it, its second office apart."""
    return ExceptionFact(
        id=grant.key,
        node=grant.node,
        cycle=grant.cycle,
        kind=grant.kind,  # type: ignore[arg-type]
        office=grant.office,
        since=grant.granted_on,
        recorded_at=grant.recorded_at,
        to=grant.amount,
        entry=entry_id(grant.entry_id),
        extended_to=grant.until,
        other=grant.other_node,
    )
