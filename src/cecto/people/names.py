"""Names as people write them, and the key they are sorted by. No first/last split: it fits too few."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from cecto.foundation.folding import folded, words

__all__ = [
    "ERASED",
    "LONGEST",
    "NameRefused",
    "Plain",
    "folded",
    "in_common",
    "plain",
    "sort_name",
    "words",
    "written",
]

LONGEST = 300
# What stands for a name that was erased.
ERASED = "Erased on request"

SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv", "v", "md", "phd", "edd", "esq", "cpa", "cgcio", "cetl", "cecto"])
TITLES = frozenset(["dr", "mr", "mrs", "ms", "miss", "mx", "prof", "rev", "hon"])
# Which of several of one name: it tells two people apart.
GENERATIONS = frozenset(["jr", "sr", "ii", "iii", "iv", "v", "2nd", "3rd", "4th"])
# What stands behind a name and does not tell people apart. The second ones are names as well: they are read so only
# with dots, or in capitals behind a comma.
CREDENTIALS = SUFFIXES - GENERATIONS | frozenset(
    [
        "mba",
        "mpa",
        "mph",
        "msed",
        "maed",
        "med",
        "med",
        "edm",
        "eds",
        "edspec",
        "phd",
        "dphil",
        "psyd",
        "dba",
        "jd",
        "llm",
        "llb",
        "dds",
        "dvm",
        "msw",
        "lcsw",
        "mls",
        "mlis",
        "bsn",
        "msn",
        "rn",
        "bcba",
        "cissp",
        "cism",
        "cisa",
        "pmp",
        "csm",
        "cetl",
        "cecto",
        "cgcio",
        "cpa",
        "nbct",
        "itil",
        "ceh",
        "gcih",
    ]
)
_DOTTED = frozenset(["ma", "ba", "bs", "ms", "do", "pe", "bsc", "msc", "bed"])
# Words that belong to the family name after them, however they are capitalized.
_PARTICLES = """
d' da das de del della den der di do dos du la las le les los mac nic ní ó san santa st st. van vander von zu zum
"""
PARTICLES = frozenset(_PARTICLES.split())
# Words that do so only in small letters: capitalized they are more often initials or given names.
SMALL_PARTICLES = frozenset(["a", "af", "al", "av", "bin", "bint", "el", "ibn", "ten", "ter"])
JOINERS = frozenset(["y", "e", "i"])
# Letters of some scripts need the joiners; the other invisible characters only make two equal names look unequal.
_JOINING = {"\N{ZERO WIDTH JOINER}", "\N{ZERO WIDTH NON-JOINER}"}


_TAGS = re.compile(r"[(\[]\s*(?:guest|external|unverified|host|co-host|me|you|presenter|organizer)(?:, me)?\s*[)\]]")
_PRONOUN = "she|her|hers|he|him|his|they|them|theirs|ze|zir|xe|xem|ella|elle|any"
_PRONOUNS = re.compile(
    rf"[(\[]\s*(?:{_PRONOUN})(?:\s*[/,|]\s*(?:{_PRONOUN}))*\s*[)\]]|\b(?:{_PRONOUN})(?:/(?:{_PRONOUN}))+(?![\w/])"
)
# A word that no name is, to carry a sign through where signs are dropped.
_BOTH = "0and0"
_AND = str.maketrans(dict.fromkeys("&+/", f" {_BOTH} "))


class NameRefused(ValueError):
    """A name that cannot be kept; the message says why and what to do."""


def written(text: str, what: str = "name") -> str:
    """A name in one form: Unicode NFC, single spaces, nothing else changed. `what` is what messages call it.

    Raises NameRefused when it is empty, longer than 300 characters, or holds control characters.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise NameRefused(f"The {what} is empty. Write it as the person writes it.")
    if len(name) > LONGEST:
        raise NameRefused(f"The {what} has {len(name)} characters; at most {LONGEST} are kept. Shorten it.")
    for place, character in enumerate(name, start=1):
        if _is_unseen(character):
            raise NameRefused(
                f"Character {place} of the {what} is an invisible control character (U+{ord(character):04X}). "
                "Type the name again instead of pasting it."
            )
    return name


def sort_name(name: str) -> str:
    """The key a person is sorted by, folded, at most 300 characters: "José de la Cruz Jr." -> "de la cruz, jose, jr.".

    The family name is taken to be the last word, with the particles before it. A name with a comma that is not only
    before a suffix ("Cruz, José") and one with "&" are sorted as written. It is a key, not for showing.
    """
    words, suffixes, titles = _parts(name)
    if "&" in name or not words or any(word.endswith(",") for word in words):
        return folded(name)[:LONGEST]
    start = _family_start(words)
    family, given = " ".join(words[start:]), " ".join(words[:start] + titles)
    return folded(", ".join(filter(None, [family, given, " ".join(suffixes)])))[:LONGEST]


