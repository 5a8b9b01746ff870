"""Certificates as the staff of a program keep them."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.conf import LazySettings

from cecto.credentials import queries
from cecto.credentials.examining import examine_code
from cecto.credentials.models import CredentialVersion, Paper
from cecto.credentials.signing import open_issuer_key
from cecto.credentials.verifying import State
from tests.classes.browsing import browser, words_of
from tests.credentials import made
from tests.credentials.made import BY, LATER, PASSPHRASE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _passphrase(settings: LazySettings) -> None:
    settings.CECTO_KEY_PASSPHRASE = PASSPHRASE


def test_all_files_of_a_class_come_as_one_zip() -> None:
    version = made.issued("Ana Li")
    cohort = version.credential.decision.enrollment.cohort
    response = browser().get(f"/console/classes/{cohort.key}/certificates/files.zip")
    with ZipFile(BytesIO(response.content)) as archive:
        assert [name.rpartition(".")[2] for name in archive.namelist()] == ["json", "pdf"]
        assert archive.read(archive.namelist()[0]) == version.document.encode()


def test_papers_come_as_one_zip_and_are_unreleased() -> None:
    made.key()
    cohort = made.signed_ahead("Ana Li").enrollment.cohort
    staff = browser()
    page = f"/console/classes/{cohort.key}/certificates/"
    assert "1 decision is signed and waits" in words_of(staff.get(page).content)
    with ZipFile(BytesIO(staff.post(f"{page}papers/").content)) as archive:
        assert len(archive.namelist()) == 1
    assert examine_code(Paper.objects.get().code, at=LATER).state is State.UNRELEASED


def test_a_corrected_and_a_reinstated_one_are_new_versions() -> None:
    version = made.issued("Ana Lee")
    person = version.credential.decision.enrollment.person
    person.name = "Ana Li"
    person.save(update_fields=["name"])
    staff = browser()
    page = f"/console/certificates/{version.credential.key}/"
    staff.post(f"{page}versions/")
    assert list(CredentialVersion.objects.values_list("number", "holder_name")) == [(1, "Ana Lee"), (2, "Ana Li")]
    made.revoke(
        version=CredentialVersion.objects.get(number=2),
        reason="error",
        key=open_issuer_key(PASSPHRASE),
        by=BY,
        at=LATER,
    )
    staff.post(f"{page}versions/")
    assert queries.latest_of(version.credential) == CredentialVersion.objects.get(number=3)
