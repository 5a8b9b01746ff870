"""Every read of credentials."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Iterator, Sequence, Sized
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from cecto.certification.models import Decision
from cecto.certification.queries import unsigned_offices
from cecto.classes.models import Cohort
from cecto.credentials import certificate, codes, did, uploads, wellformed
from cecto.credentials.awarding import achievement_of, issuer_profile
from cecto.credentials.canonical import JSON
from cecto.credentials.certificate import CertificateText, SignedBy
from cecto.credentials.models import (
    Credential,
    CredentialVersion,
    Paper,
    PublishedList,
    SigningKey,
    Statement,
    TokenKey,
    Transcript,
    TranscriptDocument,
)
from cecto.credentials.open_badge import achievement, profile
from cecto.credentials.signing import the_issuer
from cecto.credentials.verifying import State
from cecto.people.models import Person
from cecto.programs.models import Definition

READ_AT_ONCE = 100


class NoSuchCredential(Exception):
    """No credential answers to that word; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the registry tells of a code or a file: the version and its state.

    `latest` is the version that holds today, when it shows no other name than what was asked about: a former name may
    be in the hands of people who are not to learn the new one.
    """

    state: State
    sentence: str
    version: CredentialVersion | None = None
    latest: CredentialVersion | None = None
    recorded: Statement | None = None


class TakenIndexes(Container[int], Sized):
    """The status list indexes in use, by versions and by their transcripts, asked of the database one at a time."""

    def __len__(self) -> int:
        return CredentialVersion.objects.count() + TranscriptDocument.objects.count()

    def __contains__(self, index: object) -> bool:
        if not isinstance(index, int):
            return False
        versions = CredentialVersion.objects.order_by().filter(status_index=index).values("pk")
        documents = TranscriptDocument.objects.filter(status_index=index).values("pk")
        return versions.union(documents, all=True).exists()


def sound_transcript(version: CredentialVersion) -> Transcript | None:
    """The transcript of a version, if one was made whose identifiers every verifier reads."""
    made = Transcript.objects.filter(version=version).order_by("pk").last()
    return made if made and made.document and not wellformed.problems(json.loads(made.document)) else None


def revoked_indexes() -> list[int]:
    """The status list indexes of every revoked version, and of what was signed in its transcript, in order."""
    versions = CredentialVersion.objects.filter(revocation__isnull=False)
    documents = TranscriptDocument.objects.filter(transcript__version__revocation__isnull=False)
    return sorted([*versions.values_list("status_index", flat=True), *documents.values_list("status_index", flat=True)])


def did_document() -> JSON:
    """The issuer's DID document: every key there ever was, oldest first. Raises NotReadyToIssue."""
    rows = list(SigningKey.objects.order_by("created_at", "id"))
    tokens = list(TokenKey.objects.select_related("signing_key"))
    compromised = [row.public_multibase for row in rows if row.compromised_at]
    compromised += [row.kid for row in tokens if row.signing_key.compromised_at]
    multikeys = [row.public_multibase for row in rows]
    jwks = {row.kid: row.public for row in tokens}
    return did.document(the_issuer().did, multikeys, jwks=jwks, compromised=compromised)


def issuer_document() -> JSON:
    """The issuer's Open Badges profile. Raises NotReadyToIssue."""
    return profile(issuer_profile(the_issuer()))


def published_list() -> PublishedList | None:
    """The status list that is served now."""
    return PublishedList.objects.first()


def find_list(url: str) -> JSON | None:
    """The signed status list at a URL, in the form `verifying.verify` asks for."""
    found = published_list()
    document: JSON = json.loads(found.document) if found else {}
    return document if document.get("id") == url else None


def achievement_document(definition_key: str) -> JSON | None:
    """The Open Badges achievement of a published definition. Raises NotReadyToIssue."""
    definition = Definition.objects.select_related("program").filter(key=definition_key).first()
    return achievement(achievement_of(definition, the_issuer())) if definition else None


def last_version(credential_key: str) -> CredentialVersion | None:
    """The last version of the credential with that key, whether it holds or is revoked."""
    return versions().filter(credential__key=credential_key).order_by("-number").first()


def has_former_name(version: CredentialVersion) -> bool:
    """Whether another version of its credential shows another name; the key is in both, so it must lead to neither."""
    return version.credential.versions.exclude(holder_name=version.holder_name).exists()


