"""Make the transcript of a version that holds, once."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from cecto.credentials import open_badge, status_list, uploads
from cecto.credentials.awarding import award_of, issuer_profile
from cecto.credentials.canonical import JSON
from cecto.credentials.models import CredentialVersion, Transcript, TranscriptDocument
from cecto.credentials.queries import TakenIndexes, sound_transcript
from cecto.credentials.register import refuse_gone, signed, take_turn
from cecto.credentials.signing import IssuerKey
from cecto.credentials.transcript.parts import parts_of
from cecto.credentials.transcript.record import build, part_award
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor


@transaction.atomic
def make_transcript(*, version: CredentialVersion, key: IssuerKey, by: Actor, at: datetime) -> Transcript:
    """Sign the parts of an award and the whole, and keep them; made before, nothing changes.

    One whose identifiers are no URIs, as once made, is made anew; the former stays known by its hashes. About 20
    signatures. Raises CredentialRefused for a version that is revoked or replaced, or when nothing was signed.
    """
    take_turn()
    refuse_gone(version, "transcript")
    made = sound_transcript(version)
    if made:
        return made
    sheet = _Sheet(key, at)
    document = json.dumps(_signed_record(version, sheet), ensure_ascii=False)
    transcript = Transcript.objects.create(
        version=version, document=document, signing_key=key.row, made_at=at, made_by=by.key
    )
    TranscriptDocument.objects.bulk_create(
        TranscriptDocument(transcript=transcript, part=part, status_index=index, sha256=sha256)
        for index, (part, sha256) in sheet.signed.items()
    )
    credential = version.credential
    subject, cohort = ("credential", credential.key), credential.decision.enrollment.cohort
    record("credentials.make-transcript", by=by, at=at, subject=subject, class_key=cohort.key, code=version.code)
    return transcript


@dataclass
class _Sheet:
    """What is signed for one transcript: part and hash, by status index."""

    key: IssuerKey
    at: datetime
    signed: dict[int, tuple[str, str]] = field(default_factory=dict)

    def index(self) -> int:
        """A status index that neither the register nor this transcript uses."""
        taken = TakenIndexes()
        while (index := status_list.draw_index(taken)) in self.signed:
            pass
        return index

    def sign(self, part: str, index: int, unsigned: JSON) -> JSON:
        """Sign one document and note it."""
        document = signed(unsigned, self.key, self.at)
        self.signed[index] = (part, uploads.fingerprint(document))
        return document


def _signed_record(version: CredentialVersion, sheet: _Sheet) -> JSON:
    credential, issuer, at = version.credential, issuer_profile(sheet.key.issuer), sheet.at
    award = award_of(
        credential, sheet.key.issuer, number=version.number, index=version.status_index, at=version.issued_at
    )
    members: list[JSON] = [json.loads(version.document)]
    for part in parts_of(credential.decision, award.achievement.competencies):
        index = sheet.index()
        earned = part_award(award, part, at=at, list_index=index)
        members.append(sheet.sign(part.id, index, open_badge.build(earned, issuer)))
    index = sheet.index()
    whole = build(award, members, issuer, at=at, list_index=index)
    return sheet.sign(TranscriptDocument.WHOLE, index, whole)
