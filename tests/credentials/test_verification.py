"""“Is this certificate real?” as a stranger asks it."""

from __future__ import annotations

import gzip
import json
import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cecto.credentials import actions, codes, queries
from cecto.credentials.signing import open_issuer_key
from cecto.people.actions import correct_name
from tests.classes.browsing import browser
from tests.credentials import made
from tests.credentials.made import BY, LATER, PASSPHRASE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    caches["pace"].clear()


def asked(client: Client, code: str) -> tuple[int, str]:
    response = client.get(f"/verify/{code}", {"format": "json"})
    return response.status_code, response.json()["state"]


def uploaded(client: Client, content: bytes) -> HttpResponse:
    return client.post("/verify/", {"file": SimpleUploadedFile("x.bin", content)})  # type: ignore[return-value]


def test_a_code_leads_to_its_page(client: Client) -> None:
    version = made.issued()
    response = client.get("/verify/", {"code": f" {codes.printed(version.code).lower()} "})
    assert response.headers["Location"] == f"/verify/{codes.printed(version.code)}"
    page = client.get(response.headers["Location"])
    assert page.status_code == 200
    assert "This certificate is valid" in page.content.decode()
    assert "Zoë Núñez-O’Brien" in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex"


def test_the_page_shows_class_hours_issuer_and_partners_apart(client: Client) -> None:
    version = made.issued()
    page = " ".join(client.get(f"/verify/{version.printed_code}").content.decode().split())
    assert "<dt>Class</dt><dd>cecto Class of 2016</dd>" in page
    assert "<dt>Hours</dt><dd>242.25 contact hours, 24.22 CEU</dd>" in page
    issuer = page.split("<dt>Issued by</dt>")[1].split("</dd>")[0]
    assert ("mark" in issuer, "N.C. CeCTO program" in issuer, "Instruction" in issuer) == (True, True, True)


def test_the_picture_travels_compressed(client: Client) -> None:
    address = f"/verify/{made.issued().printed_code}"
    shown = re.search(r'<img class="app-paper"\s+src="([^"]+)"', client.get(address).content.decode())
    assert shown is not None
    plain, sent = client.get(shown[1]), client.get(shown[1], headers={"accept-encoding": "gzip"})
    assert gzip.decompress(sent.content) == plain.content
    assert (sent["Content-Encoding"], len(sent.content) < 100_000) == ("gzip", True)


def test_the_printed_address_is_the_page(client: Client) -> None:
    version = made.issued()
    assert client.get(version.certificate["verify_url"].removeprefix(made.ADDRESS)).status_code == 200


