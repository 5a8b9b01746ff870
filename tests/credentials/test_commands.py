"""issue, revoke, verify and key, as an operator runs them."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from cecto.credentials import codes, queries
from cecto.credentials.examining import examine_code
from cecto.credentials.models import CredentialVersion, Issuer, PublishedList, SigningKey
from cecto.credentials.ready import make_ready_to_issue
from cecto.credentials.signing import open_issuer_key
from cecto.foundation import clock
from cecto.people.actions import correct_name
from tests.credentials import made
from tests.credentials.made import AT, BY, PASSPHRASE

pytestmark = pytest.mark.django_db

Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _passphrase(settings: LazySettings) -> None:
    settings.CECTO_KEY_PASSPHRASE = PASSPHRASE


def revoke(version: CredentialVersion) -> None:
    made.revoke(version=version, reason="error", key=open_issuer_key(PASSPHRASE), by=BY, at=clock.now())


def class_of_two() -> str:
    made.key()
    made.decision("Zoë Núñez")
    return made.decision("Ana Li").enrollment.cohort.code


def test_a_class_is_issued_and_written_and_only_once(tmp_path: Path, capsys: Output) -> None:
    code = class_of_two()
    call_command("issue", "--class", code, "--out", str(tmp_path))
    said = capsys.readouterr().out
    assert "2 issued, 2 hold" in said
    assert "4 files written" in said
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json", ".json", ".pdf", ".pdf"]
    call_command("issue", "--class", code)
    assert "0 issued, 2 hold" in capsys.readouterr().out
    assert CredentialVersion.objects.count() == 2


def test_one_person_of_a_class_is_issued(capsys: Output) -> None:
    call_command("issue", "--class", class_of_two(), "--person", "ana")
    assert list(CredentialVersion.objects.values_list("holder_name", flat=True)) == ["Ana Li"]


def test_without_a_decision_the_docket_is_named(capsys: Output) -> None:
    call_command("issue", "--class", made.decision(in_effect=False).enrollment.cohort.code)
    assert "cecto decide --class cecto-2016" in capsys.readouterr().out


def test_a_class_has_its_transcripts_written_and_one_is_valid(tmp_path: Path, capsys: Output) -> None:
    code = class_of_two()
    call_command("issue", "--class", code)
    call_command("transcript", "--class", code, "--out", str(tmp_path))
    assert "2 transcripts written" in capsys.readouterr().out
    written = sorted(tmp_path.iterdir())
    call_command("verify", str(written[0]))
    call_command("verify", str(written[0].with_name("*")))
    assert "Each of the 2 credentials in it holds by itself." in capsys.readouterr().out
    version = CredentialVersion.objects.get(holder_name="Ana Li")
    revoke(version)
    with pytest.raises(CommandError, match="revoked"):
        call_command("transcript", "--code", version.printed_code, "--out", str(tmp_path))


def test_an_unknown_class_is_refused() -> None:
    with pytest.raises(CommandError):
        call_command("issue", "--class", "nowhere")


def test_a_wrong_passphrase_is_refused(settings: LazySettings) -> None:
    code = class_of_two()
    settings.CECTO_KEY_PASSPHRASE = "wrong"
    with pytest.raises(CommandError, match="CECTO_KEY_PASSPHRASE"):
        call_command("issue", "--class", code)


def issued_files(folder: Path) -> tuple[Path, Path]:
    call_command("issue", "--class", class_of_two(), "--person", "ana", "--out", str(folder))
    return next(folder.glob("*.json")), next(folder.glob("*.pdf"))


def test_issued_files_verify(tmp_path: Path, capsys: Output) -> None:
    for path in issued_files(tmp_path):
        call_command("verify", str(path))
        assert f"{path}: This certificate is valid." in capsys.readouterr().out


def refused(capsys: Output, *words: object) -> str:
    """What the command says, with exit code 1."""
    with pytest.raises(CommandError) as error:
        call_command("verify", *map(str, words))
    assert error.value.returncode == 1
    return str(capsys.readouterr().out)


def test_altered_revoked_and_strange_files_do_not(tmp_path: Path, capsys: Output) -> None:
    path, pdf = issued_files(tmp_path)
    altered, strange = tmp_path / "altered.json", tmp_path / "strange.pdf"
    altered.write_text(path.read_text().replace("Ana Li", "Ana Lee"))
    strange.write_bytes(b"%PDF-1.7 nothing")
    assert "This file was changed." in refused(capsys, altered)
    revoke(CredentialVersion.objects.get())
    assert "This very file is ours, since revoked." in refused(capsys, pdf)
    assert "This is a copy." in refused(capsys, strange)
    assert "no such file" in refused(capsys, tmp_path / "nowhere.json")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["7K3M-9TQX-2B4F"], "1 of 1 is not a valid certificate as we gave it out."),
        (["7K3M-9TQX-2B4F", "none.pdf", "x"], "3 of 3 are not valid certificates as we gave them out."),
    ],
)
def test_what_is_refused_is_counted(words: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("verify", *words)


def test_many_at_once_as_one_json_document(tmp_path: Path, capsys: Output) -> None:
    path, pdf = issued_files(tmp_path)
    code = CredentialVersion.objects.get().printed_code
    address = f"https://cecto.example.org/verify/{code}"
    capsys.readouterr()
    call_command("verify", str(path), str(pdf), code.replace("-", "–"), address, "--format", "json")
    answers = json.loads(capsys.readouterr().out)
    assert [(one["state"], one["same_file"]) for one in answers] == [("valid", True)] * 2 + [("valid", None)] * 2
    assert [set(one) for one in answers] == [{"what", "state", "sentence", "same_file", "checks"}] * 4
    saved_again = tmp_path / "again.json"
    saved_again.write_text(json.dumps(json.loads(path.read_text())))
    answers = json.loads(refused(capsys, path, saved_again, "--format", "json"))
    assert [(one["state"], one["same_file"]) for one in answers] == [("valid", True), ("valid", False)]


def _token_of(header: str) -> bytes:
    return base64.urlsafe_b64encode(header.encode()).rstrip(b"=") + b".e30.AAAA"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"a": ' + b"9" * 5000 + b"}", "matches our records"),
        (b'{"issuer": "\\ud800"}', "matches our records"),
        (b'{"id": "/credentials/\\u0000"}', "matches our records"),
        (_token_of('{"a":' + "[" * 20_000 + "]" * 20_000 + "}"), "matches our records"),
        (_token_of('{"a":' + "9" * 5000 + "}"), "matches our records"),
        (_token_of('{"alg":"ES256","typ":"vc+jwt","kid":"\\ud800"}'), "matches our records"),
    ],
    ids=[
        "5,000 digits",
        "half a pair",
        "a zero character",
        "a deep token",
        "a token of digits",
        "a token’s half a pair",
    ],
)
def test_hostile_files_are_refused_in_a_sentence(tmp_path: Path, capsys: Output, content: bytes, said: str) -> None:
    issued_files(tmp_path)
    hostile = tmp_path / "hostile.json"
    hostile.write_bytes(content)
    assert said in refused(capsys, hostile)


def test_a_corrected_one_is_superseded(tmp_path: Path, capsys: Output) -> None:
    path, _ = issued_files(tmp_path)
    first = CredentialVersion.objects.get()
    with pytest.raises(CommandError, match="would say the same"):
        call_command("revoke", first.code, "--correct")
    correct_name(person=first.credential.decision.enrollment.person, name="Ana Lí", by=BY, at=AT)
    call_command("revoke", first.code, "--correct")
    second = CredentialVersion.objects.get(number=2)
    assert f"was replaced by {codes.printed(second.code)} (Ana Lí)" in capsys.readouterr().out
    assert "This very file is ours, since replaced." in refused(capsys, path)
    revoke(second)
    call_command("revoke", second.code, "--reinstate")
    assert queries.latest_of(second.credential) == CredentialVersion.objects.get(number=3)


@pytest.mark.parametrize(("code", "said"), [("x", "neither a code nor a key"), ("0000-0000-0000", "ever issued")])
def test_an_unknown_code_is_refused(code: str, said: str) -> None:
    made.key()
    with pytest.raises(CommandError, match=said):
        call_command("revoke", code, "--reason", "error")


def test_keys_are_listed_rotated_and_given_up(capsys: Output) -> None:
    first = made.key().row.public_multibase
    call_command("key", "rotate")
    assert "in use" in capsys.readouterr().out
    assert SigningKey.objects.count() == 2
    with pytest.raises(CommandError, match="2 keys start with"):
        call_command("key", "compromised", "z6Mk")
    call_command("key", "compromised", first)
    listed = json.loads(PublishedList.objects.all()[0].document)["proof"]["verificationMethod"]
    assert first not in listed
    assert first in str(queries.did_document()["verificationMethod"])
    assert first not in str(queries.did_document()["assertionMethod"])


def test_what_a_lost_key_signed_is_signed_anew(capsys: Output) -> None:
    key = made.key()
    version, other = made.issued("Ana Li", by_key=key), made.issued("Bo Li", by_key=key)
    word = version.signing_key.public_multibase
    with pytest.raises(CommandError, match="That key is in use"):
        call_command("key", "resign", word)
    call_command("key", "compromised", word)
    assert "2 certificates that hold were signed with it. Next: cecto key resign" in capsys.readouterr().out
    call_command("key", "resign", word)
    held = CredentialVersion.objects.filter(revocation=None)
    assert sorted(held.values_list("holder_name", "number")) == [("Ana Li", 2), ("Bo Li", 2)]
    assert not held.filter(signing_key=version.signing_key).exists()
    found = examine_code(version.code, at=clock.now())
    assert "The key it was signed with can no longer be trusted" in found.sentence
    assert (found.latest in held, found.latest != other) == (True, True)


def test_init_makes_ready_once(settings: LazySettings) -> None:
    settings.CECTO_URL = "https://cecto.example.org"
    for _ in range(2):
        assert make_ready_to_issue(by=BY, at=AT) == "Issues as did:web:cecto.example.org"
    assert [model.objects.count() for model in (Issuer, SigningKey, PublishedList)] == [1, 1, 1]


def test_init_on_loopback_says_what_to_do(settings: LazySettings) -> None:
    settings.CECTO_URL, settings.CECTO_DEMO = "http://localhost:8000", False
    assert "Set CECTO_URL" in make_ready_to_issue(by=BY, at=clock.now())
    assert Issuer.objects.count() == 0
