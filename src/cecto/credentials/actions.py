"""Every write of credentials: the issuer and its keys, issue, correct, revoke, reinstate.

What was signed is never changed: a correction and a reinstatement are new versions under the same id.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.db import transaction

from cecto.certification.models import Decision
from cecto.certification.queries import unsigned_offices
from cecto.certification.renewal.actions import sign_renewal
from cecto.credentials import certificate, codes, did, escrow, keys, open_badge, status_list, uploads
from cecto.credentials.awarding import award_of, certificate_of, issuer_profile, list_url, paper_of
from cecto.credentials.models import (
    Credential,
    CredentialVersion,
    Issuer,
    Paper,
    PassphraseEscrow,
    PublishedList,
    Revocation,
    RevocationProposal,
    SigningKey,
)
from cecto.credentials.multikey import MalformedKey, decode_public
from cecto.credentials.published.remembered import remembered_by_code
from cecto.credentials.queries import (
    TakenIndexes,
    day_of,
    decided_alone,
    latest_of,
    life_of,
    revoked_indexes,
    signing_keys_of,
    under_review,
)
from cecto.credentials.reasons import FOR_GOOD, UnknownReason, wording_of
from cecto.credentials.register import CredentialRefused as CredentialRefused
from cecto.credentials.register import signed, take_turn
from cecto.credentials.signing import IssuerKey, open_issuer_key, the_issuer
from cecto.credentials.typesetting import CannotPrint
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.people.models import Person


class IssuerRefused(Exception):
    """The address cannot become an issuer's; the message says what to do."""


@transaction.atomic
def establish_issuer(*, address: str, name: str, demo: bool, by: Actor, at: datetime, email: str = "") -> Issuer:
    """Freeze who this installation issues as, once; later calls return what was frozen and change nothing.

    Raises IssuerRefused for an address that others cannot reach, outside the demo.
    """
    frozen = Issuer.objects.first()
    if frozen:
        return frozen
    if not demo and (_is_loopback(address) or not address.startswith("https://")):
        raise IssuerRefused(
            f"Nobody could check a certificate issued by {address}. Set CECTO_URL to the public https address "
            "of this installation, then run: cecto init"
        )
    issuer = Issuer.objects.create(
        did=did.from_address(address), address=address.rstrip("/"), name=name, email=email, created_at=at
    )
    record("credentials.establish_issuer", by=by, at=at, subject=("issuer", issuer.did), name=name)
    return issuer


@transaction.atomic
def create_key(*, passphrase: str, by: Actor, at: datetime) -> SigningKey:
    """Make a new signing key and retire those in use: they stay published, so that what they signed still holds."""
    public, sealed = keys.generate(passphrase)
    row = _into_use(public, sealed, at)
    record("credentials.create_key", by=by, at=at, subject=("key", public))
    return row


@transaction.atomic
def use_outside_key(*, multikey: str, by: Actor, at: datetime) -> SigningKey:
    """Sign with a key that a program outside keeps, named by its public Multikey text; as create_key otherwise.

    Raises IssuerRefused for a text that is no Ed25519 Multikey, or a key that was in use here.
    """
    try:
        decode_public(multikey)
    except MalformedKey as error:
        raise IssuerRefused(f"“{multikey}” is no public Ed25519 key as Multikey text (z6Mk…): {error}.") from error
    if SigningKey.objects.filter(public_multibase=multikey).exists():
        raise IssuerRefused("That key is or was in use here. Make a new one outside.")
    row = _into_use(multikey, "", at)
    record("credentials.use_outside_key", by=by, at=at, subject=("key", multikey))
    return row


def _into_use(public: str, sealed: str, at: datetime) -> SigningKey:
    SigningKey.objects.filter(retired_at=None).update(retired_at=at)
    return SigningKey.objects.create(
        fragment=public, public_multibase=public, encrypted_private=sealed.encode(), created_at=at
    )


@transaction.atomic
def escrow_passphrase(*, passphrase: str, by: Actor, at: datetime) -> list[str]:
    """Divide the passphrase into sheets of words, of which two give it back; earlier sheets are worth nothing then.

    The words are kept nowhere. Raises NotReadyToIssue; keys.KeySealed when it does not open the key in use.
    """
    key = open_issuer_key(passphrase)
    sealed, sheets = escrow.divide(passphrase)
    PassphraseEscrow.objects.all().delete()
    PassphraseEscrow.objects.create(key=key.row, sealed=sealed, made_at=at)
    record("credentials.escrow-passphrase", by=by, at=at, subject=("key", key.row.public_multibase))
    return sheets


