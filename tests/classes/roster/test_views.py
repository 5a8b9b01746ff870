"""The pages of importing a roster: nothing is written before the preview is accepted."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cecto.classes.models import Cohort, Enrollment
from cecto.people.actions import add_person
from cecto.people.models import Person
from tests.access.browsers import signed_in
from tests.classes import made

pytestmark = pytest.mark.django_db

ROSTER = b"Name,E-mail,Track\nAda,ada@x.org,leaders 21c\nBo,nowhere,leaders 21c\n"


@pytest.fixture
def cohort() -> Cohort:
    return made.cohort()


@pytest.fixture
def coordinator(cohort: Cohort) -> Client:
    return signed_in("coordinator", "cecto")


def _upload(client: Client, cohort: Cohort, content: bytes, name: str = "roster.csv") -> tuple[int, str, str]:
    address = reverse("classes:roster-import", args=[cohort.key])
    answer = client.post(address, {"file": SimpleUploadedFile(name, content)})
    return answer.status_code, answer.headers.get("Location", ""), answer.content.decode()


def _fingerprint(page: str) -> str:
    found = re.search(r'name="fingerprint" value="([0-9a-f]{64})"', page)
    assert found
    return found[1]


def test_uploading_shows_what_would_happen_and_writes_nothing(coordinator: Client, cohort: Cohort) -> None:
    status, preview, _ = _upload(coordinator, cohort, ROSTER)
    page = coordinator.get(preview).content.decode()
    assert status == 302
    assert "1 to enroll, 0 already enrolled, 1 to look at. Nothing has been written yet." in page
    assert "“nowhere” is not an e-mail address." in page
    assert (Enrollment.objects.count(), Person.objects.count()) == (0, 1)


def test_accepting_enrolls_those_who_are_ready_and_again_nobody(coordinator: Client, cohort: Cohort) -> None:
    _, preview, _ = _upload(coordinator, cohort, ROSTER)
    fingerprint = _fingerprint(coordinator.get(preview).content.decode())
    answer = coordinator.post(preview, {"fingerprint": fingerprint})
    assert answer.headers["Location"] == reverse("console:class", args=[cohort.key])
    assert list(Enrollment.objects.values_list("person__name", flat=True)) == ["Ada"]
    again = coordinator.get(preview).content.decode()
    assert "0 to enroll, 1 already enrolled, 1 to look at." in again
    assert "Nothing to change: choose another file" in again


def test_a_preview_that_has_changed_is_shown_again(coordinator: Client, cohort: Cohort) -> None:
    _, preview, _ = _upload(coordinator, cohort, ROSTER)
    fingerprint = _fingerprint(coordinator.get(preview).content.decode())
    add_person(name="Ada", email="ada@x.org", by=made.BY, at=made.AT)
    answer = coordinator.post(preview, {"fingerprint": fingerprint})
    assert answer.status_code == 422
    assert "Something changed since this preview was made." in answer.content.decode()
    assert Enrollment.objects.count() == 0


def test_a_file_that_is_no_roster_is_refused_on_the_form(coordinator: Client, cohort: Cohort) -> None:
    status, _, page = _upload(coordinator, cohort, b"Who,Where\nAda,here\n")
    assert status == 422
    assert "roster.csv, row 1: There is no column “Name”." in page


def test_what_is_too_large_is_refused_before_it_is_read(coordinator: Client, cohort: Cohort) -> None:
    status, _, page = _upload(coordinator, cohort, b"x" * (settings.MAX_UPLOAD_BYTES + 1))
    assert status == 413
    assert "What you sent has 11 MB; at most 10 MB are taken, and nothing was saved." in page


def test_a_token_of_another_class_is_not_found(coordinator: Client, cohort: Cohort) -> None:
    other = made.cohort(code="cecto-2017")
    _, preview, _ = _upload(coordinator, cohort, ROSTER)
    assert coordinator.get(preview.replace(cohort.key, other.key)).status_code == 404
    assert coordinator.get(reverse("classes:roster-preview", args=[cohort.key, "made-up"])).status_code == 404


def test_the_preview_downloads_as_shown(coordinator: Client, cohort: Cohort) -> None:
    _, preview, _ = _upload(coordinator, cohort, ROSTER)
    lines = coordinator.get(preview, {"download": "csv"}).content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["Name", "Bo", "Ada"]
