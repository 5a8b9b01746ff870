"""What counts without the class: a credential held, and study recognized."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from cecto.classes.models import Modality
from cecto.coursework.credit.actions import Study, recognize_study, record_credential_held
from cecto.demo.story.people import CECTO, CGCIO, member
from cecto.demo.year.world import Event, acting, cohort, instant, person

HOLDER = "lucinda"
RECOGNIZED = Study(
    title="CGCIO alumni days: security",
    minutes=780,
    modality=Modality.F2F,
    held_by=CGCIO,
    provider="sog",
    competency="security",
)


def events() -> Iterator[Event]:
    """What the coordinator records on somebody's word and papers."""
    name = member(HOLDER).name
    yield Event(instant(date(2015, 8, 26), "13:00"), f"{name} holds the CGCIO already", hold)
    yield Event(instant(date(2015, 11, 2), "13:00"), f"Study of {name} is recognized", recognize)


def hold(at: datetime) -> None:
    """The candidate from the state agency has held the CGCIO since 2012, and so has nothing to share there."""
    record_credential_held(
        person=person(HOLDER),
        credential="cgcio",
        title="Certified Government Chief Information Officer",
        on=date(2012, 6, 15),
        by=acting("coordinator"),
        at=at,
    )


def recognize(at: datetime) -> None:
    """Two days for those who hold the CGCIO stand for the two security days that she will not attend."""
    by = acting("coordinator")
    recognize_study(cohort=cohort(CECTO), person=person(HOLDER), study=RECOGNIZED, on=date(2015, 10, 29), by=by, at=at)
