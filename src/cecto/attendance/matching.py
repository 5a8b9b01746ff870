"""Who a row of a report is. Pure: the roster and what is remembered are handed in.

A person is credited on their e-mail address, on an answer remembered for this class, or on the exact name on the
roster, and only while nobody else may be meant. Everything less waits for a human with suggestions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cecto.attendance.devices import each_named, is_device, is_program, is_room
from cecto.attendance.likeness import is_named, may_mean, reasons
from cecto.people.names import Plain, plain

NOT_OURS: Final = ""
SUGGESTIONS_SHOWN = 3
LEAST_LIKENESS = 55
LONGEST_REMEMBERED = 300


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
class Remembered:
    """An earlier answer: the name as `remembered_as` gives it, the address it came with, if any, and who it is.

    `key` is a person's, or NOT_OURS; `row` is where it is kept. `source` is where the name was seen; a full name holds
    in all.
    """

    name: str
    email: str
    source: str
    key: str
    row: int = 0

    def is_of(self, row: Named, source: str) -> bool:
        """Whether this answers a row. Another name, or another address under the same name, asks again."""
        if self.name != remembered_as(row) or not self.name:
            return False
        full = is_full(self.name)
        return (full or self.source == source) and (self.email == row.email or (full and "" in (self.email, row.email)))


@dataclass(frozen=True, slots=True)
class Matched:
    """The answer for one row and why. `key` is set when a person is credited."""

    how: How
    key: str | None = None
    why: str = ""


def fold(name: str) -> str:
    """A name in comparable form, without titles and credentials; `Last, First` turned round."""
    return str(plain(name))


def remembered_as(row: Named) -> str:
    """The name a row is remembered by: whole, as shown with what stands behind a rename."""
    return fold(row.raw_name or row.name)


def is_full(name: str) -> bool:
    """Whether a folded name has a given and a family name, so that it is one person's wherever it is seen."""
    return sum(len(word) > 1 for word in plain(name).words) > 1 and not is_device(name) and not is_room(name)


