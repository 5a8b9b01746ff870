"""What each program's policy makes of the minutes that settling would post: grace, partial credit, rounding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from cecto.attendance.presence import SegmentMinutes
from cecto.attendance.queries.reconciliation import PersonRow, Reconciliation
from cecto.programs.models import Definition
from cecto.programs.queries import ruleset
from cecto.requirements.document import Policy
from cecto.requirements.facts import Activity, Entry
from cecto.requirements.minutes.worth import worth


@dataclass(frozen=True, slots=True)
class Valued:
    """What a program would credit a person for the session, in minutes."""

    program: str
    minutes: int


def valued(found: Reconciliation) -> dict[str, tuple[Valued, ...]]:
    """By person key, what their programs would credit where that is not just the minutes attended. One query."""
    ids = {pk for row in found.people for pk in row.attendee.definition_ids}
    definitions = Definition.objects.filter(pk__in=ids).select_related("program").in_bulk()
    policies = {pk: (one.program.name, ruleset(one).definition.policy) for pk, one in definitions.items()}
    return {row.attendee.person.key: _valued(row, policies, found.session.day) for row in found.people}


def credited_to(row: PersonRow, found: Reconciliation) -> int:
    """What of the session counts for one person, in minutes: the most that a program of theirs makes of it."""
    told = valued(found).get(row.attendee.person.key, ())
    plain = len(told) < len(row.attendee.definition_ids) or not told
    return max([one.minutes for one in told] + [row.attended] * plain)


def _valued(row: PersonRow, policies: dict[int, tuple[str, Policy]], day: date) -> tuple[Valued, ...]:
    credited = []
    for pk in row.attendee.definition_ids:
        program, policy = policies[pk]
        entries = (_entry(segment, day) for segment in row.minutes)
        credited.append(Valued(program, sum(worth(e, policy, excused=row.excused).minutes for e in entries)))
    return tuple(dict.fromkeys(one for one in credited if one.minutes != row.attended))


def _entry(segment: SegmentMinutes, day: date) -> Entry:
    """The entry that settling would post, as the policy reads it."""
    return Entry(
        id=segment.code,
        kind="attended",
        activity=Activity(key=segment.code, kind="session"),
        occurred_on=day,
        recorded_at=datetime.combine(day, time(), UTC),
        attended=segment.attended,
        offered=segment.offered,
    )
