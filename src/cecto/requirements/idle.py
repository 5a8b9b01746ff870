"""Exceptions that are in force and change nothing: what they were granted for has come, gone, or is not asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import partial

from cecto.requirements.auditing import audit
from cecto.requirements.compiling import Rules
from cecto.requirements.exceptions import in_force, refusal
from cecto.requirements.facts import ExceptionFact, Facts
from cecto.requirements.granting import said
from cecto.requirements.results import Ignored


def idle_exceptions(rules: Rules, facts: Facts, *, true_on: date, known_at: datetime) -> tuple[Ignored, ...]:
    """The exceptions in force without which the audit would say the same, each with the reason as a sentence.

    One that the definition refuses says why it does. Each costs an audit.
    """
    standing = in_force(facts.exceptions, true_on, known_at)
    ask = partial(audit, rules, true_on=true_on, known_at=known_at)
    with_all = said(ask(facts).root) if standing else None
    found = []
    for fact in standing:
        because = refusal(rules, fact)
        if not because and said(ask(_without(facts, fact)).root) == with_all:
            because = "The audit says the same without it."
        if because:
            found.append(Ignored(fact.id, because))
    return tuple(found)


def _without(facts: Facts, fact: ExceptionFact) -> Facts:
    return replace(facts, exceptions=tuple(each for each in facts.exceptions if each.id != fact.id))
