"""Audits of 100,000 people with 60 entries each: the rate, and whether time and memory stay where they were."""

from __future__ import annotations

import ctypes
import re
import time
from collections import deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.db import connection

from benchmarks.harness.crowd import demo_class, fill_records, multiply
from benchmarks.harness.measure import Bench
from cecto.audits.queries import EnrollmentAudit, audit_many, enrollments_to_audit

TITLE = "Audits of 100,000 people"
PEOPLE = 100_000
ENTRIES = 60
BLOCK = 5_000


def run(bench: Bench) -> None:
    """Copies of the demo's class on graduation morning, with everybody's record filled up to 60 entries."""
    cohort, stage = demo_class("graduating")
    fill_records(cohort, ENTRIES)
    people = multiply(cohort, PEOPLE)
    rows, reading = _read()
    bench.rate("ledger rows read in the order of people, no more", rows / reading)
    everyone = enrollments_to_audit().filter(cohort__program__code="cecto").order_by("cohort_id", "id")
    audits = audit_many(everyone, true_on=stage.now.date(), known_at=stage.now)
    _audit(audits, BLOCK)
    _forget_peak()
    before, start = _peak(), time.process_time()
    first = _audit(audits, BLOCK)
    _audit(audits, people - 3 * BLOCK)
    last = _audit(audits, BLOCK)
    took = time.process_time() - start
    counted = people - BLOCK
    bench.rate("people audited", counted / took)
    bench.rate("ledger rows of these people", rows / people * counted / took, floor=rows / reading)
    bench.fact("the last 5,000 people, against the first", last / first, limit=1.2, unit="×")
    bench.fact("memory added while auditing", _peak() - before, limit=20, unit="MiB")
    bench.note(
        f"{people:,} people with {rows / people:.0f} entries each, in {cohort.program.cohorts.count():,} classes that "
        f"share their sessions. Processor time. The first {BLOCK:,} people warm up and are not counted."
    )


def _audit(audits: Iterator[EnrollmentAudit], people: int) -> float:
    """Audit so many more; the seconds it took."""
    start = time.process_time()
    deque(islice(audits, people), maxlen=0)
    return time.process_time() - start


def _read() -> tuple[int, float]:
    """How many rows the ledger has, and the seconds that reading them takes, a thousand at a time."""
    start, count = time.process_time(), 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM ledger_entry ORDER BY person_id, occurred_on, id")
        while rows := cursor.fetchmany(1000):
            count += len(rows)
    return count, time.process_time() - start


def _forget_peak() -> None:
    """Start `_peak` again from what is held now: filling the tables took more than auditing does. Linux only.

    What is free goes back first, or growth would hide in it.
    """
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5")


def _peak() -> float:
    """The most memory this process has had since then, in MiB."""
    held = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert held
    return int(held[1]) / 1024
