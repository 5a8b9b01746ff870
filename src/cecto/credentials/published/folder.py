"""Reading a published copy: the list, the keys and the register, trusted only where the issuer's own keys vouch."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cecto.credentials import did, status_list, verifying
from cecto.credentials.canonical import JSON
from cecto.credentials.models import Issuer, SigningKey

DID, LIST, REGISTER = ".well-known/did.json", "credentials/status/1", "register.json"


class CopyRefused(ValueError):
    """The folder is no published copy of this issuer's register; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A version as the register knows it: hash, the name of its code's entry, index, state (of verifying.State)."""

    sha256: str
    name: str
    index: int
    state: str


@dataclass(frozen=True, slots=True)
class PublishedCopy:
    """What a folder says. `valid_from` is the list's, which is its sequence; `used` every index it knows of."""

    did_document: JSON
    list_text: str
    valid_from: datetime
    bits: bytes
    entries: tuple[Entry, ...]
    used: frozenset[int]

    @property
    def list_key(self) -> str:
        """The public Multikey text of the key that signed the list."""
        return str(json.loads(self.list_text)["proof"]["verificationMethod"]).rpartition("#")[2]

    def revoked(self, index: int) -> bool:
        """Whether the list has the bit at an index."""
        return status_list.is_set(self.bits, index)


def read_copy(folder: Path) -> PublishedCopy:
    """Read a folder that `cecto export-public` wrote, and check its list. Raises CopyRefused."""
    try:
        published, listed, register = (json.loads((folder / name).read_text("utf-8")) for name in (DID, LIST, REGISTER))
        _refuse_strange(folder, published)
        bits = status_list.decode(str(listed["credentialSubject"]["encodedList"]))
        entries = tuple(_entries(register["versions"]))
        used = {*register.get("used_indexes", ()), *(one.index for one in entries), *status_list.indexes_in(bits)}
        valid_from = datetime.fromisoformat(listed["validFrom"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, CopyRefused):
            raise
        raise CopyRefused(
            f"{folder} is no published copy: {error}. Name a folder that cecto export-public wrote, or a copy of what "
            "the site served."
        ) from error
    outcome = verifying.verify_list(listed, did_document=published, at=valid_from)
    if not outcome.valid:
        raise CopyRefused(f"The status list in {folder} cannot be trusted. {outcome.checks[-1].sentence}")
    text = (folder / LIST).read_text("utf-8")
    return PublishedCopy(published, text, valid_from, bits, entries, frozenset(used))


def _refuse_strange(folder: Path, published: JSON) -> None:
    """It must be of this issuer, and hold a key that this installation knows: a folder cannot vouch for itself."""
    issuer = Issuer.objects.first()
    if issuer is None or published.get("id") != issuer.did:
        raise CopyRefused(f"{folder} is of another issuer: {published.get('id')}.")
    known = SigningKey.objects.values_list("public_multibase", flat=True)
    if not any(did.find_key(published, did.method_of(issuer.did, key), trusted=False) for key in known):
        raise CopyRefused(f"{folder} holds none of the keys in this backup, so it cannot be trusted.")


def _entries(versions: JSON) -> list[Entry]:
    return [
        Entry(sha256, str(one["entry"]), int(one["status_index"]), str(one["state"]))
        for sha256, one in versions.items()
    ]
