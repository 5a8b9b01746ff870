"""Ending who holds a position: what waits for it is named, and somebody follows or it is said to stay empty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cecto.audits.exception_list import what_is_excepted
from cecto.audits.queries import exceptions_to_show
from cecto.certification.queries import decisions, waiting_for
from cecto.foundation.journal.actor import Actor
from cecto.people import actions
from cecto.people.models import OfficeSeat, Person
from cecto.people.seats import seats_on


@transaction.atomic
def end_position(
    *, seat: OfficeSeat, until: date, successor: Person | None, empty: bool, by: Actor, at: datetime
) -> None:
    """Note the first day on which a person no longer holds a position, and who holds it from then on.

    Raises PeopleRefused as `end_office` and `appoint` do; without a successor, unless another holds it too or it is
    said to stay empty, where something waits for it.
    """
    left = list(waits_for(seat))
    if left and successor is None and not empty and not _held_besides(seat, until):
        raise actions.PeopleRefused(
            _("%(things)s. Choose who follows, or say that it stays empty.") % {"things": "; ".join(left)}
        )
    actions.end_office(seat=seat, until=until, by=by, at=at)
    if successor is not None:
        actions.appoint(person=successor, office=seat.office, program_code=seat.program_code, start=until, by=by, at=at)


def waits_for(seat: OfficeSeat) -> Iterator[str]:
    """What waits for a signature of that position, in a few words each."""
    waiting = decisions().filter(effect=None, withdrawn_at=None, enrollment__cohort__program__code=seat.program_code)
    names = [one.enrollment.person.name for one in waiting if seat.office in waiting_for(one)]
    if names:
        yield _("Decisions wait for this position: %(names)s") % {"names": ", ".join(names)}
    joining = exceptions_to_show().filter(
        second_office=seat.office,
        second_at=None,
        revoked_at=None,
        enrollment__cohort__program__code=seat.program_code,
    )
    said = [f"{one.enrollment.person.name}, {what_is_excepted(one)}" for one in joining]
    if said:
        yield _("Exceptions wait for this position: %(said)s") % {"said": "; ".join(said)}


def _held_besides(seat: OfficeSeat, until: date) -> bool:
    others = seats_on(seat.program_code, until).filter(office=seat.office).exclude(pk=seat.pk)
    return others.exists()
