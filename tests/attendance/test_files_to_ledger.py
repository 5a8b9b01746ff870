"""From files to the ledger: random stays, written as each system writes them, imported, settled, and counted second by
second by an oracle that knows nothing of intervals.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cecto.attendance.actions import import_report, settle_meeting
from cecto.attendance.actions.settlements import NotReady
from cecto.foundation.sheets import SheetRefused
from cecto.ledger.models import Entry
from tests.attendance.layouts import EVENING, NEW_YORK, Fall, at, make_fall
from tests.attendance.world import BY

LONG = hypothesis_settings().max_examples >= 1_000
EXAMPLES = 5_000 if LONG else 25
NAMES = ("Ada Núñez", "Bo Lindqvist", "Carla Perez")
OPENS = at("8:30")
SECONDS = 4 * 3_600
Stay = tuple[int, int]
Stays = dict[str, list[Stay]]


@dataclass(frozen=True)
class Layout:
    """How a system writes stays. `summed` says that it tells first, last and a length instead of each stay."""

    write: Callable[[Stays], str]
    summed: bool = False


def moment(second: int) -> datetime:
    return (OPENS + timedelta(seconds=second)).astimezone(NEW_YORK)


def american(second: int) -> str:
    return moment(second).strftime("%m/%d/%Y %I:%M:%S %p")


def each(stays: Stays) -> list[tuple[str, str, int, int]]:
    return [(name, f"{name.split()[0].lower()}@example.org", *stay) for name, held in stays.items() for stay in held]


def zoom(stays: Stays) -> str:
    rows = (f"{n},{e},{american(a)},{american(b)},{-((a - b) // 60)}" for n, e, a, b in each(stays))
    return "\n".join(["Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)", *rows])


def zoom_in_utc(stays: Stays) -> str:
    def utc(second: int) -> str:
        return (OPENS + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%SZ")

    rows = (f"{n},{e},{utc(a)},{utc(b)},1" for n, e, a, b in reversed(each(stays)))
    return "\n".join(["Name,User Email,Join Time,Leave Time,Duration (Minutes)", *rows])


def webex(stays: Stays) -> str:
    rows = (
        f"{n}\t{e}\t{moment(a):%Y-%m-%d %H:%M:%S}\t{moment(b):%Y-%m-%d %H:%M:%S}\t{b - a} s"
        for n, e, a, b in each(stays)
    )
    return "\n".join(["Display Name\tAttendee Email\tJoin Time\tLeave Time\tAttendance Duration", *rows])


def german(stays: Stays) -> str:
    rows = (f"{n};{e};{moment(a):%d.%m.%Y %H:%M:%S};{moment(b):%d.%m.%Y %H:%M:%S}" for n, e, a, b in each(stays))
    return "\n".join(["Name;E-Mail-Adresse;Beitrittszeit;Verlassenszeit", *rows])


def teams_list(stays: Stays) -> str:
    """Newest first; a device leaves before another joins in the same second."""
    moves = [(a, 1, n, "Joined") for n, _, a, b in each(stays)] + [(b, 2, n, "Left") for n, _, a, b in each(stays)]
    rows = (f"{n}\t{action}\t{american(second)}" for second, _, n, action in sorted(moves, reverse=True))
    return "\n".join(["Full Name\tUser Action\tTimestamp", *rows])


def teams_sections(stays: Stays) -> str:
    rows = (f"{n}\t{american(a)}\t{american(b)}\t{b - a}s\t{e}\tAttendee" for n, e, a, b in each(stays))
    return summed_up(stays, "\n".join(["", "3. In-Meeting activities", ACTIVITIES, *rows]))


ACTIVITIES = "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole"


def summed_up(stays: Stays, more: str = "") -> str:
    lines = ["2. Participants", "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tRole"]
    for name, held in stays.items():
        first, last = min(a for a, _ in held), max(b for _, b in held)
        length = len(set().union(*(range(a, b) for a, b in held)))
        stated = f"{length // 3600}h {length % 3600 // 60}m {length % 60}s"
        email = f"{name.split()[0].lower()}@example.org"
        lines.append(f"{name}\t{american(first)}\t{american(last)}\t{stated}\t{email}\tAttendee")
    return "\n".join(lines) + more


LAYOUTS = {
    "zoom": Layout(zoom),
    "zoom in UTC": Layout(zoom_in_utc),
    "webex": Layout(webex),
    "german": Layout(german),
    "teams list": Layout(teams_list),
    "teams": Layout(teams_sections),
    "teams without activities": Layout(summed_up, summed=True),
}
TAUGHT = [
    second
    for second in range(SECONDS)
    if at("9:00") <= OPENS + timedelta(seconds=second) < at("12:00")
    and not at("10:30") <= OPENS + timedelta(seconds=second) < at("10:45")
]


TAUGHT_SECONDS = set(TAUGHT)
SESSION = range(1_800, 1_800 + 3 * 3_600)
ASKED = {"a question": -1}


def expected_of(stays: Stays, *, summed: bool) -> dict[str, int]:
    """Minutes of instruction by name, to the nearest minute; ASKED where the file leaves more than ten of them open.

    Where only first, last and length are told, all time away is taken to have been instruction: no more is certain.
    """
    spans = {who: [(min(a for a, _ in held), max(b for _, b in held))] for who, held in stays.items()}
    told = spans if summed else stays
    if not any(a < SESSION.stop and b > SESSION.start for held in told.values() for a, b in held):
        return {}
    least, most = {}, {}
    for who, held in told.items():
        there = set().union(*(range(a, b) for a, b in stays[who]))
        listed = set().union(*(range(a, b) for a, b in held))
        away = len(listed) - len(there)
        away = away if away > ROUNDING else 0
        taught = len(listed & TAUGHT_SECONDS)
        least[who] = (max(0, taught - away) + 30) // 60
        most[who] = (min(taught, len(listed) - away) + 30) // 60
    return ASKED if any(most[who] - least[who] > 10 for who in told) else least


ROUNDING = 120
stay = st.tuples(st.integers(0, SECONDS - 2), st.integers(1, SECONDS - 1)).map(sorted).filter(lambda s: s[0] < s[1])
whole_stays = st.dictionaries(
    st.sampled_from(NAMES),
    st.lists(stay.map(tuple), min_size=1, max_size=4),
    min_size=1,
)


@pytest.fixture
def fall(db: None) -> Fall:
    return make_fall()


@pytest.mark.hypothesis
@hypothesis_settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    stays=whole_stays, name=st.sampled_from(sorted(LAYOUTS)), encoding=st.sampled_from(["utf-8", "utf-16", "cp1252"])
)
def test_what_a_file_says_is_what_the_ledger_holds(fall: Fall, stays: Stays, name: str, encoding: str) -> None:
    layout = LAYOUTS[name]
    with transaction.atomic():
        assert posted(fall, layout.write(stays).encode(encoding), stays) == expected_of(stays, summed=layout.summed)
        transaction.set_rollback(True)


def posted(fall: Fall, content: bytes, stays: Stays) -> dict[str, int]:
    """What settling posts of those in the file, or that it asks; nothing for a file that is of another time."""
    zone = "America/New_York"
    try:
        import_report(meeting=fall.meeting, content=content, file_name="f.csv", time_zone=zone, by=BY, at=EVENING)
        settle_meeting(meeting=fall.meeting, by=BY, at=EVENING)
    except SheetRefused as refused:
        if "No row falls into the session" not in str(refused):
            raise
        return {}
    except NotReady as asked:
        if "Sources disagree" not in str(asked):
            raise
        return ASKED
    minutes = dict.fromkeys(stays, 0)
    for entry in Entry.objects.filter(person__name__in=stays).select_related("person"):
        minutes[entry.person.name] += entry.attended
    return minutes
