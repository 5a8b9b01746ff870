"""The register's public side as static files, laid out as the site serves them, for any web server to keep alive.

The QR code of a paper leads to verify/index.html, which finds and opens the entry of its code in the reader's browser:
see sealed.py. An entry says what the paper says, so a name is read by those who have the paper, and by nobody else.
Signed files are known by their hash. Names in the clear are those alone whom the registry lists.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db.models import Prefetch, QuerySet

from cecto.credentials import queries
from cecto.credentials.certificate import class_and_hours
from cecto.credentials.kit import sealed, shared_files, standalone
from cecto.credentials.models import CredentialVersion, HandedOut, Issuer, Listing, Paper, Statement, TranscriptDocument
from cecto.credentials.signing import the_issuer
from cecto.credentials.verifying import State
from cecto.programs.models import Definition

README = """The public register of {issuer}, as of {day}

Serve this folder as it is, at the address in the name above; hosting.md says how, for nginx, Caddy and object stores.
Then every certificate goes on being checkable by any verifier, and the QR code on paper goes on leading to an answer.
Or look into it without any server:

python3 look_up.py CODE             what the register says of the code on a certificate, or of a past award
python3 look_up.py FILE             the same of a signed file: a PDF, a badge, a token or JSON
kit/                                the newest list for a holder's kit: python3 check.py --list FOLDER/kit

.well-known/did.json                the issuer's public keys
credentials/status/1                the signed list of revoked certificates
achievements/, issuer.json          what is earned, and who awards it
verify/                             the page where a QR code leads. Each entry opens with its code, and with nothing
                                    else: name and key are made of the code, 600,000 times over (PBKDF2)
register.json                       the state of every signed file, by its hash. Names are in it only of people who let
                                    the public registry list them

What it cannot know: what was issued, revoked or replaced after {day}; and whether these files are the program's own,
which the signature of credentials/status/1 proves for the revocations alone.
"""
HEADINGS = {
    State.VALID: "On {day}, this certificate was valid.",
    State.NOT_YET_VALID: "On {day}, this certificate was not valid yet.",
    State.EXPIRED: "This certificate has expired.",
    State.REVOKED: "This certificate was revoked.",
    State.SUPERSEDED: "This certificate was replaced.",
    State.KEY_NOT_TRUSTED: "This certificate is genuine, but on {day} its key was no longer trusted.",
    State.UNRELEASED: "This certificate was printed early and was not issued by {day}.",
    State.LISTED: "On {day}, the program had this award on record.",
    State.RETRACTED: "The program took this award off its records.",
}
Entry = dict[str, Any]


def write_public(folder: Path, *, at: datetime) -> list[Path]:
    """Write the public files to a folder, making it if need be; return their paths. Raises NotReadyToIssue.

    A code costs about 0.2 s of one core, which is what makes guessing codes hopeless; all cores are used.
    """
    issuer, shared = the_issuer(), shared_files()
    contents = {
        **{f"kit/{name}": content for name, content in shared.items()},
        ".well-known/did.json": shared["did.json"],
        "credentials/status/1": shared["status-list.json"],
        "issuer.json": _json(queries.issuer_document()),
        "look_up.py": standalone("look_up"),
        "README.txt": README.format(issuer=issuer.did, day=f"{at:%B %-d, %Y}").encode(),
        **_achievements(),
        **_pages(issuer, at),
    }
    for former in folder.glob("verify/entries/*.bin"):
        former.unlink()
    return [_write(folder / name, content) for name, content in contents.items()]


def register(*, at: datetime, names: Mapping[str, str]) -> dict[str, object]:
    """Every signed file's state, by its SHA-256; the hashes of the files given out; the past awards that are listed.

    A past award is listed as far as its holder lets it be.

    `names` are those of the codes' entries: a version is told by that name, since the hash of a code would be guessed.
    """
    listed = [_recorded(row) for row in _statements() if not row.award.retracted_at and _agreement(row)]
    versions = {version.sha256: version for version in queries.versions().select_related("token").order_by("sha256")}
    told = {sha256: {**_version(one, at), "entry": names[one.code]} for sha256, one in versions.items()}
    return {
        "issuer": queries.did_document()["id"],
        "as_of": at.isoformat(),
        "versions": told,
        "documents": dict(_documents(told, versions.values())),
        "files": sorted(HandedOut.objects.values_list("sha256", flat=True)),
        "recorded": listed,
        "used_indexes": queries.used_indexes(),
    }


def _version(version: CredentialVersion, at: datetime) -> Entry:
    entry: Entry = {"state": str(_state(version, at)), "status_index": version.status_index}
    return entry | ({"valid_until": version.valid_until.isoformat()} if version.valid_until else {})


def _documents(told: Mapping[str, Entry], versions: Iterable[CredentialVersion]) -> Iterator[tuple[str, Entry]]:
    """The state of each version's token and of what is in its transcript, by hash."""
    parts: dict[int, list[TranscriptDocument]] = {}
    for row in TranscriptDocument.objects.select_related("transcript").order_by("sha256"):
        parts.setdefault(row.transcript.version_id, []).append(row)
    for version in versions:
        entry = told[version.sha256]
        if hasattr(version, "token"):
            yield version.token.sha256, entry
        for row in parts.get(version.pk, ()):
            of_row = {**entry, "status_index": row.status_index}
            yield row.sha256, of_row if row.part == row.WHOLE else {**of_row, "part": True}


