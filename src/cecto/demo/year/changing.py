"""What changes for people in the course of the year: they leave, they move, they are excused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from cecto.audits.actions import grant_exception
from cecto.audits.models import ExceptionGrant
from cecto.classes.actions import change_status
from cecto.classes.models import EnrollmentStatus
from cecto.demo.story.turns import LEFT
from cecto.demo.year.world import Event, acting, enrollment, instant, person
from cecto.people.actions import affiliate, end_affiliation
from cecto.people.queries import organization_called

Status = EnrollmentStatus.Status
MOVED = date(2016, 1, 4)
_LEAVING = {
    "caleb": (Status.WITHDRAWN, "A technology director leaves the class", "Moved to another state."),
    "ngozi": (Status.DEFERRED, "A superintendent defers to the next class", "Takes her place in the next class."),
    "quentin": (Status.WITHDRAWN, "A CGCIO participant leaves the class", "Left local government."),
}


def events() -> Iterator[Event]:
    """Three people leave their class, a superintendent changes district, one person is excused."""
    for handle, day in LEFT.items():
        words = _LEAVING[handle][1]
        yield Event(instant(day - timedelta(days=3), "11:00"), words, _of(leave, handle))
    yield Event(instant(MOVED, "09:00"), "A superintendent changes district", move)
    yield Event(instant(date(2016, 1, 12), "14:00"), "The program director excuses an assignment", excuse)


def _of(do: Callable[[str, datetime], None], handle: str) -> Callable[[datetime], None]:
    return lambda at: do(handle, at)


def leave(handle: str, at: datetime) -> None:
    """Note that someone withdraws or defers."""
    status, _, reason = _LEAVING[handle]
    change_status(
        enrollment=enrollment(handle),
        status=status,
        start=LEFT[handle],
        reason=reason,
        by=acting("coordinator"),
        at=at,
    )


def move(at: datetime) -> None:
    """The superintendent of Ashe County goes to Watauga County, whose technology director had none in the class."""
    mover, by = person("thaddeus"), acting("coordinator")
    end_affiliation(affiliation=mover.affiliations.get(until=None), until=MOVED, by=by, at=at)
    affiliate(person=mover, organization=organization_called("950"), title="Superintendent", start=MOVED, by=by, at=at)


def excuse(at: datetime) -> None:
    """One assignment less for someone who was in hospital until after the last day to hand it in."""
    grant_exception(
        enrollment=enrollment("cheyenne"),
        node="assignments",
        kind=ExceptionGrant.Kind.LOWER,
        amount=7,
        office="program-director",
        granted_by=person("director"),
        reason="In hospital from December 20 to January 9, by her letter; the other seven assignments cover the work.",
        by=acting("director"),
        at=at,
    )
