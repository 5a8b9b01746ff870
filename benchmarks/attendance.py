"""Reports read and imported, and the reconcile screen."""

from __future__ import annotations

import time
from datetime import datetime
from functools import partial

from django.db import transaction

from benchmarks.harness.crowd import demo_class
from benchmarks.harness.measure import Bench, Work
from cecto.attendance.actions import import_report
from cecto.attendance.queries.preview import preview
from cecto.attendance.queries.reconciliation import reconcile
from cecto.classes.models import Meeting
from cecto.classes.schedule.queries import Session, session
from cecto.foundation.journal.actor import Actor

TITLE = "Attendance: imports, the reconcile screen"
BY = Actor.command("benchmark")
ZONE = "America/New_York"
HEAD = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"


def run(bench: Bench) -> None:
    """The demo's class in January: a session of the day, a crowd of strangers on video."""
    _, stage = demo_class("midyear")
    held = session(Meeting.objects.get(code="day-11"), known_at=stage.now)
    small = report_of(held, people=300, rejoins=4)
    read = partial(preview, held, small, file_name="zoom.csv", time_zone=ZONE)
    bench.measure(
        Work("a Zoom report of 300 people and 1,200 rows, previewed", read, repeat=5, limit_ms=1000),
        Work("the reconcile screen's figures", lambda: reconcile(held)),
    )
    _import(bench, held, stage.now)


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
