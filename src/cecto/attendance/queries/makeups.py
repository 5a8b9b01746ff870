"""What of a missed session may be made up, how and until when, as the person's definition says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cecto.attendance.models import Notice
from cecto.classes.models import Cohort, Enrollment
from cecto.classes.schedule.queries import Session
from cecto.coursework.queries import missed_parts
from cecto.people.models import Person
from cecto.programs.queries import ruleset
from cecto.requirements.document import MakeUp
from cecto.requirements.windows import later, resolve


@dataclass(frozen=True, slots=True)
class MakeupOffer:
    """Minutes that may be made up, the ways allowed, and the last day; no last day means any day."""

    minutes: int
    ways: tuple[Notice.Way, ...]
    last_day: date | None

    def is_open(self, today: date) -> bool:
        """Whether it is not too late."""
        return self.last_day is None or today <= self.last_day


def makeup_offer(session: Session, person: Person) -> MakeupOffer | None:
    """What a person may make up of a settled session.

    None when nothing is missed or no definition of theirs allows it.
    """
    missed = missed_parts(person, session.meeting)
    if not missed:
        return None
    cohorts = [link.cohort_id for link in session.links]
    enrolled = Enrollment.objects.filter(person=person, cohort__in=cohorts).order_by("id")
    for enrollment in enrolled.select_related("cohort", "track__definition"):
        policy = ruleset(enrollment.track.definition).definition.policy.makeup
        if policy:
            left = sum(part.left for part in missed) * policy.ratio // 100
            return MakeupOffer(left, _ways(policy), _last_day(policy, session.day, enrollment.cohort))
    return None


def _ways(policy: MakeUp) -> tuple[Notice.Way, ...]:
    return tuple(way for way in Notice.Way if not policy.kinds or way in policy.kinds)


def _last_day(policy: MakeUp, missed_on: date, cohort: Cohort) -> date | None:
    """The earlier of the policy's two limits; `until` is the day after its last."""
    until = resolve(policy.until, {"class.start": cohort.first_day, "class.end": cohort.end}) if policy.until else None
    limits = [until - timedelta(days=1)] if until else []
    limits += [later(missed_on, policy.within)] if policy.within else []
    return min(limits, default=None)
