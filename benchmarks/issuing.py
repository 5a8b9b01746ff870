"""A class certified and issued in one go, and 10,000 in a batch, against signing the same bytes and nothing else."""

from __future__ import annotations

import gc
import sys
import time

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.harness.measure import Bench, Work
from cecto.classes.models import Cohort
from cecto.credentials import actions
from cecto.credentials.canonical import canonicalize
from cecto.credentials.queries import certificate_pdf, issued_in, read_to_issue, to_issue
from cecto.credentials.signing import IssuerKey
from tests.credentials import made
from tests.credentials.sample import badge

TITLE = "Credentials issued: a class, and a batch of 10,000"
CLASS, BATCH, PART = 31, 10_000, 500


def run(bench: Bench) -> None:
    """Decisions in effect become credentials in the database, each in a transaction of its own as in `cecto issue`."""
    key, unsigned = made.key(), badge()
    bench.measure(
        Work("Ed25519 signature of 64 bytes", lambda: key.signer.sign(bytes(64)), repeat=200, floor=True),
        Work("canonicalization of one credential", lambda: canonicalize(unsigned), repeat=100),
        Work("credential signed", lambda: key.sign(unsigned, at=made.AT), repeat=100),
    )
    cohort = _decided(CLASS)
    bench.fact(f"a class of {CLASS} issued", _issued(key, cohort, CLASS)[0], limit=3, unit="s")
    _decided(1)
    with CaptureQueriesContext(connection) as captured:
        _issued(key, cohort, 1)
    _batch(bench, key)
    version = issued_in(cohort)[0]
    bench.measure(Work("certificate set as PDF, when it is asked for", lambda: certificate_pdf(version), repeat=30))
    bench.note(
        f"Each issue makes a code, a status index, a signature, a row and a journal entry: {len(captured)} queries, "
        "two of them to read what waits, a hundred decisions at a time."
    )
    bench.note(
        "Nothing is set as PDF when a certificate is issued: its words are frozen, and set alike whenever asked for."
    )


def _batch(bench: Bench, key: IssuerKey) -> None:
    cohort = _decided(BATCH)
    canonicalizing = _seconds_of_signing(key)
    first, kept = [_issued(key, cohort, PART) for _ in range(2)][1], _objects()
    times = [_issued(key, cohort, PART) for _ in range(BATCH // PART - 2)]
    clock, processor = map(sum, zip(*times, strict=True))
    issued = PART * len(times)
    bench.rate(f"issued in a batch of {BATCH:,}, on the clock", issued / clock)
    bench.rate("the same, by processor time", issued / processor, floor=1 / canonicalizing, least=0.25)
    bench.fact(
        f"processor time of the last {PART} against the second {PART}", times[-1][1] / first[1], limit=1.5, unit="×"
    )
    bench.fact("objects in memory after all against those after a tenth", _objects() / kept, limit=1.1, unit="×")


def _decided(count: int) -> Cohort:
    """So many decisions in effect that wait to be issued, in the class of the benchmark."""
    decisions = [made.decision(f"Ada Batch {number}") for number in range(count)]
    return decisions[0].enrollment.cohort


def _issued(key: IssuerKey, cohort: Cohort, count: int) -> tuple[float, float]:
    """Issue so many as `cecto issue` does, and return the seconds it took, on the clock and of processor time."""
    clock, processor = time.perf_counter(), time.process_time()
    for decision in read_to_issue(cohort, list(to_issue(cohort).values_list("pk", flat=True)[:count])):
        actions.issue(decision=decision, key=key, by=made.BY, at=made.AT)
    return time.perf_counter() - clock, time.process_time() - processor


def _seconds_of_signing(key: IssuerKey) -> float:
    """Seconds of processor time to canonicalize and sign one credential: the floor of issuing it."""
    unsigned, started = badge(), time.process_time()
    for _ in range(100):
        key.sign(unsigned, at=made.AT)
    return (time.process_time() - started) / 100


def _objects() -> int:
    """The blocks of memory that Python objects hold now; beside them is SQLite's page cache, of 64 MB at most."""
    gc.collect()
    return sys.getallocatedblocks()
