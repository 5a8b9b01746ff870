"""Every read of credentials."""

from __future__ import annotations

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
from cecto.credentials import certificate, codes, did, status_list, wellformed
from cecto.credentials.awarding import achievement_of, issuer_profile, list_url
from cecto.credentials.canonical import JSON
from cecto.credentials.certificate import CertificateText, SignedBy
from cecto.credentials.models import (
    Credential,
    CredentialVersion,
    Paper,
    PublishedList,
    Remembered,
    RevocationProposal,
    SigningKey,
    Statement,
    TokenKey,
    Transcript,
    TranscriptDocument,
)
from cecto.credentials.open_badge import achievement, profile
from cecto.credentials.signing import the_issuer
from cecto.credentials.verifying import CLOCKS_DIFFER, State
from cecto.people.models import Person
from cecto.programs.models import Definition

READ_AT_ONCE = 100


class NoSuchCredential(Exception):
    """No credential answers to that word; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the records say of a version: its state, and a sentence for whoever asks."""

    state: State
    sentence: str


class TakenIndexes(Container[int], Sized):
    """The status list indexes in use, by versions and by their transcripts, asked of the database one at a time."""

    def __len__(self) -> int:
        return CredentialVersion.objects.count() + TranscriptDocument.objects.count() + Remembered.objects.count()

    def __contains__(self, index: object) -> bool:
        if not isinstance(index, int):
            return False
        versions = CredentialVersion.objects.order_by().filter(status_index=index).values("pk")
        documents = TranscriptDocument.objects.filter(status_index=index).values("pk")
        remembered = Remembered.objects.order_by().filter(status_index=index).values("pk")
        return versions.union(documents, remembered, all=True).exists()


def used_indexes() -> list[int]:
    """Every status list index that was ever given out, in order."""
    rows = (CredentialVersion.objects.order_by(), TranscriptDocument.objects.all(), Remembered.objects.all())
    return sorted(index for each in rows for index in each.values_list("status_index", flat=True))


def sound_transcript(version: CredentialVersion) -> Transcript | None:
    """The transcript of a version, if one was made whose identifiers every verifier reads."""
    made = Transcript.objects.filter(version=version).order_by("pk").last()
    return made if made and made.document and not wellformed.problems(json.loads(made.document)) else None


def revoked_indexes() -> list[int]:
    """The status list indexes of what is revoked, in order: versions, parts of transcripts, what a restore lost."""
    versions = CredentialVersion.objects.filter(revocation__isnull=False)
    documents = TranscriptDocument.objects.filter(transcript__version__revocation__isnull=False)
    remembered = Remembered.objects.filter(revoked=True)
    return sorted(
        index for rows in (versions, documents, remembered) for index in rows.values_list("status_index", flat=True)
    )


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


def listed_indexes() -> set[int] | None:
    """The indexes that the list served now has as revoked; None when none is published or it cannot be read."""
    found = published_list()
    try:
        bits = status_list.decode(json.loads(found.document)["credentialSubject"]["encodedList"]) if found else None
    except (ValueError, KeyError, TypeError):
        return None
    return None if bits is None else status_list.indexes_in(bits)


def find_list(url: str) -> JSON | None:
    """The signed status list at a URL, in the form `verifying.verify` asks for."""
    found = published_list()
    document: JSON = json.loads(found.document) if found else {}
    return document if document.get("id") == url else None


