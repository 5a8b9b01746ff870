"""How an answer is told: a heading that says it, and the facts that a clerk compares, all from our own record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cecto.credentials.awarding import achievement_of
from cecto.credentials.certificate import class_and_hours
from cecto.credentials.examining import Answer
from cecto.credentials.models import CredentialVersion, Statement
from cecto.credentials.signing import the_issuer
from cecto.credentials.verifying import State
from cecto.programs.queries import partnership, ruleset


@dataclass(frozen=True, slots=True)
class Words:
    """What stands first: the tone (good, warn or bad), its sign, and the heading."""

    tone: str
    sign: str
    heading: str


GOOD, WARN, BAD, PLAIN = ("good", "verified"), ("warn", "warning"), ("bad", "error"), ("plain", "info")
_WORDS = {
    State.VALID: Words(*GOOD, "This certificate is valid"),
    State.NOT_YET_VALID: Words(*WARN, "This certificate is not valid yet"),
    State.EXPIRED: Words(*WARN, "This certificate has expired"),
    State.REVOKED: Words(*BAD, "This certificate was revoked"),
    State.SUPERSEDED: Words(*WARN, "This certificate was replaced"),
    State.KEY_NOT_TRUSTED: Words(*WARN, "This certificate is being made again"),
    State.UNRELEASED: Words(*WARN, "This certificate is not valid yet"),
    State.LISTED: Words(*PLAIN, "The program has this award on record"),
    State.RETRACTED: Words(*WARN, "This award is no longer on record"),
    State.PART: Words(*WARN, "This is one part of a transcript"),
    State.NOT_OURS: Words(*BAD, "We didn’t issue this certificate"),
    State.UNKNOWN: Words(*BAD, "We didn’t issue this certificate"),
    State.ALTERED: Words(*BAD, "This file was changed"),
    State.UNREADABLE: Words(*WARN, "We can’t read this as a certificate"),
}
_REVIEWED = Words(*WARN, "This certificate is valid, and under review")
# It is ours, and neither we nor the list can say today whether it is valid.
_UNSURE = Words(*WARN, "We can’t confirm this certificate now")
_CHANGED = Words(*WARN, "The page you were given was changed")
_UNKEPT = Words(*WARN, "Compare your file with this page")


def words_for(answer: Answer) -> Words:
    """The tone and the heading of an answer; an edited file of a valid certificate is never told in the good tone."""
    if answer.state in (State.UNKNOWN, State.ALTERED) and (answer.version or answer.lost):
        return _UNSURE
    if answer.state is State.VALID and not answer.valid:
        return _UNKEPT if answer.unkept else _CHANGED
    if answer.under_review:
        return _REVIEWED
    return _WORDS[answer.state]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a certificate says, as it was frozen with the version; `earned` and `competencies` from its definition."""

    holder: str
    title: str
    of_class: str
    hours: str
    awarded: str
    program: str
    issuer: str
    partnership: str
    signers: tuple[str, ...]
    earned: tuple[str, ...]
    competencies: tuple[str, ...]


def facts_of(version: CredentialVersion) -> Facts:
    """The facts of a version. Raises NotReadyToIssue."""
    told, definition = version.certificate, version.credential.decision.definition
    of_class, hours = class_and_hours(told["details"])
    achieved = achievement_of(definition, the_issuer())
    return Facts(
        holder=version.shown_name,
        title=told["title"],
        of_class=of_class,
        hours=hours,
        awarded=told["dated"],
        program=definition.program.name,
        issuer=told["issuer"],
        partnership=partnership(definition.program.code),
        signers=tuple(f"{signed['name']}, {signed['office']}" for signed in told["signatures"]),
        earned=tuple(node.title or node.id for node in ruleset(definition).definition.require.children),
        competencies=tuple(one.name for one in achieved.competencies),
    )


def as_json(answer: Answer, *, at: datetime) -> dict[str, object]:
    """The answer for programs: what the command tells, and what the page shows beside it."""
    version, latest, recorded = answer.version, answer.latest, answer.recorded
    return {
        **told(answer),
        "code": version.code if version else recorded.award.code if recorded else None,
        "version": version.number if version else None,
        "superseded_by": latest.code if latest and version and latest.pk != version.pk else None,
        "checked_at": at.isoformat(),
        "credential": version.document or None if version else None,
        "listed": _listed(recorded) if recorded else None,
    }


def told(answer: Answer) -> dict[str, object]:
    """The answer as `cecto verify --format json` gives it."""
    return {
        "what": answer.what,
        "state": str(answer.state),
        "sentence": answer.sentence,
        "same_file": answer.same_file,
        "checks": [{"name": one.name, "passed": one.passed, "sentence": one.sentence} for one in answer.checks],
    }


def _listed(recorded: Statement) -> dict[str, str | None]:
    return {
        "name": recorded.name,
        "program": recorded.award.program.name,
        "class": recorded.class_label,
        "track": recorded.track,
        "district": recorded.organization.name if recorded.organization else None,
        "awarded": recorded.awarded,
        "source": recorded.source,
    }
