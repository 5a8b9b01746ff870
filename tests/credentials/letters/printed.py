"""A statement set as PDF."""

from __future__ import annotations

from cecto.credentials.letters.paper import papers_pdf
from cecto.credentials.letters.statement import Statement, statement_paper


def statement_pdf(statement: Statement, *, issuer: str) -> bytes:
    """One statement as a paper of its own."""
    return papers_pdf([statement_paper(statement)], issuer=issuer, at=statement.known_at)
