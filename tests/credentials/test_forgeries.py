"""Every kind of forgery, by page and by command: one sentence, never in the good tone, never a failure."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from cecto.credentials import baking, examining
from cecto.credentials.models import CredentialVersion, Token, Transcript
from cecto.credentials.signing import open_issuer_key
from cecto.credentials.tokens.actions import make_token
from cecto.credentials.transcript.actions import make_transcript
from cecto.credentials.transcript.record import members_of
from cecto.credentials.verifying import State
from tests.credentials import forged, made
from tests.credentials.made import BY, LATER, PASSPHRASE

pytestmark = pytest.mark.django_db


class Issued(NamedTuple):
    """Two certificates, and the token and the transcript of the first."""

    one: CredentialVersion
    other: CredentialVersion
    token: Token
    transcript: Transcript


@pytest.fixture
def issued() -> Issued:
    one, other = made.issued(by_key=made.key()), made.issued("Bo Tran", by_key=open_issuer_key(PASSPHRASE))
    key = open_issuer_key(PASSPHRASE)
    token = make_token(version=one, key=key, passphrase=PASSPHRASE, by=BY, at=LATER)
    return Issued(one, other, token, make_transcript(version=one, key=key, by=BY, at=LATER))


@pytest.fixture
def both(client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Both:
    return Both(client, tmp_path, capsys)


class Both(NamedTuple):
    """The page and the command."""

    client: Client
    folder: Path
    capsys: pytest.CaptureFixture[str]

    def told(self, raw: bytes) -> tuple[str, bool | None]:
        """The state and whether it is the very file, after both said the same and neither said that it is valid."""
        caches["pace"].clear()
        path = self.folder / "file"
        path.write_bytes(raw)
        with pytest.raises(CommandError):
            call_command("verify", str(path), "--format", "json")
        (said,) = json.loads(self.capsys.readouterr().out)
        sentence = said["sentence"].replace(str(path), "file")
        answer = self.client.post("/verify/?format=json", {"file": SimpleUploadedFile("file", raw)}).json()
        assert {name: answer[name] for name in said} == {**said, "what": "file", "sentence": sentence}
        page = self.client.post("/verify/", {"file": SimpleUploadedFile("file", raw)})
        assert page.status_code == (422 if said["state"] == "unreadable" else 200)
        assert sentence in html.unescape(page.content.decode())
        assert "app-verdict--good" not in page.content.decode()
        assert not {"Traceback", "Error"} & set(sentence.split())
        return said["state"], said["same_file"]

    def all_are(self, files: Iterator[tuple[str, bytes]], state: State, *, same_file: bool | None = None) -> None:
        """Each of the files is told in that state."""
        told = {name: self.told(raw) for name, raw in files}
        assert len(told) > 3
        assert {name: one for name, one in told.items() if one != (state, same_file)} == {}


def test_a_genuine_one_in_another_paper_or_picture_is_told(both: Both, issued: Issued) -> None:
    both.all_are(forged.pdfs_around(issued.one, issued.other), State.VALID, same_file=False)
    both.all_are(forged.pictures_around(issued.one, issued.other, issued.token), State.VALID, same_file=False)
    both.all_are(forged.laid_out_otherwise(issued.one, issued.token, issued.transcript), State.VALID, same_file=False)


def test_what_was_signed_and_says_something_else_is_told(both: Both, issued: Issued) -> None:
    both.all_are(forged.changed_inside(*issued), State.ALTERED)


def test_what_cannot_be_read_in_one_way_is_told(both: Both, issued: Issued) -> None:
    both.all_are(forged.unreadable(issued.one, issued.token), State.UNREADABLE)


def test_what_others_issued_is_sent_to_them_and_what_nobody_knows_is_unknown(both: Both, issued: Issued) -> None:
    both.all_are(forged.of_others(), State.NOT_OURS)
    both.all_are(forged.unknown_here(), State.UNKNOWN)


def test_parts_of_a_transcript_alone_are_parts_wherever_they_are(both: Both, issued: Issued) -> None:
    (_, *parts) = members_of(json.loads(issued.transcript.document))
    for part in parts:
        content = json.dumps(part).encode()
        presented = json.dumps({"type": "VerifiablePresentation", "verifiableCredential": part}).encode()
        for raw in (content, presented, baking.bake_png(forged.NO_BADGE, content)):
            assert both.told(raw) == (State.PART, None)


WORDS = {
    "{code}": State.VALID,
    " {code}.": State.VALID,
    "{lower}": State.VALID,
    "{spaced}": State.VALID,
    "{bare}": State.VALID,
    "\u202e{code}": State.VALID,
    "https://cecto.example.org/verify/{code}": State.VALID,
    "<https://cecto.example.org/verify/{code}>.": State.VALID,
    "https://cecto.example.org:443/verify/{code}?x=1&format=json#top": State.VALID,
    "http://CECTO.example.org/verify/{code}/badge.png": State.VALID,
    "https://cecto.example.org/verify/{escaped}": State.VALID,
    "https://evil.example/verify/{code}": State.NOT_OURS,
    "https://cecto.example.org@evil.example/verify/{code}": State.NOT_OURS,
    "https://cecto.example.org.evil.example/verify/{code}": State.NOT_OURS,
    "{code}A": State.UNREADABLE,
    "hello there": State.UNREADABLE,
    "javascript:alert(1)": State.UNREADABLE,
    "7": State.UNREADABLE,
    "{long}": State.UNREADABLE,
}


@pytest.mark.parametrize("word", WORDS)
def test_a_code_is_told_alike_by_page_and_command(
    client: Client, capsys: pytest.CaptureFixture[str], word: str
) -> None:
    caches["pace"].clear()
    code = made.issued().printed_code
    forms = {"lower": code.lower(), "spaced": code.replace("-", " "), "bare": code.replace("-", "")}
    forms |= {"escaped": code.replace("-", "%E2%80%93"), "long": "7" * 600}
    typed = word.format(code=code, **forms)
    answer = examining.examine_word(typed, at=LATER)
    assert answer.state is WORDS[word]
    try:
        call_command("verify", typed, "--format", "json")
        assert answer.valid
    except CommandError:
        assert not answer.valid
    (said,) = json.loads(capsys.readouterr().out)
    assert (said["state"], said["sentence"]) == (answer.state, answer.sentence)
    page = client.get("/verify/", {"code": typed}, follow=True)
    assert answer.sentence in html.unescape(page.content.decode())
    assert ("app-verdict--good" in page.content.decode()) == answer.valid


def test_a_mistyped_code_is_told_to_programs_too(client: Client) -> None:
    caches["pace"].clear()
    found = client.get("/verify/HJXV-EGS3-MQQX?format=json")
    assert (found.status_code, found.json()["state"]) == (404, State.UNREADABLE)
