"""Example persons put to a definition: their facts, their audits, and where those differ from what was expected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from cecto.requirements.auditing import audit, audit_admission
from cecto.requirements.case import ATTENDED_KINDS
from cecto.requirements.compiling import Rules
from cecto.requirements.english.leafsentences import amount
from cecto.requirements.exceptions import refusal
from cecto.requirements.facts import Absence, Activity, Background, Coming, Entry, ExceptionFact, Facet, Facts, Partner
from cecto.requirements.problems import NOWHERE, Position
from cecto.requirements.renewing import audit_renewal
from cecto.requirements.results import Audit, Result, Status
from cecto.requirements.trials.examples import (
    Brought,
    Did,
    Example,
    ExampleException,
    ExamplePartner,
    Examples,
    Expected,
    Planned,
    Posted,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was expected of one requirement, and what the audit said: None when it has no such requirement.

    `differences` are sentences, none when it came out as expected.
    """

    node: str
    title: str
    expected: Status
    found: Status | None
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """One example person's audit, if the definition has that part, and a sentence for each expectation not met.

    `answers` go through the expectations in the order written; `at` is where the person stands in the file. `ignored`
    tells the exceptions that the definition does not allow, so that they change nothing.
    """

    person: str
    audit: Audit | None
    differences: tuple[str, ...]
    answers: tuple[Answer, ...] = ()
    at: Position = NOWHERE
    ignored: tuple[str, ...] = ()


def try_examples(rules: Rules, examples: Examples) -> list[Tried]:
    """Audit every example person, on the day their example is about."""
    return [_try(rules, examples, person) for person in examples.persons]


def _try(rules: Rules, examples: Examples, person: Example) -> Tried:
    facts = facts_of(examples, person, program=rules.definition.program, track=rules.definition.track)
    known_at = _noon(person.known_on or person.true_on).replace(hour=23)
    made, standing = _audit(rules, facts, person, known_at)
    if made is None:
        none = f"The definition has no {person.part} to ask of this person."
        return Tried(person.name, None, (none,), at=person.at)
    answers = tuple(_answer(made, node, expected) for node, expected in person.expect)
    differences = [text for one in answers for text in one.differences]
    if person.standing and person.standing != standing:
        differences.append(f"Expected the award to stand as {person.standing}, found {standing}.")
    ignored, allowed = _refusals(rules, facts, person, made)
    return Tried(person.name, made, (*differences, *allowed), answers, person.at, ignored)


def _refusals(rules: Rules, facts: Facts, person: Example, made: Audit) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The exceptions that change nothing without being meant to, and those allowed that should be refused."""
    because = {one.exception: one.because for one in made.ignored}
    ignored, allowed = [], []
    for given, fact in zip(person.exceptions, facts.exceptions, strict=True):
        refused = because.get(fact.id) or refusal(rules, fact)
        if refused and not given.refused:
            ignored.append(f"The exception “{given.kind}” on `{given.node}` changes nothing. {refused}")
        if given.refused and not refused:
            allowed.append(f"{given.node}: expected the exception “{given.kind}” to be refused, and it is allowed.")
    return tuple(ignored), tuple(allowed)


def _audit(rules: Rules, facts: Facts, person: Example, known_at: datetime) -> tuple[Audit | None, str]:
    if person.part == "admission":
        return audit_admission(rules, facts, true_on=person.true_on, known_at=known_at), ""
    if person.part == "renewal":
        renewal = audit_renewal(rules, facts, true_on=person.true_on, known_at=known_at)
        return (renewal.audit, renewal.standing) if renewal else (None, "")
    return audit(rules, facts, true_on=person.true_on, known_at=known_at), ""


def _answer(made: Audit, node: str, expected: Expected) -> Answer:
    try:
        result = made.root.find(node)
    except KeyError:
        return Answer(node, node, expected.status, None, (f"{node}: there is no such requirement.",))
    differences = tuple(_differences(result, node, expected))
    return Answer(node, result.title, expected.status, result.status, differences)


def _differences(result: Result, node: str, expected: Expected) -> Iterator[str]:
    if result.status is not expected.status:
        yield f"{node}: expected {expected.status}, found {result.status}. {result.sentence}"
    for key, wanted, found in _amounts(result, expected):
        if wanted is not None and wanted != found:
            yield f"{node}: expected {key} {_said(wanted, result)}, found {_said(found, result)}."


def _said(value: int, result: Result) -> str:
    return f"-{amount(-value, result)}" if value < 0 else amount(value, result)


def _amounts(result: Result, expected: Expected) -> list[tuple[str, int | None, int]]:
    return [
        ("value", expected.value, result.value),
        ("remaining", expected.remaining, result.remaining),
        ("slack", expected.slack, result.slack),
        ("short", expected.short, -result.slack),
    ]


def facts_of(examples: Examples, person: Example, *, program: str, track: str) -> Facts:
    """The facts of one example person as they stand on the example's day."""
    listed = {code: (planned, _activity(code, planned)) for code, planned in examples.activities}
    entries = [*_entries(listed, person, person), *_also(person)]
    meetings = {code: activity.meeting or code for code, (_, activity) in listed.items()}
    return Facts(
        program=program,
        track=track,
        class_start=examples.class_start,
        class_end=examples.class_end,
        entries=tuple(entries),
        coming=tuple(_coming(listed, {entry.activity.key for entry in entries})),
        partners=tuple(_partner(listed, number, each, person) for number, each in enumerate(person.partners, 1)),
        exceptions=tuple(_exception(number, each) for number, each in enumerate(person.exceptions, 1)),
        awarded_on=person.awarded_on,
        background=(*map(_background, person.background), *_traits(examples.class_start, person)),
        absences=tuple(Absence(meetings.get(code, code), True, _noon(examples.class_start)) for code in person.excused),
        schedule_final=(person.schedule or examples.schedule) == "final",
    )


