"""Every write of what people bring: said, and taken back. Nothing else ever changes it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from math import ceil
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.ledger.actions import AlreadyReversed, LedgerError
from cecto.ledger.models import Background
from cecto.people.models import Person

MOST = {Background.Kind.YEARS: 100 * 365, Background.Kind.HELD: 1, Background.Kind.PAID: 1_000_000}


@transaction.atomic
def record_background(
    *,
    person: Person,
    kind: Background.Kind,
    of: str,
    on: date,
    amount: int = 1,
    word: str = "",
    evidence_sha256: str = "",
    by: Actor,
    at: datetime,
) -> Background:
    """Record what a person brings, in a definition's words, from a date on; the same that stands changes nothing.

    `amount` is days of experience (a year is 365) or whole dollars; 1 for what is held. A trait has a `word` instead.
    Raises LedgerError for words, amounts and dates that cannot be.
    """
    _refuse_unfit(kind, of, amount, word, on, at)
    said = {"person": person, "kind": kind, "of": of, "word": word, "occurred_on": on}
    said |= {"amount": 0 if kind == Background.Kind.TRAIT else amount}
    standing = Background.objects.filter(**said, reverses=None, reversed_by=None).first()
    if standing:
        return standing
    row = Background.objects.create(**said, evidence_sha256=evidence_sha256, recorded_at=at, recorded_by=by.key)
    record("ledger.background", by=by, at=at, subject=("person", person.key), kind=str(kind), of=of, row=row.pk)
    return row


def brought(kind: Background.Kind, given: str) -> dict[str, Any]:
    """`amount` and `word` of what is given as text: years of experience (2.5), whole dollars, or a trait's word.

    Raises LedgerError for a text that is no number where one is needed.
    """
    if kind == Background.Kind.TRAIT:
        return {"word": given.strip()}
    if kind == Background.Kind.HELD:
        return {}
    try:
        number = Decimal(given.replace(",", ".") if kind == Background.Kind.YEARS else given)
        return {"amount": ceil(number * 365) if kind == Background.Kind.YEARS else int(number)}
    except (ArithmeticError, ValueError) as error:
        raise LedgerError(f"“{given}” is not a number. Give years, like 5 or 2.5, or whole dollars.") from error


@transaction.atomic
def take_back_background(*, background: Background, reason: str, by: Actor, at: datetime) -> Background:
    """Take back what was recorded, from now on, with a reason. Raises AlreadyReversed, LedgerError without a reason."""
    if not reason.strip():
        raise LedgerError("Say why this is taken back.")
    if background.reverses_id or Background.objects.filter(reverses=background).exists():
        raise AlreadyReversed("This was taken back already. Reload the page to see how it stands.")
    row = Background.objects.create(
        person_id=background.person_id,
        kind=background.kind,
        of=background.of,
        amount=background.amount,
        word=background.word,
        occurred_on=background.occurred_on,
        recorded_at=at,
        recorded_by=by.key,
        reason=reason.strip()[:300],
        reverses=background,
    )
    subject = ("person", background.person.key)
    record("ledger.take_back_background", by=by, at=at, subject=subject, row=background.pk, reason=row.reason)
    return row


def _refuse_unfit(kind: Background.Kind, of: str, amount: int, word: str, on: date, at: datetime) -> None:
    if not of or of != slugify(of):
        raise LedgerError(
            f"“{of}” is not a definition's word. Write one like bachelor or public-technology-management."
        )
    if on > at.date():
        raise LedgerError(f"{on} has not come yet. Give the day since when it is so.")
    if kind == Background.Kind.TRAIT:
        if not word or word != slugify(word):
            raise LedgerError(f"Say which {of} it is, in a definition's word, like florida.")
    elif not 0 < amount <= MOST[kind]:
        raise LedgerError(f"{amount} is not a number that “{of}” can have.")
