"""What somebody means who writes one of the words that are known here."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from unicodedata import normalize

from cecto.foundation.sheets import Unreadable

Titles = Mapping[str, str]
MOST_NAMED = 12


def chosen(text: str, known: Titles, *, what: str) -> str:
    """The word of `known` (word: title) that a text is, written as the word or as its title in any letters.

    Raises Unreadable that says what it is not, and the nearest that it may be.
    """
    found = meant(text, known)
    if found is None:
        raise Unreadable(f"“{text}” isn’t {what}.", instead(text, known))
    return found


def meant(text: str, known: Titles) -> str | None:
    """The word of `known` that a text is, as the word or as its title; None when it is none."""
    return _by_text(known).get(_folded(text))


def instead(text: str, known: Titles) -> str:
    """What to write: the nearest known word with its title or, when none is near, those there are."""
    by_text, folded = _by_text(known), _folded(text)
    close = get_close_matches(folded, by_text, n=1, cutoff=0.6) if folded else []
    close = close or [written for written in by_text if len(folded) > 2 and folded in written][:1]
    if close:
        return f"Did you mean {_named(by_text[close[0]], known)}?"
    return f"Write one of: {', '.join(_named(one, known) for one in sorted(known)[:MOST_NAMED])}."


def _by_text(known: Titles) -> dict[str, str]:
    return {_folded(written): word for word, title in known.items() for written in (title, word)}


def _folded(text: str) -> str:
    """What is compared: letters and digits only, without case and accents."""
    return "".join(c for c in normalize("NFKD", text).casefold() if c.isalnum())


def _named(word: str, known: Titles) -> str:
    return f"“{known[word]}” ({word})" if known[word] != word else f"“{word}”"
