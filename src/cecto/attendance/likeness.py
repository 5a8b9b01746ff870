"""How alike a name in a report and a name on the roster are, as a person would judge. Pure; it only ever suggests.

`may_mean` is the line between the two uses: where a second person may be meant by a name, nobody is credited by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from anyascii import anyascii

from cecto.attendance.devices import is_device, owner_in
from cecto.people.names import Plain, folded, plain
from cecto.people.nicknames import may_be_called

Reason = tuple[int, str]
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_VOWELS = re.compile("[aeiouy]")


def is_named(shown: Plain, known: Plain) -> bool:
    """Whether a shown name is that very name. One that states a generation is not the name of whoever has none."""
    return bool(shown.words) and shown.words == known.words and shown.generation in ("", known.generation)


def may_mean(shown: Plain, known: Plain) -> bool:
    """Whether a person of the known name may go by the shown one.

    They may swap its words, leave some out, shorten given names to nicknames, and words to their first letter.
    """
    one, other = shown.words, known.words
    if not one or not other or (shown.generation and shown.generation != known.generation):
        return False
    return (
        sorted(one) == sorted(other)
        or _leaves_out(one, other)
        or (len(one) > 1 and _leaves_out(one[1:] + one[:1], other))
    )


def _leaves_out(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether every word of one stands for a word of the other, in order."""
    place = 0
    for word in one:
        while place < len(other) and not _stands_for(word, other[place], given=place < len(other) - 1 or place == 0):
            place += 1
        if place == len(other):
            return False
        place += 1
    return True


def _stands_for(word: str, known: str, *, given: bool) -> bool:
    short = min(len(word), len(known)) == 1 and word[0] == known[0]
    return word == known or short or (given and may_be_called(word, known))


def reasons(shown: str, original: str, email: str, name: str) -> Iterator[Reason]:
    """Why a row may be the person of a roster name: how alike from 0 to 100, and in words."""
    yield from _reasons(shown, name)
    if original:
        for likeness, reason in _reasons(original, name):
            yield (
                (95, "Same name behind the rename")
                if likeness == _SAME
                else (likeness - 5, f"{reason} behind the rename")
            )
    if email:
        yield _address_likeness(email.partition("@")[0], plain(name).words), "The address looks like the name"


_SAME = 97


@lru_cache(maxsize=50_000)
def _reasons(shown: str, name: str) -> tuple[Reason, ...]:
    one, other = plain(shown), plain(name)
    found = list(_between(one, other)) if one.words and other.words else []
    if "&" in one.words:
        found += [(min(likeness, 88), "One of the two named") for likeness, _ in _of_two(one.words, other)]
    if is_device(shown) and (owner := plain(owner_in(shown))).words:
        found += [(min(likeness, 86) - 4, "The device bears the name") for likeness, _ in _between(owner, other)]
    if not folded(shown).isascii() or not folded(name).isascii():
        likeness = _across_scripts(shown, name)
        found.append((likeness, "Same name in another script" if likeness > 80 else "Similar name in another script"))
    return tuple(found)


def _between(one: Plain, other: Plain) -> Iterator[Reason]:
    first, second = one.words, other.words
    apart = bool(one.generation and other.generation and one.generation != other.generation)
    if first == second:
        yield (70, "Same name, but another of the two") if apart else (
            _SAME if one.generation == other.generation else 93, "Same name"
        )  # fmt: skip
    elif sorted(first) == sorted(second):
        yield 92, "Same name in another order"
    elif "".join(first) == "".join(second):
        yield 91, "Same name"
    yield _likeness(" ".join(first), " ".join(second)), "Similar name"
    yield from _by_parts(first, second)
    if len(first) == 1:
        yield _address_likeness(first[0], second), "An account name that looks like the name"


def _by_parts(one: tuple[str, ...], other: tuple[str, ...]) -> Iterator[Reason]:
    """By first and last names, whatever stands between or behind them."""
    if len(one) == 1 and len(other) > 1:
        yield from _by_one_word(one[0], other)
    elif len(one) > 1 and len(other) > 1 and (one[-1] in other[1:] or other[-1] in one[1:]):
        yield _of_one_family(one, other)
    elif len(one) > 1 and may_be_called(one[0], other[0]):
        pairs = ((word, known) for word in one[1:] for known in other[1:])
        initial = 18 if any(_stands_for(word, known, given=False) for word, known in pairs) else 0
        first = (66, "Same first name") if one[0] == other[0] else (60, "A short form of the first name")
        yield first[0] + initial, f"{first[1]} and initial" if initial else first[1]


def _of_one_family(one: tuple[str, ...], other: tuple[str, ...]) -> Reason:
    if one[0] == other[0]:
        return 90, "Same first and last name"
    if may_be_called(one[0], other[0]):
        return 88, "A short form of the first name"
    if one[0] in other or other[0] in one:
        return 82, "Goes by a middle name"
    if _stands_for(one[0], other[0], given=True):
        return 80, "Same last name and initial"
    return 58, "Same last name"


def _by_one_word(word: str, other: tuple[str, ...]) -> Iterator[Reason]:
    if word == other[0]:
        yield 82, "Same first name"
    elif word == other[-1]:
        yield 80, "Same last name"
    elif may_be_called(word, other[0]):
        yield 72, "A short form of the first name"
    elif len(word) > 1 and word in ("".join(part[0] for part in other), other[0][0] + other[-1][0]):
        yield 70, "Same initials"


def _of_two(shown: tuple[str, ...], other: Plain) -> Iterator[Reason]:
    """“Ada & Bo Núñez”: each of the two, with the last name that is said once."""
    place = shown.index("&")
    left, right = shown[:place], shown[place + 1 :]
    for half in (left, right, left + right[-1:] if len(left) == 1 else ()):
        if half:
            yield from _between(Plain(half), other)


def _likeness(first: str, second: str) -> int:
    return round(SequenceMatcher(None, first, second, autojunk=False).ratio() * 90) if first and second else 0


def _address_likeness(account: str, words: tuple[str, ...]) -> int:
    local = re.sub(r"[^a-z]", "", account)
    if len(words) < 2 or not local:
        return 0
    first, last = words[0], words[-1]
    if local in (first + last, last + first):
        return 88
    return 75 if local in (first[0] + last, last + first[0]) else 0


@lru_cache(maxsize=20_000)
def _latin(name: str) -> tuple[str, ...]:
    return tuple(sorted(plain(_CAMEL.sub(" ", anyascii(name))).words))


def _across_scripts(shown: str, name: str) -> int:
    """How alike they are in Latin letters, the order of the words apart; half of it without vowels."""
    one, other = " ".join(_latin(shown)), " ".join(_latin(name))
    if one == other:
        return 87 if one else 0
    bare = [_VOWELS.sub("", text).replace(" ", "") for text in (one, other)]
    return max(round(_likeness(one, other) * 0.95), round(_likeness(*bare) * 0.9) if min(map(len, bare)) > 3 else 0)
