"""Who a row of a report is. Pure: the roster and what is remembered are handed in.

A person is credited on an e-mail address, on a name remembered for this class and source, or on the exact name on the
roster. Everything less, and every name that two people on the roster share, waits for a human with suggestions.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from typing import Final

NOT_OURS: Final = ""
SUGGESTIONS_SHOWN = 3
LEAST_LIKENESS = 55

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"})
_QUOTES = re.compile(r"[\u2018\u2019\u02bc\u0060\u00b4']")
_DASHES = re.compile(r"[\u2010-\u2015\u2212-]")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "edd", "md", "esq"})
_DEVICE_WORDS = re.compile(
    r"\b(iphone|ipad|ipod|android|galaxy|pixel|macbook|imac|chromebook|laptop|desktop|computer|phone|telephone|"
    r"tablet|windows|surface pro|samsung|motorola|user|guest|admin|owner|student|host|anonymous|unknown|caller|"
    r"room|conference|boardroom|classroom|auditorium|podium|kiosk|zoom|lenovo|dell|hp)\b"
)
_PHONE_NUMBER = re.compile(r"^\+?[\d\s().x*-]*\d{3}[\d\s().x*-]*$")
_TEAMS_TAGS = re.compile(r"\s*\((?:guest|external|unverified)\)$", re.IGNORECASE)


class How(StrEnum):
    """On what a row was matched, or why it waits."""

    EMAIL = "email"
    ALIAS = "alias"
    NAME = "name"
    NOT_OURS = "not ours"
    STAFF = "staff"
    QUEUE = "queue"


@dataclass(frozen=True, slots=True)
class Named:
    """The name in a report row: as shown, whole, the original behind a rename, and the e-mail address."""

    name: str
    raw_name: str = ""
    original_name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class OnRoster:
    """Someone who may be matched: an opaque key, every way their name is written, every address."""

    key: str
    names: tuple[str, ...]
    emails: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Who it may be, how alike (0 to 100) and why, in words."""

    key: str
    likeness: int
    reason: str


@dataclass(frozen=True, slots=True)
class Matched:
    """The answer for one row and why. `key` is set when a person is credited."""

    how: How
    key: str | None = None
    why: str = ""


@lru_cache(maxsize=10_000)
def fold(name: str) -> str:
    """A name in comparable form: no case, accents, dots or odd quotes; `Last, First` turned round."""
    turned = _turned(" ".join(name.split()))
    plain = unicodedata.normalize("NFKD", _QUOTES.sub("", turned)).casefold().translate(_LETTERS)
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.sub(r"[.,]", " ", _DASHES.sub(" ", letters)).split())


def _turned(name: str) -> str:
    last, comma, first = name.partition(",")
    suffix = re.sub(r"[.\s]", "", first).casefold() in _SUFFIXES
    if not comma or not first.strip() or "," in first or suffix:
        return name
    return f"{first.strip()} {last.strip()}"


def is_device(name: str) -> bool:
    """True for names that systems give to devices, rooms and callers rather than to one person."""
    plain = fold(name)
    return not plain or bool(_DEVICE_WORDS.search(plain)) or bool(_PHONE_NUMBER.match(name.strip()))


