"""Who a schedule says teaches: people we know, or new ones written with an address, like Ada Roe <ada@example.org>."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cecto.classes.schedule.drafts import SessionDraft
from cecto.foundation.sheets import Problems
from cecto.people.addresses import AddressRefused, written_address
from cecto.people.models import Person
from cecto.people.names import NameRefused, sort_name, written
from cecto.people.queries import by_address, by_sort_name

_WITH_ADDRESS = re.compile(r"(?P<name>[^<>]+?)\s*<(?P<address>[^<>@\s]+@[^<>\s]+)>")


@dataclass(frozen=True, slots=True)
class Teacher:
    """An instructor as written; `person` is None for one who would be added."""

    name: str
    address: str
    person: Person | None


def find_teachers(drafts: Iterable[SessionDraft], problems: Problems) -> dict[str, Teacher]:
    """The instructors of these sessions, by how they are written. Three queries.

    Those we cannot tell become problems. A bare address may be one that the file introduces with a name.
    """
    rows = {text: draft.row for draft in reversed(list(drafts)) for text in draft.people}
    parsed = {text: _parsed(text) for text in rows}
    introduced = {address.lower(): name for name, address in parsed.values() if name and address}
    addresses = by_address(address for _, address in parsed.values() if address)
    namesakes = by_sort_name(sort_name(name) for name, address in parsed.values() if name and not address)
    found = {}
    for text, (name, address) in parsed.items():
        candidates = _candidates(name, address, addresses, namesakes)
        teacher = _teacher(name or introduced.get(address.lower(), ""), address, candidates)
        if teacher is None:
            problems.say(rows[text], "instructors", *_advice(text, len(candidates)))
        else:
            found[text] = teacher
    return found


def _candidates(
    name: str, address: str, addresses: Mapping[str, Person], namesakes: Mapping[str, list[Person]]
) -> list[Person]:
    if address:
        return [addresses[address.lower()]] if address.lower() in addresses else []
    return namesakes.get(sort_name(name), [])


def _parsed(text: str) -> tuple[str, str]:
    """Name and address, either of which may be empty."""
    found = _WITH_ADDRESS.fullmatch(text)
    if found:
        return found["name"], found["address"]
    return ("", text) if "@" in text else (text, "")


def _teacher(name: str, address: str, candidates: list[Person]) -> Teacher | None:
    if len(candidates) == 1:
        return Teacher(candidates[0].name, address, candidates[0])
    if candidates or not (name and address):
        return None
    try:
        return Teacher(written(name), written_address(address).lower(), None)
    except (NameRefused, AddressRefused):
        return None


def _advice(text: str, candidates: int) -> tuple[str, str]:
    if candidates:
        return f"{candidates} people are called “{text}”.", "Write the e-mail address instead."
    return f"Nobody here is “{text}”.", "To add them, write name and address, like Ada Roe <ada@example.org>."
