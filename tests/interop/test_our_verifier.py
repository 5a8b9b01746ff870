"""Our own verifier on every case that the outside verifiers judge: it must never be the kinder one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cecto.credentials import did, verifying
from cecto.credentials.multikey import encode_public
from cecto.credentials.verifying import State
from tests.interop.test_verifiers import ISSUED, REJECTED, SIGNER, Json, Site, cases

SITE = Site(4433)
CASES, PAGES = cases(SITE), SITE.pages()
NOW = datetime(2026, 1, 1, tzinfo=UTC)
EXPECTED = {"revoked": State.REVOKED, "expired": State.EXPIRED}
EXPECTED |= {"not yet valid": State.NOT_YET_VALID}


def found(url: str) -> Json | None:
    page: Json | None = PAGES.get(url.removeprefix(SITE.address))
    return page


def state(document: Json) -> State:
    listed = did.document(SITE.did, [encode_public(SIGNER.public_key)])
    return verifying.verify(document, did_document=listed, find_list=found, at=NOW).state


@pytest.mark.parametrize("name", ISSUED)
def test_issued_credentials_are_valid(name: str) -> None:
    assert state(CASES[name]) is State.VALID


@pytest.mark.parametrize("name", REJECTED)
def test_others_are_told_for_what_they_are(name: str) -> None:
    untrusted = State.UNKNOWN if name.startswith("status list") else State.ALTERED
    assert state(CASES[name]) is EXPECTED.get(name, untrusted)