def own_list_url() -> str:
    """Where this installation publishes its status list. Raises NotReadyToIssue."""
    return list_url(the_issuer())


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
    """Decisions in effect that have no credential yet, except of the erased: found by asking, never remembered."""
    return (
        Decision.objects.filter(
            enrollment__cohort=cohort,
            enrollment__person__erased_at=None,
            withdrawn_at=None,
            effect__isnull=False,
            credential__isnull=True,
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
            enrollment__cohort=cohort,
            enrollment__person__erased_at=None,
            withdrawn_at=None,
            effect__isnull=True,
            ahead_of__isnull=False,
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


def open_proposals() -> QuerySet[RevocationProposal]:
    """What one person asked to revoke and no second has decided on."""
    return RevocationProposal.objects.filter(ended_at=None, version__revocation=None).select_related("proposed_by")


def decided_alone(version: CredentialVersion) -> bool:
    """Whether the program's definition lets one office alone sign: then one person alone may revoke."""
    return len(version.credential.decision.offices) == 1


def under_review(version: CredentialVersion) -> RevocationProposal | None:
    """The open proposal to revoke a version, or None."""
    return open_proposals().filter(version=version).first()


def proposal_of(version: CredentialVersion) -> RevocationProposal:
    """The open proposal to revoke a version. Raises NoSuchCredential."""
    found = under_review(version)
    if found is None:
        raise NoSuchCredential(f"Nobody asked to revoke {version.printed_code}. Ask first: --reason R --as EMAIL")
    return found


def life_of(credential: Credential) -> QuerySet[CredentialVersion]:
    """Every version of a credential in order, the revoked ones with their revocation."""
    return versions().filter(credential=credential).order_by("number")


def latest_of(credential: Credential) -> CredentialVersion | None:
    """The version that holds today, or None when the last one is revoked."""
    return versions().filter(credential=credential, revocation=None).order_by("-number").first()


def signed_with(key: SigningKey) -> QuerySet[CredentialVersion]:
    """The versions not revoked of which anything, be it the transcript or the token, was signed with a key."""
    by_it = Q(signing_key=key) | Q(transcripts__signing_key=key) | Q(token__key__signing_key=key)
    return CredentialVersion.objects.filter(by_it, revocation=None).select_related("credential").order_by("id")


def signing_keys_of(version: CredentialVersion) -> set[int]:
    """The primary keys of the keys with which a version, its transcript and its token were signed."""
    signed = CredentialVersion.objects.filter(pk=version.pk)
    columns = ("signing_key", "transcripts__signing_key", "token__key__signing_key")
    return {key for row in signed.values_list(*columns) for key in row if key is not None}


def version_called(word: str) -> CredentialVersion:
    """The version with that code, however typed, or the last of the credential with that key.

    Raises NoSuchCredential.
    """
    found = versions().filter(credential__key=word).order_by("-number").first()
    if found is None:
        try:
            found = versions().filter(code=codes.read(word)).first()
        except codes.CodeMistyped as error:
            raise NoSuchCredential(f"“{word}” is neither a code nor a key. {error}") from error
    if found is None:
        raise NoSuchCredential(f"No certificate was ever issued with the code {codes.printed(codes.read(word))}.")
    return found


def standing_statements() -> QuerySet[Statement]:
    """What is known today of every recorded award, with its program, district and person."""
    return Statement.objects.filter(superseded_at=None).select_related(
        "award__program", "award__person", "organization"
    )


def known(version: CredentialVersion, *, at: datetime) -> Known:
    """What the records say of a version at an instant. `examining` asks the signature and the published list too."""
    issued = _issued(version)
    revocation = getattr(version, "revocation", None)
    if revocation is not None:
        day, why = _day(revocation.revoked_at, version), _ended(revocation.wording)
        if revocation.superseded:
            return Known(State.SUPERSEDED, f"It was replaced on {day}: {why}")
        return Known(State.REVOKED, f"{version.certificate['issuer']} revoked it on {day}: {why} Do not accept it.")
    if at + CLOCKS_DIFFER < version.valid_from:
        return Known(State.NOT_YET_VALID, f"It becomes valid on {_day(version.valid_from, version)}.")
    if version.last_day is None:
        return Known(State.VALID, f"{issued} It doesn’t expire.")
    if version.expired(at):
        return Known(State.EXPIRED, f"{issued} It expired on {version.last_day:%B %-d, %Y} and wasn’t renewed.")
    return Known(State.VALID, f"{issued} It’s valid until {version.last_day:%B %-d, %Y}.")


def _issued(version: CredentialVersion) -> str:
    told = version.certificate
    if version.erased:
        removed = "The holder asked us to remove their details. Compare the name with the file you have."
        return f"{told['issuer']} issued it on {told['dated']}. {removed}"
    return f"{told['issuer']} issued it to {version.holder_name} on {told['dated']}."


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _day(instant: datetime, version: CredentialVersion) -> str:
    """The day of an instant in the program's zone, in words."""
    zone = ZoneInfo(version.credential.decision.enrollment.cohort.program.time_zone)
    return f"{instant.astimezone(zone):%B %-d, %Y}"


def certificate_pdf(version: CredentialVersion) -> bytes:
    """The certificate as it was frozen with the version: the same bytes every time; marked once it is revoked."""
    text, mark = _text(version.certificate), mark_of(version)
    document = version.document.encode()
    return certificate.render(text, document, at=version.issued_at, template=version.template, mark=mark)


def certificate_picture(version: CredentialVersion) -> bytes:
    """The certificate as a picture (SVG) to compare a paper with; marked once it is revoked."""
    return certificate.picture(_text(version.certificate), template=version.template, mark=mark_of(version))


def mark_of(version: CredentialVersion) -> str:
    """What is printed across the certificate of a version that was revoked or replaced; else an empty text."""
    revocation = getattr(version, "revocation", None)
    if revocation is None:
        return ""
    became = "Replaced" if revocation.superseded else "Revoked"
    return f"{became} on {_day(revocation.revoked_at, version)}. Do not accept it."


def _text(frozen: dict[str, Any]) -> CertificateText:
    signatures = tuple(SignedBy(**signed) for signed in frozen["signatures"])
    return CertificateText(**{**frozen, "signatures": signatures})
