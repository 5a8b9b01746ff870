"""An award that ends, from its first version to a renewed one, as everybody sees it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.cache import caches
from django.db.models import Q
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cecto.certification.actions import AuditChanged, DecisionRefused, NotEligible
from cecto.certification.models import Renewal
from cecto.credentials import actions, queries
from cecto.credentials.examining import examine_code
from cecto.credentials.models import CredentialVersion
from cecto.credentials.renewing.queries import case_of, ending
from cecto.credentials.signing import open_issuer_key
from cecto.credentials.verifying import State
from cecto.foundation.journal.actor import Actor
from cecto.foundation.journal.models import JournalEntry
from cecto.people.models import Person
from cecto.people.seats import NotTheirOffice
from cecto.requirements.results import Status
from tests.classes import made as classes
from tests.credentials.made import BY, PASSPHRASE, corrected, revoke
from tests.credentials.renewing.made import ENDS, IN_TIME, NEXT, awarded, officer, studied
from tests.credentials.test_actions import seen_by_all

pytestmark = pytest.mark.django_db
LATE = datetime(2019, 9, 3, 17, tzinfo=UTC)


def renewed(
    version: CredentialVersion, *, until: date = NEXT, at: datetime = IN_TIME, signer: Person | None = None
) -> CredentialVersion:
    signer = signer or officer()
    return actions.renew(
        credential=version.credential,
        viewed_until=until.isoformat(),
        officer=signer,
        key=open_issuer_key(PASSPHRASE),
        by=Actor.person(signer.key, signer.pk),
        at=at,
    )


def valid_until(version: CredentialVersion) -> datetime | None:
    return version.valid_until


def test_the_first_version_ends_when_the_definition_says() -> None:
    version = awarded()
    assert valid_until(version) == datetime(2019, 6, 15, 4, tzinfo=UTC)
    assert version.certificate["details"].endswith("valid until June 14, 2019")
    assert seen_by_all(version, datetime(2019, 6, 15, 3, 59, tzinfo=UTC)) == {State.VALID}
    assert seen_by_all(version, datetime(2019, 6, 15, 4, tzinfo=UTC)) == {State.EXPIRED}


def test_an_award_is_valid_to_the_end_of_its_first_cycle_at_least() -> None:
    assert valid_until(awarded(of="alabama-cto-academy-2022")) == datetime(2017, 10, 1, 5, tzinfo=UTC)


def test_a_met_cycle_is_renewed_by_the_office_that_decides() -> None:
    first = awarded()
    studied(first)
    second = renewed(first)
    assert (second.number, second.credential) == (2, first.credential)
    assert valid_until(second) == datetime(2022, 6, 15, 4, tzinfo=UTC)
    kept = Renewal.objects.get()
    assert (kept.cycle, kept.valid_until, kept.office, kept.audit["status"]) == (
        1,
        NEXT,
        "certification-officer",
        "met",
    )
    assert seen_by_all(second, LATE) == {State.VALID}
    found = examine_code(first.code, at=LATE)
    assert (found.state, found.latest) == (State.SUPERSEDED, second)
    assert found.sentence == "It was replaced on December 3, 2018: It was renewed."
    done = JournalEntry.objects.filter(at=IN_TIME, action__endswith="renew").values_list("action", "actor_kind")
    assert list(done) == [("certification.renew", "person"), ("credentials.renew", "person")]


def test_what_is_not_earned_is_not_renewed() -> None:
    version = awarded()
    studied(version, 45)
    with pytest.raises(NotEligible, match="activities: 45\N{NO-BREAK SPACE}h of 60\N{NO-BREAK SPACE}h"):
        renewed(version)
    assert CredentialVersion.objects.count() == 1
    assert Renewal.objects.count() == 0


def test_a_cycle_is_renewed_once_and_on_what_was_seen() -> None:
    version, signer = awarded(), officer()
    studied(version)
    with pytest.raises(AuditChanged):
        renewed(version, until=date(2025, 6, 15), signer=signer)
    renewed(version, signer=signer)
    with pytest.raises(NotEligible):
        renewed(version, signer=signer)
    assert CredentialVersion.objects.count() == 2


def test_only_the_office_renews_and_nobody_their_own() -> None:
    version = awarded()
    studied(version)
    holder = version.credential.decision.enrollment.person
    for signer, refusal in ((classes.person("Someone Else"), NotTheirOffice), (holder, DecisionRefused)):
        with pytest.raises(refusal):
            renewed(version, signer=signer)


def test_what_was_met_in_time_may_be_renewed_late() -> None:
    version = awarded()
    studied(version)
    assert queries.known(version, at=LATE).state is State.EXPIRED
    second = renewed(version, at=LATE)
    assert valid_until(second) == datetime(2022, 6, 15, 4, tzinfo=UTC)
    assert seen_by_all(second, LATE) == {State.VALID}


def test_a_revoked_certificate_is_not_renewed_and_a_correction_keeps_the_renewal() -> None:
    version, signer = awarded(), officer()
    studied(version)
    second = renewed(version, signer=signer)
    key = open_issuer_key(PASSPHRASE)
    third = corrected(second, by_key=key, at=LATE)
    assert valid_until(third) == valid_until(second)
    revoke(version=third, reason="conduct", key=key, by=BY, at=LATE)
    with pytest.raises(actions.CredentialRefused, match="is not renewed"):
        renewed(version, signer=signer, at=LATE)


def test_the_list_says_who_has_what_left_with_the_queries_of_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first = awarded()
    studied(first)
    listed = {"by": ENDS, "true_on": IN_TIME.date(), "known_at": IN_TIME}
    ending(Q(), **listed)  # type: ignore[arg-type]
    with django_assert_num_queries(9):
        (one,) = ending(Q(), **listed)  # type: ignore[arg-type]
    assert (one.case.word, one.case.renewable_until, one.case.left) == ("ready to renew", NEXT, ())
    for name in ("Ada Núñez", "Bo Lindqvist"):
        awarded(name)
    with django_assert_num_queries(9):
        found = ending(Q(), **listed)  # type: ignore[arg-type]
    assert [(one.version.holder_name, one.case.word) for one in found] == [
        ("Consuelo Hardaway", "ready to renew"),
        ("Bo Lindqvist", "to be renewed"),
        ("Ada Núñez", "to be renewed"),
    ]
    assert {result.status for result in found[1].case.left} == {Status.OPEN}
    assert ending(Q(program__code="cecto"), **listed) == []  # type: ignore[arg-type]
    assert ending(Q(), by=date(2019, 6, 14), true_on=IN_TIME.date(), known_at=IN_TIME) == []


def test_an_award_lapses_after_its_days_of_grace() -> None:
    version = awarded()
    words = []
    for on in (date(2018, 1, 1), date(2018, 7, 1), date(2019, 7, 1), date(2019, 9, 1)):
        case = case_of(version.credential, true_on=on, known_at=LATE)
        words.append(case.word if case else "")
    assert words == ["nothing is asked yet", "to be renewed", "over, in the days of grace", "lapsed"]


def test_the_page_of_an_expired_one_says_when(client: Client) -> None:
    caches["pace"].clear()
    version = awarded()
    with time_machine.travel(LATE, tick=False):
        page = client.get(f"/verify/{version.code}").content.decode()
    assert "This certificate has expired" in page
    assert "It expired on June 14, 2019 and wasn’t renewed." in page


MADE_UP, GONE = datetime(2019, 12, 3, 17, tzinfo=UTC), datetime(2020, 8, 14, 17, tzinfo=UTC)


def lapsed() -> CredentialVersion:
    """A certificate that lapsed with 45 of 60 hours; the rest was made up in October 2019."""
    version = awarded()
    studied(version, 45)
    studied(version, 15, on=date(2019, 10, 1), at=MADE_UP)
    return version


def test_a_lapsed_award_is_reinstated_once_what_was_missing_is_made_up() -> None:
    first = lapsed()
    case = case_of(first.credential, true_on=MADE_UP.date(), known_at=MADE_UP)
    assert case is not None
    assert (case.word, case.renewable_until, case.left) == ("lapsed, ready to reinstate", NEXT, ())
    second = renewed(first, at=MADE_UP)
    assert seen_by_all(second, MADE_UP) == {State.VALID}
    assert valid_until(second) == datetime(2022, 6, 15, 4, tzinfo=UTC)
    kept = Renewal.objects.get()
    assert (kept.cycle, kept.reinstated, kept.audit["status"]) == (1, True, "met")
    told = examine_code(first.code, at=MADE_UP).sentence
    assert told == "It was replaced on December 3, 2019: It had expired and was reinstated."
    assert JournalEntry.objects.filter(at=MADE_UP, action="certification.reinstate").count() == 1


def test_hours_made_up_for_a_lapse_do_not_count_for_the_next_cycle() -> None:
    first = lapsed()
    renewed(first, at=MADE_UP)
    case = case_of(first.credential, true_on=date(2021, 12, 1), known_at=datetime(2021, 12, 1, tzinfo=UTC))
    assert case is not None
    assert (case.word, [result.value for result in case.left][:1]) == ("to be renewed", [0])


def test_a_lapse_is_final_when_nothing_was_made_up_or_the_time_is_over() -> None:
    first = awarded()
    studied(first, 45)
    with pytest.raises(NotEligible, match="activities: 45\N{NO-BREAK SPACE}h of 60\N{NO-BREAK SPACE}h"):
        renewed(first, at=MADE_UP)
    studied(first, 15, on=date(2019, 10, 1), at=MADE_UP)
    with pytest.raises(NotEligible, match="cannot be renewed now"):
        renewed(first, at=GONE, signer=Person.objects.get(name="Dana Reyes-Whitfield"))
    assert CredentialVersion.objects.count() == 1