class Roster:
    """Matches rows against the people of a class and what was remembered for that class and source.

    `remembered` maps a folded name or a lower-case address to a person's key, or to NOT_OURS.
    """

    def __init__(self, people: Iterable[OnRoster], remembered: Mapping[str, str]) -> None:
        self._people = {person.key: person for person in people}
        self._remembered = remembered
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._by_email: dict[str, set[str]] = defaultdict(set)
        for person in self._people.values():
            for name in filter(None, map(fold, person.names)):
                self._by_name[name].add(person.key)
            for email in person.emails:
                self._by_email[email.casefold()].add(person.key)

    def match(self, row: Named) -> Matched:
        """Who the row is, or why that is for a human to say."""
        row = _tidied(row)
        named = self._named(row)
        known = self._by_email.get(row.email, set()) if row.email else set()
        if known:
            return _by_address(known, named)
        remembered = self._recall(row)
        if len(named) > 1:
            return Matched(How.QUEUE, None, "Two people on the roster have this name.")
        if remembered and named and remembered.key not in named:
            return Matched(How.QUEUE, None, "This is remembered as one person and is the name of another.")
        if remembered:
            return remembered
        if named:
            return Matched(How.NAME, next(iter(named)), "Exact name on the roster")
        if is_device(row.name) or is_device(row.raw_name or row.name):
            return Matched(How.QUEUE, None, "This names a device or a room, not a person.")
        return Matched(How.QUEUE, None, "Nobody on the roster has this name or address.")

    def suggestions(self, row: Named) -> tuple[Suggestion, ...]:
        """Who a row that waits may be, the likeliest first."""
        row = _tidied(row)
        rated = (self._rate(row, person) for person in self._people.values())
        likely = (found for found in rated if found and found.likeness >= LEAST_LIKENESS)
        return tuple(sorted(likely, key=lambda found: (-found.likeness, found.key))[:SUGGESTIONS_SHOWN])

    def may_remember(self, row: Named) -> bool:
        """True when a human's answer for this row will hold for the next report as well."""
        if row.email:
            return True
        device = is_device(row.name) or is_device(row.raw_name or row.name)
        return len(self._named(row)) < 2 and not device

    def _named(self, row: Named) -> set[str]:
        return self._by_name.get(fold(row.name), set()) | self._by_name.get(fold(row.raw_name), set())

    def _recall(self, row: Named) -> Matched | None:
        person = self._remembered.get(alias_of(row))
        if person == NOT_OURS:
            return Matched(How.NOT_OURS, None, "Dismissed in an earlier report")
        return Matched(How.ALIAS, person, "Known from an earlier report") if person in self._people else None

    def _rate(self, row: Named, person: OnRoster) -> Suggestion | None:
        rated = [reason for name in person.names for reason in _reasons(row, fold(name))]
        if row.email and row.email in {email.casefold() for email in person.emails}:
            rated.append((98, "Same e-mail address"))
        if not rated:
            return None
        likeness, reason = max(rated)
        return Suggestion(person.key, likeness, reason)


def alias_of(row: Named) -> str:
    """What a row is remembered by: its address where it has one, else its folded name."""
    return row.email.casefold() or fold(row.raw_name or row.name)


def _tidied(row: Named) -> Named:
    return Named(_TEAMS_TAGS.sub("", row.name), row.raw_name, row.original_name, row.email.casefold())


def _by_address(known: set[str], named: set[str]) -> Matched:
    if len(known) > 1:
        return Matched(How.QUEUE, None, "Two people on the roster share this e-mail address.")
    if named and not named & known:
        return Matched(How.QUEUE, None, "The e-mail address is one person's and the name another's.")
    return Matched(How.EMAIL, next(iter(known)), "Same e-mail address")


def _reasons(row: Named, name: str) -> list[tuple[int, str]]:
    """How alike a row and a folded roster name are, each with its reason."""
    shown, original = fold(row.name), fold(row.original_name)
    found = [(_likeness(shown, name), "Similar name")]
    if shown == name:
        found.append((97, "Same name"))
    if original:
        same = original == name
        found.append(
            (95, "Same name behind the rename")
            if same
            else (_likeness(original, name) - 5, "Similar name behind the rename")
        )
    if row.email:
        found.append((_address_likeness(row.email, name), "The address looks like the name"))
    if _shares_name_parts(shown, name):
        found.append((80, "Same first and last name"))
    return found


def _likeness(first: str, second: str) -> int:
    if not first or not second:
        return 0
    letters = round(SequenceMatcher(None, first, second, autojunk=False).ratio() * 90)
    sorted_first, sorted_second = " ".join(sorted(first.split())), " ".join(sorted(second.split()))
    return 90 if sorted_first == sorted_second else letters


def _address_likeness(email: str, name: str) -> int:
    local = re.sub(r"[^a-z]", "", email.partition("@")[0])
    parts = name.split()
    if len(parts) < 2 or not local:
        return 0
    first, last = parts[0], parts[-1]
    if local in (first + last, last + first):
        return 88
    return 75 if local in (first[0] + last, last + first[0]) else 0


def _shares_name_parts(first: str, second: str) -> bool:
    """True when first and last words agree, whatever middle names or degrees stand between or behind."""
    one, two = first.split(), second.split()
    return len(one) > 1 and len(two) > 1 and one[0] == two[0] and (one[-1] in two or two[-1] in one)
