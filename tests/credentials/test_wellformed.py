"""What the W3C's data model says must be an error is none of ours: not signed, and not taken when somebody else did."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto.credentials import contexts, proofs, status_list, verifying, wellformed
from cecto.credentials.canonical import Unsafe
from cecto.credentials.contexts import CREDENTIALS_V2, OPEN_BADGES
from tests.credentials.sample import AWARDED, CHECKED, DID, LIST_URL, Registry, badge
from tests.credentials.transcript.test_record import transcript

OUT = object()
OF_V2 = contexts.raw(CREDENTIALS_V2)
DIGEST = hashlib.sha256(OF_V2).digest()
SRI = "sha256-" + base64.b64encode(DIGEST).decode()
MULTIBASE = "u" + base64.urlsafe_b64encode(b"\x12\x20" + DIGEST).decode().rstrip("=")


def related(**parts: object) -> dict[str, Any]:
    """A document with one related resource."""
    return {"relatedResource": [{"id": CREDENTIALS_V2, **parts}]}


def subject(**parts: object) -> dict[str, Any]:
    """A document whose subject is changed so."""
    kept = badge()["credentialSubject"] | parts
    return {"credentialSubject": {name: value for name, value in kept.items() if value is not OUT}}


MALFORMED: dict[str, tuple[dict[str, Any], str]] = {
    "no context": ({"@context": OUT}, "@context"),
    "one context only as text": ({"@context": CREDENTIALS_V2}, "@context"),
    "contexts in another order": ({"@context": [OPEN_BADGES, CREDENTIALS_V2]}, "@context"),
    "a context that is a number": ({"@context": [CREDENTIALS_V2, 5]}, "@context"),
    "no type": ({"type": OUT}, "type"),
    "no types": ({"type": []}, "type"),
    "another type": ({"type": ["OpenBadgeCredential"]}, "type"),
    "a type that is a number": ({"type": ["VerifiableCredential", 5]}, "type"),
    "a nameless type": ({"type": ["VerifiableCredential", ""]}, "type"),
    "@type instead": ({"type": OUT, "@type": ["VerifiableCredential"]}, "@type"),
    "@id instead": ({"id": OUT, "@id": "https://a.example/"}, "@id"),
    "@type of the subject": (subject(**{"type": OUT, "@type": ["AchievementSubject"]}), "@type"),
    "@included": ({"@included": []}, "@included"),
    "a context inside": (subject(**{"@context": {"name": "https://evil.example/n"}}), "@context of its own"),
    "no id but null": ({"id": None}, "id"),
    "two ids": ({"id": ["https://a.example/1", "https://a.example/2"]}, "id"),
    "an id that is no URL": ({"id": "not-a-url"}, "id"),
    "an id with two fragments": ({"id": "https://a.example/#a#b"}, "id"),
    "an id with a space": (subject(id="https://a.example/a b"), "id"),
    "an id in other letters": (subject(id="https://a.example/é"), "id"),
    "name is a number": ({"name": 5}, "name"),
    "name has other parts": ({"name": {"@value": "A", "@language": "en", "url": "x"}}, "@value"),
    "name without value": ({"description": {"@language": "en"}}, "@language"),
    "language is none": ({"name": {"@value": "A", "@language": "not a language"}}, "language"),
    "direction is none": ({"name": {"@value": "A", "@direction": "up"}}, "direction"),
    "name of the issuer": ({"issuer": {"id": DID, "name": ["A"]}}, "issuer"),
    "no issuer": ({"issuer": OUT}, "issuer"),
    "a null issuer": ({"issuer": None}, "issuer"),
    "an issuer that is no URL": ({"issuer": "somebody"}, "issuer"),
    "an issuer without id": ({"issuer": {"name": "Somebody"}}, "issuer"),
    "no subject": ({"credentialSubject": OUT}, "subject"),
    "an empty subject": ({"credentialSubject": {}}, "subject"),
    "no subjects": ({"credentialSubject": []}, "subject"),
    "an empty one among subjects": ({"credentialSubject": [{"id": "did:example:a"}, {}]}, "subject"),
    "a text as subject": ({"credentialSubject": "did:example:a"}, "subject"),
    "no time zone": ({"validFrom": "2016-06-15T20:00:00"}, "time zone"),
    "a day as date": ({"validFrom": "2016-06-15"}, "time zone"),
    "a number as date": ({"validUntil": 1466020800}, "time zone"),
    "no day of the calendar": ({"validUntil": "2016-02-30T00:00:00Z"}, "calendar"),
    "it ends before it begins": ({"validUntil": "2016-06-01T00:00:00Z"}, "before it begins"),
    "it ends before it begins, elsewhere": ({"validUntil": "2016-06-14T17:30:00+02:00"}, "before it begins"),
    "a status without type": ({"credentialStatus": {"id": f"{LIST_URL}#1"}}, "type"),
    "a status that is a text": ({"credentialStatus": f"{LIST_URL}#1"}, "object"),
    "one of two statuses without type": (
        {"credentialStatus": [status_list.entry(LIST_URL, 1), {"statusPurpose": "revocation"}]},
        "type",
    ),
    "a schema without id": ({"credentialSchema": {"type": "JsonSchema"}}, "schema"),
    "a schema without type": ({"credentialSchema": {"id": "https://a.example/s"}}, "type"),
    "terms without type": ({"termsOfUse": [{"id": "https://a.example/t"}]}, "type"),
    "evidence without type": ({"evidence": {"name": "A"}}, "type"),
    "refreshing without type": ({"refreshService": {"id": "https://a.example/r"}}, "type"),
    "a related resource without id": ({"relatedResource": [{"digestSRI": SRI}]}, "related"),
    "a related resource as text": ({"relatedResource": [CREDENTIALS_V2]}, "related"),
    "a related resource without digest": (related(), "digest"),
    "a related resource twice": ({"relatedResource": [{"id": CREDENTIALS_V2, "digestSRI": SRI}] * 2}, "twice"),
    "a wrong digest": (related(digestSRI=SRI.replace(SRI[10], "A" if SRI[10] != "A" else "B", 1)), "digest"),
    "a digest in hex": (related(digestSRI=f"sha256-{DIGEST.hex()}"), "digest"),
    "a wrong multibase digest": (related(digestMultibase=MULTIBASE[:-4] + "AAAA"), "digest"),
    "one right and one wrong digest": (related(digestSRI=SRI, digestMultibase="uAAAA"), "digest"),
    "a resource that cannot be checked": (
        {"relatedResource": {"id": "https://a.example/r", "digestSRI": SRI}},
        "not at hand",
    ),
    "half a character": ({"name": "Marisol \ud800"}, "surrogate"),
    "half a character as a name": (subject(**{"\udfff": "x"}), "surrogate"),
    "an endless number": ({"name": 10**5000}, "too large"),
    "a number beyond JavaScript": (subject(term=2**53), "too large"),
    "a fraction": (subject(term=24.0), "fraction"),
}
SOUND: dict[str, dict[str, Any]] = {
    "as we sign it": {},
    "names in languages": {"name": [{"@value": "Dog", "@language": "en"}, {"@value": "كلب", "@direction": "rtl"}]},
    "an issuer by its address": {"issuer": DID},
    "several subjects": {"credentialSubject": [{"id": "did:example:a"}, {"id": "did:example:b"}]},
    "two statuses": {"credentialStatus": [status_list.entry(LIST_URL, 1), status_list.entry(LIST_URL, 2)]},
    "milliseconds and zones": {"validFrom": "2016-06-14T12:00:00.000-04:00", "validUntil": "2016-06-14T16:00:00Z"},
    "digests that hold": related(digestSRI=SRI, digestMultibase=MULTIBASE),
}


def changed(changes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in (badge() | changes).items() if value is not OUT}


@pytest.mark.parametrize(("changes", "said"), MALFORMED.values(), ids=MALFORMED)
def test_what_must_be_an_error_is_named_and_not_signed(changes: dict[str, Any], said: str) -> None:
    document = changed(changes)
    found = wellformed.problems(document)
    assert any(said in f"{problem.part} {problem.sentence}" for problem in found), found
    with pytest.raises(Unsafe):
        Registry().sign(document)


@pytest.mark.parametrize(("changes", "said"), MALFORMED.values(), ids=MALFORMED)
def test_what_must_be_an_error_is_not_taken_whoever_signed_it(changes: dict[str, Any], said: str) -> None:
    registry, document = Registry(), changed(changes)
    try:
        document = registry.sign_unasked(document)
    except (ValueError, KeyError, OverflowError):
        document = {**document, "proof": registry.sign(badge())["proof"]}
    outcome = verifying.verify(document, did_document=registry.did_document, find_list=registry.status_list, at=CHECKED)
    assert not outcome.valid


@pytest.mark.parametrize("changes", SOUND.values(), ids=SOUND)
def test_sound_ones_have_no_problem(changes: dict[str, Any]) -> None:
    assert wellformed.problems(changed(changes)) == []


def test_all_that_we_sign_is_sound() -> None:
    listed = status_list.build(LIST_URL, issuer=DID, revoked=[5], valid_from=AWARDED)
    for document in (badge(), Registry().sign(badge()), transcript(Registry()), listed):
        assert wellformed.problems(document) == []


def test_the_same_meaning_in_other_words_is_not_what_was_signed() -> None:
    """`@type` for `type` is the same graph, so the signature over the graph still holds: it is no form of ours."""
    signed = Registry().sign(badge())
    other = copy.deepcopy(signed)
    other["credentialSubject"]["@type"] = other["credentialSubject"].pop("type")
    with pytest.raises(Unsafe, match="@type"):
        proofs.check(other, lambda _: Registry().signer.public_key)


def deep(levels: int) -> dict[str, Any]:
    document = badge()
    for _ in range(levels):
        document = {**badge(), "credentialSubject": document}
    return document


@pytest.mark.parametrize("levels", [30, 5000])
def test_a_bottomless_document_is_told_as_one(levels: int) -> None:
    assert "deeper" in wellformed.problems(deep(levels))[0].sentence


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["@context", "@value", "@type", "id", "type", "name", "issuer", "x"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*badge(), "relatedResource", "evidence", "validUntil"]), JSON_VALUES))
def test_any_value_in_any_place_is_judged_and_nothing_fails(changes: dict[str, Any]) -> None:
    for problem in wellformed.problems(badge() | changes):
        assert problem.sentence


@pytest.mark.parametrize("value", [None, [], "x", 5, json.loads('{"a": 1}')])
def test_other_values_are_no_credentials(value: object) -> None:
    assert wellformed.problems(value)


IS_URI = jsonschema_rs.validator_for({"type": "string", "format": "uri"}, validate_formats=True)
PIECES = st.sampled_from(
    ["https", "did", ":", "//", "a.example", "/", "?", "#", "%41", "%4", "é", " ", "[::1]", "@", "-", "x"]
)


@given(st.lists(PIECES, min_size=1, max_size=8).map("".join))
def test_identifiers_are_those_of_rfc_3986(text: str) -> None:
    """Never kinder than a validator that is not ours, which does not ask a web address for a host."""
    assert not wellformed.is_uri(text) or IS_URI.is_valid(text)
