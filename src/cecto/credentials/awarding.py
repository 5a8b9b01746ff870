"""What a decision says, put into the words of a credential and of its certificate.

Reads the decision's own snapshot, never the ledger: what is signed is what the officers signed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, TypedDict
from zoneinfo import ZoneInfo

from cecto.certification.models import Decision
from cecto.certification.renewal.queries import valid_until
from cecto.credentials import open_badge
from cecto.credentials.certificate import CertificateText, SignedBy
from cecto.credentials.models import Credential, Issuer
from cecto.foundation.hours import hundredths_of_units
from cecto.programs.models import Definition
from cecto.programs.queries import partnership, ruleset
from cecto.requirements import document
from cecto.requirements.awarding import awarded_minutes, tenths_of


class Amount(TypedDict):
    """What an award tells of minutes of instruction, and of the units that they are."""

    minutes: int | None
    units: open_badge.Units | None


LIST_PATH = "/credentials/status/1"


def issuer_profile(issuer: Issuer) -> open_badge.Issuer:
    """The issuer as an Open Badges profile."""
    return open_badge.Issuer(did=issuer.did, name=issuer.name, url=f"{issuer.address}/", email=issuer.email)


def list_url(issuer: Issuer) -> str:
    """Where the status list is published."""
    return issuer.address + LIST_PATH


def achievement_of(definition: Definition, issuer: Issuer) -> open_badge.Achievement:
    """What is earned under a definition, the same for everybody held to it."""
    rules = ruleset(definition).definition
    url = f"{issuer.address}/achievements/{definition.key}"
    parts = [node.title or node.id for node in rules.require.children]
    framework = f"Core competencies of {definition.program.name}"
    return open_badge.Achievement(
        id=url,
        name=award_title(rules),
        description=f"{definition.program.name}: {rules.title}, {rules.catalogue}.",
        criteria=_criteria(parts, definition),
        criteria_url=url,
        competencies=tuple(
            open_badge.Competency(name, open_badge.within(url, code), code, framework)
            for code, name in rules.competencies
        ),
        human_code=rules.award.credential,
        minutes_required=_hours_required(rules.require),
    )


def award_title(rules: document.Definition) -> str:
    """The title that is awarded."""
    return rules.award.title or rules.title


def award_of(credential: Credential, issuer: Issuer, *, number: int, index: int, at: datetime) -> open_badge.Award:
    """One signed version of a person's award.

    The first is valid from the day the decision took effect, a later one from when it was signed (Open Badges 3.0:
    the later `validFrom` is the newer version); both keep the day of the award.
    """
    decision = credential.decision
    enrollment = decision.enrollment
    zone = ZoneInfo(enrollment.cohort.program.time_zone)
    awarded = _midnight(decision.effect.effective_on, zone)
    return open_badge.Award(
        id=f"{issuer.address}/credentials/{credential.key}",
        holder=enrollment.person.name,
        achievement=achievement_of(decision.definition, issuer),
        valid_from=awarded if number == 1 else at,
        awarded=awarded,
        list_url=list_url(issuer),
        list_index=index,
        **amount_of(decision),
        started=enrollment.cohort.first_day,
        ended=enrollment.cohort.last_day,
        valid_until=_expiry(decision, zone),
        term=enrollment.cohort.name,
    )


def certificate_of(award: open_badge.Award, decision: Decision, issuer: Issuer, *, code: str) -> CertificateText:
    """The words of the certificate that shows this award."""
    details = " · ".join(_details(award))
    return _text(decision, award.achievement, issuer, details=details, on=decision.effect.effective_on, code=code)


def paper_of(decision: Decision, issuer: Issuer, *, on: date, code: str) -> CertificateText:
    """The words of a certificate printed before the decision is in effect: dated ahead, and without counted hours."""
    achievement = achievement_of(decision.definition, issuer)
    return _text(decision, achievement, issuer, details=decision.enrollment.cohort.name, on=on, code=code)


def _text(
    decision: Decision, achievement: open_badge.Achievement, issuer: Issuer, *, details: str, on: date, code: str
) -> CertificateText:
    hours = achievement.minutes_required
    completed = f"completed {open_badge.hours_text(hours)} hours of instruction, " if hours else ""
    return CertificateText(
        holder=decision.enrollment.person.name,
        title=achievement.name,
        program=_program_line(decision.enrollment.cohort.program.name),
        issuer=issuer.name,
        statement=f"has {completed}met every requirement of the program, and is hereby recognized as",
        details=details,
        dated=f"{on:%B %-d, %Y}",
        partnership=partnership(decision.enrollment.cohort.program.code),
        code=code,
        verify_url=f"{issuer.address}/verify/{code}",
        signatures=tuple(
            SignedBy(signature.person.name, office_title(signature.office, acting=signature.acting))
            for signature in decision.signatures.select_related("person")
        ),
    )


def _program_line(name: str) -> str:
    """The program's name above the certificate, told from the title that it may share."""
    return name if "program" in name.lower() else f"{name} program"


def office_title(office: str, *, acting: bool = False) -> str:
    """Write an office's name for people: `dpi-liaison` is “DPI liaison”."""
    words = [word.upper() if len(word) <= 3 else word for word in office.split("-")]
    title = " ".join(words)
    return f"Acting {title}" if acting else title[:1].upper() + title[1:]


def units_of(rules: document.Definition, *, minutes: int, earned: bool = True) -> open_badge.Units:
    """The units that so many minutes are: by the definition's own rule if they are earned, else one for ten hours."""
    units = rules.award.units
    if units is None:
        return open_badge.Units(hundredths_of_units(minutes))
    return open_badge.Units(10 * tenths_of(units, minutes) if earned else 0, units.name, units.per)


def amount_of(decision: Decision) -> Amount:
    """What is awarded by a decision in effect: its minutes of instruction and its units, None without either."""
    rules = ruleset(decision.definition).definition
    values = {one["id"]: int(one["value"]) for one in _walk(decision.effect.audit["result"])}
    minutes = awarded_minutes(rules, lambda node: values[node])
    if minutes is None:
        minutes = minutes_of(decision)
    return {"minutes": minutes, "units": None if minutes is None else units_of(rules, minutes=minutes)}


def minutes_of(decision: Decision) -> int | None:
    """The minutes of instruction in the decision's snapshot: its first hours requirement, or None without one."""
    for result in _walk(decision.effect.audit["result"]):
        if result["measure"] == "hours":
            return int(result["value"])
    return None


def _walk(result: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield result
    for child in result["children"]:
        yield from _walk(child)


def _hours_required(require: document.Node) -> int:
    for node in require.walk():
        if isinstance(node, document.Hours):
            return node.at_least or 0
    return 0


def _criteria(parts: list[str], definition: Definition) -> str:
    asked = "; ".join(parts) or "the requirements of the definition"
    return (
        f"Two things are asked: that an audit of the person's record meets every requirement ({asked}), "
        f"and that the program's officers sign for it. Rules: {definition.catalogue} version {definition.version}, "
        f"SHA-256 {definition.sha256}."
    )


def _details(award: open_badge.Award) -> Iterator[str]:
    yield award.term
    if award.minutes is not None:
        yield f"{open_badge.hours_text(award.minutes)} contact hours"
    if award.units_told is not None:
        yield f"{award.units_told.text} {award.units_told.name}"
    if award.valid_until:
        # What is signed is the midnight after the last day.
        yield f"valid until {award.valid_until - timedelta(seconds=1):%B %-d, %Y}"


def _expiry(decision: Decision, zone: ZoneInfo) -> datetime | None:
    end = valid_until(decision)
    return _midnight(end, zone) if end else None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)
