"""Names that systems give to devices, rooms and callers rather than to one person."""

from __future__ import annotations

import re
from typing import Final

from cecto.people.names import folded, words

# Words that are no one's name, wherever they stand.
_DEVICES: Final = frozenset(
    [
        "iphone",
        "ipad",
        "ipod",
        "android",
        "galaxy",
        "macbook",
        "imac",
        "chromebook",
        "laptop",
        "desktop",
        "computer",
        "telephone",
        "smartphone",
        "tablet",
        "windows",
        "samsung",
        "motorola",
        "lenovo",
        "anonymous",
        "unknown",
        "caller",
        "boardroom",
        "classroom",
        "auditorium",
        "podium",
        "kiosk",
        "conference",
        "zoomroom",
        "handy",
        "ordinateur",
        "telefono",
        "celular",
    ]
)
# Words that are surnames as well: a device's only where nothing beside them could be a person's.
_BOTH: Final = frozenset(
    [
        "guest",
        "dell",
        "host",
        "room",
        "user",
        "admin",
        "owner",
        "student",
        "participant",
        "pixel",
        "phone",
        "zoom",
        "hp",
        "surface",
    ]
)
# What stands beside them in the name of a room or a borrowed account.
_BESIDE: Final = frozenset(
    [
        "the",
        "a",
        "my",
        "our",
        "media",
        "center",
        "library",
        "lab",
        "training",
        "meeting",
        "board",
        "staff",
        "teachers",
        "district",
        "central",
        "office",
        "school",
        "main",
        "front",
        "back",
        "library",
        "team",
        "teams",
        "meet",
        "google",
        "webex",
        "pro",
        "plus",
        "max",
        "mini",
        "ultra",
        "co",
        "cohost",
        "new",
        "test",
        "public",
        "visitor",
        "it",
        "tech",
        "computer",
        "science",
        "county",
        "cto",
        "pd",
    ]
)
# Programs that join in a person's name, to take notes.
_PROGRAM = re.compile(
    r"\bnote[\s-]?taker|\botter[\s-]?(?:pilot|\.ai)|\bfireflies\b|\bread\.ai\b|\btl;?dv\b|\bfathom\.|\bmeeting notes\b|"
    r"\bai (?:notes|assistant|companion|recorder)\b"
)
_JOINED = re.compile(r"\s*(?:[&+/;]|\b(?:and|with|y|und|et|e)\b|\bw/)\s*")
_NUMBER = re.compile(r"^\+?[\d\s().x*-]*\d{3}[\d\s().x*-]*$")
_POSSESSIVE = re.compile(r"'s\b|s'(?=\s)")


def is_device(name: str) -> bool:
    """True for the name of a device, a room or a caller, and for a text that names nobody.

    Surnames such as Guest, Dell, Host and Room are people where another name stands beside them.
    """
    found = words(name)
    if is_program(name):
        return True
    if not found or _NUMBER.match(name.strip()) or _DEVICES & set(found):
        return True
    return bool(_BOTH & set(found)) and not _beside(found)


def is_room(name: str) -> bool:
    """True when several people may sit behind a name: it may be a room's, whoever else is called Room."""
    return bool({"room", "rooms", "boardroom", "classroom", "auditorium", "lab", "conference"} & set(words(name)))


def is_program(name: str) -> bool:
    """True for a program that takes notes in somebody's name: that it was there does not say that they were."""
    return _PROGRAM.search(folded(name)) is not None


def each_named(name: str) -> list[str]:
    """The single names in one that may name two people, or the owner of a device: “Ada & Bo”, “Bo’s iPad”."""
    parts = [part for part in _JOINED.split(folded(name)) if part]
    return [owner_in(part) if is_device(part) else part for part in parts]


def owner_in(name: str) -> str:
    """What is left of a device's name without the words that devices are called by: “Dan Osei’s iPhone” -> dan osei."""
    found = words(_POSSESSIVE.sub("", folded(name)))
    return " ".join(word for word in found if word not in _DEVICES | _BOTH and not word.isdigit())


def _beside(found: tuple[str, ...]) -> list[str]:
    return [word for word in found if word not in _BOTH | _BESIDE and len(word) > 1 and not any(map(str.isdigit, word))]
