"""Is this credential real, and is it valid? Decided from its own content, did.json and the status list.

It canonicalizes, so it is for what we signed ourselves: `examining` looks a stranger's upload up by its hash first.
Order of the checks: issuer, signature, key, dates, revocation; the first that fails decides the state.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial

from joserfc.jwk import ECKey

from cecto.credentials import canonical, contexts, did, proofs, status_list, wellformed
from cecto.credentials.canonical import JSON
from cecto.credentials.tokens import jwt
from cecto.credentials.transcript import record

# A further context can change what a term means without changing the rest of the document.
SIGNED_UNDER = (
    [contexts.CREDENTIALS_V2, contexts.OPEN_BADGES],
    [contexts.CREDENTIALS_V2],
    record.CONTEXTS,
)


# What clocks of honest computers may differ by: a list or a certificate signed a moment ago is not from the future.
CLOCKS_DIFFER = timedelta(minutes=5)


class State(StrEnum):
    """What can be said about a credential, a code or a file."""

    VALID = "valid"
    NOT_YET_VALID = "not-yet-valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    UNRELEASED = "unreleased"
    LISTED = "listed"
    RETRACTED = "retracted"
    KEY_NOT_TRUSTED = "key-not-trusted"
    PART = "part"
    NOT_OURS = "not-ours"
    UNKNOWN = "unknown"
    ALTERED = "altered"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, and what it showed."""

    name: str
    passed: bool
    sentence: str


@dataclass(frozen=True)
class Outcome:
    """The state and the checks that led to it, in order."""

    state: State
    checks: tuple[Check, ...]

    @property
    def valid(self) -> bool:
        return self.state is State.VALID


class _Failed(Exception):
    """A check failed; carries the state it leads to."""

    def __init__(self, state: State, sentence: str) -> None:
        super().__init__(sentence)
        self.state = state


def verify(document: JSON, *, did_document: JSON, find_list: Callable[[str], JSON | None], at: datetime) -> Outcome:
    """Verify a signed credential at an aware instant.

    `did_document` is the trusted issuer's, however the caller came to trust it. `find_list` returns the signed status
    list credential at a URL, or None.
    """
    steps: list[tuple[str, Callable[[], str]]] = [
        ("issuer", lambda: _issuer(document, did_document)),
        ("signature", lambda: _signature(document, did_document)),
        ("key", lambda: _key(_method_of(document), did_document)),
        ("dates", lambda: _dates(document, at)),
        ("status", lambda: _status(document, did_document, find_list, at)),
    ]
    if record.is_transcript(document):
        inside = partial(verify, did_document=did_document, find_list=find_list, at=at)
        steps.append(("members", lambda: _members(document, inside)))
    return _judged(steps)


def verify_token(token: str, *, did_document: JSON, find_list: Callable[[str], JSON | None], at: datetime) -> Outcome:
    """Verify a credential that was signed as a token; as `verify`. The key is the one did.json lists, never its own."""
    document: JSON = {}
    kids: list[str] = []
    steps: list[tuple[str, Callable[[], str]]] = [
        ("signature", lambda: _token(token, did_document, document, kids)),
        ("issuer", lambda: _issuer(document, did_document)),
        ("key", lambda: _key(kids[0], did_document)),
        ("dates", lambda: _dates(document, at)),
        ("status", lambda: _status(document, did_document, find_list, at)),
    ]
    return _judged(steps)


def verify_list(listed: JSON, *, did_document: JSON, at: datetime) -> Outcome:
    """Verify a status list by itself."""
    return _judged(
        [
            ("issuer", lambda: _issuer(listed, did_document)),
            ("signature", lambda: _signature(listed, did_document)),
            ("key", lambda: _key(_method_of(listed), did_document)),
            ("dates", lambda: _dates(listed, at)),
        ]
    )


def verify_status(
    entry: JSON, *, url: str, did_document: JSON, find_list: Callable[[str], JSON | None], at: datetime
) -> Outcome:
    """Look only at the list: for a credential whose content is gone. `entry` has its index and its purpose."""
    document = {"credentialStatus": {"type": "BitstringStatusListEntry", "statusListCredential": url, **entry}}
    return _judged([("status", lambda: _status(document, did_document, find_list, at))])


def _judged(steps: list[tuple[str, Callable[[], str]]]) -> Outcome:
    checks: list[Check] = []
    for name, step in steps:
        try:
            checks.append(Check(name, passed=True, sentence=step()))
        except _Failed as failed:
            checks.append(Check(name, passed=False, sentence=str(failed)))
            return Outcome(failed.state, tuple(checks))
    return Outcome(State.VALID, tuple(checks))


def issuer_of(document: JSON) -> str:
    """Return the issuer's identifier as the document claims it, or an empty text."""
    issuer = document.get("issuer")
    named = issuer.get("id") if isinstance(issuer, dict) else issuer
    return named if isinstance(named, str) else ""


def _issuer(document: JSON, did_document: JSON) -> str:
    claimed = issuer_of(document)
    if not claimed or claimed != did_document.get("id"):
        raise _Failed(State.UNKNOWN, f"It names {claimed or 'nobody'} as its issuer, not {did_document.get('id')}.")
    return f"It names {claimed} as its issuer."


