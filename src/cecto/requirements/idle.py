"""Exceptions that are in force and change nothing: what they were granted for has come, gone, or is not asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from cecto.requirements.compiling import Rules
from cecto.requirements.exceptions import in_force, refusal
from cecto.requirements.facts import ExceptionFact, Facts
from cecto.requirements.granting import Effect, effect_of
from cecto.requirements.results import Ignored


def idle_exceptions(rules: Rules, facts: Facts, *, true_on: date, known_at: datetime) -> tuple[Ignored, ...]:
    """The exceptions in force without which the audit would say the same, each with the reason as a sentence.

    One that the definition refuses says why it does. Of several that do the same the later ones are idle. An extension
    works until its last day. Those on a renewal are asked of the cycle that they name, where the facts hold the award.
    Each costs two audits or more.
    """
    found = []
    for fact in reversed(in_force(facts.exceptions, true_on, known_at)):
        because = refusal(rules, fact) or _idle(rules, facts, fact, true_on=true_on, known_at=known_at)
        if because:
            found.append(Ignored(fact.id, because))
            facts = replace(facts, exceptions=tuple(each for each in facts.exceptions if each.id != fact.id))
    return tuple(reversed(found))


def _idle(rules: Rules, facts: Facts, fact: ExceptionFact, *, true_on: date, known_at: datetime) -> str:
    """Why the audit says the same without it; empty when it does not, or nobody can tell."""
    if rules.part_of(fact.node) == "renewal" and not (fact.cycle and facts.awarded_on):
        return ""
    found = effect_of(rules, facts, fact, true_on=true_on, known_at=known_at)
    if found.changes:
        return ""
    if fact.kind == "extend" and fact.extended_to and fact.extended_to > true_on:
        last = fact.extended_to - timedelta(days=1)
        if effect_of(rules, facts, fact, true_on=max(true_on, last), known_at=known_at).changes:
            return ""
    return _because(rules, fact, found)


def _because(rules: Rules, fact: ExceptionFact, found: Effect) -> str:
    title = rules.nodes[fact.node].title or fact.node
    asked = next((each for each in found.before.root.walk() if each.id == fact.node), None)
    if asked is None:
        return f"“{title}” is not required of this person now."
    if asked.status.satisfied:
        return f"“{title}” is done without it."
    return f"“{title}” comes out the same without it."
