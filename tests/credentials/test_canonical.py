"""What JSON-LD would lose in silence is refused."""

from __future__ import annotations

from typing import Any

import pytest
from pyld import jsonld

from cecto.credentials import canonical, contexts
from tests.credentials.sample import badge


def test_a_badge_is_canonicalized_the_same_in_any_order() -> None:
    document = badge()
    assert canonical.canonicalize(dict(reversed(document.items()))) == canonical.canonicalize(document)
    assert "O’Brien & <Sons>" in canonical.canonicalize(document)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"shoeSize": "44"}, "no context defines"),
        ({"type": ["VerifiableCredential", "NeverHeardOf"]}, "NeverHeardOf"),
        ({"id": "not absolute"}, "not absolute"),
        ({"issuer": "nobody"}, "nobody"),
        ({"issuer": "//evil.example/issuer"}, "evil"),
        ({"id": ""}, "not absolute"),
        ({"name": 1.5}, "fraction"),
        ({"name": "tab\there"}, r"U\+0009"),
        ({"name": "delete\x7f"}, r"U\+007F"),
        ({"@context": "https://evil.example"}, "never fetched"),
        ({"@context": [1]}, "not valid JSON-LD"),
    ],
)
def test_what_would_be_lost_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises((canonical.Unsafe, contexts.UnknownContext), match=said):
        canonical.canonicalize(badge() | changes)


def test_every_pinned_context_is_shipped_unchanged() -> None:
    assert {url: bool(contexts.raw(url)) for url in contexts.PINNED} == dict.fromkeys(contexts.PINNED, True)


def test_a_changed_context_file_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    name, _ = contexts.PINNED[contexts.DID_V1]
    monkeypatch.setitem(contexts.PINNED, contexts.DID_V1, (name, "0" * 64))
    with pytest.raises(contexts.ContextChanged, match="reinstall"):
        contexts.raw(contexts.DID_V1)


@pytest.mark.parametrize("document", [badge(), badge(holder="Ångström & <Söhne>")], ids=["as is", "another name"])
def test_what_is_kept_of_contexts_changes_nothing(document: dict[str, Any]) -> None:
    """Against plain pyld, which makes every context anew; and again once the contexts are kept."""
    plain = jsonld.normalize(
        document, {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": contexts.load}
    )
    assert [canonical.canonicalize(document) for _ in range(3)] == [plain] * 3
