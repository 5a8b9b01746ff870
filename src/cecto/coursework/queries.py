"""Every read of coursework; what became of it for a person is read from the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from cecto.classes.models import Cohort, Enrollment, Meeting, MeetingRevision
from cecto.classes.queries import roster
from cecto.coursework.models import Item
from cecto.ledger.models import Entry
from cecto.people.models import Person

Kind = Entry.Kind


class NoSuchItem(Exception):
    """No piece of work answers to that word; the message names those that do."""


def items(cohort: Cohort, *, known_at: datetime | None = None) -> QuerySet[Item]:
    """The work a class gives out, by due date: as it is, or as it was known at an instant."""
    found = Item.objects.filter(cohort=cohort).select_related("cohort__program").order_by("due_on", "code", "id")
    if known_at is None:
        return found.filter(withdrawn_at=None)
    return found.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=known_at), recorded_at__lte=known_at)


def item_called(cohort: Cohort, code: str) -> Item:
    """The item of a class with that code or key. Raises NoSuchItem."""
    found = items(cohort).filter(Q(code=code) | Q(key=code)).first()
    if found is None:
        known = ", ".join(items(cohort).values_list("code", flat=True)) or "none yet: cecto import work FILE"
        raise NoSuchItem(f"{cohort} has no work “{code}”. Its work: {known}.")
    return found


def is_for(item: Item, enrollment: Enrollment) -> bool:
    """Whether an item is given to that enrollment's track. Reads `enrollment.track`."""
    return not item.tracks or enrollment.track.track in item.tracks


def doers(item: Item, on: date) -> list[Enrollment]:
    """Who is to do a piece of work: the active enrollments of its tracks on a date by name; no erased. One query."""
    return [row for row in roster(item.cohort, on).filter(person__erased_at=None) if is_for(item, row)]


def posted(item: Item, kinds: Iterable[Entry.Kind], person_ids: Iterable[int]) -> QuerySet[Entry]:
    """What the ledger holds about an item for these persons, taken back or not, in the order of recording."""
    rows = Entry.objects.filter(activity__item_key=item.key, kind__in=list(kinds), person_id__in=list(person_ids))
    return rows.filter(reverses=None).order_by("id")


def standing(item_keys: Iterable[str]) -> QuerySet[Entry]:
    """What the ledger holds about these items that is not taken back, in the order of recording."""
    rows = Entry.objects.filter(activity__item_key__in=list(item_keys), reverses=None, reversed_by=None)
    return rows.select_related("activity", "person").order_by("id")


@dataclass(frozen=True, slots=True)
class State:
    """What became of one item for one person: the acceptance and the latest verdict that stand."""

    accepted: Entry | None = None
    verdict: Entry | None = None

    def word(self, item: Item, today: date) -> str:
        """accepted, judged, overdue or open."""
        if self.accepted:
            return "accepted"
        if self.verdict:
            return "judged"
        last = item.accepted_until or item.due_on
        return "overdue" if last is not None and last < today else "open"


NOTHING = State()


@dataclass(frozen=True, slots=True)
class ClassWork:
    """The items of a class, its people, and what became of each item for each of them."""

    items: list[Item]
    people: list[Enrollment]
    states: Mapping[tuple[str, int], State]

    def state(self, item: Item, person_id: int) -> State:
        """What became of an item for a person."""
        return self.states.get((item.key, person_id), NOTHING)

    def of(self, item: Item) -> list[tuple[Enrollment, State]]:
        """Everyone who is to do an item, with what became of it."""
        return [(row, self.state(item, row.person_id)) for row in self.people if is_for(item, row)]

    def accepted(self, item: Item) -> int:
        """For how many it is accepted."""
        return sum(state.accepted is not None for _, state in self.of(item))


def class_work(cohort: Cohort, on: date) -> ClassWork:
    """The work of a class and what became of it for everyone active on a date. Three queries."""
    found = list(items(cohort))
    return ClassWork(found, list(roster(cohort, on)), _states(found))


def work_of(item: Item, on: date) -> list[tuple[Enrollment, State]]:
    """One item and what became of it for everyone who is to do it. Two queries."""
    return ClassWork([item], doers(item, on), _states([item])).of(item)


def _states(found: list[Item]) -> dict[tuple[str, int], State]:
    entries: dict[tuple[str, int], dict[str, Entry]] = defaultdict(dict)
    for entry in standing(item.key for item in found):
        entries[entry.activity.item_key, entry.person_id][entry.kind] = entry
    return {at: State(kinds.get(Kind.ACCEPTED), kinds.get(Kind.VERDICT)) for at, kinds in entries.items()}