@dataclass(frozen=True, slots=True)
class Plain:
    """A name as it is compared: its folded words, given names first, and apart from them the generation it states."""

    words: tuple[str, ...]
    generation: str = ""

    def __str__(self) -> str:
        return " ".join([*self.words, *filter(None, [self.generation])])


@lru_cache(maxsize=20_000)
def plain(name: str) -> Plain:
    """A name without what is not of it: titles, credentials, pronouns, marks that systems add; `Last, First` turned.

    “O’Neal, Dr. Katherine P., Ed.D. (she/her)” -> katherine p oneal. Two people joined by & stay two: the & stays.
    """
    bare = _PRONOUNS.sub(" ", _TAGS.sub(" ", folded(name)))
    parts = [part.split() for part in bare.split(",") if part.strip()]
    generations: list[str] = []
    aheads = [sum(map(len, parts[:place])) for place in range(len(parts))]
    kept = [
        left for part, ahead in zip(parts, aheads, strict=True) if (left := _without_suffixes(part, ahead, generations))
    ]
    turned = [*kept[1], *kept[0]] if len(kept) == 2 else [word for part in kept for word in part]
    found = words(" ".join(_without_titles(turned, sorted_by=len(kept) == 2)).translate(_AND))
    return Plain(tuple("&" if word == _BOTH else word for word in found), generations[0] if generations else "")


def in_common(one: str, other: str) -> bool:
    """Whether two names share a word of two letters or more, however written."""
    return bool(_long_words(one) & _long_words(other))


def _without_suffixes(part: list[str], ahead: int, generations: list[str]) -> list[str]:
    """The words of what stands between commas, `ahead` words before it, without the suffixes at its end.

    Generations are noted. “Lee, JD” has given names, “Jane Lee, JD” a degree.
    """
    left = list(part)
    while left:
        before = ahead + len(left) - 1
        whole = len(left) == 1 and ahead > 0
        bare, two = left[-1].replace(".", "").strip("()"), "".join(left[-2:]).replace(".", "")
        credential = bare in CREDENTIALS or (bare in _DOTTED and (whole or left[-1].count(".") > 1))
        if bare in GENERATIONS and before >= (2 if bare == "v" else 1):
            generations.append({"2nd": "ii", "3rd": "iii", "4th": "iv"}.get(bare, bare))
            left = left[:-1]
        elif credential and before > whole:
            left = left[:-1]
        elif before > 2 and two in CREDENTIALS and all("." in one for one in left[-2:]):
            left = left[:-2]
        else:
            break
    return left


def _without_titles(words_of: list[str], *, sorted_by: bool) -> list[str]:
    """The words without a title before them; in `Last, First` form it may stand behind the given names."""
    left = list(words_of)
    while len(left) > 2 and _is_title(left[0]):
        left = left[1:]
    return [word for word in left if not (_is_title(word) and "." in word)] if sorted_by and len(left) > 2 else left


def _is_title(word: str) -> bool:
    return word.rstrip(".") in (TITLES if "." in word else TITLES - {"hon", "miss", "rev"})


def _is_unseen(character: str) -> bool:
    kind = unicodedata.category(character)
    return kind in {"Cc", "Cs", "Co", "Cn"} or (kind == "Cf" and character not in _JOINING)


def _parts(name: str) -> tuple[list[str], list[str], list[str]]:
    """The words of a name without its suffixes and titles, then those."""
    words = name.split()
    first = next((place for place, word in enumerate(words) if _bare(word) not in TITLES), 0)
    last = len(words)
    while last > first + 1 and _bare(words[last - 1]) in SUFFIXES:
        last -= 1
    middle = words[first:last]
    if last < len(words) and middle:
        middle = [*middle[:-1], middle[-1].rstrip(",")]
    return [word for word in middle if word], words[last:], words[:first]


def _bare(word: str) -> str:
    return word.casefold().replace(".", "").strip(",")


def _family_start(words: list[str]) -> int:
    """Where the family name begins; at least one word is left before it if there are two."""
    start = len(words) - 1
    while start > 1:
        before = words[start - 1]
        if before in JOINERS and start > 2:
            start -= 2
        elif before.casefold() in PARTICLES or before in SMALL_PARTICLES:
            start -= 1
        else:
            break
    return max(start, 0)


def _long_words(name: str) -> set[str]:
    return {word for word in words(name) if len(word) > 1}
