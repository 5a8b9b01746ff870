"""A credential as two files, the signed JSON and the certificate: in a folder, or in a zip for a whole class."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path

from django.utils.text import slugify

from cecto.credentials import codes
from cecto.credentials.models import CredentialVersion, Paper
from cecto.credentials.queries import certificate_pdf, paper_pdf

# The date of every file in a zip, since a zip must have one.
EPOCH = (2015, 1, 1, 0, 0, 0)


def file_name(version: CredentialVersion) -> str:
    """Name a version's files after the name it shows, family name first where that is known, and the code."""
    person = version.credential.decision.enrollment.person
    shown = person.sort_name if person.name == version.holder_name else version.holder_name
    return "-".join(part for part in (slugify(shown)[:60], codes.printed(version.code)) if part)


def contents(version: CredentialVersion) -> dict[str, bytes]:
    """Return a version's files by name."""
    name = file_name(version)
    return {f"{name}.json": version.document.encode(), f"{name}.pdf": certificate_pdf(version)}


def paper_name(paper: Paper) -> str:
    """Name a paper's file after the person and the code."""
    sort_name = slugify(paper.decision.enrollment.person.sort_name)[:60]
    return f"{sort_name}-{codes.printed(paper.code)}-unreleased.pdf"


def write_paper(paper: Paper, folder: Path) -> Path:
    """Write a paper printed ahead to a folder, making it if need be; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / paper_name(paper)
    path.write_bytes(paper_pdf(paper))
    return path


def write_files(version: CredentialVersion, folder: Path) -> list[Path]:
    """Write NAME.json and NAME.pdf to a folder, making it if need be; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = contents(version)
    for filename, content in written.items():
        (folder / filename).write_bytes(content)
    return [folder / filename for filename in written]


def zipped(named: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> bytes:
    """Return files as a zip; the same files give the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in named.items() if isinstance(named, Mapping) else named:
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