@transaction.atomic
def recover_passphrase(*, sheets: list[str], by: Actor, at: datetime) -> str:
    """Give the passphrase back from the words of two sheets, and journal that it was. Raises escrow.EscrowRefused."""
    kept = PassphraseEscrow.objects.select_related("key").first()
    if kept is None:
        raise escrow.EscrowRefused("No passphrase was put into escrow here. Restore the backup that holds it.")
    passphrase = escrow.recover(kept.sealed, sheets)
    record("credentials.recover-passphrase", by=by, at=at, subject=("key", kept.key.public_multibase))
    return passphrase


@transaction.atomic
def mark_compromised(*, key: SigningKey, by: Actor, at: datetime) -> SigningKey:
    """Stop vouching for what a key signed: it leaves `assertionMethod`, and its credentials need new versions."""
    if key.compromised_at is None:
        key.compromised_at, key.retired_at = at, key.retired_at or at
        key.save(update_fields=["compromised_at", "retired_at"])
        record("credentials.mark_compromised", by=by, at=at, subject=("key", key.public_multibase))
    return key


@transaction.atomic
def publish_list(*, key: IssuerKey, by: Actor, at: datetime) -> PublishedList:
    """Sign the status list as the revocations stand, and serve it from now on.

    Its `validFrom` is never earlier than that of a list before: verifiers take the later one, whatever a clock says.
    """
    indexes, last = revoked_indexes(), PublishedList.objects.order_by("-signed_at").first()
    since = max(at, last.signed_at) if last else at
    unsigned = status_list.build(list_url(key.issuer), issuer=key.issuer.did, revoked=indexes, valid_from=since)
    listed = PublishedList.objects.create(
        document=json.dumps(signed(unsigned, key, at), indent=2),
        revoked=len(indexes),
        signing_key=key.row,
        signed_at=since,
    )
    record("credentials.publish_list", by=by, at=at, subject=("status list", "1"), revoked=len(indexes))
    return listed


@transaction.atomic
def issue(*, decision: Decision, key: IssuerKey, by: Actor, at: datetime) -> CredentialVersion:
    """Issue the credential of a decision in effect, under the code of its paper if that was printed ahead and holds.

    Raises CredentialRefused.
    """
    take_turn()
    if getattr(decision, "effect", None) is None or decision.withdrawn_at:
        raise CredentialRefused(f"The decision on {decision.enrollment.person.name} is not in effect yet.")
    if Credential.objects.filter(decision=decision).exists():
        raise CredentialRefused(f"{decision.enrollment.person.name} has this credential already.")
    if not PublishedList.objects.exists():
        publish_list(key=key, by=by, at=at)
    credential = Credential.objects.create(decision=decision, created_at=at)
    version = _sign_version(credential, number=1, key=key, by=by, at=at, code=_released(decision))
    _journal("credentials.issue", version, by=by, at=at, sha256=version.sha256)
    return version


@transaction.atomic
def print_ahead(*, decision: Decision, by: Actor, at: datetime) -> Paper:
    """Set down the paper of a decision that waits for a session, with a code that is unreleased until it is issued.

    Printing again before the session changes nothing, unless the name or the day has changed. Raises CredentialRefused.
    """
    take_turn()
    name = decision.enrollment.person.name
    if decision.withdrawn_at or getattr(decision, "effect", None) or unsigned_offices(decision):
        raise CredentialRefused(f"The decision on {name} is not one that is signed and waits for a session.")
    former, day = decision.papers.first(), day_of(decision)
    if former and _still_says(former, name, day):
        return former
    code = _new_code()
    text = paper_of(decision, the_issuer(), on=day, code=code)
    _refuse_unprintable(text)
    paper = Paper.objects.create(
        decision=decision,
        code=code,
        holder_name=name,
        template=certificate.TEMPLATE,
        certificate=asdict(text),
        printed_at=at,
        printed_by=by.key,
    )
    cohort = decision.enrollment.cohort
    record("credentials.print_ahead", by=by, at=at, subject=("decision", decision.key), class_key=cohort.key, code=code)
    return paper


def _still_says(paper: Paper, name: str, day: date) -> bool:
    return (paper.holder_name, paper.certificate["dated"]) == (name, f"{day:%B %-d, %Y}")


@transaction.atomic
def propose_revocation(
    *, version: CredentialVersion, reason: str, person: Person, by: Actor, at: datetime, wording: str = ""
) -> RevocationProposal:
    """Ask to revoke a version for good: from now on it is told as under review, until a second person decides.

    `reason` is one of reasons.FOR_GOOD, `wording` what the public reads instead of that reason's own words.
    Raises CredentialRefused when it is revoked or under review already, reasons.UnknownReason.
    """
    take_turn()
    if reason not in FOR_GOOD:
        raise UnknownReason(f"“{reason}” is not a reason to revoke. Use one of: {', '.join(FOR_GOOD)}.")
    _refuse_revoked(version)
    if under_review(version):
        raise CredentialRefused(f"The certificate {codes.printed(version.code)} is under review already.")
    proposal = RevocationProposal.objects.create(
        version=version, reason=reason, wording=wording.strip(), proposed_by=person, proposed_at=at
    )
    _journal("credentials.propose-revocation", version, by=by, at=at, reason=reason)
    return proposal


