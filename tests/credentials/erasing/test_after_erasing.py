"""After erasing, no page offers an act on who was erased, and none of its addresses takes one."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from cecto.audits.actions import grant_exception
from cecto.audits.models import ExceptionGrant
from cecto.audits.queries import active_in_tracks
from cecto.certification.queries import Standing, docket
from cecto.coursework.models import Item
from cecto.coursework.queries import doers
from cecto.credentials.erasing.actions import erase_holder
from cecto.credentials.models import RecordedAward
from cecto.credentials.queries import to_issue
from cecto.credentials.recorded import actions as recorded
from cecto.credentials.recorded.said import AwardRefused
from cecto.people import names
from cecto.people.actions import grant_role
from cecto.people.models import Person, Role
from tests.access.browsers import signed_in
from tests.audits import story
from tests.audits.story import BY, EVENING, NEXT_DAY
from tests.credentials import made, past

pytestmark = pytest.mark.django_db


def _everyone() -> Client:
    """A browser of someone who may do everything in the program."""
    browser = signed_in("administrator")
    person = Person.objects.get(emails__address="administrator@example.org")
    for role in (Role.OFFICER, Role.COORDINATOR):
        grant_role(person=person, role=role, program_code="cecto", by=BY, at=EVENING)
    return browser


def _granted(told: story.Story) -> ExceptionGrant:
    return grant_exception(
        enrollment=told.ana,
        node="hours",
        kind=ExceptionGrant.Kind.LOWER,
        amount=60,
        office="steering-committee",
        granted_by=story.officer("Chair", "steering-committee"),
        reason="Hurricane",
        by=BY,
        at=EVENING,
    )


def test_the_pages_of_a_record_offer_nothing_and_their_addresses_take_nothing() -> None:
    told = story.tell()
    told.attend()
    grant, browser = _granted(told), _everyone()
    person, enrollment, cohort = told.ana.person, told.ana, told.cohort
    asked = [
        reverse("audits:grant", args=[enrollment.key, "hours"]),
        reverse("audits:revoke", args=[grant.key]),
        reverse("classes:status", args=[enrollment.key]),
        reverse("people:correct-name", args=[person.key]),
        reverse("people:work", args=[person.key]),
        reverse("people:add-address", args=[person.key]),
        reverse("people:grant-role", args=[person.key]),
        reverse("people:seat", args=[person.key]),
        reverse("coursework:makeups", args=[cohort.key]) + f"?person={person.key}",
    ]
    seen = [
        reverse("audits:record", args=[enrollment.key]),
        reverse("people:person", args=[person.key]),
        reverse("classes:people", args=[cohort.key]),
        *(reverse(f"coursework:{page}", args=[cohort.key]) for page in ("makeups", "study", "held", "background")),
        reverse("coursework:credit", args=[cohort.key]),
    ]
    before = "".join(browser.get(page).content.decode() for page in seen)
    assert [browser.get(address).status_code for address in asked] == [200] * len(asked)
    assert {reverse("audits:revoke", args=[grant.key]) in before, f'value="{person.key}"' in before} == {True}
    erase_holder(person=person, by=BY, at=NEXT_DAY)
    assert [browser.get(address).status_code for address in asked] == [404] * len(asked)
    after = [browser.get(page) for page in seen]
    assert [page.status_code for page in after] == [200] * len(seen)
    words = "".join(page.content.decode() for page in after)
    assert [address for address in (*asked, f'value="{person.key}"') if address in words] == []


def test_a_class_acts_on_nobody_erased() -> None:
    told = story.tell()
    told.attend()
    erase_holder(person=told.ana.person, by=BY, at=NEXT_DAY)
    rows = docket(told.cohort, true_on=NEXT_DAY.date(), known_at=NEXT_DAY)
    assert [row.standing for row in rows if row.seen.enrollment == told.ana] == [Standing.LEFT]
    assert doers(Item(cohort=told.cohort, tracks=["technology-director"]), date(2015, 8, 12)) == []
    assert active_in_tracks(told.cohort, ["technology-director"], on=date(2015, 8, 12)) == []


def test_a_certificate_of_who_was_erased_can_be_revoked_and_nothing_else() -> None:
    version = made.issued()
    browser, key = _everyone(), version.credential.key
    page, acts = reverse("credentials:life", args=[key]), ("renew", "on-request")
    offered = [f'"{reverse(f"credentials:{act}", args=[key])}"' for act in acts]
    assert all(act in browser.get(page).content.decode() for act in offered)
    erase_holder(person=version.credential.decision.enrollment.person, by=BY, at=made.LATER)
    after = browser.get(page).content.decode()
    assert [act for act in offered if act in after] == []
    assert reverse("credentials:revoke", args=[key]) in after
    assert browser.get(reverse("credentials:on-request", args=[key])).status_code == 404


def test_nothing_is_issued_to_who_was_erased() -> None:
    decision = made.decision()
    cohort = decision.enrollment.cohort
    assert list(to_issue(cohort)) == [decision]
    erase_holder(person=decision.enrollment.person, by=BY, at=made.LATER)
    assert list(to_issue(cohort)) == []


def test_a_past_award_names_nobody_again() -> None:
    award = past.award()
    browser, page = _everyone(), reverse("credentials:recorded", args=[award.key])
    recorded.erase_award(award=award, by=BY, at=made.LATER)
    after = browser.get(page).content.decode()
    acts = ("recorded-correct", "recorded-holder", "recorded-retract", "recorded-erase", "on-request")
    assert [act for act in acts if reverse(f"credentials:{act}", args=[award.key]) in after] == []
    with pytest.raises(AwardRefused, match="erased on request"):
        recorded.correct_award(award=award, said=past.said(), by=BY, at=made.LATER)
    with pytest.raises(AwardRefused, match="erased on request"):
        recorded.tell_whose(award=award, person=made.decision().enrollment.person, by=BY, at=made.LATER)
    left = RecordedAward.objects.get(pk=award.pk)
    assert (left.person, left.statements.get(superseded_at=None).name) == (None, names.ERASED)
