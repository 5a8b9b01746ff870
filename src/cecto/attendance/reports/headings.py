"""What the columns of attendance reports are called, in one comparable form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from cecto.attendance.reports.vocabulary import ENGLISH, FRENCH, GERMAN, POLISH, PORTUGUESE, SPANISH
from cecto.foundation.folding import folded

_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_WORD = re.compile(r"[^\w']+")


def _names(*languages: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    fields = dict.fromkeys(field for language in languages for field in language)
    found = {f: [language[f] for language in languages if f in language] for f in fields}
    return MappingProxyType(
        {f: tuple(name.strip() for name in "|".join(texts).split("|")) for f, texts in found.items()}
    )


COLUMNS = _names(ENGLISH, SPANISH, GERMAN, FRENCH, PORTUGUESE, POLISH)


def plain(heading: str) -> str:
    """A heading in comparable form: words in lower case, no accents, no marks, nothing in brackets."""
    words = _CAMEL.sub(" ", _BRACKETS.sub(" ", heading)).replace("_", " ").replace("#", " number ")
    return " ".join(_NO_WORD.sub(" ", folded(words)).split()).strip("'")


def bracketed(heading: str) -> str:
    """What a heading has in brackets, in lower case: the unit of a length, the zone of a time."""
    return " ".join(folded(a or b) for a, b in _BRACKETS.findall(heading))


def columns_of(
    cells: Sequence[str], names: Mapping[str, tuple[str, ...]] = COLUMNS, *, after: int = 0
) -> dict[str, int]:
    """Where each field stands in a row of headings, from column `after` on.

    A column is one field; of two columns with the same name the first is read, and a field is looked for under its
    names in their order.
    """
    headings = [plain(cell) if place >= after else "" for place, cell in enumerate(cells)]
    found: dict[str, int] = {}
    for field, known in names.items():
        wanted = {name: rank for rank, name in enumerate(known)}
        places = [p for p, heading in enumerate(headings) if heading in wanted and p not in found.values()]
        if places:
            found[field] = min(places, key=lambda place: (wanted[headings[place]], place))
    return found
