"""Every write of recorded awards: record, import, correct, tell whose it is, retract, erase."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from cecto.classes.importing.kinds import check_seen
from cecto.credentials.listing.actions import erase_listings
from cecto.credentials.models import Listing, RecordedAward, Statement
from cecto.credentials.recorded.likeness import Alike
from cecto.credentials.recorded.preview import Preview, What, known_awards, preview_awards
from cecto.credentials.recorded.said import AwardRefused, AwardResembles, Said
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.people import names
from cecto.people.models import Person
from cecto.programs.models import Program


@transaction.atomic
def record_award(*, program: Program, said: Said, another: bool = False, by: Actor, at: datetime) -> RecordedAward:
    """Record an award from before this system. Raises AwardRefused, also for one that is recorded already.

    Raises AwardResembles for one that may be, by its name, unless somebody is sure that it is `another`.
    """
    said = said.written(today=_today(program, at))
    if _same(program, said):
        raise AwardRefused(f"{said.name}, {said.track}, class {said.class_label} is recorded already.")
    like = "" if another else Alike(known_awards(program)).like(said.name)
    if like:
        raise AwardResembles(f"This may be recorded already: {like}. If it is another award, say so and record it.")
    award = RecordedAward.objects.create(program=program, recorded_at=at, recorded_by=by.key)
    _state(award, said, by, at)
    record("credentials.record-award", by=by, at=at, subject=("recorded-award", award.key))
    return award


@transaction.atomic
def import_awards(*, program: Program, content: bytes, file: str, seen: str = "", by: Actor, at: datetime) -> Preview:
    """Record what a file lists and is not recorded yet; the same file again changes nothing.

    Raises SheetRefused, and PreviewChanged when it would no longer do what was seen.
    """
    preview = preview_awards(content, file=file, program=program)
    check_seen(seen, preview)
    for change in preview.changes:
        if change.what is What.ADDED:
            record_award(program=program, said=change.said, another=True, by=by, at=at)
    return preview


@transaction.atomic
def correct_award(*, award: RecordedAward, said: Said, by: Actor, at: datetime) -> Statement:
    """Say what the source says instead: the statement before stays, superseded. The code stays. Raises AwardRefused."""
    _refuse_settled(award)
    said = said.written(today=_today(award.program, at))
    award.statements.filter(superseded_at=None).update(superseded_at=at)
    statement = _state(award, said, by, at)
    record("credentials.correct-award", by=by, at=at, subject=("recorded-award", award.key))
    return statement


@transaction.atomic
def tell_whose(*, award: RecordedAward, person: Person | None, by: Actor, at: datetime) -> None:
    """Say which person holds a recorded award, so that they may list it; or, with None, that nobody known does.

    What a former holder agreed to ends. Raises AwardRefused for an award whose holder was erased.
    """
    _refuse_erased(award)
    if award.person_id == (person.pk if person else None):
        return
    Listing.objects.filter(award=award, until=None).update(until=at, ended_by=by.key)
    award.person = person
    award.save(update_fields=["person"])
    key = person.key if person else ""
    record("credentials.tell-whose-award", by=by, at=at, subject=("recorded-award", award.key), person=key)


@transaction.atomic
def retract_award(*, award: RecordedAward, wording: str, by: Actor, at: datetime) -> None:
    """List an award no more, saying why to whoever asks by its code. Raises AwardRefused."""
    _refuse_settled(award)
    try:
        award.retraction = names.written(wording, "reason")
    except names.NameRefused as refused:
        raise AwardRefused(str(refused)) from refused
    award.retracted_at, award.retracted_by = at, by.key
    award.save(update_fields=["retraction", "retracted_at", "retracted_by"])
    Listing.objects.filter(award=award, until=None).update(until=at, ended_by=by.key)
    record("credentials.retract-award", by=by, at=at, subject=("recorded-award", award.key))


@transaction.atomic
def erase_award(*, award: RecordedAward, by: Actor, at: datetime) -> None:
    """Erase the name, the district and the person of a recorded award; it counts on, its code tells no name."""
    erase_listings(award=award, by=by, at=at)
    # A source that is no longer stated may have been corrected because it named the person.
    award.statements.exclude(superseded_at=None).update(source=names.ERASED)
    award.statements.update(name=names.ERASED, sort_name=names.sort_name(names.ERASED), organization=None)
    award.person = None
    award.save(update_fields=["person"])
    record("credentials.erase-award", by=by, at=at, subject=("recorded-award", award.key))


def _state(award: RecordedAward, said: Said, by: Actor, at: datetime) -> Statement:
    return Statement.objects.create(
        award=award,
        name=said.name,
        sort_name=names.sort_name(said.name),
        class_label=said.class_label,
        track=said.track,
        organization=said.organization,
        awarded=said.awarded,
        source=said.source,
        recorded_at=at,
        recorded_by=by.key,
    )


def _today(program: Program, at: datetime) -> date:
    return at.astimezone(ZoneInfo(program.time_zone)).date()


def _same(program: Program, said: Said) -> bool:
    found = Statement.objects.filter(superseded_at=None, award__program=program, award__retracted_at=None)
    return found.filter(sort_name=names.sort_name(said.name), class_label=said.class_label, track=said.track).exists()


def _refuse_settled(award: RecordedAward) -> None:
    _refuse_erased(award)
    if award.retracted_at is not None:
        raise AwardRefused("This award is retracted. Record it anew if the program lists it again.")


def _refuse_erased(award: RecordedAward) -> None:
    if award.statements.filter(superseded_at=None, name=names.ERASED).exists():
        raise AwardRefused("The holder was erased on request. Nothing about this award changes any more.")
