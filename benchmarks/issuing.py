"""A class certified and issued in one go, and a batch of many, against signing the same bytes and nothing else."""

from __future__ import annotations

import time

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.harness.measure import Bench, Work
from cecto.certification.models import Decision
from cecto.credentials import actions
from cecto.credentials.canonical import canonicalize
from cecto.credentials.signing import IssuerKey
from tests.credentials import made
from tests.credentials.sample import badge

TITLE = "Credentials issued: a class, and a batch"
CLASS, BATCH = 31, 250


def run(bench: Bench) -> None:
    """Decisions in effect become credentials in the database, each in a transaction of its own as in `cecto issue`."""
    key, unsigned = made.key(), badge()
    bench.measure(
        Work("Ed25519 signature of 64 bytes", lambda: key.signer.sign(bytes(64)), repeat=200, floor=True),
        Work("canonicalization of one credential", lambda: canonicalize(unsigned), repeat=100),
        Work("credential signed", lambda: key.sign(unsigned, at=made.AT), repeat=100),
    )
    taken = _issued(key, [made.decision(f"Ada Class {number}") for number in range(CLASS)])
    bench.fact(f"a class of {CLASS} issued", taken, limit=3, unit="s")
    with CaptureQueriesContext(connection) as captured:
        _issued(key, [made.decision("Ada Alone")])
    batch = [made.decision(f"Ada Batch {number}") for number in range(BATCH)]
    taken = _issued(key, batch)
    bench.rate(f"issued in a batch of {BATCH:,}", BATCH / taken)
    bench.note(
        "Each issue makes a code, a status index, a signature, a row and a journal entry: "
        f"{len(captured)} queries with those that read."
    )


def _issued(key: IssuerKey, decisions: list[Decision]) -> float:
    """Issue them and return the seconds it took on the clock."""
    started = time.perf_counter()
    for decision in decisions:
        actions.issue(decision=decision, key=key, by=made.BY, at=made.AT)
    return time.perf_counter() - started
