"""The verification kit, checked by its own checker in a fresh Python without anything installed."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.management import CommandError, call_command
from hypothesis import example, given
from hypothesis import strategies as st

from cecto.credentials import actions, codes, kit, queries
from cecto.credentials.badge import badge_png, badge_svg
from cecto.credentials.canonical import canonicalize
from cecto.credentials.handed.files import given as given_out
from cecto.credentials.keys import LocalSigner
from cecto.credentials.kit import check, curves, reading, sealed
from cecto.credentials.listing.actions import let_list
from cecto.credentials.models import CredentialVersion, PublishedList
from cecto.credentials.multikey import decode_public, multibase_encode
from cecto.credentials.recorded.actions import retract_award
from cecto.credentials.signing import open_issuer_key
from cecto.credentials.tokens.actions import make_token
from cecto.credentials.transcript.actions import make_transcript
from tests.credentials import made, past
from tests.credentials.made import BY, LATER, PASSPHRASE
from tests.credentials.renewing.made import awarded
from tests.credentials.sample import Registry, badge
from tests.credentials.transcript.test_record import transcript as transcript_of

pytestmark = pytest.mark.django_db


def unpacked(version: CredentialVersion, folder: Path) -> Path:
    with zipfile.ZipFile(BytesIO(kit.kit_of(version, on=LATER.date()))) as archive:
        archive.extractall(folder)
    return folder


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-I", "-S", str(folder / "check.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def trusted(version: CredentialVersion) -> str:
    return hashlib.sha256(decode_public(version.signing_key.public_multibase)).hexdigest()


def test_it_says_trusted_only_for_a_key_named_from_elsewhere(tmp_path: Path) -> None:
    version = made.issued()
    folder = unpacked(version, tmp_path)
    code, said = run(folder)
    assert code == 2
    assert "Holder: Zoë Núñez-O’Brien" in said
    assert "Contact hours (60 minutes of instruction): 242.25" in said
    assert "Not revoked on: 2016-06-15" in said
    assert "Kit made on: 2016-09-01" in said
    assert "listed as the program's until 2016-09-01, when this kit was made" in said
    assert "VALID on 2016-06-15, if the key is the program's" in said
    code, said = run(folder, "--key", trusted(version).upper())
    verdict = "VALID on 2016-06-15 and TRUSTED: signed by the key you named."
    assert (code, said.splitlines()[-1]) == (0, verdict)
    code, said = run(folder, "--key", "00" * 32)
    assert (code, "NOT TRUSTED" in said) == (1, True)


def test_a_list_by_another_key_than_the_named_is_not_trusted(tmp_path: Path) -> None:
    version = made.issued()
    actions.create_key(passphrase=PASSPHRASE, by=BY, at=LATER)
    actions.publish_list(key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
    folder = unpacked(version, tmp_path)
    code, said = run(folder, "--key", trusted(version))
    assert (code, "NOT TRUSTED: status-list is signed by another key" in said) == (1, True), said
    other = hashlib.sha256(decode_public(open_issuer_key(PASSPHRASE).row.public_multibase)).hexdigest()
    assert run(folder, "--key", trusted(version), "--key", other)[0] == 0


def repacked(folder: Path) -> Path:
    """The kit with a manifest that fits it, as a forger would leave it."""
    contents = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != check.MANIFEST
    }
    (folder / check.MANIFEST).write_bytes(kit._manifest(contents, LATER.date()))
    return folder


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("credential.json", "Núñez", "Nunez", "was not signed"),
        ("credential.json", "242.25", "400", "was not signed"),
        ("credential.json", '"value": "242.25"', '"value": "240"', "was not signed"),
        ("credential.json", '"identityHash"', '"salt"', "was not signed"),
        ("credential.json", '"hashed": false', '"hashed": true', "was not signed"),
        ("credential.json", '"achievementType": "Certification",', "", "does not say achievementType"),
        ("credential.json", "v3p0/context-3.0.3.json", "v3p0/context-3.0.2.json", "contexts was changed"),
        ("credential.json", '"created": "2016', '"created": "2015', "the proof of credential says created"),
        ("credential.json", '"type": [\n      "AchievementSubject"\n    ]', '"@type": "AchievementSubject"', "@type"),
        ("credential.nq", "242.25", "400", "signature is not over credential.nq"),
        ("credential-proof.nq", "2016", "2001", "signature is not over credential.nq"),
        ("status-list.nq", "revocation", "suspension", "signature is not over status-list.nq"),
        ("status-list.json", '"statusPurpose": "revocation"', '"statusPurpose": "suspension"', "was not signed"),
        ("did.json", '"assertionMethod"', '"keyAgreement"', "assertionMethod"),
        ("did.json", "z6Mk", "z6Ml", "does not vouch"),
    ],
)
def test_what_was_changed_is_told_though_the_manifest_fits(
    tmp_path: Path, name: str, old: str, new: str, said: str
) -> None:
    folder = unpacked(made.issued(), tmp_path)
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), "utf-8")
    code, told = run(folder)
    assert (code, told) == (1, f"NOT VALID: {name} was changed after this kit was made.\n")
    code, told = run(repacked(folder))
    assert (code, "NOT VALID" in told, said in told) == (1, True, True), told


def test_a_result_said_twice_was_not_signed_so(tmp_path: Path) -> None:
    folder = unpacked(made.issued(), tmp_path)
    document = json.loads((folder / "credential.json").read_text("utf-8"))
    document["credentialSubject"]["result"].append(document["credentialSubject"]["result"][0])
    (folder / "credential.json").write_text(json.dumps(document), "utf-8")
    assert "says something as often" in run(repacked(folder))[1]


def test_the_pdf_of_another_certificate_is_refused(tmp_path: Path) -> None:
    version = made.issued()
    other = made.issued("Bo Lindqvist", by_key=open_issuer_key(PASSPHRASE))
    folder = unpacked(version, tmp_path)
    (folder / "certificate.pdf").write_bytes(queries.certificate_pdf(other))
    assert "certificate.pdf holds another signed file" in run(repacked(folder))[1]


def judged(folder: Path) -> str:
    """What the checker says against a kit: an empty text for a sound one."""
    try:
        check.Kit(folder, None, LATER)
    except check.FAULTS as problem:
        return str(problem) or type(problem).__name__
    return ""


def test_no_byte_of_any_file_can_change_unseen(tmp_path: Path) -> None:
    folder = with_transcript(tmp_path)
    files, chance = sorted(path for path in folder.rglob("*") if path.is_file()), random.Random(20160615)
    assert judged(folder) == ""
    for _ in range(1000):
        file = chance.choice(files)
        kept = file.read_bytes()
        place, other = chance.randrange(len(kept)), chance.randrange(1, 256)
        file.write_bytes(kept[:place] + bytes([kept[place] ^ other]) + kept[place + 1 :])
        assert judged(folder), f"{file.name}, byte {place} ^ {other}"
        file.write_bytes(kept)
    (folder / "notes.txt").write_text("Of the holder's own.")
    assert judged(folder) == ""


def test_a_spoiled_checker_does_not_vouch_for_itself(tmp_path: Path) -> None:
    folder = unpacked(made.issued(), tmp_path)
    checker = (folder / "check.py").read_text("utf-8")
    (folder / "check.py").write_text(checker.replace("it was revoked", "it was not revoked"), "utf-8")
    assert run(folder) == (1, "NOT VALID: check.py was changed after this kit was made.\n")


def test_an_expired_list_says_nothing(tmp_path: Path) -> None:
    """Bitstring Status List 1.0 §3.2: a list that is no longer valid is an error."""
    version = made.issued()
    key = open_issuer_key(PASSPHRASE)
    listed = json.loads(queries.published_list().document)  # type: ignore[union-attr]
    bare = {word: part for word, part in listed.items() if word != "proof"} | {"validUntil": "2016-12-31T00:00:00Z"}
    PublishedList.objects.create(
        document=json.dumps(key.sign(bare, at=LATER)), revoked=0, signing_key=key.row, signed_at=LATER
    )
    said = run(unpacked(version, tmp_path))
    assert said == (1, "NOT VALID: the list of revocations expired on 2016-12-31T00:00:00Z.\n")


def shown(file: Path, folder: Path) -> tuple[int, str]:
    code, said = run(folder, str(file))
    return code, next((line for line in said.splitlines() if "Inside" in line or "NOT" in line), said)


def test_it_reads_every_form_that_somebody_may_show(tmp_path: Path) -> None:
    folder = with_transcript(tmp_path / "kit")
    version = CredentialVersion.objects.get()
    key = open_issuer_key(PASSPHRASE)
    token = make_token(version=version, key=key, passphrase=PASSPHRASE, by=BY, at=LATER)
    folder = unpacked(version, tmp_path / "again")
    other = made.issued("Bo Lindqvist", by_key=key)
    forms = {
        "a.pdf": queries.certificate_pdf(version),
        "a.png": badge_png(version),
        "a.svg": badge_svg(version),
        "a.json": version.document.encode(),
        "a.jwt": token.text.encode(),
        "t.json": (folder / "transcript.json").read_bytes(),
        "m.json": (folder / "member-2.json").read_bytes(),
    }
    for name, content in forms.items():
        (tmp_path / name).write_bytes(content)
        code, said = shown(tmp_path / name, folder)
        assert (code, f"Inside {name}: " in said) == (2, True), said
    others = {
        "b.pdf": queries.certificate_pdf(other),
        "b.png": badge_png(other),
        "b.svg": badge_svg(other),
        "b.json": version.document.replace("242.25", "400").encode(),
        "b.jwt": f"{token.text[:-3]}AAA".encode(),
        "empty": b"",
        "words": b"hello",
    }
    for name, content in others.items():
        (tmp_path / name).write_bytes(content)
        code, said = shown(tmp_path / name, folder)
        assert (code, said[:9]) == (1, "NOT VALID"), said


@pytest.mark.parametrize("name", ["王小明 محمد", "Zoë \u2028 \U00010384 \"<&>' \\ \\u0041", "line\nbreak"])
def test_any_name_is_read_as_it_was_signed(name: str) -> None:
    for document in (badge(holder=name), transcript_of(Registry(), holder=name)):
        bare = {word: part for word, part in document.items() if word != "proof"}
        said = check.statements(canonicalize(bare))
        check.check_same(bare, said, "it")
        bare["credentialSubject"]["identifier"][0]["identityHash"] += "x"
        with pytest.raises(reading.Refused, match="not signed"):
            check.check_same(bare, said, "it")


@given(st.binary(max_size=80), st.integers(1, 2**64))
def test_its_es256_is_that_of_a_library(message: bytes, secret: int) -> None:
    private = ec.derive_private_key(secret, ec.SECP256R1())
    numbers, (r, s) = (
        private.public_key().public_numbers(),
        decode_dss_signature(private.sign(message, ec.ECDSA(hashes.SHA256()))),
    )
    x, y, signature = (numbers.x.to_bytes(32), numbers.y.to_bytes(32), r.to_bytes(32) + s.to_bytes(32))
    assert curves.signed_es256(x, y, message, signature)
    assert not curves.signed_es256(x, y, message + b"x", signature)
    assert not curves.signed_es256(x, y, message, bytes(64))
    assert not curves.signed_es256(x, x, message, signature)


@given(raw=st.binary(min_size=1, max_size=70))
@example(raw=b"\x00" + b"signature")
@example(raw=bytes(3))
def test_it_reads_base58_as_the_signer_writes_it(raw: bytes) -> None:
    """A signature whose first byte was zero was once refused."""
    assert check.base58(multibase_encode(raw)) == raw


def test_a_revoked_one_is_told(tmp_path: Path) -> None:
    version = made.issued()
    made.revoke(version=version, reason="error", key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
    assert run(unpacked(CredentialVersion.objects.get(), tmp_path)) == (1, "NOT VALID: it was revoked.\n")


def test_the_status_list_of_another_issuer_is_refused(tmp_path: Path) -> None:
    folder = unpacked(made.issued(), tmp_path)
    (folder / "status-list.json").write_text((folder / "credential.json").read_text("utf-8"), "utf-8")
    assert run(folder)[0] == 1


def test_its_ed25519_is_that_of_a_library() -> None:
    signer = LocalSigner(b"\x31" * 32)
    for message in (b"", b"words", b"\x00" * 200):
        signature = signer.sign(message)
        assert curves.signed_by(signer.public_key, message, signature)
        assert not curves.signed_by(signer.public_key, message + b"x", signature)
        assert not curves.signed_by(signer.public_key, message, signature[:63] + bytes([signature[63] ^ 1]))
        assert not curves.signed_by(LocalSigner(b"\x32" * 32).public_key, message, signature)
    assert not curves.signed_by(b"\xff" * 32, b"", bytes(64))
    assert not curves.signed_by(b"\1" + bytes(31), b"anything", b"\1" + bytes(63))


def test_the_public_export_is_what_the_site_serves_and_names_nobody(tmp_path: Path) -> None:
    version = made.issued()
    second = made.corrected(version)
    call_command("export_public", str(tmp_path))
    did = json.loads((tmp_path / ".well-known/did.json").read_text())
    assert did["id"] == "did:web:cecto.example.org"
    listed = json.loads((tmp_path / "credentials/status/1").read_text())
    assert listed["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    versions = json.loads((tmp_path / "register.json").read_text())["versions"]
    assert {sha: row["state"] for sha, row in versions.items()} == {
        version.sha256: "superseded",
        second.sha256: "valid",
    }
    names_nobody(tmp_path, "Zoë", version.code, second.code)


def names_nobody(folder: Path, *words: str) -> None:
    """No file says one of these words, in its name or content, nor the SHA-256 of one."""
    everything = "".join(f"{path}{path.read_bytes().decode('latin-1')}" for path in folder.rglob("*") if path.is_file())
    for word in words:
        for form in (word.encode(), hashlib.sha256(word.encode()).hexdigest().encode()):
            assert form.decode("latin-1") not in everything


def look_up(folder: Path, asked: str) -> tuple[int, list[str]]:
    command = [sys.executable, "-I", "-S", str(folder / "look_up.py"), asked]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr).splitlines()


def exported(folder: Path) -> Path:
    call_command("export_public", str(folder))
    return folder


def test_past_awards_are_exported_with_what_the_registry_lists_of_them_and_no_more(tmp_path: Path) -> None:
    made.issued()
    awards = {name: past.award(of=past.said(name)) for name in ("Open Person", "Shy Person", "Gone Person")}
    fields = frozenset({"class_label", "year"})
    let_list(award=awards["Open Person"], fields=fields, request=past.LETTER, by=BY, at=LATER)
    retract_award(award=awards["Gone Person"], wording="Listed by mistake.", by=BY, at=LATER)
    folder = exported(tmp_path)
    first = "LISTED, by the register of did:web:cecto.example.org as of "
    code, said = look_up(folder, awards["Open Person"].printed_code.lower())
    assert (code, said[0][: len(first)]) == (0, first)
    assert said[2:] == ["  Name: Open Person", f"  Program: {past.program().name}", "  Class: 2010", "  Year: 2010"]
    code, said = look_up(folder, awards["Shy Person"].code)
    assert (code, len(said), said[0].startswith("LISTED")) == (0, 2, True)
    code, said = look_up(folder, awards["Gone Person"].code)
    assert (code, said[0].split(",")[0], said[1]) == (1, "RETRACTED", "  Listed by mistake.")
    names_nobody(folder, "Shy", "Gone Person", *(award.code for award in awards.values()))


def test_the_exported_folder_alone_tells_every_state_without_a_server(tmp_path: Path) -> None:
    version = made.issued()
    key = open_issuer_key(PASSPHRASE)
    second = made.corrected(version, by_key=key)
    gone = made.issued("Bo Lindqvist", by_key=key)
    made.revoke(version=gone, reason="error", key=key, by=BY, at=LATER)
    ended = awarded()
    folder = exported(tmp_path / "public")
    for one, state in ((version, "SUPERSEDED"), (second, "VALID"), (gone, "REVOKED"), (ended, "EXPIRED")):
        file = tmp_path / f"{one.code}.json"
        file.write_text(json.dumps(json.loads(one.document), indent=7), "utf-8")
        for asked in (one.printed_code, str(file)):
            code, said = look_up(folder, asked)
            assert (code, said[0].split(",")[0]) == (0 if state == "VALID" else 1, state)
            assert ("  Name: Zoë Núñez-O’Brien" in said) == (asked == one.printed_code and one in (version, second))
    altered = tmp_path / "altered.json"
    altered.write_text(second.document.replace("242.25", "400"), "utf-8")
    for asked in (str(altered), codes.new(), "no code"):
        assert look_up(folder, asked)[1][0].startswith("UNKNOWN")
    around = "That is the signed file inside. This file is none that the register knows"
    for form in ("pdf", "png"):
        shown = tmp_path / f"it.{form}"
        shown.write_bytes(given_out(second, form, by=BY, at=LATER))
        code, said = look_up(exported(tmp_path / "public"), str(shown))
        assert (code, said[0][:5], around in " ".join(said)) == (0, "VALID", False)
        with shown.open("ab") as edited:
            edited.write(b"edited")
        code, said = look_up(folder, str(shown))
        assert (code, said[0][:5], around in " ".join(said)) == (1, "VALID", True)
    typed = "https://cecto.example.org/verify/" + second.printed_code.replace("-", "\u2013").lower()
    assert look_up(folder, typed)[1][0].startswith("VALID")


def test_the_register_knows_tokens_and_what_is_in_transcripts(tmp_path: Path) -> None:
    kept = with_transcript(tmp_path / "kit")
    version, key = CredentialVersion.objects.get(), open_issuer_key(PASSPHRASE)
    token = make_token(version=version, key=key, passphrase=PASSPHRASE, by=BY, at=LATER)
    (tmp_path / "it.jwt").write_text(token.text)
    folder = exported(tmp_path / "public")
    part = "  It is a part of a transcript, not the certificate."
    for file, is_part in (("it.jwt", False), ("kit/transcript.json", False), ("kit/member-2.json", True)):
        code, said = look_up(folder, str(tmp_path / file))
        expected = (1, "PART,", True) if is_part else (0, "VALID", False)
        assert (code, said[0][:5], part in said) == expected, said
    assert (kept / "member-1.json").exists()


def test_an_entry_opens_with_its_code_alone_and_not_when_it_was_changed(tmp_path: Path) -> None:
    version = made.issued()
    folder = exported(tmp_path)
    (entry,) = folder.glob("verify/entries/*.bin")
    raw = entry.read_bytes()
    entry.write_bytes(raw[:40] + bytes([raw[40] ^ 1]) + raw[41:])
    assert look_up(folder, version.printed_code) == (
        1,
        ["This cannot be read: the entry was changed, or is another code's."],
    )
    assert exported(tmp_path) == folder
    assert len(list(folder.glob("verify/entries/*.bin"))) == 1
    assert sealed.ITERATIONS >= 600_000


@given(st.binary(max_size=300), st.binary(min_size=16, max_size=16), st.binary(min_size=12, max_size=12))
def test_what_a_library_seals_is_opened(content: bytes, key: bytes, nonce: bytes) -> None:
    box = nonce + AESGCM(key).encrypt(nonce, content, None)
    assert sealed.opened(box, key) == content
    with pytest.raises(sealed.NotOpened):
        sealed.opened(box[:-1] + bytes([box[-1] ^ 1]), key)


@pytest.mark.parametrize(
    "typed",
    [
        "7K3M-9TQX-2B4F",
        "7k3m 9tqx 2b4f",
        "7K3M–9TQX—2B4F",
        "7K3M\u20119TQX\u22122B4F",
        "https://a.example/verify/7K3M-9TQX-2B4F/?x=1#y",
        "https://a.example/verify/7K3M%E2%80%939TQX%202B4F/certificate.pdf",
        "<https://a.example/verify/7k3m-9tqx-2b4f>.",
        "7K3Mー9TQX・2B4F",
    ],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert sealed.code_in(typed) == "7K3M9TQX2B4F"


def test_a_kit_from_before_a_revocation_learns_of_it_from_the_exported_folder(tmp_path: Path) -> None:
    version = made.issued()
    kept = unpacked(version, tmp_path / "kit")
    assert run(kept)[0] == 2
    made.revoke(version=version, reason="error", key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
    assert run(kept, "--list", str(exported(tmp_path / "public") / "kit")) == (1, "NOT VALID: it was revoked.\n")


def test_without_an_issuer_there_is_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cecto init"):
        call_command("export_public", str(tmp_path))


def with_transcript(folder: Path) -> Path:
    version = made.issued()
    make_transcript(version=version, key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
    return unpacked(CredentialVersion.objects.get(pk=version.pk), folder)


def test_it_checks_a_transcript_and_every_credential_inside_it(tmp_path: Path) -> None:
    code, said = run(with_transcript(tmp_path))
    members = len(list(tmp_path.glob("member-*.json")))
    assert members > 1
    assert (code, f"Transcript: {members} credentials, each signed and not revoked" in said) == (2, True), said


def test_a_changed_member_of_a_transcript_does_not_hold(tmp_path: Path) -> None:
    for file in [with_transcript(tmp_path) / "transcript.json", *tmp_path.glob("member-*.json")]:
        file.write_text(file.read_text("utf-8").replace("242.25", "400"), encoding="utf-8")
    code, said = run(repacked(tmp_path))
    assert (code, "transcript.json says value: '400'" in said) == (1, True), said


def test_a_member_added_to_a_transcript_does_not_hold(tmp_path: Path) -> None:
    whole = with_transcript(tmp_path) / "transcript.json"
    document = json.loads(whole.read_text("utf-8"))
    members = document["credentialSubject"]["verifiableCredential"]
    members.append(json.loads((tmp_path / "credential.json").read_text("utf-8")) | {"name": "Another"})
    whole.write_text(json.dumps(document), encoding="utf-8")
    code, said = run(repacked(tmp_path))
    assert (code, "NOT VALID" in said) == (1, True), said