Listed = dict[str, tuple[Planned, Activity]]


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _activity(code: str, planned: Planned) -> Activity:
    session = planned.activity in ATTENDED_KINDS
    facet = Facet(planned.competency, planned.category, planned.slot, frozenset(planned.tag))
    return Activity(
        key=code,
        kind=planned.activity,
        title=planned.title or code,
        modality=planned.modality,
        meeting=(planned.meeting or code) if session else "",
        segment=code if session else "",
        item=planned.of or ("" if session else code),
        held_by=planned.held_by,
        provider=planned.provider,
        series=planned.series,
        required=planned.required,
        facets={"": facet},
    )


def _entries(listed: Listed, did: Did, asked: Example) -> Iterator[Entry]:
    """What was recorded of the class's list by the day the example asks about; the rest is still to come."""
    other = dict(did.but)
    for code, (planned, activity) in listed.items():
        recorded_on = planned.recorded_on or planned.on
        if planned.on > asked.true_on or recorded_on > (asked.known_on or asked.true_on):
            continue
        done = did.done is None or code in did.done
        minutes = other.get(code, planned.minutes if done else 0)
        if activity.kind in ATTENDED_KINDS:
            yield Entry(code, "attended", activity, planned.on, _noon(recorded_on), minutes, planned.minutes)
        elif (code in other and minutes) or (code not in other and done):
            yield Entry(code, "accepted", activity, planned.on, _noon(recorded_on), minutes, planned.minutes)


def _coming(listed: Listed, posted: set[str]) -> Iterator[Coming]:
    for code, (planned, activity) in listed.items():
        if code not in posted:
            yield Coming(activity, planned.on, planned.minutes, planned.until)


def _also(person: Example) -> Iterator[Entry]:
    for number, posted in enumerate(person.also, 1):
        made = _posted(posted.id or f"also-{number}", posted)
        yield made
        if posted.reversed_on:
            at = _noon(posted.reversed_on)
            yield made._replace(id=f"{made.id} reversed", recorded_at=at, reverses=made.id)


def _posted(key: str, posted: Posted) -> Entry:
    return Entry(
        id=key,
        kind=posted.kind,  # type: ignore[arg-type]  # one of the vocabulary's entry kinds
        activity=_activity(key, posted),
        occurred_on=posted.on,
        recorded_at=_noon(posted.recorded_on or posted.on),
        attended=posted.minutes,
        offered=posted.minutes,
        replaces=posted.replaces,
        outcome=posted.outcome,
        by=posted.by,
        score=posted.score,
        verified=posted.verified,
        valid_until=posted.valid_until,
        evidence=posted.evidence,
    )


def _partner(listed: Listed, number: int, partner: ExamplePartner, asked: Example) -> Partner:
    entries = tuple(_entries(listed, partner, asked))
    return Partner(
        partner.person or f"partner-{number}", partner.relation, partner.since, partner.until, partner.track, entries
    )


def _background(brought: Brought) -> Background:
    days = brought.length.months // 12 * 365 + brought.length.months % 12 * 30 + brought.length.days
    amount = {"years": days, "held": 1, "paid": brought.dollars}[brought.kind]
    return Background(brought.kind, brought.of, amount, brought.on, _noon(brought.on))  # type: ignore[arg-type]


def _traits(since: date, person: Example) -> Iterator[Background]:
    for name, word in person.traits:
        yield Background("trait", name, 0, since, _noon(since), word)


def _exception(number: int, given: ExampleException) -> ExceptionFact:
    return ExceptionFact(
        id=f"exception-{number}",
        node=given.node,
        kind=given.kind,  # type: ignore[arg-type]  # one of the vocabulary's exception kinds
        office=given.office,
        since=given.since,
        recorded_at=_noon(given.recorded_on or given.since),
        second_office=given.second,
        until=given.until,
        to=given.minutes if given.minutes is not None else given.number,
        unit="minutes" if given.minutes is not None else "number" if given.number is not None else "",
        entry=given.entry,
        extended_to=given.extended_to,
        other=given.other,
        revoked_at=_noon(given.revoked_on) if given.revoked_on else None,
    )
