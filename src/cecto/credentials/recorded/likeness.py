"""Past awards that may be the same as one recorded already: of the same name, or of nearly the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher

from cecto.people import names

# Two letters of a long name, one of a short one.
_NEAR = 0.88

Known = tuple[str, str, str]


class Alike:
    """Names, class labels and tracks, found again by a name like theirs that shares a word with it."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by_word: dict[str, list[Known]] = defaultdict(list)
        for one in known:
            self.add(one)

    def add(self, one: Known) -> None:
        """Know one more."""
        for word in set(names.plain(one[0]).words):
            self._by_word[word].append(one)

    def like(self, name: str) -> str:
        """The first that may be the same person's award, as text; empty when none is."""
        sought = names.plain(name)
        for word in sought.words:
            for known, label, track in self._by_word.get(word, ()):
                if _near(sought, names.plain(known)):
                    return f"{known}, {track}, class {label}"
        return ""


def _near(one: names.Plain, other: names.Plain) -> bool:
    if sorted(one.words) == sorted(other.words):
        return True
    match = SequenceMatcher(None, str(one), str(other), autojunk=False)
    return match.quick_ratio() >= _NEAR and match.ratio() >= _NEAR
