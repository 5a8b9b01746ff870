"""Signing and verifying one credential and setting its PDF, against the signature and the typesetter alone."""

from __future__ import annotations

import json

import typst

from benchmarks.harness.measure import Bench, Work
from cecto.credentials import certificate, verifying
from tests.credentials.sample import AWARDED, CHECKED, Registry, badge, certificate_text

TITLE = "One credential: sign, verify, print"
EMPTY_PAGE = b'#set page(paper: "us-letter")\nHello'


def run(bench: Bench) -> None:
    """Ed25519 is the floor of signing; a typst page with one word on it is the floor of the PDF."""
    registry = Registry()
    signer = registry.signer
    unsigned = badge()
    signed = registry.sign(unsigned)
    listed = registry.status_list()
    content = json.dumps(signed).encode()
    bench.measure(
        Work("Ed25519 signature of 64 bytes", lambda: signer.sign(bytes(64)), repeat=200, floor=True),
        Work("credential signed (canonicalization included)", lambda: registry.sign(unsigned), repeat=200, limit_ms=10),
        Work(
            "credential verified, its status list too",
            lambda: verifying.verify(
                signed, did_document=registry.did_document, find_list=lambda _: listed, at=CHECKED
            ),
            repeat=50,
        ),
    )
    bench.measure(
        Work("typst: a page with one word", lambda: typst.compile(EMPTY_PAGE), floor=True),
        Work(
            "certificate (PDF/A-3a, PDF/UA-1, signed JSON inside)",
            lambda: certificate.render(certificate_text(), content, at=AWARDED),
            repeat=50,
            limit_ms=20,
        ),
    )
    pdf = certificate.render(certificate_text(), content, at=AWARDED)
    bench.fact("size of the certificate", len(pdf) / 1000, unit="kB")
