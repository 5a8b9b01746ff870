"""Is a document a verifiable credential at all? What the W3C's data model says must be an error, told part by part.

Pure and linear in the document's size: nothing is fetched, no JSON-LD is processed, so it may be asked of a stranger's
file inside a web request. Both who signs and who verifies ask it: what we would refuse, we do not sign.

Standard: W3C Verifiable Credentials Data Model 2.0; the sections are named beside the rules.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cecto.credentials import contexts

# RFC 3986: one scheme, percent signs only before two hex digits, one fragment at most, web addresses with a host.
URI = re.compile(
    r"(?!https?:(?!//[^/?#]))[A-Za-z][A-Za-z0-9+.-]*:"
    r"(?://(?:[\w.~!$&'()*+,;=:%-]*@)?\[[0-9A-Fa-f:.]+\])?"
    r"(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*"
    r"(?:\#(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?",
    re.ASCII,
)
# XML Schema 1.1 Part 2, dateTimeStamp: the time zone is required.
DATE_TIME_STAMP = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?"
    r"(Z|[+-]((0\d|1[0-3]):[0-5]\d|14:00))",
    re.ASCII,
)
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
SRI = re.compile(r"(sha256|sha384|sha512)-([A-Za-z0-9+/]+={0,2})")
# Multihash's name for SHA-256 and the length that follows it.
MULTIHASH_SHA256 = b"\x12\x20"
# Half of a character: UTF-16 has such, UTF-8 and people do not.
HALF = re.compile("[\ud800-\udfff]")
DEEPEST = 24
# Beyond these JavaScript, and RFC 8785 with it, no longer tells one whole number from the next.
LARGEST_NUMBER = 2**53 - 1
TYPED = (
    "credentialStatus",
    "credentialSchema",
    "termsOfUse",
    "evidence",
    "refreshService",
    "renderMethod",
    "confidenceMethod",
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that makes a document no credential: the part it is in, and what is wrong with it."""

    part: str
    sentence: str


class _Wrong(Exception):
    """What is wrong with the part that is being looked at."""


def is_uri(text: object) -> bool:
    """Whether a value is one absolute URI (RFC 3986): what every identifier of a signed document must be."""
    return isinstance(text, str) and URI.fullmatch(text) is not None


def problems(document: object) -> list[Problem]:
    """Return all that makes the document no verifiable credential, its values first; nothing for a sound one.

    The signature, the meaning of terms and what a credential says are not looked at.
    """
    if not isinstance(document, dict):
        return [Problem("document", "it is not a JSON object")]
    # What cannot be walked safely is not looked into further.
    return list(_unfit(document)) or list(_broken(document))


def _broken(document: dict[str, Any]) -> Iterator[Problem]:
    for part, rule in _RULES.items():
        try:
            rule(document.get(part, _MISSING))
        except _Wrong as wrong:
            yield Problem(part, str(wrong))
    start, end = (_instant_or_none(document.get(part)) for part in ("validFrom", "validUntil"))
    if start and end and end < start:
        yield Problem("validUntil", "it would end before it begins (§4.9)")


# --- Values, wherever they are -------------------------------------------------------------------------------------


def _unfit(document: dict[str, Any]) -> Iterator[Problem]:
    """Values that are read differently by different programs, level by level, at most one problem of each part."""
    level: list[tuple[str, object]] = [("document", document)]
    for depth in range(DEEPEST + 1):
        for part, value in level:
            try:
                _refuse_unfit(value, is_top=depth == 0)
            except _Wrong as wrong:
                yield Problem(part, str(wrong))
        level = [inner for part, value in level for inner in _inside(part, value)]
        if not level:
            return
    yield Problem(level[0][0], f"it is nested deeper than {DEEPEST} levels")