def _pages(issuer: Issuer, at: datetime) -> dict[str, bytes]:
    """The page that a QR code leads to, an entry for each code, and the register."""
    source = files(__package__).joinpath("public")
    entries = dict(_entries(at))
    with ThreadPoolExecutor() as threads:
        named = threads.map(lambda code: sealed.name_and_key(code, issuer.did), entries)
        places = dict(zip(entries, named, strict=True))
    about = {"issuer": issuer.name, "day": f"{at:%B %-d, %Y}", "salt": issuer.did, "iterations": sealed.ITERATIONS}
    return {
        **{f"verify/{name}": source.joinpath(name).read_bytes() for name in ("index.html", "verify.css", "verify.js")},
        "hosting.md": source.joinpath("hosting.md").read_bytes(),
        "verify/about.json": _json(about),
        "register.json": _json(register(at=at, names={code: name for code, (name, _) in places.items()})),
        **{f"verify/entries/{name}.bin": _sealed(key, _json(entries[code])) for code, (name, key) in places.items()},
    }


def _sealed(key: bytes, content: bytes) -> bytes:
    nonce = secrets.token_bytes(sealed.NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, None)


def _entries(at: datetime) -> Iterator[tuple[str, Entry]]:
    """What each code tells: of versions, of papers printed ahead, and of past awards."""
    day = f"{at:%B %-d, %Y}"
    issued = set()
    for version in queries.versions():
        issued.add(version.code)
        yield version.code, _of_version(version, at, day)
    for paper in Paper.objects.exclude(code__in=issued):
        yield paper.code, _entry(State.UNRELEASED, day, ["Do not accept it without asking the program."])
    for row in _statements():
        yield row.award.code, _of_award(row, day)


def _entry(state: State, day: str, sentences: list[str], facts: Iterable[tuple[str, str]] = ()) -> Entry:
    heading = HEADINGS[state].format(day=day)
    return {"state": str(state), "heading": heading, "sentences": sentences, "facts": list(facts)}


def _of_version(version: CredentialVersion, at: datetime, day: str) -> Entry:
    found = queries.known(version, at=at)
    entry = _entry(_state(version, at), day, [found.sentence], _facts(version))
    if version.valid_until and version.last_day:
        entry["ends"] = version.valid_until.isoformat()
        entry["ended"] = f"This certificate expired. It was valid until {version.last_day:%B %-d, %Y}."
    return entry


def _state(version: CredentialVersion, at: datetime) -> State:
    """As recorded; one that is valid but for its key, which was lost, is told as that."""
    state = queries.known(version, at=at).state
    return State.KEY_NOT_TRUSTED if state is State.VALID and version.signing_key.compromised_at else state


def _facts(version: CredentialVersion) -> Iterator[tuple[str, str]]:
    """What the paper shows; nothing once its holder had it erased."""
    if version.erased:
        return
    shown = version.certificate
    for label, name in (("Name", "holder"), ("Title", "title"), ("Program", "program"), ("Issued by", "issuer")):
        yield label, shown[name]
    of_class, hours = class_and_hours(shown["details"])
    yield "Class", of_class
    if hours:
        yield "Hours", hours
    yield "Awarded", shown["dated"]
    yield "Signed by", "; ".join(f"{one['name']}, {one['office']}" for one in shown["signatures"])


def _of_award(row: Statement, day: str) -> Entry:
    if row.award.retracted_at:
        return _entry(State.RETRACTED, day, [row.award.retraction])
    agreement = _agreement(row)
    facts = [(name.capitalize(), value) for name, value in _agreed(row, agreement)] if agreement else []
    return _entry(State.LISTED, day, ["It is from before certificates could be checked here."], facts)


def _statements() -> QuerySet[Statement]:
    standing = Prefetch("award__listings", Listing.objects.filter(until=None), to_attr="standing")
    return queries.standing_statements().prefetch_related(standing)


def _agreement(row: Statement) -> Listing | None:
    """What its holder lets the registry list, if anything."""
    standing: list[Listing] = row.award.standing  # type: ignore[attr-defined]
    return standing[0] if standing else None


def _recorded(row: Statement) -> dict[str, str]:
    agreement = _agreement(row)
    return dict(_agreed(row, agreement)) if agreement else {}


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


def _achievements() -> dict[str, bytes]:
    used = Definition.objects.filter(pk__in=queries.versions().values("credential__decision__definition"))
    return {f"achievements/{row.key}": _json(queries.achievement_document(row.key)) for row in used.order_by("key")}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
