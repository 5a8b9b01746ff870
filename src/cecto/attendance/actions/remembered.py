"""What a class remembers of names: who they are, until someone says otherwise."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cecto.attendance.matching import Named, Roster, remembered_as
from cecto.attendance.models import Alias
from cecto.classes.models import Cohort
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor


@transaction.atomic
def remember_name(
    *, cohort: Cohort, source: str, name: Named, person_id: int | None, roster: Roster, by: Actor, at: datetime
) -> Alias:
    """Keep who a name is, in the place of what was kept of it; without a person, nobody of ours.

    `roster` is what answered the name before: the class's for this source.
    """
    Alias.objects.filter(pk__in=[one.row for one in roster.answered_by(name)]).delete()
    alias, _ = Alias.objects.update_or_create(
        cohort=cohort,
        source=source,
        name=remembered_as(name),
        email=name.email.casefold(),
        defaults={"person_id": person_id, "recorded_at": at},
    )
    record("attendance.remember", by=by, at=at, subject=("class", cohort.key), class_key=cohort.key, alias=alias.pk)
    return alias


@transaction.atomic
def forget_names(*, aliases: list[Alias], by: Actor, at: datetime) -> int:
    """Forget what is remembered: the names are asked about again in the next report. Returns how many.

    Answers given for a report stay with it.
    """
    for alias in aliases:
        cohort = alias.cohort
        record("attendance.forget", by=by, at=at, subject=("class", cohort.key), class_key=cohort.key, alias=alias.pk)
    Alias.objects.filter(pk__in=[alias.pk for alias in aliases]).delete()
    return len(aliases)
