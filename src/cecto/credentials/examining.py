"""“Is this certificate real?”: one answer for the page and the command, to a code, an address or a file.

What was uploaded is looked up by its hash and never canonicalized before that: only what we signed ourselves is
verified. The state comes from the signed document and the published list, as the world sees them; our rows add why.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import unquote

from django.conf import settings
from django.db.models import Q

from cecto.credentials import codes, queries, uploads, verifying, wellformed
from cecto.credentials.canonical import JSON
from cecto.credentials.models import (
    Credential,
    CredentialVersion,
    HandedOut,
    Issuer,
    Paper,
    Remembered,
    Statement,
    TranscriptDocument,
    Unkept,
)
from cecto.credentials.published.remembered import remembered_by_code
from cecto.credentials.uploads import Signed
from cecto.credentials.verifying import Check, Outcome, State

ADDRESS = re.compile(r"(?:https?://)?(?P<site>[^\s/?#]+(?:/[^\s?#]*)?)/verify/(?P<code>[^/?#]+)", re.IGNORECASE)
# What stands around an address in a letter or a message.
AROUND = " \t\r\n\u00a0<>()[]\"'“”‘’«»,;.!"
KEY_IN_ID = re.compile(r"/credentials/([A-Za-z0-9_-]{22})(?![A-Za-z0-9_-])")
ENDED = (State.REVOKED, State.SUPERSEDED)
_SINCE = {State.REVOKED: ", since revoked", State.SUPERSEDED: ", since replaced", State.EXPIRED: ", since expired"}
# What a file can be besides being, or not being, the very one that was given out.
GENUINE = (*ENDED, State.VALID, State.NOT_YET_VALID, State.EXPIRED, State.KEY_NOT_TRUSTED)


@dataclass(frozen=True, slots=True)
class Answer:
    """What can be said of a code or a file.

    `same_file` says whether it is a file that we gave out, byte for byte; None where no file was asked about. `latest`
    is the version valid today, when it shows no other name than what was asked about: a former name may be in the hands
    of people who are not to learn the new one. `part` is the title of a part of a transcript that was shown alone.
    `under_review` says that one person asked to revoke it, and no second has decided. `unkept` says that it is no file
    whose hash we kept, though one of it may have been given out when we kept none. `lost` says that we issued it, and
    that a restore lost what it says.
    """

    what: str
    state: State
    sentence: str
    same_file: bool | None = None
    checks: tuple[Check, ...] = ()
    version: CredentialVersion | None = None
    latest: CredentialVersion | None = None
    recorded: Statement | None = None
    part: str = ""
    under_review: bool = False
    unkept: bool = False
    lost: bool = False

    @property
    def valid(self) -> bool:
        """Whether it is valid and, if it is a file, the very one that was given out."""
        return self.state is State.VALID and self.same_file is not False


class OtherAddress(ValueError):
    """The address is not of a page of this installation; the message says what to type instead."""


def code_in(typed: str) -> str:
    """Return the code in the address of a certificate's page, or what was typed. Raises OtherAddress."""
    found = ADDRESS.match(typed.strip(AROUND))
    if found and not _is_ours(found["site"]):
        raise OtherAddress(
            f"{found['site'][:100]} is not our address. Type the code printed on the certificate instead."
        )
    return unquote(found["code"]) if found else typed


def examine_word(typed: str, *, at: datetime) -> Answer:
    """Answer to a code, however typed, or to the address of its page."""
    try:
        return replace(examine_code(code_in(typed), at=at), what=typed)
    except OtherAddress as error:
        return Answer(typed, State.NOT_OURS, str(error))
    except codes.CodeMistyped as error:
        return Answer(typed, State.UNREADABLE, str(error))


