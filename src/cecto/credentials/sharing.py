"""Links by which holders show their certificate elsewhere."""

from __future__ import annotations

from urllib.parse import urlencode

from cecto.credentials.models import CredentialVersion

LINKEDIN = "https://www.linkedin.com/profile/add"


def linkedin_url(version: CredentialVersion) -> str:
    """Return the address that opens LinkedIn's form for a certification, filled in with this one."""
    told, awarded = version.certificate, version.credential.decision.effect.effective_on
    certification = {
        "startTask": "CERTIFICATION_NAME",
        "name": told["title"],
        "organizationName": told["issuer"],
        "issueYear": awarded.year,
        "issueMonth": awarded.month,
        "certUrl": told["verify_url"],
        "certId": version.printed_code,
    }
    return f"{LINKEDIN}?{urlencode(certification)}"
