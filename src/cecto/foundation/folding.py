"""The one folding of what people write: names, headings and search words are compared in this form, everywhere."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "ħ": "h",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ı": "i",
        "ŧ": "t",
        "ŋ": "n",
        "ɖ": "d",
        "ɓ": "b",
        "ɗ": "d",
        "ƙ": "k",
        "ƴ": "y",
    }
)
# Before Unicode takes them apart: an acute accent that stands alone would become a blank.
_APOSTROPHES = re.compile("[\u2018\u2019\u201b\u02b9-\u02bf\u02c8\u02ca\u02cb\u00b4\u0060\u2032\ua78b\ua78c\uff07]")
_DASHES = re.compile("[\u2010-\u2015\u2043\u2212\u058a\u1806\ufe58\ufe63\uff0d]")
# Accents, and the points that some scripts may leave out. Marks that make another letter of another (a vowel of
# Devanagari, the voicing of kana) stay: without them two names would be one.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]"
)
# Latin, Greek and Cyrillic with their marks, and signs.
_ON_KEYBOARDS = ((0x20, 0x250), (0x2B0, 0x530), (0x1E00, 0x2070), (0xFF00, 0xFF60))


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """A text for comparing: no case, no accents, single blanks, no invisible characters, one apostrophe and one dash.

    Two spellings of one name fold alike; folding again changes nothing.
    """
    seen = "".join(one for one in text if one.isspace() or unicodedata.category(one) not in {"Cc", "Cf"})
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", _marked(seen).casefold()).casefold())
    bare = _ACCENTS.sub("", _marked(apart).translate(_LETTERS))
    return " ".join(unicodedata.normalize("NFC", bare).split())


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, without signs: “Ó Dálaigh-O’Neal” -> ("o", "dalaigh", "oneal")."""
    return tuple("".join(one if _is_letter(one) else " " for one in folded(text).replace("'", "")).split())


@lru_cache(maxsize=1)
def letters() -> dict[str, str]:
    """What `words` makes of single small letters and signs, where that is not the same: for pages that search by
    themselves. A text is put in Unicode NFC and small letters, each letter looked up here, and the rest is split.
    """
    seen = (chr(code) for span in _ON_KEYBOARDS for code in range(*span))
    found = {one: _made_of(one) for one in seen if one == one.lower()}
    return {one: made for one, made in found.items() if made != one}


def _made_of(one: str) -> str:
    """A sign that parts words is a blank, one that does not is nothing."""
    alone = "".join(words(one))
    return alone or (" " if len(words(f"a{one}a")) > 1 else "")


def _marked(text: str) -> str:
    return _DASHES.sub("-", _APOSTROPHES.sub("'", text))


def _is_letter(one: str) -> bool:
    return one.isalnum() or unicodedata.category(one).startswith("M")
