"""Recording what counts though it is neither the class's own work nor attendance. Every fact goes to the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from django.db import transaction
from django.utils.text import slugify

from cecto.classes.models import Cohort, Meeting, Modality
from cecto.coursework import queries
from cecto.coursework.refusals import WorkRefused, check_day
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.foundation.ui.words import hours
from cecto.ledger import actions as ledger
from cecto.ledger.activities import ActivityFacts, FacetFacts
from cecto.ledger.models import Activity, Entry
from cecto.ledger.stored import facet_of
from cecto.people.models import Person

MakeupKind = Literal["assignment", "recording", "next-class"]
MOST_MINUTES = 60 * 240
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Study:
    """Study done elsewhere, in the words of the class that recognizes it. `minutes` are whole.

    `held_by` is the code of the program that held it, if it is one; `provider` a word for who gave it.
    """

    title: str
    minutes: int
    modality: Modality
    held_by: str = ""
    provider: str = ""
    competency: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()


@transaction.atomic
def record_makeup(
    *, person: Person, meeting: Meeting, minutes: int, kind: MakeupKind, on: date, by: Actor, at: datetime
) -> list[Entry]:
    """Record that a person made up minutes of a settled session; one entry for each part they missed, in order.

    The same make-up again changes nothing. Raises WorkRefused before the session is settled for them, for more
    minutes than they missed and have not made up, for a kind that is none, and for a date that cannot be.
    """
    cohort = meeting.owner
    check_day(cohort, on, at)
    if kind not in get_args(MakeupKind):
        raise WorkRefused(f"“{kind}” is no way to make up: {', '.join(get_args(MakeupKind))}.")
    same = _same_makeup(person, meeting, minutes, kind, on)
    if same:
        return same
    missed = queries.missed_parts(person, meeting)
    _check_missed(person, meeting, minutes, missed)
    facts = [_makeup(person, part, meeting, length, kind, on) for part, length in _spread(minutes, missed)]
    posted = ledger.post(facts, source=_next(f"makeup:{meeting.key}", person), by=by, at=at)
    _journal("coursework.make-up", person, by=by, at=at, session=meeting.key, minutes=minutes)
    return posted


@transaction.atomic
def recognize_study(
    *, cohort: Cohort, person: Person, study: Study, on: date, evidence_sha256: str = "", by: Actor, at: datetime
) -> Entry:
    """Recognize study done elsewhere on a date, in the words of this class's program.

    The same again changes nothing. Raises WorkRefused for minutes and dates that cannot be.
    """
    title = _title(study.title)
    if not 0 < study.minutes <= MOST_MINUTES:
        raise WorkRefused(f"“{title}” cannot count for {hours(study.minutes)}.")
    _check_member(cohort, person)
    check_day(cohort, on, at)
    activity = _study_activity(cohort, title, study)
    fact = ledger.Fact(
        person_id=person.pk,
        activity=activity,
        kind=Entry.Kind.RECOGNIZED,
        occurred_on=on,
        attended=study.minutes,
        offered=study.minutes,
        evidence_sha256=evidence_sha256,
    )
    return _post_one(fact, person, f"recognized:{_digest(activity, on, study.minutes)}", by=by, at=at)


@transaction.atomic
def record_credential_held(
    *,
    person: Person,
    credential: str,
    title: str,
    on: date,
    valid_until: date | None = None,
    verified: bool = True,
    evidence_sha256: str = "",
    by: Actor,
    at: datetime,
) -> Entry:
    """Record that a person holds a credential (a definition's word, like cgcio) since a date.

    The same again changes nothing. Raises WorkRefused for a word that is none and for dates that cannot be.
    """
    if not credential or credential != slugify(credential):
        raise WorkRefused(f"“{credential}” is not a definition's word for a credential. Write one like cgcio.")
    if on > at.date() or (valid_until is not None and valid_until <= on):
        raise WorkRefused("A credential is held since a day that has come, and is valid until a later one.")
    activity = ActivityFacts(title=_title(title), kind="credential", item_code=credential)
    fact = ledger.Fact(
        person_id=person.pk,
        activity=activity,
        kind=Entry.Kind.HELD,
        occurred_on=on,
        verified=verified,
        valid_until=valid_until,
        evidence_sha256=evidence_sha256,
    )
    return _post_one(fact, person, f"held:{_digest(activity, on, verified, valid_until)}", by=by, at=at)


@transaction.atomic
def record_attestation(
    *,
    person: Person,
    document: str,
    title: str,
    attested_by: str,
    on: date,
    evidence_sha256: str = "",
    by: Actor,
    at: datetime,
) -> Entry:
    """Record that a document about a person was attested, like a code of ethics by themselves or a letter by another.

    `document` is a definition's word; `attested_by` is self, supervisor or the key of a person. The same again changes
    nothing. Raises WorkRefused for words and dates that cannot be.
    """
    _check_word(document, "document")
    if not attested_by:
        raise WorkRefused("Say who attested it: self, supervisor, or a person.")
    _check_has_come(on, at)
    activity = ActivityFacts(title=_title(title), kind="document", item_code=document)
    fact = ledger.Fact(
        person_id=person.pk,
        activity=activity,
        kind=Entry.Kind.ATTESTED,
        occurred_on=on,
        judges=(attested_by,),
        evidence_sha256=evidence_sha256,
    )
    return _post_one(fact, person, f"attested:{_digest(activity, on, attested_by)}", by=by, at=at)


@transaction.atomic
def record_score(
    *, person: Person, exam: str, title: str, score: int, on: date, evidence_sha256: str = "", by: Actor, at: datetime
) -> Entry:
    """Record the points that a person scored in an exam (a definition's word), each attempt once.

    The same again changes nothing. Raises WorkRefused for words, points and dates that cannot be.
    """
    _check_word(exam, "exam")
    if score < 0:
        raise WorkRefused("Points are not below zero.")
    _check_has_come(on, at)
    activity = ActivityFacts(title=_title(title), kind="exam", item_code=exam)
    fact = ledger.Fact(
        person_id=person.pk,
        activity=activity,
        kind=Entry.Kind.SCORED,
        occurred_on=on,
        score=score,
        evidence_sha256=evidence_sha256,
    )
    return _post_one(fact, person, f"scored:{_digest(activity, on, score)}", by=by, at=at)


def _check_word(word: str, what: str) -> None:
    if not word or word != slugify(word):
        raise WorkRefused(f"“{word}” is not a definition's word for a {what}. Write one like code-of-ethics.")


def _check_has_come(on: date, at: datetime) -> None:
    if on > at.date():
        raise WorkRefused(f"{on} has not come yet. Mend the date.")


def _same_makeup(person: Person, meeting: Meeting, minutes: int, kind: str, on: date) -> list[Entry]:
    """The entries of a make-up that stands and says the same."""
    rows = Entry.objects.filter(
        person=person, source__startswith=f"makeup:{meeting.key}:", occurred_on=on, reverses=None, reversed_by=None
    )
    by_source: dict[str, list[Entry]] = {}
    for row in rows.filter(activity__kind=kind).order_by("id"):
        by_source.setdefault(row.source, []).append(row)
    return next((found for found in by_source.values() if sum(row.attended for row in found) == minutes), [])


def _check_missed(person: Person, meeting: Meeting, minutes: int, missed: list[queries.Missed]) -> None:
    if not queries.is_settled_for(person, meeting):
        raise WorkRefused(f"Session “{meeting.code}” is not settled for {person}. Settle it first.")
    left = sum(part.left for part in missed)
    if not 0 < minutes <= left:
        raise WorkRefused(f"{person} has {hours(left)} of session “{meeting.code}” to make up, not {hours(minutes)}.")


def _spread(minutes: int, missed: list[queries.Missed]) -> Iterator[tuple[queries.Missed, int]]:
    for part in missed:
        length = min(minutes, part.left)
        if length:
            yield part, length
        minutes -= length


def _makeup(
    person: Person, part: queries.Missed, meeting: Meeting, minutes: int, kind: MakeupKind, on: date
) -> ledger.Fact:
    missed = part.entry.activity
    return ledger.Fact(
        person_id=person.pk,
        activity=_makeup_activity(missed, kind),
        kind=Entry.Kind.MAKEUP,
        occurred_on=on,
        attended=minutes,
        offered=minutes,
        replaces_meeting=meeting.key,
    )


def _makeup_activity(missed: Activity, kind: MakeupKind) -> ActivityFacts:
    """A make-up has the words of the part it stands for, but is no part of that session: it was done another way."""
    return ActivityFacts(
        title=f"Make-up: {missed.title}"[:LONGEST],
        kind=kind,
        modality=missed.modality if kind == "next-class" else Modality.ASYNC,
        held_by=missed.held_by,
        provider=missed.provider,
        series=missed.series,
        facets={program: facet_of(words) for program, words in missed.facets.items()},
    )


def _study_activity(cohort: Cohort, title: str, study: Study) -> ActivityFacts:
    facet = FacetFacts(competency=study.competency, category=study.category, tags=tuple(sorted(set(study.tags))))
    return ActivityFacts(
        title=title,
        kind="study",
        modality=study.modality,
        held_by=study.held_by,
        provider=study.provider,
        facets={cohort.program.code: facet},
    )


def _check_member(cohort: Cohort, person: Person) -> None:
    if not cohort.enrollments.filter(person=person).exists():
        raise WorkRefused(f"{person} is not enrolled in {cohort}.")


def _title(text: str) -> str:
    title = " ".join(text.split())
    if not 0 < len(title) <= LONGEST:
        raise WorkRefused(f"Give a title of at most {LONGEST} characters.")
    return title


def _digest(activity: ActivityFacts, *more: object) -> str:
    return hashlib.sha256(repr((activity.sha256, *more)).encode()).hexdigest()[:40]


def _post_one(fact: ledger.Fact, person: Person, source: str, *, by: Actor, at: datetime) -> Entry:
    """Post a fact unless it stands already under this source."""
    mine = Entry.objects.filter(person=person, source__startswith=f"{source}:", reverses=None)
    standing = mine.filter(reversed_by=None).first()
    if standing:
        return standing
    (entry,) = ledger.post([fact], source=_next(source, person), by=by, at=at)
    _journal(f"coursework.{fact.kind}", person, by=by, at=at, source=entry.source)
    return entry


def _next(source: str, person: Person) -> str:
    """The source with a number: one more than this person ever had of it."""
    mine = Entry.objects.filter(person=person, source__startswith=f"{source}:", reverses=None)
    return f"{source}:{len(set(mine.values_list('source', flat=True))) + 1}"


def _journal(action: str, person: Person, *, by: Actor, at: datetime, **detail: str | int) -> None:
    record(action, by=by, at=at, subject=("person", person.key), class_key="", **detail)