def examine_code(typed: str, *, at: datetime) -> Answer:
    """Answer to a code. Raises codes.CodeMistyped before any database is asked."""
    code = codes.read(typed)
    printed = codes.printed(code)
    version = queries.versions().filter(code=code).first()
    if version is not None:
        return _of_version(version, printed, _verified_by_record(version, at), at)
    if Paper.objects.filter(code=code).exists():
        return Answer(
            printed,
            State.UNRELEASED,
            "It was printed early, for graduation. It is valid only after the program issues it. Do not accept it now.",
        )
    recorded = queries.standing_statements().filter(award__code=code).first()
    if recorded is not None:
        return _recorded(recorded, printed)
    remembered = remembered_by_code(code)
    if remembered is not None:
        return _lost(remembered, printed, at)
    sentence = f"No certificate has the code {printed}. Check it against the paper."
    return Answer(printed, State.UNKNOWN, f"{sentence}{_still_not_found()}")


def examine_file(raw: bytes, *, what: str, at: datetime) -> Answer:
    """Answer to a file: a PDF, a badge, a kit, a digital certificate or a token. `what` names it."""
    handed = HandedOut.objects.filter(sha256=hashlib.sha256(raw).hexdigest()).first()
    try:
        found = uploads.read(raw)
    except uploads.Unreadable as error:
        if handed is None:
            return Answer(what, State.UNREADABLE, str(error))
        return _told_of_file(replace(examine_code(handed.code, at=at), what=what, same_file=True), raw)
    answers = [_of_signed(one, raw, what, at, handed=handed is not None) for one in found]
    if len(answers) > 1 and any(one.state is not State.NOT_OURS for one in answers):
        return Answer(
            what,
            State.ALTERED,
            "It holds more than one digital certificate, and no file of ours does. Do not accept it. "
            "Check the code printed on it.",
        )
    return _told_of_file(answers[0], raw)


def _of_signed(one: Signed, raw: bytes, what: str, at: datetime, *, handed: bool) -> Answer:
    issuer = Issuer.objects.first()
    named, did = verifying.issuer_of(one.document), issuer.did if issuer else ""
    credential = _credential_named(one.document, issuer)
    if credential is None and named != did:
        return _of_others(what, one.document)
    if one.unfit:
        return Answer(what, State.UNREADABLE, one.unfit)
    sha256 = one.sha256
    version, document = _known_by(sha256) if sha256 else (None, None)
    if version is None and (remembered := Remembered.objects.filter(sha256=sha256).exclude(sha256="").first()):
        return _known_by_hash(remembered, one, raw, what, at)
    if version is None:
        return _changed(one, credential, what) if credential else Answer(what, State.UNKNOWN, _UNKNOWN_FILE)
    former_form = document is not None and bool(wellformed.problems(one.document))
    answer = _of_version(version, what, _verified_by_record(version, at) if former_form else _verified(one, at), at)
    if document is not None and document.part != TranscriptDocument.WHOLE:
        return _as_part(answer, str(one.document.get("name", document.part)))
    return replace(answer, same_file=handed or raw in _as_given(version))


_UNKNOWN_FILE = "Nothing in this file matches our records. Ask the person who gave it to you for the original file."


def _lost(remembered: Remembered, what: str, at: datetime) -> Answer:
    """Of a version that a restore lost, by its code: all that is left is its place in the list."""
    outcome = _listed(remembered.status_index, at)
    if outcome.state is State.REVOKED:
        return Answer(
            what, State.REVOKED, "We revoked the certificate with this code. Do not accept it.", None, outcome.checks
        )
    return Answer(
        what,
        State.UNKNOWN,
        "We issued a certificate with this code, but our record of what it says was lost. Upload the file to check it.",
        checks=outcome.checks,
        lost=True,
    )