class Roster:
    """Matches rows of one source against the people of a class and what was remembered for that class."""

    def __init__(self, people: Iterable[OnRoster], remembered: Iterable[Remembered] = (), *, source: str = "") -> None:
        self._people = {person.key: person for person in people}
        self._source = source
        self._plain = {key: [plain(name) for name in one.names] for key, one in self._people.items()}
        self._remembered: dict[str, list[Remembered]] = defaultdict(list)
        self._accounts: dict[str, set[str]] = defaultdict(set)
        for answer in remembered:
            self._remembered[answer.name].append(answer)
            self._accounts[answer.email].add(answer.key)
        self._by_words: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._by_email: dict[str, set[str]] = defaultdict(set)
        for key, names in self._plain.items():
            for name in names:
                self._by_words[name.words].add(key)
        for person in self._people.values():
            for email in person.emails:
                self._by_email[email.casefold()].add(person.key)

    def match(self, row: Named) -> Matched:
        """Who the row is, or why that is for a human to say."""
        row = _tidied(row)
        known = self._by_email.get(row.email, set()) if row.email else set()
        if known:
            return self._by_address(row, known)
        named = self._named(row)
        remembered = self._recall(row)
        if len(named) > 1:
            return Matched(How.QUEUE, None, "Two people on the roster have this name.")
        if remembered is None and not named:
            return Matched(How.QUEUE, None, _why_unknown(row))
        found = remembered or Matched(How.NAME, next(iter(named)), "Exact name on the roster")
        others = self._accounts.get(row.email, set()) - {NOT_OURS} if row.email and not remembered else set()
        if named - {found.key} or others - {found.key}:
            return Matched(How.QUEUE, None, "This is remembered as one person and is the name of another.")
        return self._unless_another(row, found)

    def suggestions(self, row: Named) -> tuple[Suggestion, ...]:
        """Who a row that waits may be, the likeliest first."""
        row = _tidied(row)
        rated = (self._rate(row, person) for person in self._people.values())
        likely = (found for found in rated if found and found.likeness >= LEAST_LIKENESS)
        ranked = sorted(likely, key=lambda found: (-found.likeness, self._people[found.key].names, found.key))
        return tuple(ranked[:SUGGESTIONS_SHOWN])

    def may_remember(self, row: Named) -> bool:
        """True when a human's answer for this row will hold for the next report as well.

        Never for a device or a room, nor for a name that may mean two people of the roster.
        """
        row, name = _tidied(row), remembered_as(row)
        shared = any(is_device(part) or self._is_room(part) for part in _parts(row))
        return 0 < len(name) <= LONGEST_REMEMBERED and not shared and len(self._named(row)) < 2

    def answered_by(self, row: Named) -> list[Remembered]:
        """What is remembered that answers this row."""
        row = _tidied(row)
        return [one for one in self._remembered.get(remembered_as(row), ()) if one.is_of(row, self._source)]

    def _is_room(self, name: str) -> bool:
        """A room, unless somebody of the roster is called so."""
        last = plain(name).words[-1:]
        return is_room(name) and not any(last == one.words[-1:] for names in self._plain.values() for one in names)

    def _named(self, row: Named) -> set[str]:
        """Whose very name it is; of namesakes, those of the generation that it states."""
        return {
            key
            for shown in {plain(row.name), plain(row.raw_name)} - {Plain(())}
            for key in self._by_words.get(shown.words, ())
            if any(is_named(shown, name) for name in self._plain[key])
        }

    def _may_be(self, name: str) -> set[str]:
        """Everyone who may go by that name."""
        shown = plain(name)
        return {key for key, names in self._plain.items() if any(may_mean(shown, known) for known in names)}

    def _by_address(self, row: Named, known: set[str]) -> Matched:
        if len(known) > 1:
            return Matched(How.QUEUE, None, "Two people on the roster share this e-mail address.")
        if any(map(is_program, _parts(row))):
            return Matched(How.QUEUE, None, "This names a program that takes notes, not a person.")
        if any(map(self._is_room, _parts(row))):
            return Matched(How.QUEUE, None, "This names a room under a person's address: say who sat there.")
        for name in (part for whole in _parts(row) for part in (whole, *each_named(whole))):
            others = self._may_be(name)
            if others and not others & known:
                return Matched(How.QUEUE, None, "The e-mail address is one person's and the name another's.")
        return Matched(How.EMAIL, next(iter(known)), "Same e-mail address")

    def _recall(self, row: Named) -> Matched | None:
        answers = {one.key for one in self.answered_by(row)}
        if len(answers) != 1:
            return None
        key = next(iter(answers))
        if key == NOT_OURS:
            return Matched(How.NOT_OURS, None, "Dismissed in an earlier report")
        return Matched(How.ALIAS, key, "Known from an earlier report") if key in self._people else None

    def _unless_another(self, row: Named, found: Matched) -> Matched:
        """The answer, unless the name shown or the one behind it may mean somebody else."""
        own = {found.key} if found.key else set()
        if row.original_name and (behind := self._may_be(row.original_name)) and not behind & own:
            return Matched(How.QUEUE, None, "The name shown is one person's and the name behind it another's.")
        # An address and a name that were answered together are one account under one name.
        exact_account = found.how in (How.ALIAS, How.NOT_OURS) and row.email
        if not exact_account and self._may_be(row.name or row.raw_name) - own:
            return Matched(How.QUEUE, None, "Somebody else on the roster may be meant by this name.")
        return found

    def _rate(self, row: Named, person: OnRoster) -> Suggestion | None:
        rated = [one for name in person.names for one in reasons(row.name, row.original_name, row.email, name)]
        if row.email and row.email in {email.casefold() for email in person.emails}:
            rated.append((98, "Same e-mail address"))
        if not rated:
            return None
        likeness, reason = max(rated, key=lambda one: one[0])
        return Suggestion(person.key, likeness, reason)


def _tidied(row: Named) -> Named:
    return Named(row.name, row.raw_name, row.original_name, row.email.casefold())


def _parts(row: Named) -> list[str]:
    """The names that a row gives: shown, and behind a rename."""
    return [name for name in (row.name or row.raw_name, row.original_name) if plain(name).words]


def _why_unknown(row: Named) -> str:
    if is_device(row.name) or is_device(row.raw_name or row.name):
        return "This names a device or a room, not a person."
    return "Nobody on the roster has this name or address."