@transaction.atomic
def confirm_revocation(
    *, proposal: RevocationProposal, person: Person, key: IssuerKey, by: Actor, at: datetime
) -> Revocation:
    """Revoke a version for good, as a second person; its page and the status list change together.

    Where the decision is signed by one office alone, the one who asked may confirm.
    Raises CredentialRefused for the same person otherwise, and when it is revoked or decided on already.
    """
    take_turn()
    version = proposal.version
    if person == proposal.proposed_by and not decided_alone(version):
        raise CredentialRefused(
            f"{person.name} asked to revoke {codes.printed(version.code)}. A second person confirms it."
        )
    _end_proposal(proposal, person, at)
    revocation = _revoke(version, proposal.reason, proposal.wording, superseded=False, by=by, at=at)
    publish_list(key=key, by=by, at=at)
    return revocation


@transaction.atomic
def drop_revocation(*, proposal: RevocationProposal, person: Person, by: Actor, at: datetime) -> None:
    """Decide that a version stays valid. Raises CredentialRefused when it was decided on already."""
    take_turn()
    _end_proposal(proposal, person, at)
    _journal("credentials.drop-revocation", proposal.version, by=by, at=at)


def _end_proposal(proposal: RevocationProposal, person: Person, at: datetime) -> None:
    open_still = RevocationProposal.objects.filter(pk=proposal.pk, ended_at=None)
    if not open_still.update(ended_at=at, ended_by=person):
        raise CredentialRefused(f"It was decided already whether to revoke {codes.printed(proposal.version.code)}.")


@transaction.atomic
def correct(*, credential: Credential, key: IssuerKey, by: Actor, at: datetime, wording: str = "") -> CredentialVersion:
    """Issue the credential again with the names as they are now; the version valid so far is replaced.

    Raises CredentialRefused when no version is valid (then reinstate it), and when nothing on it would change.
    """
    take_turn()
    former = latest_of(credential)
    if former is None:
        raise CredentialRefused("This certificate is revoked. To issue it again, reinstate it.")
    if _says_the_same(former, key):
        raise CredentialRefused(
            f"A new version would say the same as {codes.printed(former.code)}, so nothing was changed. Correct the "
            "name on the person’s page first."
        )
    version = _replace(credential, former, "corrected", wording, key=key, by=by, at=at)
    _journal("credentials.correct", version, by=by, at=at, sha256=version.sha256, number=version.number)
    return version


@transaction.atomic
def sign_again(*, credential: Credential, key: IssuerKey, by: Actor, at: datetime) -> CredentialVersion:
    """Issue the same award with the key in use, because the key of the version so far is no longer trusted.

    Raises CredentialRefused when no version is valid, and when everything signed of it is by the key in use.
    """
    take_turn()
    former = latest_of(credential)
    if former is None:
        raise CredentialRefused("This certificate is revoked. To issue it again, reinstate it.")
    if signing_keys_of(former) == {key.row.pk}:
        raise CredentialRefused(f"{codes.printed(former.code)} is signed with the key in use, so nothing was changed.")
    version = _replace(credential, former, "key", "", key=key, by=by, at=at)
    _journal("credentials.sign-again", version, by=by, at=at, sha256=version.sha256, number=version.number)
    return version


@transaction.atomic
def renew(
    *, credential: Credential, viewed_until: str, officer: Person, key: IssuerKey, by: Actor, at: datetime
) -> CredentialVersion:
    """Sign the renewal of an award as an officer, and issue it anew until the day seen; the version so far is replaced.

    A lapsed award is reinstated so, while its definition lets it be and once what was missing is made up.

    Raises CredentialRefused when no version holds; what certification.renewal.actions.sign_renewal raises.
    """
    take_turn()
    former = latest_of(credential)
    if former is None:
        raise CredentialRefused("This certificate was revoked, and what is revoked is not renewed. Reinstate it first.")
    decision = former.credential.decision
    renewal = sign_renewal(decision=decision, viewed_until=viewed_until, person=officer, by=by, at=at)
    reason = "reinstated" if renewal.reinstated else "renewed"
    version = _replace(former.credential, former, reason, "", key=key, by=by, at=at)
    _journal("credentials.renew", version, by=by, at=at, sha256=version.sha256, number=version.number)
    return version


