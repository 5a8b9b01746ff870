"""Exceptions: who may grant them, when they count, and that they are known only from their own date."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from cecto.audits.actions import ExceptionRefused, grant_exception, join_exception, revoke_exception
from cecto.audits.models import ExceptionGrant
from cecto.audits.queries import audit_enrollment, enrollments_to_audit
from cecto.classes.models import Enrollment
from cecto.foundation.journal.models import JournalEntry
from cecto.people.models import Person
from cecto.people.seats import NotTheirOffice
from cecto.requirements.results import Result, Status
from tests.audits import story
from tests.audits.story import BY, EVENING, NEXT_DAY

pytestmark = pytest.mark.django_db
LOWER, WAIVE = ExceptionGrant.Kind.LOWER, ExceptionGrant.Kind.WAIVE


def _lower(of: Enrollment, who: Person, *, to: int | None = 360, reason: str = "Hurricane") -> ExceptionGrant:
    return grant_exception(
        enrollment=of,
        node="hours",
        kind=LOWER,
        amount=to,
        office="steering-committee",
        granted_by=who,
        reason=reason,
        by=BY,
        at=EVENING,
    )


def _hours(of: Enrollment, known_at: datetime) -> Result:
    fresh = enrollments_to_audit().get(pk=of.pk)
    return audit_enrollment(fresh, true_on=date(2015, 8, 12), known_at=known_at).audit.root.find("hours")


def test_a_lowered_target_counts_once_the_second_office_joins() -> None:
    told = story.tell()
    told.attend()
    chair, liaison = story.officer("Chair", "steering-committee"), story.officer("Liaison", "dpi-liaison")
    grant = _lower(told.ana, chair)
    assert _hours(told.ana, NEXT_DAY).status is not Status.MET
    join_exception(grant=grant, person=liaison, by=BY, at=NEXT_DAY)
    assert (_hours(told.ana, NEXT_DAY).status, _hours(told.ana, NEXT_DAY).exceptions) == (Status.MET, (grant.key,))
    assert _hours(told.ana, EVENING).exceptions == ()


def test_a_revoked_exception_no_longer_counts_but_did() -> None:
    told = story.tell()
    director = story.officer("Director", "program-director")
    grant = grant_exception(
        enrollment=told.ana,
        node="joint",
        kind=WAIVE,
        office="program-director",
        granted_by=director,
        reason="No superintendent in post",
        by=BY,
        at=EVENING,
    )
    revoke_exception(grant=grant, reason="One was appointed", by=BY, at=NEXT_DAY)
    fresh = enrollments_to_audit().get(pk=told.ana.pk)
    now = audit_enrollment(fresh, true_on=date(2015, 8, 12), known_at=NEXT_DAY).audit.root.find("joint").status
    then = audit_enrollment(fresh, true_on=date(2015, 8, 12), known_at=EVENING).audit.root.find("joint").status
    assert (now, then) == (Status.PENDING, Status.WAIVED)
    with pytest.raises(ExceptionRefused, match="revoked before"):
        revoke_exception(grant=grant, reason="Again", by=BY, at=NEXT_DAY)


def test_only_a_holder_of_the_office_grants() -> None:
    told = story.tell()
    with pytest.raises(NotTheirOffice, match="Nobody holds it"):
        _lower(told.ana, told.sue.person)


def test_nobody_grants_to_themselves_or_without_a_reason_or_without_an_amount() -> None:
    told = story.tell()
    chair = story.officer("Chair", "steering-committee")
    with pytest.raises(ExceptionRefused, match="needs a reason"):
        _lower(told.ana, chair, reason=" ")
    with pytest.raises(ExceptionRefused, match="does not say to how much"):
        _lower(told.ana, chair, to=None)
    told.ana.person = chair
    with pytest.raises(ExceptionRefused, match="to themselves"):
        _lower(told.ana, chair)
    assert ExceptionGrant.objects.count() == JournalEntry.objects.filter(action="audits.grant_exception").count() == 0


def test_what_the_definition_does_not_allow_is_refused_in_its_words() -> None:
    told = story.tell()
    chair = story.officer("Chair", "steering-committee")
    with pytest.raises(ExceptionRefused, match="may only lower or accept"):
        grant_exception(
            enrollment=told.ana,
            node="hours",
            kind=WAIVE,
            office="steering-committee",
            granted_by=chair,
            reason="Kindness",
            by=BY,
            at=EVENING,
        )


def test_one_like_it_is_refused_while_it_stands() -> None:
    told = story.tell()
    chair = story.officer("Chair", "steering-committee")
    _lower(told.ana, chair)
    with pytest.raises(ExceptionRefused, match="stands already"):
        _lower(told.ana, chair)


def test_the_second_office_is_a_second_person() -> None:
    told = story.tell()
    chair = story.officer("Chair", "steering-committee")
    grant = _lower(told.ana, chair)
    with pytest.raises(ExceptionRefused, match="second person"):
        join_exception(grant=grant, person=chair, by=BY, at=NEXT_DAY)
