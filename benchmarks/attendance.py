"""Reports read and imported, and check-ins by many phones at once, against the bare database."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial

from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from benchmarks.harness.crowd import demo_class
from benchmarks.harness.measure import Bench, Work
from cecto.attendance.actions import check_in, import_report, open_desk
from cecto.attendance.models import CheckIn
from cecto.attendance.queries.preview import preview
from cecto.attendance.queries.reconciliation import reconcile
from cecto.attendance.scans import Scan
from cecto.classes.models import Cohort, Enrollment, Meeting
from cecto.classes.schedule.queries import Session, session
from cecto.foundation.journal.actor import Actor
from cecto.people.models import Person

TITLE = "Attendance: imports, the reconcile screen, check-ins"
BY = Actor.command("benchmark")
ZONE = "America/New_York"
CLIENTS = 32
EACH = 20
HEAD = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"


def run(bench: Bench) -> None:
    """The demo's class in January: a session of the day, a crowd of strangers on video, a crowd of phones."""
    cohort, stage = demo_class("midyear")
    held = session(Meeting.objects.get(code="day-11"), known_at=stage.now)
    small = report_of(held, people=300, rejoins=4)
    read = partial(preview, held, small, file_name="zoom.csv", time_zone=ZONE)
    bench.measure(
        Work("a Zoom report of 300 people and 1,200 rows, previewed", read, repeat=5, limit_ms=1000),
        Work("the reconcile screen's figures", lambda: reconcile(held)),
    )
    _import(bench, held, stage.now)
    _check_ins(bench, cohort, held)


def report_of(held: Session, *, people: int, rejoins: int) -> bytes:
    """A Zoom report in which every one of `people` strangers joins so often."""
    day = held.revision.starts_at.strftime("%m/%d/%Y")
    rows = (
        f"Stranger {person},s{person}@example.org,{day} 09:{time:02}:00 AM,{day} 10:{time:02}:00 AM,60,Yes\n"
        for person in range(people)
        for time in range(rejoins)
    )
    return (HEAD + "".join(rows)).encode()


def _import(bench: Bench, held: Session, at: datetime) -> None:
    content = report_of(held, people=2_000, rejoins=50)
    start = time.perf_counter()
    with transaction.atomic():
        import_report(meeting=held.meeting, content=content, file_name="z.csv", time_zone=ZONE, by=BY, at=at)
        taken = time.perf_counter() - start
        transaction.set_rollback(True)
    bench.fact("100,000 observations imported", round(taken, 1), limit=20, unit="s")


def _check_ins(bench: Bench, cohort: Cohort, held: Session) -> None:
    at = held.revision.starts_at - timedelta(minutes=10)
    open_desk(meeting=held.meeting, by=BY, at=at)
    people = _crowd(cohort, CLIENTS * EACH + 1, at)
    statements = _statements(held, people.pop(), at)
    tap = partial(_tap, held, at)
    bare = partial(_replay, statements)
    floor, _, _ = _storm(bare, people)
    rate, slowest, refused = _storm(tap, people)
    bench.rate("the same statements by the bare driver", floor)
    bench.rate(f"check-ins by {CLIENTS} clients at once", rate, floor=floor, least=0.4)
    bench.fact("database is locked", refused, limit=0)
    bench.fact("99 of 100 of these took at most", round(slowest * 1000), unit="ms")
    bench.fact(
        "check-ins acknowledged and not there", len(people) - CheckIn.objects.filter(person__in=people).count(), limit=0
    )
    bench.note(
        f"{CLIENTS} clients send their next check-in as soon as the last is answered, so they wait for each other."
    )


def _crowd(cohort: Cohort, size: int, at: datetime) -> list[Person]:
    """More people in the class than any class has."""
    track = cohort.tracks.get(track="technology-director")
    names = [f"Phone {number:04}" for number in range(size)]
    people = Person.objects.bulk_create(Person(name=name, sort_name=name, created_at=at) for name in names)
    Enrollment.objects.bulk_create(
        Enrollment(person=person, cohort=cohort, track=track, enrolled_on=cohort.first_day, recorded_at=at)
        for person in people
    )
    return people


def _tap(held: Session, at: datetime, person: Person) -> None:
    scan = Scan(held.key, at, person.key, person.key)
    check_in(scan=scan, meeting=held.meeting, person=person, kind=CheckIn.Kind.IN, by=BY, at=at)


def _statements(held: Session, person: Person, at: datetime) -> tuple[list[str], str]:
    """What one check-in asks of the database, and the word in it that must differ each time."""
    with CaptureQueriesContext(connection) as captured:
        _tap(held, at, person)
    sql = [str(query["sql"]) for query in captured]
    return [one for one in sql if one.split()[0] in {"SELECT", "INSERT", "UPDATE"}], person.key


def _replay(statements: tuple[list[str], str], person: Person) -> None:
    """The same statements for a token of their own, past Django."""
    sql, word = statements
    connection.ensure_connection()
    with transaction.atomic(), closing(connection.connection.cursor()) as cursor:
        for one in sql:
            cursor.execute(one.replace(word, f"bare{person.pk}"))


def _storm(do: Callable[[Person], None], people: list[Person]) -> tuple[float, float, int]:
    """Do it for everyone, many at once: how many a second, the time that 99 of 100 stayed under, and refusals."""
    shares = [people[start::CLIENTS] for start in range(CLIENTS)]
    start = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        taken = [seconds for share in pool.map(partial(_each, do), shares) for seconds in share]
    rate = len(people) / (time.perf_counter() - start)
    done = sorted(seconds for seconds in taken if seconds >= 0)
    return rate, done[len(done) * 99 // 100 - 1], len(taken) - len(done)


def _each(do: Callable[[Person], None], people: list[Person]) -> list[float]:
    """The seconds that each took, -1 for one that the database refused."""
    taken = []
    for person in people:
        start = time.perf_counter()
        try:
            do(person)
            taken.append(time.perf_counter() - start)
        except OperationalError:
            taken.append(-1.0)
    connection.close()
    return taken
