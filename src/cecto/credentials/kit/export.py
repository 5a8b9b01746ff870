"""The register's public side as static files, laid out as the site serves them, for any web server to keep alive.

Nothing in it is about a person: versions are known by the hash of their document and of their code.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path

from cecto.credentials import queries
from cecto.credentials.kit import shared_files
from cecto.programs.models import Definition


def write_public(folder: Path, *, at: datetime) -> list[Path]:
    """Write the public files to a folder, making it if need be; return their paths. Raises NotReadyToIssue."""
    shared = shared_files()
    contents = {
        **{f"kit/{name}": content for name, content in shared.items()},
        ".well-known/did.json": shared["did.json"],
        "credentials/status/1": shared["status-list.json"],
        "issuer.json": _json(queries.issuer_document()),
        "register.json": _json(register(at=at)),
        **_achievements(),
    }
    return [_write(folder / name, content) for name, content in contents.items()]


def register(*, at: datetime) -> dict[str, object]:
    """Every version's state, by the SHA-256 of its RFC 8785 form and of its code."""
    entries = {
        version.sha256: {
            "state": str(queries.known(version, at=at).state),
            "code_sha256": hashlib.sha256(version.code.encode()).hexdigest(),
        }
        for version in queries.versions().order_by("sha256")
    }
    return {"issuer": queries.did_document()["id"], "as_of": at.isoformat(), "versions": entries}


def _achievements() -> dict[str, bytes]:
    used = Definition.objects.filter(pk__in=queries.versions().values("credential__decision__definition"))
    return {f"achievements/{row.key}": _json(queries.achievement_document(row.key)) for row in used.order_by("key")}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
