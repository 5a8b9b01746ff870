"""Every write of a roster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from cecto.classes.actions import enroll
from cecto.classes.importing.kinds import check_seen
from cecto.classes.models import Cohort, CohortTrack, Enrollment
from cecto.classes.roster.preview import Preview, PreviewRow, State, preview_roster
from cecto.classes.roster.reading import RosterRow, read_roster
from cecto.foundation import evidence
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.people.actions import add_person, affiliate, create_account
from cecto.people.models import Organization, Person
from cecto.people.queries import by_address


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: how many were enrolled, were enrolled before, were left out with a question."""

    enrolled: int
    already: int
    left_out: int


@transaction.atomic
def import_roster(*, cohort: Cohort, sha256: str, file: str, fingerprint: str, by: Actor, at: datetime) -> Imported:
    """Enroll everyone whom the preview of a stored file shows as ready; all of them or nobody.

    `sha256` is where the file is kept as evidence, `fingerprint` what the preview that was accepted had. People new
    to us are added, with an account if they have an address; people we know keep their name and addresses. The same
    file again changes nothing. Raises SheetRefused, FileNotFoundError, and PreviewChanged when the preview has
    changed since it was shown.
    """
    # Two who accept at once take turns, so that the second sees what the first did.
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    content = evidence.load(sha256)
    roster = read_roster(content, file=file, first_day=cohort.first_day, last_day=cohort.last_day)
    preview = preview_roster(roster, cohort)
    check_seen(fingerprint, preview)
    for row in preview.of(State.READY):
        _enroll(row, by=by, at=at)
    done = _counted(preview)
    if done.enrolled:
        record(
            "classes.import-roster",
            by=by,
            at=at,
            subject=("class", cohort.key),
            class_key=cohort.key,
            sha256=sha256,
            enrolled=done.enrolled,
        )
    return done


@transaction.atomic
def enroll_at_work(
    *,
    person: Person,
    track: CohortTrack,
    organization: Organization | None,
    title: str,
    on: date,
    by: Actor,
    at: datetime,
) -> Enrollment:
    """Enroll a person with the organization they work for from that day on, and let them sign in if they have an
    address. Doing it again changes nothing.
    """
    if person.emails.exists():
        create_account(person=person, by=by, at=at)
    if organization:
        affiliate(person=person, organization=organization, title=title, start=on, by=by, at=at)
    return enroll(person=person, track=track, organization=organization, on=on, by=by, at=at)


@transaction.atomic
def enroll_newcomer(
    *,
    name: str,
    email: str,
    track: CohortTrack,
    organization: Organization | None,
    title: str,
    on: date,
    by: Actor,
    at: datetime,
) -> Enrollment:
    """Add a person we do not know yet, and enroll them. Raises NameRefused, AddressRefused and AddressTaken."""
    person = add_person(name=name, email=email, by=by, at=at)
    return enroll_at_work(person=person, track=track, organization=organization, title=title, on=on, by=by, at=at)


def _counted(preview: Preview) -> Imported:
    return Imported(*(len(preview.of(state)) for state in State))


def _enroll(row: PreviewRow, *, by: Actor, at: datetime) -> None:
    if row.track is None or row.enrolled_on is None:
        raise ValueError("Only rows that are ready have a track and a day.")
    roster = row.row
    person = row.person or _added_in_this_import(roster) or _add(roster, by=by, at=at)
    enroll_at_work(
        person=person,
        track=row.track,
        organization=row.organization,
        title=roster.title,
        on=row.enrolled_on,
        by=by,
        at=at,
    )


def _added_in_this_import(roster: RosterRow) -> Person | None:
    """One person may stand in two rows, for two tracks."""
    return by_address([roster.email]).get(roster.email.lower()) if roster.email else None


def _add(roster: RosterRow, *, by: Actor, at: datetime) -> Person:
    return add_person(
        name=roster.name,
        preferred_name=roster.preferred,
        sort_name=roster.sort_name,
        email=roster.email,
        by=by,
        at=at,
    )
