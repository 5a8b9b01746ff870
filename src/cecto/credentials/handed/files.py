"""The files of a certificate as they are given out: drawn, noted, and marked once it is revoked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from importlib.metadata import version as installed
from pathlib import Path
from types import MappingProxyType

from django.utils.text import slugify

from cecto.credentials import codes
from cecto.credentials.badge import TEMPLATE as BADGE
from cecto.credentials.badge import badge_png, badge_svg
from cecto.credentials.files import file_name
from cecto.credentials.handed.actions import hand_out
from cecto.credentials.kit import kit_of
from cecto.credentials.models import CredentialVersion, Paper
from cecto.credentials.queries import certificate_pdf, paper_pdf
from cecto.foundation.journal.actor import Actor

DRAWN: Mapping[str, Callable[[CredentialVersion], bytes]] = MappingProxyType(
    {"pdf": certificate_pdf, "png": badge_png, "svg": badge_svg}
)


def given(version: CredentialVersion, form: str, *, by: Actor, at: datetime) -> bytes:
    """Return a version's file in that form (pdf, png, svg, kit) after noting its hash. The kit's PDF is noted too."""
    if form == "kit":
        given(version, "pdf", by=by, at=at)
    content = kit_of(version, on=at.date()) if form == "kit" else DRAWN[form](version)
    renderer = _renderer(BADGE if form in {"png", "svg"} else version.template)
    return hand_out(code=version.code, form=form, renderer=renderer, content=content, by=by, at=at)


def given_paper(paper: Paper, *, by: Actor, at: datetime) -> bytes:
    """Return the PDF of a certificate printed ahead after noting its hash."""
    renderer = _renderer(paper.template)
    return hand_out(code=paper.code, form="paper", renderer=renderer, content=paper_pdf(paper), by=by, at=at)


def both(version: CredentialVersion, *, by: Actor, at: datetime) -> dict[str, bytes]:
    """Return a version's JSON and PDF by name, after noting the PDF's hash."""
    name = file_name(version)
    return {f"{name}.json": version.document.encode(), f"{name}.pdf": given(version, "pdf", by=by, at=at)}


def paper_name(paper: Paper) -> str:
    """Name a paper's file after the person and the code."""
    sort_name = slugify(paper.decision.enrollment.person.sort_name)[:60]
    return f"{sort_name}-{codes.printed(paper.code)}-unreleased.pdf"


def write(named: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write files by name to a folder, making it if need be; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in named.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in named]


def _renderer(template: str) -> str:
    return f"{template} typst-{installed('typst')}"
