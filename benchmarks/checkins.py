"""Check-ins by many phones at once, against the bare database; on SQLite, and then on a PostgreSQL of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from benchmarks.harness.crowd import demo_class
from benchmarks.harness.measure import Bench
from benchmarks.harness.storm import CLIENTS, closed_loop, open_loop
from cecto.attendance.actions import check_in, open_desk
from cecto.attendance.models import CheckIn
from cecto.attendance.queries.visits import visit_to
from cecto.attendance.scans import Scan
from cecto.classes.models import Cohort, Enrollment, Meeting
from cecto.classes.schedule.queries import Session, session
from cecto.foundation.journal.actor import Actor
from cecto.people.models import Person
from tools.postgres import address

TITLE = "Check-ins by many phones at once"
BY = Actor.command("benchmark")
CROWD = 1600
SECONDS = 5
# What is offered each second, and the milliseconds that 99 of 100 are to stay under.
OFFERED = {100: None, 300: 30, 900: 100}


def run(bench: Bench) -> None:
    """A session of the demo's January, and a crowd that checks in at it."""
    cohort, stage = demo_class("midyear")
    held = session(Meeting.objects.get(code="day-11"), known_at=stage.now)
    at = held.revision.starts_at - timedelta(minutes=10)
    open_desk(meeting=held.meeting, by=BY, at=at)
    if connection.vendor == "sqlite":
        bench.fact("one write kept on this disk for good", round(_disk_milliseconds(), 2), unit="ms")
    _in_a_closed_loop(bench, cohort, held, at)
    for rate, limit in OFFERED.items():
        _at_a_rate(bench, cohort, held, at, rate=rate, limit=limit)
    if connection.vendor == "sqlite":
        _on_postgresql(bench)
        bench.note(_NOTE)


_NOTE = (
    f"{CLIENTS} threads of one process. In the closed loop each sends its next check-in as soon as the last is"
    " answered; at an offered rate each is timed from when it was due, waits in line included. Every check-in is on the"
    " disk before it is answered (SQLite: WAL, synchronous=FULL; PostgreSQL: fsync and synchronous_commit on). SQLite"
    " waits for the disk once per check-in, one after the other, so 1000 divided by the disk’s milliseconds is the most"
    " that it can do in a second; PostgreSQL lets check-ins that wait together share one wait."
)


def _disk_milliseconds() -> float:
    """What the disk takes to keep four kilobytes for good, in the middle of 200 times."""
    taken = []
    with tempfile.TemporaryFile(dir=settings.CECTO_HOME) as file:
        for _ in range(200):
            file.write(b"x" * 4096)
            file.flush()
            start = time.perf_counter()
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - start)
    return median(taken) * 1000


def _in_a_closed_loop(bench: Bench, cohort: Cohort, held: Session, at: datetime) -> None:
    people = _crowd(cohort, CROWD + 1, at)
    statements = _statements(held, people.pop(), at)
    floor = closed_loop(partial(_replay, statements), _crowd(cohort, CROWD, at))
    storm = closed_loop(partial(_tap, held, at), people)
    on = connection.display_name
    bench.rate(f"{on}: the same statements by the bare driver", floor.rate)
    bench.rate(f"{on}: check-ins by {CLIENTS} clients at once", storm.rate, floor=floor.rate, least=0.4)
    bench.fact(f"{on}: 99 of 100 of these took at most", round(storm.p99 * 1000), unit="ms")
    _count_losses(bench, people, storm.refused)


def _at_a_rate(bench: Bench, cohort: Cohort, held: Session, at: datetime, *, rate: int, limit: float | None) -> None:
    people = _crowd(cohort, rate * SECONDS, at)
    storm = open_loop(partial(_tap, held, at), people, rate)
    on = f"{connection.display_name}, {rate} offered a second"
    bench.rate(f"{on}: answered", storm.rate)
    bench.fact(f"{on}: 99 of 100 took at most", round(storm.p99 * 1000), limit=limit, unit="ms")
    _count_losses(bench, people, storm.refused)


def _count_losses(bench: Bench, people: list[Person], refused: int) -> None:
    kept = CheckIn.objects.filter(person__in=[person.pk for person in people]).count()
    bench.fact("database is locked", refused, limit=0)
    bench.fact("check-ins acknowledged and not there", len(people) - refused - kept, limit=0)


def _on_postgresql(bench: Bench) -> None:
    """The same in a process of its own, on a server that keeps its promises."""
    with tempfile.TemporaryDirectory(prefix="cecto-bench-") as folder, address(durable=True) as url:
        results = Path(folder) / "results.json"
        command = [sys.executable, "-m", "benchmarks", "--alone", "checkins", str(results)]
        surroundings = {**os.environ, "CECTO_HOME": f"{folder}/home", "DATABASE_URL": url}
        subprocess.run(command, env=surroundings, check=True)
        bench.rows += Bench.from_json(json.loads(results.read_text())[1]).rows


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
    visit = visit_to(held.key, person, known_at=at)
    check_in(scan=scan, visit=visit, kind=CheckIn.Kind.IN, by=BY, at=at)


def _statements(held: Session, person: Person, at: datetime) -> tuple[list[str], Person]:
    """What one check-in asks of the database, and whose it was."""
    with CaptureQueriesContext(connection) as captured:
        _tap(held, at, person)
    sql = [str(query["sql"]).strip() for query in captured]
    return [one for one in sql if one.split()[0] in {"SELECT", "INSERT", "UPDATE"}], person


def _replay(statements: tuple[list[str], Person], person: Person) -> None:
    """The same statements for another person, past Django's models."""
    sql, first = statements
    connection.ensure_connection()
    with transaction.atomic(), closing(connection.connection.cursor()) as cursor:
        for one in sql:
            cursor.execute(re.sub(rf"\b{first.pk}\b", str(person.pk), one.replace(first.key, person.key)))