def test_every_state_is_told(client: Client) -> None:
    first = made.issued()
    second = made.corrected(first)
    assert asked(client, first.code) == (200, "superseded")
    assert asked(client, second.code) == (200, "valid")
    made.revoke(version=second, reason="error", key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
    assert asked(client, second.code) == (200, "revoked")
    assert "It was issued in error." in client.get(f"/verify/{second.code}").content.decode()


def test_a_code_never_issued_is_not_found(client: Client) -> None:
    assert client.get("/verify/000000000000").status_code == 404
    assert asked(client, "000000000000") == (404, "unknown")


def test_a_mistyped_code_is_told_without_the_registers_help(client: Client) -> None:
    version = made.issued()
    wrong = "0" if version.code[0] != "0" else "1"
    with CaptureQueriesContext(
        connection,
    ) as asked_of_database:
        response = client.get("/verify/", {"code": wrong + version.code[1:]})
    assert response.status_code == 422
    assert "one is wrong" in response.content.decode()
    assert [query["sql"] for query in asked_of_database if "credentials_" in query["sql"]] == []


def test_files_are_looked_up_however_they_are_laid_out(client: Client) -> None:
    version = made.issued()
    as_given = [version.document.encode(), client.get(f"/verify/{version.code}/certificate.pdf").content]
    saved_again = [json.dumps(json.loads(version.document)).encode(), as_given[1] + b"\n"]
    for content, heading in [
        *((one, "This certificate is valid") for one in as_given),
        *((one, "The page you were given was changed") for one in saved_again),
    ]:
        response = uploaded(client, content)
        assert (response.status_code, heading in response.content.decode()) == (200, True)


def test_a_changed_file_is_told(client: Client) -> None:
    version = made.issued()
    response = uploaded(client, version.document.replace("Núñez", "Nunez").encode())
    assert "This file was changed" in response.content.decode()


@pytest.mark.parametrize(
    "content",
    [
        *(b"hello", b"%PDF-1.7 nothing", b"[" * 60_000, b'{"a":' + b'{"a":' * 50 + b"1" + b"}" * 51),
        *(b'{"a": ' + b"9" * 5000 + b"}", b'{"id": "/credentials/\\ud800"}', b'{"id": "/credentials/\\u0000"}'),
    ],
    ids=["words", "another pdf", "brackets", "deep", "a number of 5,000 digits", "half a pair", "a zero character"],
)
def test_other_files_are_refused_with_a_reason(client: Client, content: bytes) -> None:
    response = uploaded(client, content)
    assert response.status_code == 422
    assert "usa-error-message" in response.content.decode()


def test_a_json_ld_bomb_is_looked_up_and_never_canonicalized(client: Client) -> None:
    nodes = [{"p": [{"@id": f"_:b{other}"} for other in range(10) if other != node]} for node in range(10)]
    bomb = {
        "@context": {"p": "https://example.org/p"},
        "@graph": [{"@id": f"_:b{n}"} | node for n, node in enumerate(nodes)],
    }
    response = uploaded(client, json.dumps(bomb).encode())
    assert response.status_code == 200
    assert "We didn’t issue this certificate" in response.content.decode()


def test_someone_in_a_hurry_is_slowed_down(client: Client) -> None:
    # On a busy machine sixty questions may take longer than the minute that they are counted in.
    with time_machine.travel(LATER, tick=False):
        asked_in_a_hurry(client)


def asked_in_a_hurry(client: Client) -> None:
    statuses = [client.get("/verify/000000000000").status_code for _ in range(61)]
    assert statuses == [404] * 60 + [429]
    assert client.get("/verify/000000000000", REMOTE_ADDR="192.0.2.7").status_code == 404


def test_the_files_of_a_version_are_for_those_who_have_its_code(client: Client) -> None:
    version = made.issued()
    pdf = client.get(f"/verify/{version.code}/certificate.pdf")
    assert (pdf["Content-Type"], pdf.content) == ("application/pdf", queries.certificate_pdf(version))
    signed = client.get(f"/verify/{codes.printed(version.code)}/credential.json")
    assert (signed["Content-Type"], signed.content) == ("application/vc", version.document.encode())
    zipped = client.get(f"/verify/{version.code}/kit.zip")
    with ZipFile(BytesIO(zipped.content)) as archive:
        assert archive.read("credential.json") == version.document.encode()
    assert zipped["Cache-Control"] == "no-store"
    for name in ("certificate.pdf", "credential.json", "kit.zip"):
        assert client.get(f"/verify/000000000000/{name}").status_code == 404


def test_the_holder_and_nobody_else_is_offered_linkedin(client: Client) -> None:
    version = made.issued()
    assert "linkedin.com" not in client.get(f"/verify/{version.code}").content.decode()
    assert "linkedin.com" not in browser().get(f"/verify/{version.code}").content.decode()
    own = browser(None, who=version.credential.decision.enrollment.person)
    page = own.get(f"/verify/{version.code}").content.decode()
    assert "issueYear=2016&amp;issueMonth=6&amp;certUrl=https%3A%2F%2Fcecto.example.org%2Fverify%2F" in page


def test_whoever_has_the_former_name_does_not_learn_the_new_one(client: Client) -> None:
    former = made.issued("Robert Oyelaran")
    person = former.credential.decision.enrollment.person
    correct_name(person=person, name="Ruth Adeyemi", by=BY, at=LATER)
    current = actions.correct(credential=former.credential, key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
    browsing = {"Accept": "text/html"}
    answers: list[Any] = [
        client.get(f"/verify/{former.code}"),
        client.get(f"/verify/{former.code}", {"format": "json"}),
        *(client.get(f"/verify/{former.code}/{name}") for name in ("certificate.pdf", "credential.json", "badge.svg")),
        uploaded(client, former.document.encode()),
        uploaded(client, former.document.replace("242.25", "400").encode()),
        client.get(f"/credentials/{former.credential.key}"),
        client.get(f"/credentials/{former.credential.key}", headers=browsing),
    ]
    assert [answer.status_code for answer in answers] == [200] * 4 + [404, 200, 200, 404, 302]
    for answer in answers:
        told = f"{answer.content!r} {dict(answer.headers)}".lower()
        assert [word for word in ("ruth", "adeyemi", current.code.lower()) if word in told] == []


def test_a_version_signed_anew_leads_to_the_one_that_holds(client: Client) -> None:
    former = made.issued()
    current = made.corrected(former)
    assert f"/verify/{current.printed_code}" in client.get(f"/verify/{former.code}").content.decode()
    assert client.get(f"/verify/{former.code}", {"format": "json"}).json()["superseded_by"] == current.code
    assert client.get(f"/credentials/{former.credential.key}").content == current.document.encode()


@pytest.mark.parametrize(
    ("now", "state", "sentence"),
    [
        ("2016-06-15T03:54:59+00:00", "not-yet-valid", "It becomes valid on June 15, 2016."),
        ("2016-06-15T19:55:00+00:00", "valid", "It’s valid until June 14, 2019."),
        ("2019-06-15T03:59:59+00:00", "valid", "It’s valid until June 14, 2019."),
        ("2019-06-15T04:00:00+00:00", "expired", "It expired on June 14, 2019 and wasn’t renewed."),
    ],
)
def test_what_was_checked_is_told_with_its_dates(client: Client, now: str, state: str, sentence: str) -> None:
    made.limited_class("3y")
    version = made.issued()
    with time_machine.travel(now, tick=False):
        answer = client.get(f"/verify/{version.code}", {"format": "json"}).json()
    assert (answer["state"], answer["checked_at"]) == (state, now)
    assert answer["sentence"].endswith(sentence)
    failed = [] if state == "valid" else ["dates"]
    assert [check["name"] for check in answer["checks"] if not check["passed"]] == failed
