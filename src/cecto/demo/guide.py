"""What to print once the demo stands: who can sign in, which pages are public, what to try."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse

from cecto.credentials import codes
from cecto.credentials.queries import held_by, standing_statements
from cecto.demo.stages import Stage
from cecto.demo.story.people import member
from cecto.demo.year.world import FILES, person
from cecto.people.demo_links import demo_link
from cecto.people.queries import account_of

SIGN_IN = [
    ("Coordinator", "coordinator"),
    ("Certification officer, program director", "director"),
    ("Certification officer, DPI liaison", "liaison"),
    ("Certification officer, steering committee", "committee"),
    ("Certification officer, CGCIO certification board", "board"),
    ("Instructor", "instructor"),
    ("Partner", "partner"),
    ("Administrator", "administrator"),
    ("Participant, technology director", "marisol"),
    ("Superintendent", "anneliese"),
    ("CGCIO participant", "ada"),
]
PUBLIC = [
    ("Home", "public:home"),
    ("Past classes", "public:classes"),
    ("Registry", "public:registry"),
    ("Numbers", "public:numbers"),
    ("Verify a certificate", "credentials:lookup"),
]
PAST_HOLDER = "Wilhelmina Oakes-Barrow"
CERTIFIED = [("A certificate", "marisol"), ("A certificate corrected since", "oystein")]


def guide(stage: Stage) -> Iterator[str]:
    """The lines to print: one per role with its sign-in link, then pages, files and what to try."""
    yield f"The demo stands at “{stage.name}”: {stage.words}."
    yield "Everyone in it is invented. Sign in as (these links work in the demo only):"
    yield ""
    for role, handle in SIGN_IN:
        account = account_of(person(handle))
        if account is not None:
            yield _row(role, member(handle).name, demo_link(account))
    yield ""
    for title, name in PUBLIC:
        yield _row(title, "anyone", settings.CECTO_URL + reverse(name))
    for title, handle in CERTIFIED:
        version = held_by(person(handle)).first()
        if version is not None:
            address = reverse("credentials:verify", args=[codes.printed(version.code)])
            yield _row(title, member(handle).name, settings.CECTO_URL + address)
    yield from _past_award()
    yield ""
    yield "Try:"
    for step in stage.next_steps:
        yield f"  {step}"
    yield f"  The files that were imported, to import by hand: {settings.CECTO_HOME / FILES}"
    yield "Next: cecto serve"


def _past_award() -> Iterator[str]:
    said = standing_statements().filter(name=PAST_HOLDER).first()
    if said is not None:
        address = reverse("credentials:verify", args=[codes.printed(said.award.code)])
        yield _row("An award of a past class", said.name, settings.CECTO_URL + address)


def _row(what: str, who: str, address: str) -> str:
    return f"  {what:<49} {who:<28} {address}"
