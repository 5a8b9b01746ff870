"""Everyone in the story. All are invented; their addresses end in `.example`, which no one can ever own (RFC 2606)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from cecto.demo.story.reading import rows

DIRECTOR, LEADER, CIO, STAFF = "technology-director", "leaders-21c", "cio", "staff"
CECTO, CGCIO = "cecto", "cgcio"


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the story. `organization` is an LEA code or a name; `zoom_name` is how Zoom shows them, if oddly."""

    handle: str
    name: str
    preferred_name: str
    group: str
    organization: str
    title: str
    email: str
    zoom_name: str

    @property
    def program(self) -> str:
        """The program of the class they are in; empty for staff."""
        return {DIRECTOR: CECTO, LEADER: CECTO, CIO: CGCIO}.get(self.group, "")

    @property
    def lea_code(self) -> str:
        """The LEA code of their district, or nothing."""
        return self.organization if self.organization.isdigit() else ""


@dataclass(frozen=True, slots=True)
class Employer:
    """An organization that is not a school district and so must be added."""

    name: str
    kind: str
    code: str
    county: str


@cache
def people() -> tuple[Member, ...]:
    """Everyone, in the order they are told of."""
    return tuple(Member(**row) for row in rows("people.csv"))


@cache
def member(handle: str) -> Member:
    """The person with that handle. Raises KeyError."""
    return {one.handle: one for one in people()}[handle]


def members(*groups: str) -> tuple[Member, ...]:
    """The people of these groups."""
    return tuple(one for one in people() if one.group in groups)


@cache
def employers() -> tuple[Employer, ...]:
    """The organizations to add."""
    return tuple(Employer(**row) for row in rows("organizations.csv"))