def _signature(document: JSON, did_document: JSON) -> str:
    if document.get("@context") not in SIGNED_UNDER:
        raise _Failed(State.ALTERED, "Its terms are not read as we sign them: the list of contexts was changed.")
    try:
        method = proofs.check(document, lambda method: did.find_key(did_document, method, trusted=False))
    except (proofs.ProofInvalid, canonical.Unsafe, contexts.UnknownContext, KeyError) as error:
        raise _Failed(State.ALTERED, f"The signature does not hold: {error}.") from error
    if not method.startswith(f"{did_document['id']}#"):
        raise _Failed(State.ALTERED, "The signature is by a key of somebody else.")
    return f"The signature by {method.rpartition('#')[2]} covers every word of it."


def _method_of(document: JSON) -> str:
    proof = document.get("proof")
    return str(proof.get("verificationMethod")) if isinstance(proof, dict) else ""


def _key(method: str, did_document: JSON) -> str:
    """That the issuer still vouches for the key."""
    if not did.may_assert(did_document, method):
        raise _Failed(State.KEY_NOT_TRUSTED, f"Its key {method.rpartition('#')[2]} is no longer trusted.")
    return f"The issuer vouches for its key {method.rpartition('#')[2]}."


def _token(token: str, did_document: JSON, document: JSON, kids: list[str]) -> str:
    """Read the payload of a token into `document` and its key's name into `kids` once its signature holds."""

    def find_key(kid: str) -> ECKey | None:
        jwk = did.find_jwk(did_document, kid, trusted=False)
        kids[:] = [kid]
        return ECKey.import_key(jwk) if jwk else None

    try:
        payload = json.loads(jwt.read_token(token, find_key))
    except (jwt.TokenRefused, ValueError, RecursionError) as error:
        raise _Failed(State.ALTERED, f"The token does not hold: {error}.") from error
    if found := wellformed.problems(payload):
        raise _Failed(State.ALTERED, f"It is no verifiable credential: {found[0].part}: {found[0].sentence}.")
    document.update(payload)
    if (document.get("iss"), document.get("jti")) != (issuer_of(document), document.get("id")):
        raise _Failed(State.ALTERED, "The token names another issuer or another certificate than its content does.")
    return "The signature of the token covers every word of it."


def _dates(document: JSON, at: datetime) -> str:
    start, end = _instant(document, "validFrom"), _instant(document, "validUntil")
    if start and end and end < start:
        raise _Failed(State.ALTERED, "It would end before it begins, so it is none of ours.")
    if start and at + CLOCKS_DIFFER < start:
        raise _Failed(State.NOT_YET_VALID, f"It is valid from {_moment(start)} on.")
    if end and at >= end:
        raise _Failed(State.EXPIRED, f"It was valid before {_moment(end)}.")
    return f"It is valid before {_moment(end)}." if end else "It does not expire."


def _moment(instant: datetime) -> str:
    return instant.isoformat(sep=" ")


def _instant(document: JSON, term: str) -> datetime | None:
    text = document.get(term)
    if text is None:
        return None
    try:
        instant = datetime.fromisoformat(str(text))
    except ValueError as error:
        raise _Failed(State.ALTERED, f"Its {term} is not a date.") from error
    if instant.tzinfo is None:
        raise _Failed(State.ALTERED, f"Its {term} has no time zone.")
    return instant


def _status(document: JSON, did_document: JSON, find_list: Callable[[str], JSON | None], at: datetime) -> str:
    entry = document.get("credentialStatus")
    if not isinstance(entry, dict) or entry.get("type") != "BitstringStatusListEntry":
        raise _Failed(State.UNKNOWN, "It does not say where its revocation would be published.")
    url = str(entry.get("statusListCredential"))
    listed = find_list(url)
    if listed is None:
        raise _Failed(State.UNKNOWN, f"The status list {url} could not be had.")
    bits = _trusted_bits(listed, url, entry, did_document, at)
    try:
        revoked = status_list.is_set(bits, _index(entry))
    except ValueError as error:
        raise _Failed(State.UNKNOWN, f"Its place in the status list cannot be read: {error}.") from error
    if revoked:
        raise _Failed(State.REVOKED, "It was revoked.")
    return "It is not revoked."


def _index(entry: JSON) -> int:
    """The place in the list: a whole number as text, in base 10 (Bitstring Status List 1.0 §2.1). Raises ValueError."""
    text = str(entry.get("statusListIndex"))
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"{text[:20]!r} is no whole number")
    return int(text)


def _members(document: JSON, inside: Callable[[JSON], Outcome]) -> str:
    """Every credential in a learner record, each as if it had been handed in alone."""
    members = record.members_of(document)
    for member in members:
        outcome = inside(member)
        if not outcome.valid:
            name = str(member.get("name", member.get("id", "a member")))[:100]
            raise _Failed(outcome.state, f"“{name}” in it does not hold. {outcome.checks[-1].sentence}")
    return f"Each of the {len(members)} credentials in it holds by itself."


def _trusted_bits(listed: JSON, url: str, entry: JSON, did_document: JSON, at: datetime) -> bytes:
    """The bits of a list that is signed by the same issuer and meant for this entry."""
    subject = listed.get("credentialSubject")
    if listed.get("id") != url or not isinstance(subject, dict):
        raise _Failed(State.UNKNOWN, "The status list is another one than the credential names.")
    if issuer_of(listed) != did_document.get("id") or subject.get("statusPurpose") != entry.get("statusPurpose"):
        raise _Failed(State.UNKNOWN, "The status list is of another issuer or for another purpose.")
    try:
        _signature(listed, did_document)
        _key(_method_of(listed), did_document)
        _dates(listed, at)
        return status_list.decode(str(subject.get("encodedList")))
    except (_Failed, status_list.ListUnreadable) as error:
        raise _Failed(State.UNKNOWN, f"The status list cannot be trusted: {error}") from error
