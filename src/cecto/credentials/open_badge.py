"""The award as an Open Badges 3.0 AchievementCredential (1EdTech, context 3.0.3; W3C VC Data Model 2.0).

Pure building: text and numbers in, the unsigned document out. Contact hours and CEUs are results with the definition
of what they mean beside them. The holder is named, not identified by address or number. Each object's context and type
come first, so that processors which read a document as a stream read it too (Streaming JSON-LD §2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from cecto.credentials import status_list
from cecto.credentials.canonical import JSON
from cecto.credentials.contexts import CREDENTIALS_V2, OPEN_BADGES
from cecto.credentials.proofs import timestamp
from cecto.foundation.hours import HOURS_PER_UNIT, MINUTES_PER_HOUR, hundredths_of_hours, hundredths_of_units


@dataclass(frozen=True)
class Issuer:
    """Who awards. `did` is the issuer's identifier, `url` its public page."""

    did: str
    name: str
    url: str
    email: str = ""
    description: str = ""


@dataclass(frozen=True)
class Competency:
    """One competency the program teaches. `url` names it, `framework` is the program's own name for the list."""

    name: str
    url: str
    code: str
    framework: str


@dataclass(frozen=True)
class Achievement:
    """What was earned, the same for everybody on a track under one definition.

    `kind` is one of Open Badges 3.0's achievement types.
    """

    id: str
    name: str
    description: str
    criteria: str
    criteria_url: str
    competencies: tuple[Competency, ...] = ()
    human_code: str = ""
    minutes_required: int = 0
    kind: str = "Certification"


# What ten contact hours are called where a definition does not say otherwise.
CEU = "CEU"


@dataclass(frozen=True, slots=True)
class Units:
    """Hundredths of a unit, with its name and the minutes of instruction that one is awarded for."""

    hundredths: int
    name: str = CEU
    per: int = MINUTES_PER_HOUR * HOURS_PER_UNIT

    @property
    def text(self) -> str:
        """The number, to at most two decimals."""
        return _decimal(self.hundredths)


@dataclass(frozen=True)
class Award:
    """One signed version of one person's award. `minutes` counts instruction; dates are in the program's zone.

    `units` are those for which its definition has a rule of its own.
    """

    id: str
    holder: str
    achievement: Achievement
    valid_from: datetime
    awarded: datetime
    list_url: str
    list_index: int
    minutes: int | None = None
    units: Units | None = None
    started: date | None = None
    ended: date | None = None
    valid_until: datetime | None = None
    term: str = ""

    @property
    def units_told(self) -> Units | None:
        """The units that are awarded: by the definition's own rule, else one for ten contact hours; None without."""
        return self.units or (None if self.minutes is None else Units(hundredths_of_units(self.minutes)))


def hours_text(minutes: int) -> str:
    """Write minutes as contact hours to at most two decimals, never rounded up: 14,415 min is `240.25`."""
    return _decimal(hundredths_of_hours(minutes))


def ceu_text(minutes: int) -> str:
    """Write minutes as continuing education units (10 contact hours each) to at most two decimals, rounded down."""
    return _decimal(hundredths_of_units(minutes))


def _decimal(value: int) -> str:
    whole, hundredths = divmod(value, 100)
    return f"{whole}.{hundredths:02}".rstrip("0").rstrip(".")


def build(award: Award, issuer: Issuer) -> JSON:
    """Build the unsigned credential. Every part is either given by the award or left out."""
    document: JSON = {
        "@context": [CREDENTIALS_V2, OPEN_BADGES],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "id": award.id,
        "name": award.achievement.name,
        "issuer": profile(issuer),
        "validFrom": timestamp(award.valid_from),
        "awardedDate": timestamp(award.awarded),
        "credentialSubject": _subject(award, issuer),
        "credentialStatus": status_list.entry(award.list_url, award.list_index),
    }
    if award.valid_until:
        document["validUntil"] = timestamp(award.valid_until)
    return document


def profile(issuer: Issuer) -> JSON:
    """Build the issuer's Profile, as inside each credential and at its own address."""
    parts = {
        "type": ["Profile"],
        "id": issuer.did,
        "name": issuer.name,
        "url": issuer.url,
        "email": issuer.email,
        "description": issuer.description,
    }
    return {name: value for name, value in parts.items() if value}


def _subject(award: Award, issuer: Issuer) -> JSON:
    parts: JSON = {
        "type": ["AchievementSubject"],
        "identifier": named(award.holder),
        "activityStartDate": award.started and f"{award.started:%Y-%m-%d}T00:00:00Z",
        "activityEndDate": award.ended and f"{award.ended:%Y-%m-%d}T00:00:00Z",
        "term": award.term,
        "achievement": _achievement(award, issuer),
        "result": _results(award),
    }
    return {name: value for name, value in parts.items() if value}


def named(holder: str) -> list[JSON]:
    """Build how a subject is told: by the name as the person writes it."""
    return [{"type": "IdentityObject", "identityType": "name", "identityHash": holder, "hashed": False}]


def achievement(earned: Achievement) -> JSON:
    """Build what is earned, as at its own address and inside each credential."""
    parts: JSON = {
        "type": ["Achievement"],
        "id": earned.id,
        "achievementType": earned.kind,
        "name": earned.name,
        "description": earned.description,
        "criteria": {"id": earned.criteria_url, "narrative": earned.criteria},
        "humanCode": earned.human_code,
        "inLanguage": "en-US",
        "alignment": [_alignment(competency) for competency in earned.competencies],
    }
    return {name: value for name, value in parts.items() if value}


def _achievement(award: Award, issuer: Issuer) -> JSON:
    described = {"resultDescription": _result_descriptions(award)} if award.minutes is not None else {}
    return {**achievement(award.achievement), "creator": profile(issuer), **described}


def _alignment(competency: Competency) -> JSON:
    return {
        "type": ["Alignment"],
        "targetName": competency.name,
        "targetUrl": competency.url,
        "targetCode": competency.code,
        "targetFramework": competency.framework,
        "targetType": "CFItem",
    }


def within(whole: str, part: str) -> str:
    """Name a part of what has an address: `a#b`, and `a#b/c` for a part of that, since a URI has one fragment."""
    return f"{whole}{'/' if '#' in whole else '#'}{quote(part, safe='')}"


def _result_descriptions(award: Award) -> list[JSON]:
    hours: JSON = {
        "type": ["ResultDescription"],
        "id": within(award.achievement.id, "contact-hours"),
        "name": "Contact hours (60 minutes of instruction)",
        "resultType": "RawScore",
        "valueMin": "0",
    }
    if award.achievement.minutes_required:
        hours["requiredValue"] = hours_text(award.achievement.minutes_required)
    units = award.units_told or Units(0)
    of_units: JSON = {
        "type": ["ResultDescription"],
        "id": within(award.achievement.id, "ceu"),
        "name": _named(units),
        "resultType": "RawScore",
        "valueMin": "0",
    }
    return [hours, of_units]


def _named(units: Units) -> str:
    name = "Continuing education units" if units.name == CEU else units.name
    return f"{name} ({hours_text(units.per)} contact hours)"


def _results(award: Award) -> list[JSON]:
    if award.minutes is None or award.units_told is None:
        return []
    values = {"contact-hours": hours_text(award.minutes), "ceu": award.units_told.text}
    return [
        {"type": ["Result"], "resultDescription": within(award.achievement.id, name), "value": value}
        for name, value in values.items()
    ]
