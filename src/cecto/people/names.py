"""Names as people write them, and the key they are sorted by. No first/last split: it fits too few."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 300
# What stands for a name that was erased.
ERASED = "Erased on request"

SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv", "v", "md", "phd", "edd", "esq", "cpa", "cgcio", "cetl", "cecto"])
TITLES = frozenset(["dr", "mr", "mrs", "ms", "miss", "mx", "prof", "rev", "hon"])
# Words that belong to the family name after them, however they are capitalized.
_PARTICLES = """
d' da das de del della den der di do dos du la las le les los mac nic ní ó san santa st st. van vander von zu zum
"""
PARTICLES = frozenset(_PARTICLES.split())
# Words that do so only in small letters: capitalized they are more often initials or given names.
SMALL_PARTICLES = frozenset(["a", "af", "al", "av", "bin", "bint", "el", "ibn", "ten", "ter"])
JOINERS = frozenset(["y", "e", "i"])
# Letters that Unicode does not take apart into a base letter and a mark.
_PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "’": "'", "ʻ": "'"}
)
# Letters of some scripts need the joiners; the other invisible characters only make two equal names look unequal.
_JOINING = {"\N{ZERO WIDTH JOINER}", "\N{ZERO WIDTH NON-JOINER}"}


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


def folded(text: str) -> str:
    """A name for comparing: no case, no accents, single spaces. Two spellings of one name fold alike."""
    lowered = unicodedata.normalize("NFKD", text.casefold()).translate(_PLAIN)
    bare = "".join(character for character in lowered if not unicodedata.combining(character))
    return " ".join(unicodedata.normalize("NFC", bare.casefold()).split())


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


def in_common(one: str, other: str) -> bool:
    """Whether two names share a word of two letters or more, however written."""
    return bool(_long_words(one) & _long_words(other))


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
    return {word for word in re.findall(r"\w+", folded(name)) if len(word) > 1}
