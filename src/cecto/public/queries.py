"""What everyone may see of classes: when, what, how many; never who."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, QuerySet

from cecto.classes.models import Cohort, CohortTrack
from cecto.classes.schedule.queries import Session, sessions_of
from cecto.public.disclosure import Published
from cecto.public.registry import published


@dataclass(frozen=True, slots=True)
class PublicTrack:
    """One track of a class; `people` is None when it cannot be said without telling of a few."""

    track: CohortTrack
    people: int | None


@dataclass(frozen=True, slots=True)
class PublicClass:
    """A class as everyone may see it."""

    cohort: Cohort
    tracks: tuple[PublicTrack, ...]
    sessions: tuple[Session, ...]
    certificates: int | None


def classes() -> QuerySet[Cohort]:
    """Every class that runs on this system, the latest first."""
    return Cohort.objects.select_related("program").order_by("-first_day", "code")


def public_class(cohort: Cohort, *, known_at: datetime) -> PublicClass:
    """One class: its tracks, its sessions that are not canceled, and how many certificates stand."""
    tracks = list(
        cohort.tracks.select_related("definition__program").annotate(people=Count("enrollments")).order_by("id")
    )
    told = published()
    shown = _enrolled({track.title: track.people for track in tracks}, told, cohort.name)
    return PublicClass(
        cohort,
        tuple(PublicTrack(track, shown[track.title]) for track in tracks),
        tuple(one for one in sessions_of(cohort, known_at=known_at) if not one.canceled),
        told.of_class(cohort.name) or None,
    )


def _enrolled(people: Mapping[str, int], told: Published, label: str) -> dict[str, int | None]:
    """How many are enrolled in each track, without the small numbers and those that would give one away.

    How many awards stand is told elsewhere: from both, one could compute how few were not certified.
    """
    shown = {
        track: None if _is_small(count) or _tells(count, told.row(label, track)) else count
        for track, count in people.items()
    }
    if None not in shown.values() and _tells(sum(people.values()), told.of_class(label)):
        shown[min(people, key=lambda track: people[track])] = None
    return shown


def _tells(enrolled: int, awards: int | None) -> bool:
    """Whether a number of awards that is told leaves a few who have none."""
    return bool(awards) and _is_small(abs(enrolled - (awards or 0)))


def _is_small(count: int) -> bool:
    return 0 < count < settings.CECTO_SMALLEST_PUBLIC_NUMBER
