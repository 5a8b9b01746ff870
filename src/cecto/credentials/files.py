"""What the files of a certificate are called, and several of them as a zip."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO

from django.utils.text import slugify

from cecto.credentials import codes
from cecto.credentials.models import CredentialVersion

# The date of every file in a zip, since a zip must have one.
EPOCH = (2015, 1, 1, 0, 0, 0)


def file_name(version: CredentialVersion) -> str:
    """Name a version's files after the name it shows, family name first where that is known, and the code."""
    person = version.credential.decision.enrollment.person
    shown = person.sort_name if person.name == version.holder_name else version.holder_name
    return "-".join(part for part in (slugify(shown)[:60], codes.printed(version.code)) if part)


def zipped(named: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> bytes:
    """Return files as a zip; the same files give the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in named.items() if isinstance(named, Mapping) else named:
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
