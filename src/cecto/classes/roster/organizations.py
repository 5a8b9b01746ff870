"""Which organization a roster means: by LEA code, name or alias, never by likeness; likeness only suggests."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from cecto.people.models import Organization
from cecto.people.names import words

SUGGESTIONS = 3
_LIKE_ENOUGH = 0.6
_CODE = re.compile(r"^(?:lea\s*)?#?(\d{1,3}|\d\d[a-z])$", re.IGNORECASE)
# Words that so many organizations share that having them in common says nothing.
_COMMON = frozenset(["school", "schools", "public", "county", "city", "district", "system", "the", "of", "and", "unit"])


class UnclearOrganization(Exception):
    """The roster's words fit no organization, or several; the message says why and what is near."""


@dataclass(frozen=True, slots=True)
class Directory:
    """Every organization, as rosters may call it."""

    by_code: dict[str, Organization]
    by_name: dict[str, list[Organization]]

    @classmethod
    def of(cls, organizations: Iterable[Organization]) -> Directory:
        """Builds it from organizations with their aliases prefetched."""
        by_code: dict[str, Organization] = {}
        by_name: dict[str, list[Organization]] = {}
        for row in organizations:
            if row.code:
                by_code[row.code.upper()] = row
            for name in {plain(row.name), *(plain(alias.name) for alias in row.aliases.all())}:
                by_name.setdefault(name, []).append(row)
        return cls(by_code, by_name)

    def find(self, code: str, name: str) -> Organization | None:
        """The organization a row means; None when it names none. Raises UnclearOrganization."""
        by_code = self._coded(code) if code else None
        if not name:
            return by_code
        by_name = self._named(name)
        if by_code and by_code != by_name:
            raise UnclearOrganization(
                f"LEA code {code} is {by_code.name}, but the row also says “{name}”. Mend one of them."
            )
        return by_name

    def _coded(self, code: str) -> Organization:
        match = _CODE.match(code.strip())
        # Spreadsheets take codes for numbers and drop the zero in front: 20 is 020.
        found = self.by_code.get((match[1].zfill(3) if match else code.strip()).upper())
        if found is None:
            raise UnclearOrganization(f"No district has the LEA code “{code}”. Look it up in the organizations.")
        return found

    def _named(self, name: str) -> Organization:
        found = self.by_name.get(plain(name), [])
        if len(found) == 1:
            return found[0]
        if found:
            codes = " or ".join(row.code or row.name for row in found)
            raise UnclearOrganization(f"“{name}” can mean more than one organization. Write the LEA code: {codes}.")
        if _CODE.match(name.strip()):
            return self._coded(name)
        raise UnclearOrganization(f"No organization is called “{name}”. {self._nearest(name)}")

    def _nearest(self, name: str) -> str:
        wanted = plain(name)
        scored = sorted(
            ((_likeness(wanted, known), row.name, row) for known, rows in self.by_name.items() for row in rows),
            key=lambda score: (-score[0], score[1]),
        )
        best = scored[0][0] if scored else 0.0
        # All telling words in common: what is merely spelled alike would only distract.
        least = best if best == 1.0 else _LIKE_ENOUGH
        near: list[Organization] = []
        for likeness, _, row in scored:
            if likeness >= least and row not in near and len(near) < SUGGESTIONS:
                near.append(row)
        if not near:
            return "Write its LEA code, or add it to the organizations first."
        said = ", ".join(f"{row.name} ({row.code})" if row.code else row.name for row in near)
        return f"Did you mean {said}? Write that name or code, or add the organization first."


def plain(name: str) -> str:
    """A name for comparing: folded, “&” as “and”, no punctuation."""
    return " ".join(words(name.replace("&", " and ")))


def _likeness(wanted: str, known: str) -> float:
    """From 0 to 1: how much two plain names look alike; sharing a telling word counts most."""
    ours, theirs = set(wanted.split()) - _COMMON, set(known.split()) - _COMMON
    ratio = SequenceMatcher(None, " ".join(sorted(ours)), " ".join(sorted(theirs))).ratio()
    shared = len(ours & theirs) / len(ours | theirs) if ours | theirs else 0.0
    return max(ratio, 0.5 + shared / 2 if shared else 0.0)
