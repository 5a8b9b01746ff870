"""What forgers hand in: an edited file is never told in the good tone, and what is told is told by page and command."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from django.apps import apps
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from cecto.credentials import actions, baking, examining, queries
from cecto.credentials.certificate import render
from cecto.credentials.handed.files import DRAWN
from cecto.credentials.handed.files import given as given_out
from cecto.credentials.kit import kit_of
from cecto.credentials.models import CredentialVersion, HandedOut, Unkept
from cecto.credentials.published.actions import note_restore
from cecto.credentials.signing import open_issuer_key
from cecto.credentials.tokens.actions import make_token
from cecto.credentials.transcript.actions import make_transcript
from cecto.credentials.transcript.record import members_of
from cecto.credentials.verifying import State
from tests.credentials import made
from tests.credentials.made import AT, BY, LATER, PASSPHRASE
from tests.credentials.sample import Registry, badge, certificate_text

pytestmark = pytest.mark.django_db

Forgery = Callable[[CredentialVersion, CredentialVersion], bytes]


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    caches["pace"].clear()


def pdf_of(version: CredentialVersion) -> bytes:
    return given_out(version, "pdf", by=BY, at=LATER)


def edited(pdf: bytes, edit: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        edit(opened)
        opened.save(out)
    return out.getvalue()


def printed_over(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"q 1 1 1 rg 100 300 400 60 re f Q", prepend=False)


def with_page(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page()


def with_title(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = "Certificate of somebody else"


def with_attachment(content: bytes) -> Callable[[pikepdf.Pdf], None]:
    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["other.json"] = pikepdf.AttachedFileSpec(pdf, content, filename="other.json")

    return edit


def appended(pdf: bytes) -> bytes:
    """An incremental update: what was there stays, byte for byte, and another page content comes after it."""
    return pdf + b"\n1 0 obj\n<< /Length 9 >>\nstream\n(Another)\nendstream\nendobj\ntrailer\n<< >>\n%%EOF\n"


def another_document(version: CredentialVersion) -> bytes:
    return render(certificate_text(holder="Mallory Forger"), version.document.encode(), at=LATER)


def changed(version: CredentialVersion, change: Callable[[dict[str, Any]], None]) -> bytes:
    document = json.loads(version.document)
    change(document)
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


def token_of(document: dict[str, Any], header: dict[str, str]) -> bytes:
    parts = [json.dumps(part).encode() for part in (header, document)]
    return b".".join([*(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts), b""])


def swapped_claim(document: dict[str, Any]) -> None:
    document["credentialSubject"]["@type"] = document["credentialSubject"].pop("type")


SAVED_AGAIN: dict[str, Forgery] = {
    "printed over": lambda one, _: edited(pdf_of(one), printed_over),
    "another page": lambda one, _: edited(pdf_of(one), with_page),
    "another title": lambda one, _: edited(pdf_of(one), with_title),
    "saved by a printer": lambda one, _: edited(pdf_of(one), lambda _: None),
    "an incremental update": lambda one, _: appended(pdf_of(one)),
    "one byte more": lambda one, _: pdf_of(one) + b"\n",
    "another document with our attachment": lambda one, _: another_document(one),
    "an attached note": lambda one, _: edited(pdf_of(one), with_attachment(b'{"note": "by the printer"}')),
    "a picture edited": lambda one, _: given_out(one, "svg", by=BY, at=LATER).replace(
        b"</svg>", b"<text>x</text></svg>"
    ),
    "the badge of another": lambda one, other: baking.bake_png(
        given_out(other, "png", by=BY, at=LATER).replace(b"iTXt", b"tEXt", 1), one.document.encode()
    ),
    "laid out otherwise": lambda one, _: json.dumps(json.loads(one.document), sort_keys=True).encode(),
    "in a presentation": lambda one, _: json.dumps(
        {"type": ["VerifiablePresentation"], "verifiableCredential": [json.loads(one.document)]}
    ).encode(),
    "a kit packed again": lambda one, _: packed({"credential.json": one.document}),
}


def packed(files: dict[str, str]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


CHANGED: dict[str, Forgery] = {
    "another name": lambda one, _: one.document.replace("Zoë", "Zoe").encode(),
    "an unsigned term": lambda one, _: changed(one, lambda document: document.update(extra="honors")),
    "a term by its other name": lambda one, _: changed(one, swapped_claim),
    "another issuer": lambda one, _: changed(one, lambda document: document.update(issuer="did:web:evil.example")),
    "no proof": lambda one, _: changed(one, lambda document: document.pop("proof")),
    "a fraction": lambda one, _: changed(one, lambda document: document.update(x=24.5)),
    "the proof of another": lambda one, other: changed(
        one, lambda document: document.update(proof=json.loads(other.document)["proof"])
    ),
    "two certificates in one": lambda one, other: edited(pdf_of(one), with_attachment(other.document.encode())),
    "a changed one beside": lambda one, _: edited(
        pdf_of(one), with_attachment(changed(one, lambda document: document.update(name="Doctor")))
    ),
    "a changed one attached": lambda one, _: render(
        certificate_text(), changed(one, lambda document: document.update(name="Doctor")), at=LATER
    ),
    "a token without a signature": lambda one, _: token_of(json.loads(one.document), {"alg": "none"}),
}


@pytest.mark.parametrize("forged", SAVED_AGAIN.values(), ids=SAVED_AGAIN)
def test_what_was_changed_around_a_genuine_one_is_told(forged: Forgery) -> None:
    key = made.key()
    one, other = made.issued(by_key=key), made.issued("Bo Tran", by_key=key)
    raw = forged(one, other)
    answer = examining.examine_file(raw, what="x.pdf", at=LATER)
    assert (answer.state, answer.same_file, answer.valid) == (State.VALID, False, False)
    assert answer.version == one
    assert "is not the file we made" in answer.sentence


@pytest.mark.parametrize("forged", CHANGED.values(), ids=CHANGED)
def test_what_was_changed_inside_is_told(forged: Forgery) -> None:
    key = made.key()
    raw = forged(made.issued(by_key=key), made.issued("Bo Tran", by_key=key))
    answer = examining.examine_file(raw, what="x.pdf", at=LATER)
    assert (answer.state, answer.valid) == (State.ALTERED, False)


@pytest.mark.parametrize("form", ["pdf", "png", "svg", "kit"])
def test_every_file_given_out_is_known_again_and_noted_once(form: str) -> None:
    version = made.issued()
    raw = [given_out(version, form, by=BY, at=LATER) for _ in range(2)][1]
    answer = examining.examine_file(raw, what="x", at=LATER)
    assert (answer.state, answer.same_file, answer.valid) == (State.VALID, True, True)
    assert answer.sentence.startswith("This very file is ours.")
    assert HandedOut.objects.filter(form=form).count() == 1


@pytest.mark.parametrize("form", ["pdf", "png", "svg", "kit"])
@pytest.mark.parametrize("how", ["upgrade", "restore"])
def test_of_a_file_given_out_when_no_hash_was_kept_is_said_so(client: Client, form: str, how: str) -> None:
    key = made.key()
    old = made.issued(by_key=key)
    if how == "upgrade":
        import_module("cecto.credentials.migrations.0015_files_unkept").note_those_before(apps, None)
    else:
        note_restore(made_at=LATER.isoformat(), by=BY, at=LATER)
    new = made.issued("Bo Tran", by_key=key)
    raw = kit_of(old, on=AT.date()) if form == "kit" else DRAWN[form](old)
    answer = examining.examine_file(raw, what="x", at=LATER)
    assert (answer.state, answer.same_file, answer.valid, answer.unkept) == (State.VALID, False, False, True)
    assert "We did not keep the hash of every file we gave out before, so we can’t tell" in answer.sentence
    assert "Only what is shown below counts." in answer.sentence
    page = client.post("/verify/", {"file": SimpleUploadedFile("x", raw)}).content.decode()
    assert "Compare your file with this page" in page
    assert "app-verdict--good" not in page
    assert "was changed" not in page
    # What is given out today is known again; of what was issued since, every other file was changed.
    assert examining.examine_file(given_out(old, form, by=BY, at=LATER), what="x", at=LATER).same_file is True
    assert not examining.examine_file(appended(pdf_of(new)), what="x", at=LATER).unkept
    # A digital certificate alone has nothing around it.
    assert not examining.examine_file(SAVED_AGAIN["laid out otherwise"](old, new), what="x", at=LATER).unkept


def test_a_new_installation_keeps_every_hash() -> None:
    import_module("cecto.credentials.migrations.0015_files_unkept").note_those_before(apps, None)
    note_restore(made_at=LATER.isoformat(), by=BY, at=LATER)
    assert not Unkept.objects.exists()


def test_the_very_file_is_told_after_it_was_revoked_and_the_next_copy_is_marked(client: Client) -> None:
    version = made.issued()
    before = pdf_of(version)
    made.revoke(version=version, reason="error", key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
    answer = examining.examine_file(before, what="x", at=LATER)
    assert (answer.state, answer.same_file) == (State.REVOKED, True)
    assert answer.sentence.startswith("This very file is ours, since revoked.")
    after = client.get(f"/verify/{version.code}/certificate.pdf").content
    assert after != before
    assert examining.examine_file(after, what="x", at=LATER).same_file is True
    for name in ("badge.png", "badge.svg", "kit.zip"):
        assert client.get(f"/verify/{version.code}/{name}").status_code == 404


def test_a_stranger_s_badge_is_sent_to_its_issuer() -> None:
    made.issued()
    strange = badge() | {"id": "https://evil.example/1", "issuer": {"id": "did:web:evil.example", "type": ["Profile"]}}
    signed = Registry().sign(strange) | {"score": 24.5}
    contents = [json.dumps(signed).encode(), baking.bake_svg(b"<svg></svg>", json.dumps(signed).encode())]
    contents.append(token_of({"vc": signed, "iss": "did:web:evil.example"}, {"alg": "EdDSA"}))
    for raw in contents:
        answer = examining.examine_file(raw, what="x", at=LATER)
        assert (answer.state, answer.version) == (State.NOT_OURS, None)
        assert "verify it at its issuer, did:web:evil.example" in answer.sentence


def test_a_part_of_a_transcript_alone_is_called_a_part(client: Client) -> None:
    version = made.issued()
    transcript = make_transcript(version=version, key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
    whole, part = transcript.document.encode(), members_of(json.loads(transcript.document))[1]
    assert examining.examine_file(whole, what="x", at=LATER).valid
    answer = examining.examine_file(json.dumps(part).encode(), what="x", at=LATER)
    assert (answer.state, answer.part) == (State.PART, "Hours")
    page = client.post("/verify/", {"file": SimpleUploadedFile("x.json", json.dumps(part).encode())})
    assert "This is one part of a transcript" in page.content.decode()
    made.revoke(version=version, reason="error", key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
    assert examining.examine_file(json.dumps(part).encode(), what="x", at=LATER).state is State.REVOKED


def test_a_token_is_known_by_its_text() -> None:
    version, key = made.issued(), open_issuer_key(PASSPHRASE)
    text = make_token(version=version, key=key, passphrase=PASSPHRASE, by=BY, at=LATER).text
    assert examining.examine_file(text.encode(), what="x", at=LATER).valid
    malleated = text[:-1] + ("A" if text[-1] != "A" else "B")
    assert examining.examine_file(malleated.encode(), what="x", at=LATER).state is State.ALTERED


def test_between_a_lost_key_and_the_new_version_it_is_genuine_but_not_trusted() -> None:
    version = made.issued()
    raw = pdf_of(version)
    actions.mark_compromised(key=version.signing_key, by=BY, at=LATER)
    actions.create_key(passphrase=PASSPHRASE, by=BY, at=LATER)
    key = open_issuer_key(PASSPHRASE)
    actions.publish_list(key=key, by=BY, at=LATER)
    for answer in (examining.examine_code(version.code, at=LATER), examining.examine_file(raw, what="x", at=LATER)):
        assert answer.state is State.KEY_NOT_TRUSTED
        assert "genuine, but its key is no longer trusted. A new version is being made" in answer.sentence
    actions.sign_again(credential=version.credential, key=key, by=BY, at=LATER)
    assert examining.examine_code(version.code, at=LATER).state is State.SUPERSEDED


def test_the_published_list_is_asked_and_not_our_rows_alone() -> None:
    version, key = made.issued(), open_issuer_key(PASSPHRASE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions, "revoked_indexes", lambda: [version.status_index])
        actions.publish_list(key=key, by=BY, at=LATER)
    answer = examining.examine_code(version.code, at=LATER)
    assert (answer.state, answer.valid) == (State.REVOKED, False)


def test_ours_whose_list_cannot_be_had_is_never_told_as_somebody_else_s(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = made.issued()
    raw = pdf_of(version)
    monkeypatch.setattr(queries, "find_list", lambda _url: None)
    for page in (
        client.get(f"/verify/{version.code}"),
        client.post("/verify/", {"file": SimpleUploadedFile("x.pdf", raw)}),
    ):
        said = page.content.decode()
        assert "We can’t confirm this certificate now" in said
        assert "We didn’t issue this certificate" not in said
        assert "app-verdict--good" not in said


ADDRESSES = [
    "https://cecto.example.org/verify/{code}",
    "HTTPS://CECTO.example.org/verify/{code}/certificate.pdf",
    "cecto.example.org/verify/{code}?format=json#top",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_address_is_as_good_as_the_code(client: Client, address: str) -> None:
    version = made.issued()
    typed = address.format(code=version.printed_code)
    assert examining.examine_word(typed, at=LATER).version == version
    assert client.get("/verify/", {"code": typed}).headers["Location"] == f"/verify/{version.printed_code}"


def test_the_address_of_another_site_is_not_ours(client: Client) -> None:
    version = made.issued()
    typed = f"https://cecto.example.org.evil.example/verify/{version.printed_code}"
    assert examining.examine_word(typed, at=LATER).state is State.NOT_OURS
    assert client.get("/verify/", {"code": typed}).status_code == 422


def test_page_and_command_say_the_same(client: Client, tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    key = made.key()
    one, other = made.issued(by_key=key), made.issued("Bo Tran", by_key=key)
    for name, forged in {**SAVED_AGAIN, **CHANGED}.items():
        caches["pace"].clear()
        raw, path = forged(one, other), tmp_path / name
        path.write_bytes(raw)
        with pytest.raises(CommandError):
            call_command("verify", str(path), "--format", "json")
        (by_command,) = json.loads(capsys.readouterr().out)
        upload = SimpleUploadedFile(name, raw)
        by_page = client.post("/verify/?format=json", {"file": upload}).json()
        assert {key: by_page[key] for key in by_command if key not in {"what", "sentence"}} == {
            key: by_command[key] for key in by_command if key not in {"what", "sentence"}
        }
        assert by_page["sentence"] == by_command["sentence"].replace(str(path), name)
        page = client.post("/verify/", {"file": SimpleUploadedFile(name, raw)}).content.decode()
        assert "app-verdict--good" not in page
