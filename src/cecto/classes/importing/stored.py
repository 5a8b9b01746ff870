"""A file between being handed in and being accepted: kept as evidence, named by a token in the address."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.http import Http404

_SALT = "cecto.stored-file"


@dataclass(frozen=True)
class StoredFile:
    """A file that was handed in for a class (or another place), under its SHA-256."""

    place_key: str
    sha256: str
    name: str

    @property
    def token(self) -> str:
        """What stands for it in an address; nobody can make one up."""
        return signing.dumps([self.place_key, self.sha256, self.name], salt=_SALT, compress=True)

    @classmethod
    def of(cls, token: str, place_key: str) -> StoredFile:
        """The file behind a token. Raises Http404 for one that we did not make for this place."""
        try:
            found = cls(*signing.loads(token, salt=_SALT))
        except signing.BadSignature as error:
            raise Http404 from error
        if found.place_key != place_key:
            raise Http404
        return found