@dataclass(frozen=True, slots=True)
class Missed:
    """A settled part of a session that a person did not have in full; minutes not yet made up are `left`."""

    entry: Entry
    left: int


def missed_parts(person: Person, meeting: Meeting) -> list[Missed]:
    """What a person missed of a settled session and has not made up, in the order of its parts. Two queries."""
    attended = _standing_of(person).filter(activity__meeting_key=meeting.key, kind=Kind.ATTENDED)
    makeups = _standing_of(person).filter(replaces_meeting=meeting.key, kind=Kind.MAKEUP)
    made_up = sum(entry.attended for entry in makeups)
    missed = []
    for entry in attended.order_by("activity__segment_code", "id"):
        lost = entry.offered - entry.attended
        taken = min(lost, made_up)
        made_up -= taken
        if lost > taken:
            missed.append(Missed(entry, lost - taken))
    return missed


def is_settled_for(person: Person, meeting: Meeting) -> bool:
    """Whether attendance at a session stands in the ledger for a person."""
    return _standing_of(person).filter(activity__meeting_key=meeting.key, kind=Kind.ATTENDED).exists()


def recorded_with(entry: Entry) -> list[Entry]:
    """What was recorded in one act with an entry and stands: the parts of a make-up; else the entry alone."""
    if entry.kind != Kind.MAKEUP:
        return [entry]
    return list(_standing_of(entry.person).filter(kind=Kind.MAKEUP, source=entry.source)) or [entry]


def recorded_elsewhere(cohort: Cohort) -> QuerySet[Entry]:
    """Make-ups, recognized study, credentials, attested documents and scores that stand of a class's people.

    The latest first.
    """
    kinds = [Kind.MAKEUP, Kind.RECOGNIZED, Kind.HELD, Kind.ATTESTED, Kind.SCORED]
    people = cohort.enrollments.values("person")
    rows = Entry.objects.filter(kind__in=kinds, person__in=people, reverses=None, reversed_by=None)
    return rows.select_related("activity", "person").order_by("-occurred_on", "-id")


def _standing_of(person: Person) -> QuerySet[Entry]:
    return Entry.objects.filter(person=person, reverses=None, reversed_by=None).select_related("activity")


def judges_for(cohort: Cohort, at: datetime) -> QuerySet[Person]:
    """Who may sit on a panel: those who work for the program at an instant, hold an office, or teach in the class."""
    code, day = cohort.program.code, at.date()
    roles = Q(role_grants__program_code=code, role_grants__start__lte=at) & _still("role_grants__until", at)
    offices = Q(offices__program_code=code, offices__start__lte=day) & _still("offices__until", day)
    teaching = Q(teaches__meeting__links__cohort=cohort)
    return Person.objects.filter(roles | offices | teaching).distinct().order_by("sort_name", "id")


def _still(field: str, on: date | datetime) -> Q:
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": on})


@dataclass(frozen=True, slots=True)
class MissedSession:
    """A settled session that a person did not have in full, and the minutes they may still make up."""

    meeting: Meeting
    title: str
    on: date
    left: int


def missed_sessions(person: Person, cohort: Cohort) -> list[MissedSession]:
    """The settled sessions of a class that a person may still make something up of, in order of time. Three queries."""
    current = MeetingRevision.objects.filter(
        superseded_at=None, meeting__links__cohort=cohort, meeting__links__superseded_at=None
    )
    sessions = {row.meeting.key: row for row in current.select_related("meeting__owner__program")}
    left: dict[str, int] = defaultdict(int)
    days: dict[str, date] = {}
    for entry in _standing_of(person).filter(kind=Kind.ATTENDED, activity__meeting_key__in=list(sessions)):
        left[entry.activity.meeting_key] += entry.offered - entry.attended
        days[entry.activity.meeting_key] = entry.occurred_on
    for entry in _standing_of(person).filter(kind=Kind.MAKEUP, replaces_meeting__in=list(left)):
        left[entry.replaces_meeting] -= entry.attended
    found = [
        MissedSession(sessions[key].meeting, sessions[key].title, days[key], rest)
        for key, rest in left.items()
        if rest > 0
    ]
    return sorted(found, key=lambda one: (one.on, one.meeting.code))
