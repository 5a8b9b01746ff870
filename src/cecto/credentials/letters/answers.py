"""A paper as the answer to a request."""

from __future__ import annotations

from django.http import HttpResponse

from cecto.classes.models import Cohort
from cecto.credentials.signing import NotReadyToIssue, the_issuer


def pdf_answer(pdf: bytes, name: str) -> HttpResponse:
    """A PDF to download, kept by nobody on the way."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def issuer_name(cohort: Cohort) -> str:
    """Who speaks in a paper: the issuer of certificates, or the program while there is none."""
    try:
        return the_issuer().name
    except NotReadyToIssue:
        return cohort.program.name
