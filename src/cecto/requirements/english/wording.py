"""Filters in plain English, with the definition's own names for its competencies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from cecto.requirements import document as doc
from cecto.requirements.english.amounts import day, listed, time
from cecto.requirements.english.phrases import position
from cecto.requirements.parts import DateRange, Filter

_KINDS = {
    "attended": "attended",
    "accepted": "earned by coursework",
    "makeup": "made up",
    "recognized": "accepted from outside",
    "verdict": "judged",
    "held": "held",
    "attested": "attested",
    "scored": "scored",
}
_MODALITIES = {"f2f": "face to face", "sync": "online together", "async": "online alone"}
# What one of a kind is called when nothing says more.
_COUNTED = {
    "attended": ["session"],
    "accepted": ["item"],
    "recognized": ["item"],
    "verdict": ["item"],
    "held": ["credential"],
    "attested": ["document"],
    "scored": ["exam"],
}
# In the order in which they read well after "6 hours".
_FORMS: dict[str, str] = {
    "kind": "{}",
    "modality": "{}",
    "activity": "in a {}",
    "competency": "in {}",
    "category": "in the category {}",
    "slot": "that counts as {}",
    "tag": "tagged {}",
    "held_by": "held by {}",
    "provider": "from {}",
    "series": "of the series {}",
    "item": "for {}",
}


class Wording:
    """Says filters, amounts of time, pools and positions in the definition's own words."""

    def __init__(self, definition: doc.Definition) -> None:
        competencies = dict(definition.competencies)
        self._definition = definition
        self._pools: Mapping[str, doc.Pool] = dict(definition.pools)
        self._say: dict[str, Callable[[str], str]] = {
            "kind": lambda word: _KINDS[word],
            "modality": lambda word: _MODALITIES[word],
            "competency": lambda word: f"“{competencies.get(word, word)}”",
        }

    def time(self, minutes: int) -> str:
        """Minutes as hours, or in the definition's own unit."""
        return time(minutes, self._definition.unit)

    def position(self, code: str) -> str:
        """A position by its title, with its article."""
        return position(self._definition, code)

    def pool(self, name: str) -> str:
        """A pool by its title, or its name."""
        return self._pools[name].title or name

    def that(self, where: Filter | None) -> str:
        """What a filter asks for, to follow a noun, with a leading space; nothing when it asks nothing."""
        return f" {self.phrase(where)}" if where else ""

    def flagged(self, noun: str, where: Filter | None) -> str:
        """A noun with its flags before it and the rest of the filter after: required assignment held by “cecto”."""
        if where is None:
            return noun
        before = "".join(f"{name if wanted else f'not {name}'} " for name, wanted in where.flags)
        return f"{before}{noun}{self.that(replace(where, flags=()))}"

    def counted(self, count: int, where: Filter | None) -> str:
        """So many of what a filter asks for, called what they are: 2 sessions attended, 1 assignment accepted."""
        words = dict(where.words) if where else {}
        kinds, activities = words.get("kind", frozenset()), words.get("activity", frozenset())
        nouns = sorted(activities) or _COUNTED.get(min(kinds) if len(kinds) == 1 else "", ["session", "item"])
        said = listed(noun if count == 1 else f"{noun}s" for noun in nouns)
        if where is None:
            return f"{count:,} {said}"
        plain = "accepted" if kinds == {"accepted"} else "" if kinds == {"scored"} else None
        left = tuple(pair for pair in where.words if pair[0] != "activity" and (pair[0] != "kind" or plain is None))
        rest = replace(where, words=left)
        return " ".join(part for part in (f"{count:,} {said}", plain, self.phrase(rest)) if part)

    def unshared(self, node: doc.Hours) -> str:
        """With which requirements a leaf may not share its time, with a leading comma; nothing when it shares."""
        if node.use is None:
            return ""
        others = [
            f"“{other.title or other.id}”"
            for other in self._definition.walk()
            if isinstance(other, doc.Hours) and other.use and other.use.group == node.use.group
            if other is not node and node not in other.children and other not in node.children
        ]
        what = "the same time" if node.use.split else "the same session or item"
        return f", {what} not counting for {listed(others)} too" if others else ""

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
