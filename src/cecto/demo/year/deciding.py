"""Who is certified: signed ahead on graduation morning, in effect when graduation is settled, issued that afternoon."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

from django.conf import settings

from cecto.certification.actions import Proposal, propose, sign
from cecto.certification.models import Decision
from cecto.certification.queries import Standing, docket, unsigned_offices
from cecto.classes.models import Meeting
from cecto.credentials.actions import confirm_revocation, correct, issue, print_ahead, propose_revocation
from cecto.credentials.queries import held_by, to_issue, to_print_ahead
from cecto.credentials.signing import open_issuer_key
from cecto.demo.story.people import CECTO, CGCIO, member
from cecto.demo.year.opening import OFFICES
from cecto.demo.year.world import Event, acting, cohort, instant, meeting, person
from cecto.people.actions import correct_name

GRADUATION = date(2016, 6, 23)
BOARD_MEETS = date(2016, 6, 28)
SECOND_SITTING = date(2016, 7, 18)


def events() -> Iterator[Event]:
    """Graduation day, the certification board's meeting, and what is mended and made up in July."""
    yield Event(instant(GRADUATION, "08:10"), "A name is taken over as the district sent it", misspell)
    yield Event(instant(GRADUATION, "08:20"), "Officers propose and sign ahead of graduation", sign_ahead)
    yield Event(instant(GRADUATION, "08:40"), "The papers for graduation are printed", print_papers)
    yield Event(instant(GRADUATION, "14:30"), "Certificates are issued", _of(issue_all, CECTO))
    yield Event(instant(BOARD_MEETS, "10:00"), "The CGCIO certification board decides", _of(decide, CGCIO))
    yield Event(instant(BOARD_MEETS, "11:00"), "CGCIO certificates are issued", _of(issue_all, CGCIO))
    yield Event(instant(date(2016, 7, 12), "09:00"), "A certificate is corrected, another revoked", mend)
    yield Event(instant(SECOND_SITTING, "10:00"), "A late finisher is certified", _of(decide, CECTO))
    yield Event(instant(SECOND_SITTING, "10:30"), "The late finisher's certificate is issued", _of(issue_all, CECTO))


def _of(do: Callable[[str, datetime], None], program: str) -> Callable[[datetime], None]:
    return lambda at: do(program, at)


def sign_ahead(at: datetime) -> None:
    """Propose and sign for everyone who is eligible once graduation is settled with them there."""
    _decide(CECTO, Standing.AHEAD, GRADUATION, at, ahead_of=meeting("graduation"))


def misspell(at: datetime) -> None:
    """Take a name over as the district sent it, without its first letter: found out when the certificate is there."""
    name = member("oystein").name.replace("Ø", "O")
    correct_name(person=person("oystein"), name=name, by=acting("coordinator"), at=at)


def decide(program: str, at: datetime) -> None:
    """Propose and sign for everyone in a class who is eligible and has no decision yet."""
    _decide(program, Standing.ELIGIBLE, at.date(), at)


def print_papers(at: datetime) -> None:
    """Print the papers of everyone signed ahead: their codes say “unreleased” until they are issued."""
    for decision in to_print_ahead(cohort(CECTO)):
        print_ahead(decision=decision, by=acting("coordinator"), at=at)


def issue_all(program: str, at: datetime) -> None:
    """Issue the credential of every decision in effect that has none."""
    key, by = open_issuer_key(settings.CECTO_KEY_PASSPHRASE), acting("coordinator")
    for decision in to_issue(cohort(program)):
        issue(decision=decision, key=key, by=by, at=at)


def mend(at: datetime) -> None:
    """Issue one certificate again, with the name as its holder writes it; revoke another at its holder's request."""
    key, by = open_issuer_key(settings.CECTO_KEY_PASSPHRASE), acting("coordinator")
    correct_name(person=person("oystein"), name=member("oystein").name, by=by, at=at)
    corrected, revoked = held_by(person("oystein")).get(), held_by(person("vernell")).get()
    correct(credential=corrected.credential, key=key, by=by, at=at)
    asked = propose_revocation(version=revoked, reason="request", person=person("coordinator"), by=by, at=at)
    confirm_revocation(proposal=asked, person=person("director"), key=key, by=acting("director"), at=at)


def _decide(program: str, standing: Standing, true_on: date, at: datetime, *, ahead_of: Meeting | None = None) -> None:
    by = acting(_seated(program)[0][1])
    for row in docket(cohort(program), true_on=true_on, known_at=at, ahead_of=ahead_of):
        if row.standing is standing:
            proposal = Proposal(row.seen.enrollment, row.seen.audit.sha256)
            _sign(program, propose(proposal=proposal, true_on=true_on, by=by, at=at, ahead_of=ahead_of), at)


def _sign(program: str, decision: Decision, at: datetime) -> None:
    holders = dict(_seated(program))
    for office in unsigned_offices(decision):
        sign(decision=decision, office=office, person=person(holders[office]), by=acting(holders[office]), at=at)


def _seated(program: str) -> list[tuple[str, str]]:
    """The offices of a program, each with who holds it."""
    return [(office, handle) for handle, office, of in OFFICES if of == program]
