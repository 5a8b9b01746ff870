"""Admission and renewal from the database: Georgia's admission, Florida's, CoSN's and Alabama's renewal."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from cecto.audits.queries import enrollments_to_audit
from cecto.audits.standing import Award, admission_of, award_standing, award_standings, cycle_of
from cecto.classes.actions import create_cohort, pin_track
from cecto.classes.models import Cohort, Enrollment, Modality
from cecto.coursework.credit.actions import Study, recognize_study, record_credential_held
from cecto.foundation.journal.actor import Actor
from cecto.ledger.background import record_background, take_back_background
from cecto.ledger.models import Background
from cecto.programs.actions import publish_definition
from cecto.requirements.results import Status
from tests.classes import made
from tests.programs.texts import shipped_draft

pytestmark = pytest.mark.django_db
BY = Actor.command("test")
BEFORE = datetime(2022, 7, 1, 12, tzinfo=UTC)
LATE = datetime(2027, 1, 1, 12, tzinfo=UTC)
FIRST_DAY, LAST_DAY = date(2022, 8, 19), date(2023, 6, 16)
FLORIDA = Background.Kind.TRAIT


def class_of(name: str) -> Cohort:
    """A class held to a shipped definition."""
    definition = publish_definition(draft=shipped_draft(name), by=BY, at=BEFORE)
    program = definition.program
    cohort = create_cohort(
        program=program, code=name, name=name, first_day=FIRST_DAY, last_day=LAST_DAY, by=BY, at=BEFORE
    )
    pin_track(cohort=cohort, track=definition.track, title=definition.title, definition=definition, by=BY, at=BEFORE)
    return cohort


def _member(cohort: Cohort, name: str) -> Enrollment:
    return made.enrolled(made.person(name), cohort, cohort.tracks.get().track, on=FIRST_DAY)


def enrolled(cohort: Cohort, name: str = "Consuelo Hardaway") -> Enrollment:
    """Someone enrolled in it, as audits read them."""
    return enrollments_to_audit().get(pk=_member(cohort, name).pk)


def _studied(who: Enrollment, hours: int, on: date, category: str, modality: Modality = Modality.F2F) -> None:
    study = Study(f"{category} of {on}", hours * 60, modality, category=category)
    recognize_study(cohort=who.cohort, person=who.person, study=study, on=on, by=BY, at=LATE)


def _brings(
    who: Enrollment, kind: Background.Kind, of: str, on: date, amount: int = 1, word: str = "", at: datetime = LATE
) -> Background:
    return record_background(person=who.person, kind=kind, of=of, amount=amount, word=word, on=on, by=BY, at=at)


def test_admission_reads_what_the_person_brings_and_what_was_taken_back_no_longer() -> None:
    who = enrolled(class_of("cgcio-georgia-2022-23"))
    degree = _brings(who, Background.Kind.HELD, "bachelor", date(2022, 6, 1), at=BEFORE)
    _brings(who, Background.Kind.YEARS, "public-technology-management", date(2022, 6, 1), 5 * 365, at=BEFORE)
    take_back_background(background=degree, reason="It was an associate degree.", by=BY, at=LATE)
    asked = [admission_of(who, true_on=date(2022, 7, 20), known_at=known) for known in (BEFORE, LATE)]
    statuses = [[each[1].root.find(node).status for node in ("experience", "degree")] for each in asked if each]
    assert statuses == [[Status.MET, Status.MET], [Status.MET, Status.OPEN]]


def test_a_definition_that_asks_nothing_for_admission_has_no_such_audit() -> None:
    assert admission_of(enrolled(class_of("cosn-cetl-2023")), true_on=FIRST_DAY, known_at=LATE) is None


def test_florida_asks_its_chapter_and_nobody_else_from_the_day_they_belong_to_it() -> None:
    who = enrolled(class_of("cgcio-georgia-2022-23"))
    _brings(who, FLORIDA, "chapter", date(2024, 1, 1), word="florida")
    _brings(who, FLORIDA, "chapter", date(2025, 6, 1), word="georgia")
    award = Award(who, LAST_DAY)
    stands = [award_standing(award, true_on=on, known_at=LATE).renewal for on in (date(2023, 9, 1), date(2026, 2, 1))]
    assert [one.standing for one in stands if one] == ["not-asked", "not-asked"]
    in_florida = award_standing(award, true_on=date(2025, 1, 1), known_at=LATE).renewal
    assert in_florida
    assert (in_florida.standing, in_florida.audit.status) == ("current", Status.OPEN)


def test_a_renewal_counts_the_hours_of_its_cycle_only() -> None:
    who = enrolled(class_of("cosn-cetl-2023"))
    _studied(who, 45, date(2023, 7, 1), "professional-development")
    _studied(who, 20, date(2025, 7, 1), "professional-development")
    _studied(who, 10, date(2026, 7, 1), "professional-development")
    found = award_standing(Award(who, LAST_DAY), true_on=date(2026, 7, 20), known_at=LATE)
    assert found.renewal
    assert (found.renewal.standing, found.renewal.number) == ("current", 2)
    cycles = [
        cycle_of(Award(who, LAST_DAY), number, true_on=date(2026, 7, 20), known_at=LATE)[1].root.find("hours").value
        for number in (1, 2)
    ]
    assert cycles == [65 * 60, 10 * 60]


def test_an_award_older_than_the_system_counts_from_the_day_the_credential_is_held() -> None:
    who = enrolled(class_of("alabama-cto-academy-2022"))
    none_yet = award_standing(Award(who), true_on=date(2025, 1, 1), known_at=LATE)
    assert (none_yet.awarded_on, none_yet.renewal) == (None, None)
    held = date(2023, 6, 16)
    record_credential_held(person=who.person, credential="alabama-cto", title="CTO", on=held, by=BY, at=LATE)
    found = award_standing(Award(who), true_on=date(2024, 8, 1), known_at=LATE)
    assert found.awarded_on == held
    assert found.renewal
    assert (found.renewal.start, found.renewal.standing) == (date(2023, 10, 1), "due")
    with pytest.raises(ValueError, match="numbered from 1"):
        cycle_of(Award(who), 0, true_on=date(2024, 8, 1), known_at=LATE)


def test_many_awards_take_the_queries_of_one(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    cohort = class_of("cosn-cetl-2023")
    awards = [Award(enrolled(cohort, name), LAST_DAY) for name in ("Ada Núñez", "Bo Lindqvist", "Cy Ott")]
    award_standings(awards, true_on=date(2026, 1, 1), known_at=LATE)
    for some in (awards[:1], awards):
        with django_assert_num_queries(7):
            assert len(award_standings(some, true_on=date(2026, 1, 1), known_at=LATE)) == len(some)
