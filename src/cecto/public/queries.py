"""What everyone may see of classes: when, what, how many; never who."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, QuerySet

from cecto.classes.models import Cohort, CohortTrack
from cecto.classes.schedule.queries import Session, sessions_of
from cecto.public.registry import published


@dataclass(frozen=True, slots=True)
class PublicTrack:
    """One track of a class; `people` is None when they are too few to say."""

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
    tracks = cohort.tracks.select_related("definition__program").annotate(people=Count("enrollments")).order_by("id")
    return PublicClass(
        cohort,
        tuple(PublicTrack(track, _public(track.people)) for track in tracks),
        tuple(one for one in sessions_of(cohort, known_at=known_at) if not one.canceled),
        published().of_class(cohort.name) or None,
    )


def _public(count: int) -> int | None:
    return count if count >= settings.CECTO_SMALLEST_PUBLIC_NUMBER else None
