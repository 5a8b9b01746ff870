"""Audits of one person, a class and thousands, from the ledger, against reading the same rows and doing nothing."""

from __future__ import annotations

import resource
from collections import deque
from datetime import date, datetime
from functools import partial

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.harness.crowd import demo_class, multiply
from benchmarks.harness.measure import Bench, Work
from cecto.audits.queries import audit_class, audit_enrollment, audit_many, enrollments_to_audit
from cecto.classes.models import Cohort, Enrollment

TITLE = "Audits, computed from the ledger each time"
PEOPLE = 5_000
ROWS = """
SELECT e.*, a.* FROM ledger_entry e JOIN ledger_activity a ON a.id = e.activity_id
JOIN classes_enrollment n ON n.person_id = e.person_id JOIN classes_cohort c ON c.id = n.cohort_id
JOIN programs_program p ON p.id = c.program_id AND p.code = 'cecto'
"""


def run(bench: Bench) -> None:
    """The demo's class on graduation morning, alone and then copied until 5,000 people are enrolled."""
    cohort, stage = demo_class("graduating")
    true_on, known_at = stage.now.date(), stage.now
    _small(bench, cohort, true_on, known_at)
    people = multiply(cohort, PEOPLE)
    everyone = partial(_audit_all, true_on, known_at)
    before = _peak()
    everyone()
    grown = _peak() - before
    bench.measure(
        Work(f"reading the ledger rows of {people:,}, no more", _read, repeat=3, floor=True),
        Work(f"{people:,} people", everyone, repeat=3, limit_ms=5_000),
    )
    bench.fact(f"memory that auditing {people:,} people added", grown, unit="MiB")
    bench.note(
        f"The {people:,} are {people // cohort.enrollments.count()} copies of the demo's class, "
        f"with {_read():,} ledger rows. One person's audit also reads the schedule and classmates."
    )


def _small(bench: Bench, cohort: Cohort, true_on: date, known_at: datetime) -> None:
    one = _enrollments(cohort)[0]
    size = cohort.enrollments.count()
    bench.measure(
        Work(f"reading the ledger rows of {size}, no more", _read, floor=True),
        Work("one person", lambda: audit_enrollment(one, true_on=true_on, known_at=known_at), limit_ms=2),
        Work(f"a class of {size}", lambda: audit_class(cohort, true_on=true_on, known_at=known_at), limit_ms=25),
    )
    with CaptureQueriesContext(connection) as captured:
        audit_class(cohort, true_on=true_on, known_at=known_at)
    bench.fact(f"queries for a class of {size}", len(captured), limit=10)


def _enrollments(cohort: Cohort) -> list[Enrollment]:
    return list(enrollments_to_audit().filter(cohort=cohort, track__track="technology-director"))


def _audit_all(true_on: date, known_at: datetime) -> None:
    everyone = enrollments_to_audit().filter(cohort__program__code="cecto").order_by("cohort_id", "id")
    deque(audit_many(everyone, true_on=true_on, known_at=known_at), maxlen=0)


def _read() -> int:
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        return len(cursor.fetchall())


def _peak() -> float:
    """The most memory this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
