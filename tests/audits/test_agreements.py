"""Moving people to easier rules takes the offices that an exception with that effect would take, on the page too."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations

import pytest
import time_machine
from django.urls import reverse

from cecto.audits.actions import Agreed, Move, VersionRefused, agree_to_version
from cecto.audits.models import VersionAgreement, VersionChange
from cecto.audits.queries import audit_enrollment, enrollments_to_audit
from cecto.classes.models import Enrollment
from cecto.foundation.journal.actor import Actor
from cecto.people.actions import add_email, create_account, grant_role, seat_officer
from cecto.people.models import Person, Role
from cecto.programs.actions import publish_definition
from cecto.programs.models import Definition
from tests.access.browsers import browser_of
from tests.audits import story
from tests.audits.story import BEFORE, BY, NEXT_DAY

pytestmark = pytest.mark.django_db
Rule = VersionChange.Rule
START = date(2015, 8, 12)
SECOND = story.DIRECTORS.replace("version: 1", "version: 2")
FEWER_HOURS = SECOND.replace("at_least: 9h", "at_least: 5h")
MORE_HOURS = SECOND.replace("at_least: 9h", "at_least: 20h")
HOURS = SECOND[: SECOND.index("    - id: joint")] + SECOND[SECOND.index("award:") :]
BOTH_EASIER = HOURS.replace("at_least: 9h", "at_least: 5h")
SECURED = story.DIRECTORS.replace("      waivable: {by: program-director}\n", "")
SECURED_EASIER = SECURED[: SECURED.index("    - id: joint")] + SECURED[SECURED.index("award:") :]
OFFICES = ("steering-committee", "dpi-liaison", "program-director")


def _published(text: str) -> Definition:
    return publish_definition(draft=story.draft(text), by=BY, at=BEFORE)


def _officers() -> dict[str, Person]:
    return {office: story.officer(office.title(), office) for office in OFFICES}


def _agree(
    told: story.Story,
    to: Definition,
    officer: Person,
    *,
    rule: Rule = Rule.MOVE,
    start: date = START,
    only: bool = False,
) -> Agreed:
    return agree_to_version(
        move=Move(told.ana.track, to, rule, start, told.ana if only else None),
        reason="The committee decided",
        officer=officer,
        by=Actor.person(officer.key, officer.pk),
        at=NEXT_DAY,
    )


def _version(enrollment: Enrollment) -> int:
    fresh = enrollments_to_audit().get(pk=enrollment.pk)
    return audit_enrollment(fresh, true_on=START, known_at=NEXT_DAY).definition.version


NEEDED = [
    # What the other version says, and the offices that the exceptions with that effect need.
    (story.DIRECTORS, FEWER_HOURS, {"steering-committee", "dpi-liaison"}),
    (story.DIRECTORS, HOURS, {"program-director"}),
    (story.DIRECTORS, BOTH_EASIER, set(OFFICES)),
    (story.DIRECTORS, MORE_HOURS, set()),
    # Where nobody may grant an exception, those decide who decide on the award.
    (SECURED, SECURED_EASIER.replace("version: 1", "version: 2"), {"program-director", "dpi-liaison"}),
]


@pytest.mark.parametrize("only", [False, True])
@pytest.mark.parametrize("rule", [Rule.MOVE, Rule.BETTER])
@pytest.mark.parametrize(("old", "new", "needed"), NEEDED)
def test_a_move_takes_the_offices_of_the_exceptions_with_its_effect_in_any_order(
    old: str, new: str, needed: set[str], rule: Rule, only: bool
) -> None:
    told = story.tell(old)
    to, officers = _published(new), _officers()
    order = sorted(needed) or ["program-director"]
    for office in order[:-1]:
        agreed = _agree(told, to, officers[office], rule=rule, only=only)
        assert (agreed.change, len(agreed.waits_for) > 0) == (None, True)
        assert _version(told.ana) == 1
        with pytest.raises(VersionRefused, match="takes what an exception takes"):
            _agree(told, to, officers[office], rule=rule, only=only)
    for office in set(OFFICES) - needed if needed else ():
        with pytest.raises(VersionRefused, match="takes what an exception takes"):
            _agree(told, to, officers[office], rule=rule, only=only)
    assert _agree(told, to, officers[order[-1]], rule=rule, only=only).change is not None
    assert VersionAgreement.objects.count() == len(needed)


@pytest.mark.parametrize("order", list(permutations(["steering-committee", "dpi-liaison"])))
def test_one_person_with_both_offices_is_one_and_nobody_agrees_for_themselves(order: tuple[str, str]) -> None:
    told = story.tell()
    to = _published(FEWER_HOURS)
    both = story.officer("Both", order[0])
    for person in (both, told.ana.person):
        seat_officer(
            person=person, office=order[1], program_code="cecto", start=START, acting=person != both, by=BY, at=BEFORE
        )
    with pytest.raises(VersionRefused, match="nobody for themselves"):
        _agree(told, to, told.ana.person)
    assert _agree(told, to, both).change is None
    with pytest.raises(VersionRefused):
        _agree(told, to, both)
    assert _version(told.ana) == 1


def test_those_who_stay_are_not_touched_and_ask_for_nobody() -> None:
    told = story.tell()
    assert _agree(told, _published(FEWER_HOURS), story.officer("Anyone", "registrar"), rule=Rule.STAY).change
    assert not VersionAgreement.objects.exists()


def test_easier_rules_begin_no_earlier_than_an_exception_would() -> None:
    told = story.tell()
    to, officers = _published(FEWER_HOURS), _officers()
    with pytest.raises(VersionRefused, match="no earlier than 2015-08-12"):
        _agree(told, to, officers["dpi-liaison"], start=START - timedelta(days=1))
    assert not VersionAgreement.objects.exists()


def test_what_was_agreed_for_one_move_is_not_agreed_for_another() -> None:
    told = story.tell()
    to, officers = _published(FEWER_HOURS), _officers()
    _agree(told, to, officers["steering-committee"])
    assert _agree(told, to, officers["dpi-liaison"], only=True).change is None
    assert _agree(told, to, officers["dpi-liaison"], start=START + timedelta(days=1)).change is None
    assert not VersionChange.objects.exists()


@time_machine.travel(NEXT_DAY, tick=False)
def test_two_officers_agree_on_the_page_and_the_class_sees_who_did() -> None:
    told = story.tell()
    to, officers = _published(FEWER_HOURS), _officers()
    address = reverse("audits:version", args=[told.cohort.key, to.key])
    form = {"rule": "move", "start": "2015-08-12", "reason": "Hurricane"}
    pages = []
    for office in ("dpi-liaison", "program-director", "steering-committee"):
        person = officers[office]
        add_email(person=person, address=f"{office}@example.org", by=BY, at=BEFORE)
        create_account(person=person, by=BY, at=BEFORE)
        grant_role(person=person, role=Role.OFFICER, program_code="cecto", by=BY, at=BEFORE)
        pages.append(browser_of(Person.objects.get(pk=person.pk)).post(address, form, follow=True))
    assert [page.status_code for page in pages] == [200, 422, 200]
    first, refused, last = (page.content.decode() for page in pages)
    assert "Nothing changes until the" in first
    assert "Dpi-Liaison" in first
    assert "the steering committee must agree" in refused
    assert "The change is recorded." in last
    assert _version(told.ana) == 2
