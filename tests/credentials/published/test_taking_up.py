"""After a restore, what was published since the backup stands: revocations, lost keys, indexes and codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from cecto.config.doctor import examine
from cecto.credentials import actions, codes, queries, status_list
from cecto.credentials.answers import words_for
from cecto.credentials.baking import bake_svg
from cecto.credentials.examining import examine_code, examine_file
from cecto.credentials.kit.export import write_public
from cecto.credentials.models import CredentialVersion, PublishedList, Remembered, SigningKey
from cecto.credentials.published.actions import note_restore, take_up
from cecto.credentials.published.folder import CopyRefused, read_copy
from cecto.credentials.signing import open_issuer_key
from cecto.credentials.transcript.actions import make_transcript
from cecto.credentials.verifying import State
from tests.credentials import made
from tests.credentials.made import AT, BY, LATER, PASSPHRASE

pytestmark = pytest.mark.django_db
AFTER = LATER + timedelta(days=1)


class _Lost(Exception):
    """The server burns: what was written since the backup is gone."""


def lost(happened: Callable[[], None], folder: Path) -> None:
    """Let something happen, publish the register, and go back to how it was: a backup put back."""
    with suppress(_Lost), transaction.atomic():
        happened()
        write_public(folder, at=LATER)
        raise _Lost


def since_the_backup(former: CredentialVersion, kept: dict[str, str]) -> Callable[[], None]:
    def happened() -> None:
        key = open_issuer_key(PASSPHRASE)
        made.revoke(version=former, reason="conduct", key=key, by=BY, at=LATER)
        actions.create_key(passphrase=PASSPHRASE, by=BY, at=LATER)
        key = open_issuer_key(PASSPHRASE)
        later, gone = made.issued("Bo Tran", by_key=key), made.issued("Cy Moss", by_key=key)
        make_transcript(version=later, key=key, by=BY, at=LATER)
        made.revoke(version=gone, reason="error", key=key, by=BY, at=LATER)
        kept.update(later=later.document, gone=gone.document, code=later.code, gone_code=gone.code)

    return happened


def test_nothing_published_is_taken_back(tmp_path: Path) -> None:
    first, kept = made.issued("Ana Li"), dict[str, str]()
    lost(since_the_backup(first, kept), tmp_path)
    assert examine_code(first.code, at=AFTER).state is State.VALID
    copy = read_copy(tmp_path)
    assert take_up(copy=copy, by=BY, at=AFTER) == (1, 2)
    assert take_up(copy=copy, by=BY, at=AFTER) == (0, 0)
    assert examine_code(first.code, at=AFTER).state is State.REVOKED
    assert PublishedList.objects.all()[0].signed_at == copy.valid_from == LATER
    by_hash = examine_file(kept["later"].encode(), what="x", at=AFTER)
    assert (by_hash.state, by_hash.version) == (State.VALID, None)
    assert "by its hash" in by_hash.sentence
    assert examine_file(kept["gone"].encode(), what="x", at=AFTER).state is State.REVOKED
    assert examine_code(kept["code"], at=AFTER).state is State.UNKNOWN
    by_code = examine_code(kept["code"], at=AFTER)
    assert "record of what it says was lost" in by_code.sentence
    assert words_for(by_code).heading == "We can’t confirm this certificate now"
    # In a picture nobody can tell whether what is around it was changed.
    in_picture = examine_file(bake_svg(b"<svg></svg>", kept["later"].encode()), what="x", at=AFTER)
    assert (in_picture.valid, words_for(in_picture).heading) == (False, "Compare your file with this page")
    assert examine_code(kept["gone_code"], at=AFTER).state is State.REVOKED


def test_no_index_and_no_code_is_drawn_again_and_the_next_list_has_all_bits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, kept = made.issued("Ana Li"), dict[str, str]()
    lost(since_the_backup(first, kept), tmp_path)
    copy = read_copy(tmp_path)
    take_up(copy=copy, by=BY, at=AFTER)
    used = sorted(copy.used - {first.status_index})
    draws, drawn = [*used, 4711], [kept["code"], kept["gone_code"], "HJXVEGS3MQQW"]
    monkeypatch.setattr("secrets.randbelow", lambda _: draws.pop(0))
    monkeypatch.setattr(codes, "new", lambda: drawn.pop(0))
    key = open_issuer_key(PASSPHRASE)
    version = made.issued("Di Kerr", by_key=key)
    assert (version.status_index, version.code) == (4711, "HJXVEGS3MQQW")
    # The clock of the new server may be behind: the list is never older than the published one.
    listed = actions.publish_list(key=key, by=BY, at=AT)
    assert listed.signed_at == copy.valid_from
    assert queries.listed_indexes() == {
        first.status_index,
        *Remembered.objects.filter(revoked=True).values_list("status_index", flat=True),
    }


def test_a_lost_key_stays_lost_and_a_new_one_stays_published(tmp_path: Path) -> None:
    version = made.issued("Ana Li")

    def happened() -> None:
        actions.mark_compromised(key=version.signing_key, by=BY, at=LATER)
        actions.create_key(passphrase=PASSPHRASE, by=BY, at=LATER)
        actions.publish_list(key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)

    lost(happened, tmp_path)
    take_up(copy=read_copy(tmp_path), by=BY, at=AFTER)
    assert SigningKey.objects.count() == 2
    assert SigningKey.objects.get(pk=version.signing_key_id).compromised_at == AFTER
    assert examine_code(version.code, at=AFTER).state is State.KEY_NOT_TRUSTED


def _another_key(folder: Path) -> None:
    path = folder / ".well-known/did.json"
    document = json.loads(path.read_text())
    document["verificationMethod"] = []
    path.write_text(json.dumps(document))


def _another_list(folder: Path) -> None:
    path = folder / "credentials/status/1"
    listed = json.loads(path.read_text())
    listed["credentialSubject"]["encodedList"] = status_list.encode([1])
    path.write_text(json.dumps(listed))


@pytest.mark.parametrize(
    ("spoiled", "said"),
    [
        (lambda folder: (folder / "register.json").unlink(), "is no published copy"),
        (lambda folder: (folder / "register.json").write_text('{"versions": {"x": 1}}'), "is no published copy"),
        (_another_key, "none of the keys"),
        (_another_list, "cannot be trusted"),
    ],
    ids=["no register", "another register", "another key", "another list"],
)
def test_a_folder_that_cannot_be_trusted_is_refused(tmp_path: Path, spoiled: Callable[[Path], None], said: str) -> None:
    made.issued("Ana Li")
    write_public(tmp_path, at=LATER)
    spoiled(tmp_path)
    with pytest.raises(CopyRefused, match=said):
        read_copy(tmp_path)


def test_doctor_asks_for_what_was_published_until_it_is_taken_up(tmp_path: Path) -> None:
    made.issued("Ana Li")
    write_public(tmp_path, at=LATER)
    note_restore(made_at="2016-09-01T12:00:00+00:00", by=BY, at=LATER)
    assert "D21" in [one.id for one in examine()]
    with pytest.raises(CommandError, match="is no published copy"):
        call_command("restore", "--published", str(tmp_path / "nowhere"))
    call_command("restore", "--published", str(tmp_path))
    assert "D21" not in [one.id for one in examine()]


def test_doctor_lists_what_waits_for_a_new_version() -> None:
    version = made.issued("Ana Li")
    actions.mark_compromised(key=version.signing_key, by=BY, at=LATER)
    actions.create_key(passphrase=PASSPHRASE, by=BY, at=LATER)
    key = open_issuer_key(PASSPHRASE)
    actions.publish_list(key=key, by=BY, at=LATER)
    assert [one.message[:14] for one in examine() if one.id == "D20"] == ["1 certificates"]
    actions.sign_again(credential=version.credential, key=key, by=BY, at=LATER)
    assert [one.id for one in examine() if one.id in {"D20", "D12"}] == []
