"""Erasing a holder: nothing personal is left in public, what verifies still verifies, and the preview told it."""

from __future__ import annotations

from pathlib import Path

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from cecto.attendance.models import Notice
from cecto.credentials import actions
from cecto.credentials.erasing.actions import erase_holder
from cecto.credentials.erasing.queries import files_that_go, preview_erasure
from cecto.credentials.examining import examine_code, examine_file
from cecto.credentials.kit.export import write_public
from cecto.credentials.listing.actions import let_list
from cecto.credentials.models import CredentialVersion, WrittenRequest
from cecto.credentials.queries import certificate_pdf
from cecto.credentials.signing import open_issuer_key
from cecto.credentials.tokens.actions import make_token
from cecto.credentials.transcript.actions import make_transcript
from cecto.credentials.verifying import State
from cecto.foundation import evidence
from cecto.foundation.journal.models import JournalEntry
from cecto.people import names
from cecto.people.actions import PeopleRefused, add_email, correct_name, create_account, grant_role
from cecto.people.models import Account, Person, Role
from tests.classes import made as classes
from tests.classes.browsing import browser, words_of
from tests.credentials import made, past
from tests.credentials.made import AT, BY, LATER, PASSPHRASE

pytestmark = pytest.mark.django_db
EVERYTHING = frozenset({"class_label", "track", "district", "year", "verification"})
PERSONAL = ("Núñez", "Brien", "Zoë", "zoe@example.org", "Wilma", "Pastora")


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    caches["pace"].clear()


def holder() -> tuple[Person, CredentialVersion]:
    """Someone with everything that is kept of a holder: two versions, a transcript, a token, letters, a past award."""
    first = made.issued()
    person = first.credential.decision.enrollment.person
    add_email(person=person, address="zoe@example.org", by=BY, at=AT)
    create_account(person=person, by=BY, at=AT)
    correct_name(person=person, name="Zoë Núñez", by=BY, at=AT)
    key = open_issuer_key(PASSPHRASE)
    version = actions.correct(credential=first.credential, key=key, by=BY, at=LATER)
    make_transcript(version=version, key=key, by=BY, at=LATER)
    make_token(version=version, key=key, passphrase=PASSPHRASE, by=BY, at=LATER)
    let_list(credential=version.credential, fields=EVERYTHING, request=past.LETTER, by=BY, at=LATER)
    let_list(award=past.award(person), fields=EVERYTHING, request=past.LETTER, by=BY, at=LATER)
    return person, CredentialVersion.objects.get(pk=version.pk)


def everything_public(version: CredentialVersion, folder: Path) -> str:
    """Every public page, download and export, as one text."""
    code, key = version.printed_code, version.credential.key
    pages = [
        "/registry/",
        "/registry/?q=zoe",
        "/registry/?download=csv",
        "/registry/people.jsonld",
        "/registry/numbers/",
        "/registry/numbers.jsonld",
        "/classes/",
        f"/verify/{code}",
        f"/verify/{code}?format=json",
        f"/verify/{code}/certificate.pdf",
        f"/verify/{code}/credential.json",
        f"/verify/{code}/badge.svg",
        f"/verify/{code}/kit.zip",
        f"/credentials/{key}",
        *(f"/verify/{award.printed_code}?format=json" for award in past.program().recorded_awards.all()),
    ]
    shown = [Client().get(page).content.decode(errors="replace") for page in pages]
    return "\n".join([*shown, *(path.read_text("utf-8", errors="replace") for path in write_public(folder, at=LATER))])


@time_machine.travel(LATER, tick=False)
def test_nothing_personal_is_left_in_public_pages_exports_and_open_data(tmp_path: Path) -> None:
    person, version = holder()
    before = everything_public(version, tmp_path / "before")
    assert all(word in before for word in ("Núñez", "Wilma", "Zoë"))
    erase_holder(person=person, by=BY, at=LATER)
    after = everything_public(version, tmp_path / "after")
    assert [word for word in PERSONAL if word in after] == []