def versions() -> QuerySet[CredentialVersion]:
    """Versions with what a page shows of them."""
    return CredentialVersion.objects.select_related(
        "revocation",
        "signing_key",
        "credential__decision__effect",
        "credential__decision__definition__program",
        "credential__decision__enrollment__person",
        "credential__decision__enrollment__track",
        "credential__decision__enrollment__cohort__program",
    )


def to_issue(cohort: Cohort) -> QuerySet[Decision]:
    """Decisions in effect that have no credential yet: found by asking, never remembered."""
    return (
        Decision.objects.filter(
            enrollment__cohort=cohort, withdrawn_at=None, effect__isnull=False, credential__isnull=True
        )
        .select_related(
            "effect", "definition__program", "enrollment__person", "enrollment__track", "enrollment__cohort__program"
        )
        .order_by("enrollment__person__sort_name", "id")
    )


def read_to_issue(cohort: Cohort, wanted: Sequence[int]) -> Iterator[Decision]:
    """Of `to_issue` those with these primary keys, read a few at a time: each holds a whole audit."""
    for start in range(0, len(wanted), READ_AT_ONCE):
        yield from to_issue(cohort).filter(pk__in=wanted[start : start + READ_AT_ONCE])


def to_print_ahead(cohort: Cohort) -> list[Decision]:
    """Decisions that every office has signed and that wait for a session: their papers can be printed."""
    waiting = (
        Decision.objects.filter(
            enrollment__cohort=cohort, withdrawn_at=None, effect__isnull=True, ahead_of__isnull=False
        )
        .select_related(
            "definition__program", "enrollment__person", "enrollment__track", "enrollment__cohort__program", "ahead_of"
        )
        .order_by("enrollment__person__sort_name", "id")
    )
    return [decision for decision in waiting if not unsigned_offices(decision)]


def day_of(decision: Decision) -> date:
    """The day of the session that a decision waits for, in the program's time zone."""
    if decision.ahead_of is None:
        raise NoSuchCredential("This decision waits for no session.")
    revision = decision.ahead_of.revisions.get(superseded_at=None)
    return revision.starts_at.astimezone(ZoneInfo(decision.enrollment.cohort.program.time_zone)).date()


def paper_pdf(paper: Paper) -> bytes:
    """A certificate printed ahead: the same words and code, and no credential attached, since none is signed."""
    return certificate.render(_text(paper.certificate), None, at=paper.printed_at, template=paper.template)


def issued_in(cohort: Cohort) -> QuerySet[CredentialVersion]:
    """The versions of everybody in a class that are not revoked, by name; the time of some may be over."""
    return (
        versions()
        .filter(credential__decision__enrollment__cohort=cohort, revocation=None)
        .order_by("credential__decision__enrollment__person__sort_name", "id")
    )


def revoked_in(cohort: Cohort) -> QuerySet[CredentialVersion]:
    """The versions of a class that were revoked or replaced, the latest first."""
    return (
        versions()
        .filter(credential__decision__enrollment__cohort=cohort, revocation__isnull=False)
        .order_by("-revocation__revoked_at", "-id")
    )


def held_by(person: Person) -> QuerySet[CredentialVersion]:
    """The versions of a person's credentials that are not revoked, the newest first; the time of some may be over."""
    return (
        versions()
        .filter(credential__decision__enrollment__person=person, revocation=None)
        .order_by("-issued_at", "-id")
    )


def life_of(credential: Credential) -> QuerySet[CredentialVersion]:
    """Every version of a credential in order, the revoked ones with their revocation."""
    return versions().filter(credential=credential).order_by("number")


def latest_of(credential: Credential) -> CredentialVersion | None:
    """The version that holds today, or None when the last one is revoked."""
    return versions().filter(credential=credential, revocation=None).order_by("-number").first()


def version_called(word: str) -> CredentialVersion:
    """The version with that code, however typed, or the last of the credential with that key.

    Raises NoSuchCredential.
    """
    found = versions().filter(credential__key=word).order_by("-number").first()
    if found is None:
        try:
            found = versions().filter(code=codes.read(word)).first()
        except codes.CodeMistyped as error:
            raise NoSuchCredential(f"“{word}” is neither a code nor a key: {error}.") from error
    if found is None:
        raise NoSuchCredential(f"No certificate was ever issued with the code {codes.printed(codes.read(word))}.")
    return found


def found_by_code(typed: str, *, at: datetime) -> Found:
    """What the registry knows of a code. Raises codes.CodeMistyped before any database is asked."""
    code = codes.read(typed)
    version = versions().filter(code=code).first()
    if version is not None:
        return known(version, at=at)
    if Paper.objects.filter(code=code).exists():
        return Found(State.UNRELEASED, "It was printed ahead of the decision. Until it is released, it proves nothing.")
    recorded = standing_statements().filter(award__code=code).first()
    if recorded is not None:
        return _recorded(recorded)
    return Found(State.UNKNOWN, f"No certificate was ever issued with the code {codes.printed(code)}.")


