"""The award with everything it is made of, as a 1EdTech Comprehensive Learner Record (CLR Standard 2.0, context 2.0.1).

Pure building. The record is signed as a whole; the award and each part in it are Open Badges signed on their own, each
with its own place in the status list, so that a holder may show one part without the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cecto.credentials import open_badge, status_list
from cecto.credentials.canonical import JSON
from cecto.credentials.contexts import CLR, CREDENTIALS_V2, OPEN_BADGES
from cecto.credentials.open_badge import Achievement, Award, Competency, Issuer
from cecto.credentials.proofs import timestamp

CONTEXTS = [CREDENTIALS_V2, CLR, OPEN_BADGES]


@dataclass(frozen=True)
class Part:
    """A requirement that was met. `minutes` and `minutes_required` are None and 0 where no hours are counted."""

    id: str
    title: str
    criteria: str
    minutes: int | None = None
    minutes_required: int = 0
    competency: Competency | None = None


def part_award(award: Award, part: Part, *, at: datetime, list_index: int) -> Award:
    """One part of an award, as an award of its own, valid from when it is signed."""
    whole = award.achievement
    earned = Achievement(
        id=open_badge.within(whole.id, part.id),
        name=part.title,
        description=f"Part of {whole.name}.",
        criteria=part.criteria,
        criteria_url=whole.criteria_url,
        competencies=(part.competency,) if part.competency else (),
        minutes_required=part.minutes_required,
        kind="Competency" if part.competency else "Achievement",
    )
    return replace(
        award,
        id=open_badge.within(award.id, part.id),
        achievement=earned,
        minutes=part.minutes,
        units=None,
        valid_from=at,
        list_index=list_index,
    )


def build(award: Award, members: Sequence[JSON], issuer: Issuer, *, at: datetime, list_index: int) -> JSON:
    """Build the unsigned record of an award from its signed members, the award itself first."""
    document: JSON = {
        "@context": CONTEXTS,
        "type": ["VerifiableCredential", "ClrCredential"],
        "id": open_badge.within(award.id, "transcript"),
        "name": f"Transcript: {award.achievement.name}",
        "issuer": open_badge.profile(issuer),
        "validFrom": timestamp(at),
        "awardedDate": timestamp(award.awarded),
        "credentialSubject": {
            "type": ["ClrSubject"],
            "identifier": open_badge.named(award.holder),
            "verifiableCredential": list(members),
            "association": [_association(member, award) for member in members[1:]],
        },
        "credentialStatus": status_list.entry(award.list_url, list_index),
    }
    if award.valid_until:
        document["validUntil"] = timestamp(award.valid_until)
    return document


def is_transcript(document: JSON) -> bool:
    """Whether a document says that it is a learner record."""
    kinds = document.get("type")
    return isinstance(kinds, list) and "ClrCredential" in kinds


def members_of(document: JSON) -> list[JSON]:
    """The signed credentials inside a learner record; none for another document or one of another shape."""
    subject = document.get("credentialSubject") if is_transcript(document) else None
    members = subject.get("verifiableCredential") if isinstance(subject, dict) else None
    return [member for member in members if isinstance(member, dict)] if isinstance(members, list) else []


def _association(member: JSON, award: Award) -> JSON:
    return {
        "type": "Association",
        "associationType": "isChildOf",
        "sourceId": member["credentialSubject"]["achievement"]["id"],
        "targetId": award.achievement.id,
    }
