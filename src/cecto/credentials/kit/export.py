"""The register's public side as static files, laid out as the site serves them, for any web server to keep alive.

It names nobody but those who let the registry list them: versions are known by the hash of their document and of their
code, awards from before this system by that of their code.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files
from pathlib import Path

from django.db.models import Prefetch, QuerySet

from cecto.credentials import queries
from cecto.credentials.kit import shared_files
from cecto.credentials.models import CredentialVersion, Listing, Statement
from cecto.programs.models import Definition

README = """The public register of {issuer}, as of {day}

Serve this folder as it is, at the address in the name above, with "Access-Control-Allow-Origin: *": then every
certificate goes on being checkable by any verifier. Or look into it without any server:

python3 look_up.py CODE             what the register says of the code on a certificate, or of a past award
python3 look_up.py FILE.json        the same of a signed file
kit/                                the newest list for a holder's verification kit: python3 check.py --list FOLDER/kit

.well-known/did.json                the issuer's public keys
credentials/status/1                the signed list of revoked certificates
achievements/, issuer.json          what is earned, and who awards it
register.json                       the state of every certificate and past award, by hashes. Names are in it only of
                                    people who let the public registry list them.
"""


def write_public(folder: Path, *, at: datetime) -> list[Path]:
    """Write the public files to a folder, making it if need be; return their paths. Raises NotReadyToIssue."""
    shared = shared_files()
    contents = {
        **{f"kit/{name}": content for name, content in shared.items()},
        ".well-known/did.json": shared["did.json"],
        "credentials/status/1": shared["status-list.json"],
        "issuer.json": _json(queries.issuer_document()),
        "register.json": _json(register(at=at)),
        "look_up.py": files(__package__).joinpath("look_up.py").read_bytes(),
        "README.txt": README.format(issuer=queries.did_document()["id"], day=f"{at:%B %-d, %Y}").encode(),
        **_achievements(),
    }
    return [_write(folder / name, content) for name, content in contents.items()]


def register(*, at: datetime) -> dict[str, object]:
    """Every version's state, by the SHA-256 of its RFC 8785 form and of its code; every recorded award, by its code."""
    versions = {version.sha256: _version(version, at) for version in queries.versions().order_by("sha256")}
    recorded = sorted((_recorded(row) for row in _statements()), key=lambda entry: str(entry["code_sha256"]))
    issuer = queries.did_document()["id"]
    return {"issuer": issuer, "as_of": at.isoformat(), "versions": versions, "recorded": recorded}


def _version(version: CredentialVersion, at: datetime) -> dict[str, object]:
    entry: dict[str, object] = {
        "state": str(queries.known(version, at=at).state),
        "code_sha256": _hashed(version.code),
    }
    return entry | ({"valid_until": version.valid_until.isoformat()} if version.valid_until else {})


def _statements() -> QuerySet[Statement]:
    standing = Prefetch("award__listings", Listing.objects.filter(until=None), to_attr="standing")
    return queries.standing_statements().prefetch_related(standing)


def _recorded(row: Statement) -> dict[str, object]:
    """Its state, and, where its holder let the registry list it, what they let it list."""
    entry: dict[str, object] = {"state": "listed", "code_sha256": _hashed(row.award.code)}
    if row.award.retracted_at:
        return entry | {"state": "retracted", "retraction": row.award.retraction}
    agreed: list[Listing] = row.award.standing  # type: ignore[attr-defined]
    return entry | {"listed": dict(_agreed(row, agreed[0]))} if agreed else entry


def _agreed(row: Statement, listing: Listing) -> Iterator[tuple[str, str]]:
    yield from (("name", row.name), ("program", row.award.program.name))
    district = row.organization.name if row.organization else ""
    fields = {
        "class": (listing.class_label, row.class_label),
        "track": (listing.track, row.track),
        "district": (listing.district, district),
        "year": (listing.year, row.awarded[:4]),
        "code": (listing.verification, row.award.printed_code),
    }
    yield from ((name, value) for name, (agreed, value) in fields.items() if agreed and value)


def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _achievements() -> dict[str, bytes]:
    used = Definition.objects.filter(pk__in=queries.versions().values("credential__decision__definition"))
    return {f"achievements/{row.key}": _json(queries.achievement_document(row.key)) for row in used.order_by("key")}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
