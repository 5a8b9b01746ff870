"""A second opinion in Python: openvc-core, which is not ours, on every credential. It reaches nothing outside.

Not asked: transcripts, since it wants what 1EdTech's CLR context does not compact to itself; tokens, since it reads
the older form with a `vc` claim, which W3C VC-JOSE-COSE forbids.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from openvc import VerificationPolicy, verify_credential
from openvc.did.did_web import DidWebResolver
from openvc.errors import OpenvcError
from openvc.resolvers import default_status_list_resolver

from cecto.credentials import contexts
from tests.interop.test_verifiers import BADGES, REJECTED, Json, Site, cases

SITE = Site(4433)
CASES, PAGES = cases(SITE), SITE.pages()
CONTEXTS = {url: json.loads(contexts.raw(url)) for url in contexts.PINNED}


def fetch(url: str) -> Any:
    """What the issuer serves at an address. Raises KeyError for nothing."""
    return PAGES[url.removeprefix(SITE.address)]


def accepts(credential: Json) -> bool:
    """Whether openvc takes a credential, its revocation checked."""
    resolver = DidWebResolver(fetch)
    lists = default_status_list_resolver(
        resolver=resolver, extra_contexts=CONTEXTS, fetch=lambda url: json.dumps(fetch(url))
    )
    policy = VerificationPolicy(require_status=True, require_status_issuer_binding=True)
    try:
        verify_credential(
            credential, policy=policy, resolver=resolver, resolve_status_list=lists, extra_contexts=CONTEXTS
        )
    except (OpenvcError, KeyError):
        return False
    return True


@pytest.mark.parametrize("name", BADGES)
def test_issued_credentials_are_accepted(name: str) -> None:
    assert accepts(CASES[name])


@pytest.mark.parametrize("name", REJECTED)
def test_others_are_rejected(name: str) -> None:
    assert not accepts(CASES[name])
