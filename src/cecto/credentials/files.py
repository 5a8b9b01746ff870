"""A credential as two files in a folder: the signed JSON and the certificate."""

from __future__ import annotations

from pathlib import Path

from django.utils.text import slugify

from cecto.credentials import codes
from cecto.credentials.models import CredentialVersion, Paper
from cecto.credentials.queries import certificate_pdf, paper_pdf


def file_name(version: CredentialVersion) -> str:
    """Name a version's files after the person and the code, without an ending."""
    person = version.credential.decision.enrollment.person
    return "-".join(part for part in (slugify(person.sort_name)[:60], codes.printed(version.code)) if part)


def write_paper(paper: Paper, folder: Path) -> Path:
    """Write a paper printed ahead to a folder, making it if need be; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    sort_name = slugify(paper.decision.enrollment.person.sort_name)[:60]
    path = folder / f"{sort_name}-{codes.printed(paper.code)}-unreleased.pdf"
    path.write_bytes(paper_pdf(paper))
    return path


def write_files(version: CredentialVersion, folder: Path) -> list[Path]:
    """Write NAME.json and NAME.pdf to a folder, making it if need be; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    name = file_name(version)
    written = {f"{name}.json": version.document.encode(), f"{name}.pdf": certificate_pdf(version)}
    for filename, content in written.items():
        (folder / filename).write_bytes(content)
    return [folder / filename for filename in written]
