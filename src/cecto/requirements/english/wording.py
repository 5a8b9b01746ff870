"""Filters in plain English, with the definition's own names for its competencies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from cecto.requirements.english.phrases import listed
from cecto.requirements.english.sentences import day
from cecto.requirements.parts import DateRange, Filter

_KINDS = {
    "attended": "attended",
    "accepted": "accepted as work",
    "makeup": "made up",
    "recognized": "recognized from elsewhere",
    "verdict": "judged",
    "held": "held",
    "attested": "attested",
    "scored": "scored",
}
_MODALITIES = {"f2f": "face to face", "sync": "online together", "async": "online alone"}
# In the order in which they read well after "6 hours".
_FORMS: dict[str, str] = {
    "kind": "{}",
    "modality": "{}",
    "activity": "in a {}",
    "competency": "in {}",
    "category": "in the category {}",
    "slot": "in the slot {}",
    "tag": "tagged {}",
    "held_by": "held by {}",
    "provider": "from {}",
    "series": "of the series {}",
    "item": "for {}",
}


class Wording:
    """Says filters; `competencies` are the definition's names by code."""

    def __init__(self, competencies: Mapping[str, str]) -> None:
        self._say: dict[str, Callable[[str], str]] = {
            "kind": lambda word: _KINDS[word],
            "modality": lambda word: _MODALITIES[word],
            "competency": lambda word: f"“{competencies.get(word, word)}”",
        }

    def that(self, where: Filter | None) -> str:
        """What a filter asks for, to follow a noun, with a leading space; nothing when it asks nothing."""
        return f" {self.phrase(where)}" if where else ""

    def flagged(self, noun: str, where: Filter | None) -> str:
        """A noun with its flags before it and the rest of the filter after: required assignment held by “cecto”."""
        if where is None:
            return noun
        before = "".join(f"{name if wanted else f'not {name}'} " for name, wanted in where.flags)
        return f"{before}{noun}{self.that(replace(where, flags=()))}"

    def phrase(self, where: Filter) -> str:
        """What a filter asks for."""
        words = dict(where.words)
        parts = [self._word(key, words[key]) for key in _FORMS if key in words]
        parts += [name if wanted else f"not {name}" for name, wanted in where.flags]
        if where.dates:
            parts.append(_dates(where.dates))
        parts += [self.phrase(part) for part in where.all_of]
        if where.any_of:
            parts.append("either " + " or ".join(self.phrase(part) for part in where.any_of))
        if where.none_of:
            parts.append(f"but not {self.phrase(where.none_of)}")
        return ", ".join(parts)

    def _word(self, key: str, words: frozenset[str]) -> str:
        order = {"kind": list(_KINDS), "modality": list(_MODALITIES)}.get(key)
        chosen = [word for word in order if word in words] if order else sorted(words)
        say = self._say.get(key, _quoted)
        return _FORMS[key].format(listed([say(word) for word in chosen]))


def _quoted(word: str) -> str:
    return f"“{word}”"


def _dates(dates: DateRange) -> str:
    start = f"from {day(dates.start)}" if dates.start else ""
    before = f"before {day(dates.before)}" if dates.before else ""
    return " ".join(part for part in (start, before) if part)