def _known_by_hash(remembered: Remembered, one: Signed, raw: bytes, what: str, at: datetime) -> Answer:
    """Of a version that a restore lost, by its content: the signature and the list still tell."""
    outcome = _verified(one, at)
    sentence = "We issued this digital certificate: we know it by its hash, and our record of it was lost."
    if remembered.revoked or outcome.state is State.REVOKED:
        return Answer(what, State.REVOKED, f"{sentence} It was revoked. Do not accept it.", None, outcome.checks)
    told = "" if outcome.valid else f" {outcome.checks[-1].sentence}"
    alone = uploads.stands_alone(raw)
    around = (
        "" if alone else " We cannot tell whether what is printed around it was changed: read the certificate inside."
    )
    same = None if alone else False
    return Answer(what, outcome.state, f"{sentence}{told}{around}", same, outcome.checks, unkept=not alone, lost=True)


def _as_part(answer: Answer, title: str) -> Answer:
    state = State.PART if answer.state is State.VALID else answer.state
    return replace(answer, state=state, part=title, sentence=_part_sentence(title, answer))


def _part_sentence(title: str, answer: Answer) -> str:
    if answer.state is State.VALID:
        return f"“{title}” is one part of a transcript, and not the certificate itself. {answer.sentence}"
    return answer.sentence


def _of_others(what: str, document: JSON) -> Answer:
    named = _others_issuer(document)
    if not named:
        return Answer(what, State.UNKNOWN, _UNKNOWN_FILE)
    return Answer(what, State.NOT_OURS, f"It is not ours: verify it at its issuer, {named[:200]}.")


def _others_issuer(document: JSON) -> str:
    """Who a stranger's badge names as its issuer, in Open Badges 3.0 or 2.0, or an empty text where it names nobody."""
    badge = document.get("badge")
    within = badge.get("issuer") if isinstance(badge, dict) else badge
    issuer = within.get("id") if isinstance(within, dict) else within
    hosted = document.get("id") if uploads.ASSERTION in uploads.kinds(document) else ""
    named = (verifying.issuer_of(document), issuer, hosted)
    return next((one for one in named if isinstance(one, str) and one and not uploads.UNWRITABLE.search(one)), "")


def _changed(one: Signed, credential: Credential, what: str) -> Answer:
    return Answer(
        what,
        State.ALTERED,
        "We issued a certificate like this one, but this file was changed later. Do not accept it. "
        "Check the code printed on it.",
        latest=_told_to_holders_of(_named_in(one.document), credential),
    )


def _told_of_file(answer: Answer, raw: bytes) -> Answer:
    """Say whether the file is the very one that was given out, where what it holds is genuine."""
    version = answer.version
    if answer.state not in GENUINE or answer.part or version is None:
        return answer
    if answer.same_file:
        since = _SINCE.get(answer.state, "")
        return replace(answer, sentence=f"This very file is ours{since}. {answer.sentence}")
    unkept = not uploads.stands_alone(raw) and Unkept.objects.filter(last_version__gte=version.pk).exists()
    about = (
        "may not be the file we made. We did not keep the hash of every file we gave out before, so we can’t tell"
        if unkept
        else "is not the file we made: it was changed, or saved again by another program"
    )
    sentence = f"The signed file inside is genuine, but “{answer.what}” {about}. Only what is shown below counts."
    return replace(answer, same_file=False, unkept=unkept, sentence=f"{sentence} {answer.sentence}")


def _of_version(version: CredentialVersion, what: str, outcome: Outcome, at: datetime) -> Answer:
    known = queries.known(version, at=at)
    state, sentence = outcome.state, known.sentence
    if known.state in ENDED:
        # The list says only that it is revoked; a list that lags behind must not call it valid.
        state = known.state
    elif state is State.REVOKED:
        sentence = "Our published list of revocations has it. Do not accept it."
    elif state is State.KEY_NOT_TRUSTED:
        sentence = (
            "It is genuine, but its key is no longer trusted. A new version is being made: ask the person who gave it "
            "to you for the new one."
        )
    elif state is not known.state:
        sentence = f"Our own copy does not pass its check. {outcome.checks[-1].sentence} Do not accept it for now."
    reviewed = state is State.VALID and queries.under_review(version) is not None
    if reviewed:
        sentence += " It is under review: the program was asked to revoke it, and has not decided yet."
    return Answer(
        what,
        state,
        sentence,
        checks=outcome.checks,
        version=version,
        under_review=reviewed,
        latest=_told_to_holders_of(version.holder_name, version.credential),
    )