def test_what_the_holder_keeps_still_verifies_and_can_be_revoked() -> None:
    person, version = holder()
    pdf, document, token = certificate_pdf(version), version.document.encode(), version.token.text.encode()
    kept = (version.sha256, version.code, version.status_index, version.valid_from)
    erase_holder(person=person, by=BY, at=LATER)
    left = CredentialVersion.objects.get(pk=version.pk)
    assert (left.sha256, left.code, left.status_index, left.valid_from) == kept
    assert (left.erased, left.shown_name, left.certificate["holder"]) == (True, names.ERASED, "")
    for file in (pdf, document, token):
        assert examine_file(file, what="x", at=LATER).state is State.VALID
    made.revoke(version=left, reason="error", key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
    assert examine_code(left.code, at=LATER).state is State.REVOKED


def test_no_new_version_names_who_was_erased() -> None:
    person, version = holder()
    erase_holder(person=person, by=BY, at=LATER)
    key = open_issuer_key(PASSPHRASE)
    with pytest.raises(actions.CredentialRefused, match="was erased"):
        actions.correct(credential=version.credential, key=key, by=BY, at=LATER)
    left = CredentialVersion.objects.exclude(pk=version.pk).get()
    assert left.erased


def test_letters_go_once_it_is_committed_but_not_those_that_others_need(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    person, version = holder()
    shared, own = evidence.store(b"%PDF-1.7 of two people"), evidence.store(b"%PDF-1.7 of one person")
    cohort = version.credential.decision.enrollment.cohort
    meeting = classes.meeting(cohort)
    for who, digest in ((person, shared), (classes.person("Bo Lindqvist"), shared), (person, own)):
        Notice.objects.create(
            meeting=meeting,
            person=who,
            kind="absence",
            text="ill",
            document_sha256=digest,
            document_name="a.pdf",
            made_at=AT,
            made_by="test",
        )
    letter = WrittenRequest.objects.first()
    assert letter is not None
    assert files_that_go(person) == sorted([own, letter.letter_sha256])
    with django_capture_on_commit_callbacks(execute=True):
        erase_holder(person=person, by=BY, at=LATER)
    assert evidence.load(shared)
    for digest in (own, letter.letter_sha256):
        with pytest.raises(FileNotFoundError):
            evidence.load(digest)
    assert set(Notice.objects.filter(person=person).values_list("text", "document_name")) == {(names.ERASED, "")}


def test_names_addresses_and_the_account_go_and_the_journal_says_that_it_was_done() -> None:
    person, _ = holder()
    erase_holder(person=person, by=BY, at=LATER)
    left = Person.objects.get(pk=person.pk)
    assert (left.name, left.erased_at, left.emails.count(), left.former_names.count()) == (names.ERASED, LATER, 0, 0)
    assert not Account.objects.filter(person=person).exists()
    done = JournalEntry.objects.filter(action="credentials.erase-holder").get()
    assert (done.subject_key, done.detail) == (person.key, {"letters": 1})
    told = " ".join(str(row) for row in JournalEntry.objects.values_list("detail", flat=True))
    assert [word for word in PERSONAL if word in told] == []
    with pytest.raises(PeopleRefused, match="erased already"):
        erase_holder(person=person, by=BY, at=LATER)


def test_who_holds_a_role_is_not_erased_before_it_ends() -> None:
    person, version = holder()
    grant_role(person=person, role=Role.PARTNER, program_code="cecto", by=BY, at=AT)
    assert "End these first" in preview_erasure(person).hindrance
    with pytest.raises(PeopleRefused, match="holds a role"):
        erase_holder(person=person, by=BY, at=LATER)
    assert not CredentialVersion.objects.get(pk=version.pk).erased


@pytest.mark.parametrize(
    "change",
    [
        {"document": "{}"},
        {"holder_name": ""},
        {"code": "0" * 12, "document": "", "holder_name": ""},
        {"document": "", "holder_name": "", "certificate": {}},
    ],
)
def test_the_database_lets_an_erasure_change_nothing_else(change: dict[str, object]) -> None:
    version = made.issued()
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        CredentialVersion.objects.filter(pk=version.pk).update(**change)
    assert connection.vendor in {"sqlite", "postgresql"}


@time_machine.travel(LATER, tick=False)
def test_an_administrator_sees_what_goes_and_what_stays_and_erases() -> None:
    person, version = holder()
    staff, page = browser(Role.ADMINISTRATOR, program=""), f"/console/people/{person.key}/erasure/"
    assert page in staff.get(f"/console/people/{person.key}/").content.decode()
    shown = words_of(staff.get(page).content)
    for sentence in (
        "1 former name.",
        "1 e-mail address.",
        "The content of 2 signed versions.",
        "The name on 1 past award.",
        "1 letter or proof.",
        "A file that the holder keeps still verifies",
        "1 decision with its audit.",
    ):
        assert sentence in shown
    assert staff.post(page, {}).status_code == 422
    said = words_of(staff.post(page, {"asked": "on"}, follow=True).content)
    assert "Erased. What is left is known by a key only." in said
    assert "Zoë" not in said
    life = words_of(browser().get(f"/console/certificates/{version.credential.key}/").content)
    assert "in the name of Erased on request" in life