def _inside(part: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from ((part, inner) for inner in value)


def _refuse_unfit(value: object, *, is_top: bool) -> None:
    if isinstance(value, dict):
        _refuse_unfit_object(value, is_top=is_top)
    elif isinstance(value, str):
        _refuse_unfit_text(value)
    elif isinstance(value, float):
        raise _Wrong("a number has a fraction: write it as text")
    elif isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        raise _Wrong("a number is too large to be read alike everywhere")


def _refuse_unfit_object(value: dict[str, Any], *, is_top: bool) -> None:
    for name in value:
        _refuse_unfit_text(name)
    if "@value" in value:
        return _refuse_unfit_language(value)
    # The same in JSON-LD as `type` and `id`, so a signature holds over both: but only one of the two is what we sign.
    keywords = sorted(name for name in value if name.startswith("@") and name != "@context")
    if keywords:
        raise _Wrong(f"it uses {keywords[0]}, which a credential writes without the @")
    # A context of its own gives words another meaning; only a credential inside a credential has one.
    if "@context" in value and not is_top and "issuer" not in value:
        raise _Wrong("a part of it has an @context of its own")
    if "id" in value and not is_uri(value["id"]):
        raise _Wrong("an id is not one absolute URI (§4.4)")
    return None


def _refuse_unfit_language(value: dict[str, Any]) -> None:
    """A text with its language (§11.1)."""
    if not value.keys() <= {"@value", "@language", "@direction"} or not isinstance(value["@value"], str):
        raise _Wrong("a text with a language has other parts than @value, @language, and @direction (§11.1)")
    language = value.get("@language", "en")
    if not isinstance(language, str) or not LANGUAGE.fullmatch(language):
        raise _Wrong("the language of a text is not a language tag (§11.1)")
    if value.get("@direction", "ltr") not in ("ltr", "rtl"):
        raise _Wrong("the direction of a text is neither ltr nor rtl (§11.1)")


def _refuse_unfit_text(text: str) -> None:
    if HALF.search(text):
        raise _Wrong("a text holds half a character (a lone surrogate)")


# --- Parts of a credential -----------------------------------------------------------------------------------------

_MISSING = object()


def _context(value: object) -> None:
    if not isinstance(value, list) or not value or value[0] != contexts.CREDENTIALS_V2:
        raise _Wrong(f"its @context does not begin with {contexts.CREDENTIALS_V2} (§4.3)")
    if not all(isinstance(one, dict) or is_uri(one) for one in value):
        raise _Wrong("a part of its @context is neither a URL nor an object (§4.3)")


def _type(value: object) -> None:
    _types(value)
    if value != "VerifiableCredential" and "VerifiableCredential" not in _listed(value):
        raise _Wrong("its type does not include VerifiableCredential (§4.5)")


def _types(value: object) -> None:
    """One or more types, each a text that says something."""
    named = _listed(value)
    if not named or not all(isinstance(one, str) and one.strip() for one in named):
        raise _Wrong("it has no type (§4.5)")


def _text(value: object) -> None:
    """A name or description, in one language or several (§4.6)."""
    if value is _MISSING or isinstance(value, str):
        return
    said = _listed(value)
    if not said or not all(isinstance(one, dict) and "@value" in one for one in said):
        raise _Wrong("it is neither a text nor texts with their languages (§4.6)")


def _issuer(value: object) -> None:
    named = value.get("id") if isinstance(value, dict) else value
    if not is_uri(named):
        raise _Wrong("it names no issuer by a URL (§4.7)")
    if isinstance(value, dict):
        _text(value.get("name", _MISSING))
        _text(value.get("description", _MISSING))


def _subject(value: object) -> None:
    subjects = _listed(value)
    if not subjects or not all(isinstance(one, dict) and one for one in subjects):
        raise _Wrong("it says nothing of a subject (§4.8)")


def _date(value: object) -> None:
    if value is not _MISSING:
        _instant(value)


def _instant(value: object) -> datetime:
    if not isinstance(value, str) or not DATE_TIME_STAMP.fullmatch(value):
        raise _Wrong("it is not a date and time with a time zone (§4.9)")
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        raise _Wrong("it is no day of the calendar (§4.9)") from error


def _instant_or_none(value: object) -> datetime | None:
    try:
        return _instant(value)
    except _Wrong:
        return None


def _typed(value: object) -> None:
    if value is _MISSING:
        return
    said = _listed(value)
    if not said or not all(isinstance(one, dict) for one in said):
        raise _Wrong("it is not an object or a list of objects (§4.5)")
    for one in said:
        _types(one.get("type"))


def _schema(value: object) -> None:
    _typed(value)
    if value is not _MISSING and not all(is_uri(one.get("id")) for one in _listed(value)):
        raise _Wrong("a schema has no id (§4.11)")


def _resources(value: object) -> None:
    """Files whose hashes were signed too (§5.3). We fetch none, so all but the contexts we ship stay unproven."""
    if value is _MISSING:
        return
    said = _listed(value)
    if not said or not all(isinstance(one, dict) and is_uri(one.get("id")) for one in said):
        raise _Wrong("a related resource has no id (§5.3)")
    if len({one["id"] for one in said}) != len(said):
        raise _Wrong("a related resource is listed twice (§5.3)")
    for one in said:
        _resource(one)


def _resource(one: dict[str, Any]) -> None:
    digests = [(name, digest) for name in _DIGESTS for digest in _listed(one.get(name, []))]
    if not digests:
        raise _Wrong("a related resource has no digest (§5.3)")
    if one["id"] not in contexts.PINNED:
        raise _Wrong(f"the related resource {one['id']} is not at hand, so its digest cannot be checked (§5.3)")
    content = contexts.raw(one["id"])
    if not all(_DIGESTS[name](digest, content) for name, digest in digests):
        raise _Wrong(f"the digest of the related resource {one['id']} is not that of the resource (§5.3)")


def _is_sri(digest: object, content: bytes) -> bool:
    found = SRI.fullmatch(digest) if isinstance(digest, str) else None
    return found is not None and base64.b64encode(hashlib.new(found[1], content).digest()).decode() == found[2]


def _is_multihash(digest: object, content: bytes) -> bool:
    if not isinstance(digest, str) or not digest.startswith("u"):
        return False
    try:
        raw = base64.urlsafe_b64decode(digest[1:] + "=" * (-len(digest[1:]) % 4))
    except (binascii.Error, ValueError):
        return False
    return raw == MULTIHASH_SHA256 + hashlib.sha256(content).digest()


_DIGESTS: dict[str, Callable[[object, bytes], bool]] = {"digestSRI": _is_sri, "digestMultibase": _is_multihash}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value in (_MISSING, None) else [value]


_RULES: dict[str, Callable[[Any], None]] = {
    "@context": _context,
    "type": _type,
    "name": _text,
    "description": _text,
    "issuer": _issuer,
    "credentialSubject": _subject,
    "validFrom": _date,
    "validUntil": _date,
    **dict.fromkeys(TYPED, _typed),
    "credentialSchema": _schema,
    "relatedResource": _resources,
}