@transaction.atomic
def reinstate(*, credential: Credential, key: IssuerKey, by: Actor, at: datetime) -> CredentialVersion:
    """Issue a revoked credential again, as a new version: a revocation cannot be undone (Bitstring Status List 1.0).

    Raises CredentialRefused when a version holds.
    """
    take_turn()
    if latest_of(credential) is not None:
        raise CredentialRefused("A version of this credential holds: there is nothing to reinstate.")
    version = _sign_version(credential, number=_next_number(credential), key=key, by=by, at=at)
    _journal("credentials.reinstate", version, by=by, at=at, sha256=version.sha256, number=version.number)
    return version


def _says_the_same(former: CredentialVersion, key: IssuerKey) -> bool:
    """Whether the credential signed today, at the former's place and time, would be the former word for word."""
    if former.erased:
        return False
    at, index = former.issued_at, former.status_index
    award = award_of(former.credential, key.issuer, number=former.number, index=index, at=at)
    text = certificate_of(award, former.credential.decision, key.issuer, code=former.code)
    signed_then = json.loads(former.document)
    del signed_then["proof"]
    # A word that papers did not have then is no correction of this one.
    printed = json.loads(json.dumps(asdict(text)))
    same_paper = {name: printed.get(name) for name in former.certificate} == former.certificate
    return same_paper and bool(open_badge.build(award, issuer_profile(key.issuer)) == signed_then)


def _replace(
    credential: Credential,
    former: CredentialVersion,
    reason: str,
    wording: str,
    *,
    key: IssuerKey,
    by: Actor,
    at: datetime,
) -> CredentialVersion:
    version = _sign_version(credential, number=_next_number(credential), key=key, by=by, at=at)
    _revoke(former, reason, wording, superseded=True, by=by, at=at)
    publish_list(key=key, by=by, at=at)
    return version


def _released(decision: Decision) -> str:
    """The code of the paper that was printed ahead and still says what is awarded, or an empty text."""
    if decision.ahead_of_id is None:
        return ""
    paper, name = decision.papers.first(), decision.enrollment.person.name
    return paper.code if paper and _still_says(paper, name, decision.effect.effective_on) else ""


def _sign_version(
    credential: Credential, *, number: int, key: IssuerKey, by: Actor, at: datetime, code: str = ""
) -> CredentialVersion:
    if credential.decision.enrollment.person.erased_at:
        raise CredentialRefused("The holder was erased on request, so no new version can name them.")
    code, index = code or _new_code(), status_list.draw_index(TakenIndexes())
    award = award_of(credential, key.issuer, number=number, index=index, at=at)
    text = certificate_of(award, credential.decision, key.issuer, code=code)
    _refuse_unprintable(text)
    document = signed(open_badge.build(award, issuer_profile(key.issuer)), key, at)
    return CredentialVersion.objects.create(
        credential=credential,
        number=number,
        code=code,
        status_index=index,
        document=json.dumps(document, ensure_ascii=False, indent=2),
        sha256=uploads.fingerprint(document),
        valid_from=award.valid_from.replace(microsecond=0),
        valid_until=award.valid_until,
        holder_name=award.holder,
        template=certificate.TEMPLATE,
        certificate=asdict(text),
        signing_key=key.row,
        issued_at=at,
        issued_by=by.key,
    )


def _new_code() -> str:
    while CredentialVersion.objects.filter(code=(code := codes.new())).exists() or remembered_by_code(code):
        pass
    return code


def _refuse_unprintable(text: certificate.CertificateText) -> None:
    try:
        certificate.refuse_unprintable(text)
    except CannotPrint as error:
        raise CredentialRefused(f"The certificate of {text.holder[:60]} cannot be printed: {error}.") from error


def _revoke(
    version: CredentialVersion, reason: str, wording: str, *, superseded: bool, by: Actor, at: datetime
) -> Revocation:
    _refuse_revoked(version)
    revocation = Revocation.objects.create(
        version=version,
        reason=reason,
        wording=wording_of(reason, wording),
        superseded=superseded,
        revoked_at=at,
        revoked_by=by.key,
    )
    _journal("credentials.revoke", version, by=by, at=at, reason=reason, superseded=superseded)
    return revocation


def _refuse_revoked(version: CredentialVersion) -> None:
    if Revocation.objects.filter(version=version).exists():
        raise CredentialRefused(f"The certificate {codes.printed(version.code)} is already revoked.")


def _next_number(credential: Credential) -> int:
    return life_of(credential).count() + 1


def _is_loopback(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _journal(action: str, version: CredentialVersion, *, by: Actor, at: datetime, **detail: object) -> None:
    cohort = version.credential.decision.enrollment.cohort
    subject = ("credential", version.credential.key)
    record(action, by=by, at=at, subject=subject, class_key=cohort.key, code=version.code, **detail)
