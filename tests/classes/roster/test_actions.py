"""Accepting a roster enrolls who is ready, once; everything else is said and left alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cecto.classes.importing.kinds import PreviewChanged
from cecto.classes.models import Cohort, Enrollment
from cecto.classes.roster.actions import Imported, import_roster
from cecto.classes.roster.preview import Preview, State, preview_roster
from cecto.classes.roster.reading import read_roster
from cecto.foundation import evidence
from cecto.foundation.journal.models import JournalEntry
from cecto.people.actions import add_email, add_person, affiliate, verify_email
from cecto.people.models import Account, Affiliation, Organization, Person, PersonEmail
from cecto.people.organizations.actions import load_districts
from tests.classes import made

pytestmark = pytest.mark.django_db
AT, BY = made.AT, made.BY
LATER = AT + timedelta(hours=1)

ROSTER = """Name,E-mail,Track,District,Title,Start date
José de la Cruz,jose@wake.org,technology director,Wake County Schools,CTO,
Ann-Marie O’Neil,ann@durham.org,leaders-21c,320,Superintendent,9/1/2015
"""


@pytest.fixture
def small() -> Cohort:
    load_districts(by=BY, at=AT)
    return made.cohort()


def person(name: str, email: str) -> Person:
    return add_person(name=name, email=email, by=BY, at=AT)


def _preview(text: str, small: Cohort) -> Preview:
    roster = read_roster(text.encode(), file="r.csv", first_day=small.first_day, last_day=small.last_day)
    return preview_roster(roster, small)


def _import(text: str, small: Cohort) -> Imported:
    fingerprint = _preview(text, small).fingerprint
    sha256 = evidence.store(text.encode())
    return import_roster(cohort=small, sha256=sha256, file="r.csv", fingerprint=fingerprint, by=BY, at=LATER)


def _states(text: str, small: Cohort) -> list[tuple[int, str, tuple[str, ...]]]:
    return [(row.row.number, str(row.state), row.notes) for row in _preview(text, small).rows]


def test_people_are_enrolled_with_their_organization_and_can_sign_in(small: Cohort) -> None:
    assert _import(ROSTER, small) == Imported(enrolled=2, already=0, left_out=0)
    rows = small.enrollments.values_list("person__name", "track__track", "organization__code", "enrolled_on")
    assert list(rows) == [
        ("José de la Cruz", "technology-director", "920", date(2015, 8, 11)),
        ("Ann-Marie O’Neil", "leaders-21c", "320", date(2015, 9, 1)),
    ]
    assert list(Account.objects.order_by("email").values_list("email", flat=True)) == [
        "ann@durham.org",
        "jose@wake.org",
    ]
    jobs = Affiliation.objects.order_by("id").values_list("person__name", "organization__code", "title", "start")
    assert list(jobs) == [
        ("José de la Cruz", "920", "CTO", date(2015, 8, 11)),
        ("Ann-Marie O’Neil", "320", "Superintendent", date(2015, 9, 1)),
    ]
    assert JournalEntry.objects.get(action="classes.import-roster").class_key == small.key


def test_the_same_file_again_changes_nothing(small: Cohort) -> None:
    _import(ROSTER, small)
    before = [list(model.objects.values()) for model in (Person, PersonEmail, Enrollment, Affiliation, JournalEntry)]
    assert _preview(ROSTER, small).summary == "0 to enroll, 2 already enrolled, 0 to look at."
    assert _import(ROSTER, small) == Imported(enrolled=0, already=2, left_out=0)
    after = [list(model.objects.values()) for model in (Person, PersonEmail, Enrollment, Affiliation, JournalEntry)]
    assert after == before


def test_rows_with_a_question_are_left_out_with_the_reason(small: Cohort) -> None:
    text = (
        "Name,E-mail,Track,District\n"
        "Ada,ada@x.org,technology director,Wake County\n"
        "Bo,bo@x.org,Principals,920\n"
        "Cy,cy@x.org,,920\n"
        "Di,nowhere,Leaders 21C,920\n"
        "Ed,ed@x.org,Leaders 21C,920\n"
    )
    assert _import(text, small) == Imported(enrolled=1, already=0, left_out=4)
    assert [person.name for person in Person.objects.all()] == ["Ed"]
    reasons = [notes[0] for _, state, notes in _states(text, small) if state == "question"]
    assert reasons[0].startswith("No organization is called “Wake County”. Did you mean Wake County Schools (920)")
    assert reasons[1:] == [
        "This class has no track “Principals”. Write “Technology-Director” or “Leaders-21C”.",
        "The track is missing. Write “Technology-Director” or “Leaders-21C”.",
        "“nowhere” is not an e-mail address. Write one like name@district.k12.nc.us.",
    ]


def test_nothing_is_written_when_the_preview_has_changed(small: Cohort) -> None:
    fingerprint = _preview(ROSTER, small).fingerprint
    person("José de la Cruz", "jose@wake.org")
    sha256 = evidence.store(ROSTER.encode())
    with pytest.raises(PreviewChanged):
        import_roster(cohort=small, sha256=sha256, file="r.csv", fingerprint=fingerprint, by=BY, at=LATER)
    assert Enrollment.objects.count() == 0


def test_someone_known_is_enrolled_and_keeps_name_and_verified_address(small: Cohort) -> None:
    jose = person("José María de la Cruz", "old@wake.org")
    add_email(person=jose, address="jose@wake.org", by=BY, at=AT)
    verify_email(person=jose, address="old@wake.org", by=BY, at=AT)
    before = list(PersonEmail.objects.values())
    assert _states(ROSTER, small)[0] == (2, "ready", ("On record as José María de la Cruz; the name stays.",))
    _import(ROSTER, small)
    assert list(PersonEmail.objects.filter(person=jose).values()) == before
    assert Person.objects.get(pk=jose.pk).name == "José María de la Cruz"
    assert jose.enrollments.count() == 1


def test_someone_who_is_on_record_at_another_place_is_enrolled_with_a_note(small: Cohort) -> None:
    jose = person("José de la Cruz", "jose@wake.org")
    durham = Organization.objects.get(code="320")
    affiliate(person=jose, organization=durham, start=date(2014, 1, 1), by=BY, at=AT)
    note = (
        "On record at Durham Public Schools; Wake County Schools is added. "
        "End the other on the person's page if it has ended."
    )
    assert _states(ROSTER, small)[0] == (2, "ready", (note,))


def test_an_address_of_somebody_else_is_a_question(small: Cohort) -> None:
    person("Ida Wells", "jose@wake.org")
    assert _states(ROSTER, small)[0] == (
        2,
        "question",
        ("jose@wake.org belongs to Ida Wells, not José de la Cruz. Write each person's own address.",),
    )


def test_namesakes_with_other_addresses_are_two_persons_with_a_note(small: Cohort) -> None:
    person("Jose de la Cruz", "other@x.org")
    note = "Another José de la Cruz is on record (other@x.org); with another address this is another person."
    assert _states(ROSTER, small)[0] == (2, "ready", (note,))
    _import(ROSTER, small)
    assert Person.objects.filter(sort_name="de la cruz, jose").count() == 2


def test_a_known_name_without_address_is_a_question(small: Cohort) -> None:
    person("José de la Cruz", "jose@wake.org")
    text = "Name,Track,LEA\nJosé de la Cruz,Leaders 21C,920\n"
    note = "José de la Cruz is on record already. Add the e-mail address, so that we know whether it is the same."
    assert _states(text, small) == [(2, "question", (note,))]


def test_someone_without_address_is_enrolled_once_and_said_not_to_sign_in(small: Cohort) -> None:
    text = "Name,Track,LEA\nIda Wells,Leaders 21C,920\n"
    note = "No e-mail address: this person cannot sign in until one is added."
    assert _states(text, small) == [(2, "ready", (note,))]
    assert _import(text, small) == Imported(enrolled=1, already=0, left_out=0)
    assert _states(text, small) == [(2, "already", ())]
    assert Account.objects.count() == 0


def test_the_same_person_twice_in_a_file_is_a_question_but_may_be_in_two_tracks(small: Cohort) -> None:
    text = (
        "Name,E-mail,Track\n"
        "Ada,ada@x.org,technology director\n"
        "Ada,ADA@x.org,technology director\n"
        "Ada,ada@x.org,Leaders 21C\n"
        "Bo,ada@x.org,Leaders 21C\n"
    )
    assert [state for _, state, _ in _states(text, small)] == ["ready", "question", "ready", "question"]
    assert _import(text, small) == Imported(enrolled=2, already=0, left_out=2)
    assert Person.objects.count() == 1
    assert Person.objects.get().enrollments.count() == 2


def test_a_row_without_organization_is_enrolled_with_a_note(small: Cohort) -> None:
    text = "Name,E-mail,Track\nAda,ada@x.org,Leaders 21C\n"
    note = "No organization: write a district's name or LEA code if the person works for one."
    assert _states(text, small) == [(2, "ready", (note,))]


@pytest.mark.parametrize("people", [1, 3])
def test_a_preview_takes_the_same_queries_however_long_the_roster(small: Cohort, people: int) -> None:
    person("P0", "p0@x.org")
    lines = [f"P{n},p{n}@x.org,Leaders 21C,920" for n in range(people)]
    text = "\n".join(["Name,E-mail,Track,LEA", *lines])
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(_preview(text, small).of(State.READY)) == people
    assert len(queries) == 8
