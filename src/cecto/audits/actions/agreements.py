"""Officers agree to move a class or a person to another version: an easier one takes what an exception takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from cecto.audits.actions.versions import change_version
from cecto.audits.comparing import compare_people
from cecto.audits.easing import Eased, eased, holding
from cecto.audits.models import VersionAgreement, VersionChange
from cecto.audits.queries import audit_enrollments, enrollments_to_audit
from cecto.audits.refusing import VersionRefused, refuse_change
from cecto.audits.standing import awards_of
from cecto.classes.models import CohortTrack, Enrollment
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.people.models import Person
from cecto.programs.models import Definition
from cecto.programs.queries import ruleset
from cecto.requirements.english import phrases


@dataclass(frozen=True, slots=True)
class Move:
    """A move to another version: of a track of a class, or of one enrollment of it."""

    track: CohortTrack
    definition: Definition
    rule: VersionChange.Rule
    start: date
    enrollment: Enrollment | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """What came of it: the change, or the offices that it still waits for, each `a` or `a or b`."""

    change: VersionChange | None
    waits_for: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What came of it, in words."""
        if self.change:
            return "The change is recorded."
        return f"You agreed. Nothing changes until {_listed(self.waits_for)} agree to the same move too."


@transaction.atomic
def agree_to_version(*, move: Move, reason: str, officer: Person, by: Actor, at: datetime) -> Agreed:
    """Move to another version, or agree to it until everyone has whose office the same exceptions would need.

    What makes nothing easier is moved at once. What makes something easier begins no earlier than on the day when the
    first agreed, as an exception would. Raises VersionRefused for what cannot be, and for an officer who holds none of
    the offices or has agreed before.
    """
    CohortTrack.objects.select_for_update().get(pk=move.track.pk)
    refuse_change(move.track, move.definition, move.rule, move.start, reason, move.enrollment, at)
    program = move.track.cohort.program
    today = at.astimezone(ZoneInfo(program.time_zone)).date()
    easier = _easier(move, today, at)
    agreements = list(_agreements(move).select_related("officer"))
    if easier:
        _refuse_backdated(move.start, min([today, *(one.agreed_on for one in agreements)]))
        before = [(one.officer, one.agreed_on) for one in agreements]
        missing = _missing(easier, before, program.code)
        left = _missing(easier, [*before, (officer, today)], program.code)
        if left == missing and left:
            raise VersionRefused(_no_office(easier, missing))
        _agree(move, reason, officer, today, by, at)
        if left:
            return Agreed(None, left)
    change = change_version(
        track=move.track,
        definition=move.definition,
        rule=move.rule,
        start=move.start,
        reason=reason,
        enrollment=move.enrollment,
        by=by,
        at=at,
    )
    return Agreed(change)


def _easier(move: Move, today: date, at: datetime) -> list[Eased]:
    """What becomes easier for those enrolled, active or not (they may come back), who are not certified."""
    new = ruleset(move.definition)
    rows = enrollments_to_audit().filter(track=move.track, person__erased_at=None)
    everyone = list(rows.filter(pk=move.enrollment.pk) if move.enrollment else rows)
    uncertified = [one for one, award in zip(everyone, awards_of(everyone), strict=True) if award.definition is None]
    seen = audit_enrollments(uncertified, true_on=max(today, move.start), known_at=at, also=[new])
    return eased(compare_people(seen, new), move.rule, move.start)


def _agreements(move: Move) -> QuerySet[VersionAgreement]:
    """Those to the same move since the version last changed."""
    last = VersionChange.objects.filter(track=move.track).order_by("recorded_at").last()
    same = VersionAgreement.objects.filter(
        track=move.track,
        enrollment=move.enrollment,
        definition=move.definition,
        rule=move.rule,
        start=move.start,
    )
    return same.filter(recorded_at__gt=last.recorded_at) if last else same


def _missing(easier: list[Eased], agreed: list[tuple[Person, date]], program_code: str) -> tuple[str, ...]:
    held = holding(agreed, program_code)
    return tuple(dict.fromkeys(office for one in easier for office in one.lacks(held)))


def _no_office(easier: list[Eased], missing: tuple[str, ...]) -> str:
    first = easier[0]
    return (
        f"This makes “{first.title}” easier for {first.person}, which takes what an exception takes: "
        f"{_listed(missing)} must agree, each another person, and nobody for themselves. Ask them to make this move."
    )


def _listed(offices: tuple[str, ...]) -> str:
    return phrases.listed(offices, "and")


def _refuse_backdated(start: date, earliest: date) -> None:
    if start < earliest:
        raise VersionRefused(
            f"These rules are easier for somebody, and so they begin, like an exception, no earlier than {earliest}. "
            "Choose that day or a later one."
        )


def _agree(move: Move, reason: str, officer: Person, today: date, by: Actor, at: datetime) -> None:
    VersionAgreement.objects.create(
        track=move.track,
        enrollment=move.enrollment,
        definition=move.definition,
        rule=move.rule,
        start=move.start,
        reason=reason.strip()[:300],
        officer=officer,
        agreed_on=today,
        recorded_at=at,
    )
    record(
        "audits.agree-version",
        by=by,
        at=at,
        subject=("enrollment", move.enrollment.key) if move.enrollment else ("class", move.track.cohort.key),
        class_key=move.track.cohort.key,
        sha256=move.definition.sha256,
        start=move.start.isoformat(),
    )
