"""A transcript is made once for a version, kept, found by its files, and falls with the version."""

from __future__ import annotations

import json

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from cecto.credentials import actions, canonical, codes, open_badge, queries, verifying, wellformed
from cecto.credentials.examining import examine_file
from cecto.credentials.models import CredentialVersion, Transcript, TranscriptDocument
from cecto.credentials.signing import open_issuer_key
from cecto.credentials.transcript.actions import make_transcript
from cecto.credentials.transcript.record import members_of
from cecto.credentials.verifying import State
from cecto.foundation.journal.models import JournalEntry
from tests.classes.browsing import browser
from tests.credentials import made
from tests.credentials.made import BY, LATER, PASSPHRASE

pytestmark = pytest.mark.django_db


def transcript(version: CredentialVersion) -> Transcript:
    """The transcript of a version."""
    return make_transcript(version=version, key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)


def state(raw: str) -> State:
    """What anybody's verifier says of a signed document today."""
    return verifying.verify(
        json.loads(raw), did_document=queries.did_document(), find_list=queries.find_list, at=LATER
    ).state


def test_it_is_signed_once_and_kept() -> None:
    version = made.issued()
    first, again = transcript(version), transcript(version)
    assert (first.pk, first.document) == (again.pk, again.document)
    assert state(first.document) is State.VALID
    assert JournalEntry.objects.filter(action="credentials.make-transcript").count() == 1
    assert list(first.documents.values_list("part", flat=True)) == ["hours", "transcript"]


def test_it_begins_with_the_certificate_everybody_has() -> None:
    version = made.issued()
    award, hours = members_of(json.loads(transcript(version).document))
    assert award == json.loads(version.document)
    assert hours["credentialSubject"]["result"][0]["value"] == "242.25"


def test_one_whose_identifiers_are_no_uris_is_made_anew_and_the_former_is_known_still(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    version = made.issued()
    with monkeypatch.context() as then:
        then.setattr(open_badge, "within", "{}#{}".format)
        then.setattr(wellformed, "is_uri", lambda _: True)
        then.setattr(canonical, "is_uri", lambda _: True)
        former = transcript(version)
    assert queries.sound_transcript(version) is None
    again = transcript(version)
    assert (queries.sound_transcript(version), transcript(version)) == (again, again)
    assert (state(former.document), state(again.document)) == (State.ALTERED, State.VALID)
    for document in (former.document, again.document):
        assert examine_file(document.encode(), what="x", at=LATER).version == version
    made.revoke(version=version, reason="error", key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
    assert len(queries.revoked_indexes()) == 5


def test_the_register_finds_the_version_by_the_whole_and_by_a_part() -> None:
    version = made.issued()
    document = json.loads(transcript(version).document)
    for handed_in, state in zip([document, *members_of(document)], ["valid", "valid", "part"], strict=True):
        found = examine_file(json.dumps(handed_in, indent=4).encode(), what="x", at=LATER)
        assert (found.state, found.version) == (state, version)
    document["credentialSubject"]["association"] = []
    assert examine_file(json.dumps(document).encode(), what="x", at=LATER).state is State.ALTERED


def test_revoking_the_certificate_revokes_every_part_of_its_transcript() -> None:
    version = made.issued()
    made_before = transcript(version)
    assert queries.revoked_indexes() == []
    made.revoke(version=version, reason="error", key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
    taken = [version.status_index, *TranscriptDocument.objects.values_list("status_index", flat=True)]
    assert queries.revoked_indexes() == sorted(taken)
    documents = [made_before.document, *map(json.dumps, members_of(json.loads(made_before.document)))]
    assert [state(one) for one in documents] == [State.REVOKED] * 3


def test_none_is_made_of_a_version_that_does_not_hold() -> None:
    version = made.issued()
    made.revoke(version=version, reason="error", key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
    with pytest.raises(actions.CredentialRefused, match="was revoked or replaced"):
        transcript(CredentialVersion.objects.get())
    assert Transcript.objects.count() == 0


def test_a_holder_makes_it_and_downloads_it(client: Client, settings: LazySettings) -> None:
    settings.CECTO_KEY_PASSPHRASE = PASSPHRASE
    version = made.issued()
    holder, code = browser(None, who=version.credential.decision.enrollment.person), codes.printed(version.code)
    page, file = (reverse(f"credentials:{name}", args=[code]) for name in ("transcript", "transcript-file"))
    assert "Make my transcript" in holder.get(page).content.decode()
    assert holder.get(file).status_code == 404
    assert holder.post(page).status_code == 302
    assert "242.25" in holder.get(page).content.decode()
    answer = holder.get(file)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/vc", "private, no-store")
    assert answer.content.decode() == Transcript.objects.get().document
    assert client.get(file).status_code == 302