def standing_statements() -> QuerySet[Statement]:
    """What is known today of every recorded award, with its program, district and person."""
    return Statement.objects.filter(superseded_at=None).select_related(
        "award__program", "award__person", "organization"
    )


def _recorded(row: Statement) -> Found:
    if row.award.retracted_at is not None:
        said = f"Since {row.award.retracted_at:%B %-d, %Y} the program lists it no more: {row.award.retraction}"
        return Found(State.RETRACTED, said)
    return Found(
        State.LISTED,
        "The program lists this award from before its present records. Its hours were never audited here, and it is "
        "not a signed credential.",
        recorded=row,
    )


def found_by_file(raw: bytes, *, at: datetime) -> Found:
    """What the registry knows of a certificate file. Never canonicalizes it. Raises uploads.Unreadable."""
    if uploads.is_token(raw):
        return _found_by_token(raw.strip(), at)
    document = uploads.read_document(raw)
    sha256 = uploads.fingerprint(document)
    of_transcript = TranscriptDocument.objects.filter(sha256=sha256).values("transcript__version")
    version = versions().filter(Q(sha256=sha256) | Q(pk__in=of_transcript)).first()
    if version is not None:
        return known(version, at=at)
    named = str(document.get("id", "")).rpartition("/credentials/")[2].partition("#")[0]
    credential = Credential.objects.filter(key=named).first() if named else None
    if credential is None:
        return Found(State.UNKNOWN, "This program never issued the credential in this file.")
    return Found(
        State.ALTERED,
        "This program issued a credential of this name, but not with this content: the file was changed.",
        latest=_told_to_holders_of(_named_in(document), credential),
    )


def _found_by_token(token: bytes, at: datetime) -> Found:
    """By the token's hash alone: what it says of itself is not read."""
    version = versions().filter(token__sha256=hashlib.sha256(token).hexdigest()).first()
    if version is None:
        return Found(State.UNKNOWN, "This program never signed the token in this file, or it was changed since.")
    return known(version, at=at)


def known(version: CredentialVersion, *, at: datetime) -> Found:
    """The state of an issued version at an instant, in a word and a sentence."""
    state, sentence = _state(version, at)
    return Found(state, sentence, version, _told_to_holders_of(version.holder_name, version.credential))


def _told_to_holders_of(name: str, credential: Credential) -> CredentialVersion | None:
    latest = latest_of(credential)
    return latest if latest and latest.holder_name == name else None


def _named_in(document: JSON) -> str:
    """The holder's name as a stranger's file gives it, or an empty text."""
    try:
        return str(document["credentialSubject"]["identifier"][0]["identityHash"])
    except (KeyError, TypeError, IndexError):
        return ""


def _state(version: CredentialVersion, at: datetime) -> tuple[State, str]:
    revocation = getattr(version, "revocation", None)
    if revocation is not None:
        day = _day(revocation.revoked_at, version)
        if revocation.superseded:
            return State.SUPERSEDED, f"Replaced on {day}: {revocation.wording}"
        return State.REVOKED, f"Revoked on {day}: {revocation.wording}"
    if at < version.valid_from:
        return State.NOT_YET_VALID, f"It is valid from {_day(version.valid_from, version)} on."
    if version.valid_until is None:
        return State.VALID, "The program issued it and stands by it. It does not expire."
    end = _day(version.valid_until, version)
    if version.expired(at):
        return State.EXPIRED, f"It expired on {end}."
    return State.VALID, f"The program issued it and stands by it. It is valid until {end}."


def _day(instant: datetime, version: CredentialVersion) -> str:
    """The day of an instant in the program's zone, in words."""
    zone = ZoneInfo(version.credential.decision.enrollment.cohort.program.time_zone)
    return f"{instant.astimezone(zone):%B %-d, %Y}"


def certificate_pdf(version: CredentialVersion) -> bytes:
    """The certificate as it was frozen with the version: the same bytes every time."""
    text = _text(version.certificate)
    return certificate.render(text, version.document.encode(), at=version.issued_at, template=version.template)


def _text(frozen: dict[str, Any]) -> CertificateText:
    signatures = tuple(SignedBy(**signed) for signed in frozen["signatures"])
    return CertificateText(**{**frozen, "signatures": signatures})