def _verified(one: Signed, at: datetime) -> Outcome:
    published, find_list = queries.did_document(), queries.find_list
    if one.token:
        return verifying.verify_token(one.token, did_document=published, find_list=find_list, at=at)
    return verifying.verify(one.document, did_document=published, find_list=find_list, at=at)


def _verified_by_record(version: CredentialVersion, at: datetime) -> Outcome:
    """What was signed, verified; of an erased one only its place in the list is left to look at."""
    if not version.erased:
        return _verified(uploads.read(version.document.encode())[0], at)
    return _listed(version.status_index, at)


def _listed(index: int, at: datetime) -> Outcome:
    entry = {"statusListIndex": str(index), "statusPurpose": "revocation"}
    return verifying.verify_status(
        entry, url=queries.own_list_url(), did_document=queries.did_document(), find_list=queries.find_list, at=at
    )


def _known_by(sha256: str) -> tuple[CredentialVersion | None, TranscriptDocument | None]:
    """The version that a fingerprint or a token's hash belongs to, and what it is of its transcript."""
    of_transcript = TranscriptDocument.objects.filter(sha256=sha256).first()
    inside = Q(pk=of_transcript.transcript.version_id) if of_transcript else Q(pk=None)
    version = queries.versions().filter(Q(sha256=sha256) | Q(token__sha256=sha256) | inside).first()
    return version, of_transcript


def _as_given(version: CredentialVersion) -> set[bytes]:
    """What was signed of a version as it is given out: these bytes are kept, so no hash of them is."""
    signed = [version.document]
    signed += version.transcripts.values_list("document", flat=True)
    signed += [version.token.text] if hasattr(version, "token") else []
    return {text.encode() for text in signed if text}


def _credential_named(document: JSON, issuer: Issuer | None) -> Credential | None:
    """The credential of ours whose id a document has or begins with."""
    claimed = document.get("id")
    if issuer is None or not isinstance(claimed, str) or not claimed.startswith(f"{issuer.address}/"):
        return None
    found = KEY_IN_ID.match(claimed, len(issuer.address))
    return Credential.objects.filter(key=found[1]).first() if found else None


def _told_to_holders_of(name: str, credential: Credential) -> CredentialVersion | None:
    latest = queries.latest_of(credential)
    return latest if latest and latest.holder_name == name else None


def _named_in(document: JSON) -> str:
    """The holder's name as a stranger's file gives it, or an empty text."""
    try:
        return str(document["credentialSubject"]["identifier"][0]["identityHash"])
    except (KeyError, TypeError, IndexError):
        return ""


def _recorded(row: Statement, what: str) -> Answer:
    award = row.award
    if award.retracted_at is not None:
        sentence = f"The program took it off its records on {award.retracted_at:%B %-d, %Y}: {award.retraction}"
        return Answer(what, State.RETRACTED, sentence)
    sentence = f"{row.name} earned it in {row.awarded[:4]}, before certificates could be checked here."
    return Answer(what, State.LISTED, f"{sentence} Source: {row.source}.", recorded=row)


def _is_ours(site: str) -> bool:
    """Whether an address without its scheme is this installation's, by its frozen or its present name."""
    issuer = Issuer.objects.first()
    own = [settings.CECTO_URL, *([issuer.address] if issuer else [])]
    asked = site.casefold().rstrip("/").removesuffix(":443")
    return asked in {one.partition("://")[2].casefold().rstrip("/") for one in own}


def _still_not_found() -> str:
    issuer = Issuer.objects.first()
    return f" Still not found? Email {issuer.email}." if issuer and issuer.email else ""
