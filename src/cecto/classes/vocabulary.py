"""The words in which the program rules of a class say what counts, and what somebody means who writes one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cecto.classes import words
from cecto.classes.choosing import Titles, chosen, instead, meant
from cecto.classes.models import Cohort, CohortTrack
from cecto.foundation.sheets import Unreadable
from cecto.programs.queries import ruleset
from cecto.requirements.document import Definition, Verdict

USUAL_OUTCOMES = {"pass": "Pass", "revise": "Revise and show again", "fail": "Not passed"}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """For each sort of word (competency, slot, category, tag, outcome) those that the rules read, and the tracks.

    Where the rules read no word of a sort, any may be written: it is a label, and nothing can be meant by it.
    """

    known: Mapping[str, Titles]
    tracks: Titles

    def competency(self, text: str) -> str:
        """A competency by its word or its title. Raises Unreadable that names the nearest."""
        return self._meant("competency", "competencies", text)

    def slot(self, text: str) -> str:
        """What a session counts as. Raises Unreadable that names the nearest."""
        return self._meant("slot", "slots", text)

    def category(self, text: str) -> str:
        """A category. Raises Unreadable that names the nearest."""
        return self._meant("category", "categories", text)

    def tags(self, text: str) -> list[str]:
        """Several tags, in order of the alphabet. Raises Unreadable that names the nearest of the first unknown."""
        return sorted({self._meant("tag", "tags", part) for part in words.listed(text)})

    def outcome(self, text: str) -> str:
        """How a panel judges: what a verdict is asked for, or one of the usual. Raises Unreadable."""
        return chosen(text, {**self.known.get("outcome", {}), **USUAL_OUTCOMES}, what="an outcome")

    def tracks_called(self, text: str, *, of: str) -> list[str]:
        """The tracks that a list names by word or title, in order of the alphabet; `of` is whose. Raises Unreadable."""
        return sorted({self._track(name, of) for name in words.listed(text)})

    def of(self, sort: str) -> list[str]:
        """The words of a sort, in order of the alphabet."""
        return sorted(self.known.get(sort, {}))

    def _track(self, name: str, of: str) -> str:
        found = meant(name, self.tracks)
        if found is None:
            raise Unreadable(f"{of} has no track “{name}”.", instead(name, self.tracks))
        return found

    def _meant(self, sort: str, plural: str, text: str) -> str:
        known = self.known.get(sort, {})
        return chosen(text, known, what=f"one of the program’s {plural}") if known else words.word(text)


def vocabulary_of(cohort: Cohort) -> Vocabulary:
    """The words of the program rules that a class's tracks are held to. One query, or none when tracks are prefetched
    with their definitions; rules are read once a process.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    prefetched = "tracks" in getattr(cohort, "_prefetched_objects_cache", {})
    tracks = list(cohort.tracks.all() if prefetched else cohort.tracks.select_related("definition"))
    for track in tracks:
        definition = ruleset(track.definition).definition
        # Rules that read another program's words say nothing about this one's.
        if _reads_own(definition, track, cohort):
            found["competency"] |= dict(definition.competencies)
            for sort, word in _read(definition):
                found[sort].setdefault(word, word)
    return Vocabulary(found, {track.track: track.title for track in tracks})


def _reads_own(definition: Definition, track: CohortTrack, cohort: Cohort) -> bool:
    if definition.reads:
        return definition.reads == cohort.program.code
    return track.definition.program_id == cohort.program_id


def _read(definition: Definition) -> Iterable[tuple[str, str]]:
    for _, one in definition.filters():
        yield from ((sort, word) for sort, read in one.words if sort in {"slot", "category", "tag"} for word in read)
    yield from (("outcome", node.outcome) for node in definition.walk() if isinstance(node, Verdict))
