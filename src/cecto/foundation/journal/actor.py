"""Who acts: a person who is signed in, an operator's command, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Actor:
    """The one who does an action. `key` is a person's key, or the command's name."""

    kind: str
    key: str
    person_id: int | None = None

    @classmethod
    def person(cls, key: str, person_id: int) -> Self:
        """A signed-in person."""
        return cls("person", key, person_id)

    @classmethod
    def command(cls, name: str) -> Self:
        """An operator at the command line."""
        return cls("command", name)
