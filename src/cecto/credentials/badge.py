"""The badge: a picture of the award for profiles and wallets, with the signed credential inside it."""

from __future__ import annotations

from cecto.credentials.baking import bake_png, bake_svg
from cecto.credentials.models import CredentialVersion
from cecto.credentials.typesetting import breakable, set_picture

TEMPLATE = "badge-1"


def badge_png(version: CredentialVersion) -> bytes:
    """Return the badge as a PNG of 900 × 900 pixels (about 100 ms)."""
    return bake_png(set_picture(TEMPLATE, _told(version), form="png"), version.document.encode())


def badge_svg(version: CredentialVersion) -> bytes:
    """Return the badge as an SVG."""
    return bake_svg(set_picture(TEMPLATE, _told(version), form="svg"), version.document.encode())


def _told(version: CredentialVersion) -> dict[str, str]:
    return {
        "title": breakable(version.certificate["title"]),
        "short": version.credential.decision.definition.program.code.upper(),
        "year": version.certificate["dated"],
    }
