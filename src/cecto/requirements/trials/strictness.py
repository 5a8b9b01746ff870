"""Example files checked as strictly as definitions: names that lead nowhere, and what no ledger could hold."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from cecto.requirements import document as doc
from cecto.requirements.case import ATTENDED_KINDS
from cecto.requirements.language.yamltree import Items, Scalar, Tree
from cecto.requirements.language.yamltree import Mapping as Keys
from cecto.requirements.problems import Position, Report, nearest
from cecto.requirements.trials.examples import Did, Example, Examples, Planned, Posted

# So alike that the one was probably meant to be the other.
ALIKE = 0.8
Path = tuple[str | int, ...]


def check_names(definition: doc.Definition, examples: Examples, tree: Tree, report: Report) -> None:
    """Report every name in the examples that leads nowhere: requirements, activities, entries, competencies."""
    for path, word, known, what in _names(definition, examples):
        if word and word not in known:
            report.say(_at(tree, *path), f"There is no {what} `{word}`.", nearest(word, known))


Named = tuple[Path, str, Collection[str], str]


def _names(definition: doc.Definition, examples: Examples) -> Iterator[Named]:
    """Every name, where it is written, what it may be, and of what it is the name."""
    competencies = {code for code, _ in definition.competencies}
    for path, planned in _all_planned(examples):
        if competencies:
            yield (*path, "competency"), planned.competency, competencies, "competency"
    listed = dict(examples.activities)
    codes = {*listed, *(planned.meeting for planned in listed.values() if planned.meeting)}
    nodes = {node.id for node in definition.walk()}
    for number, person in enumerate(examples.persons):
        here: Path = ("persons", number)
        yield from (((*here, "expect", node), node, nodes, "requirement") for node, _ in person.expect)
        yield from (((*here, "excused", code), code, codes, "session") for code in person.excused)
        yield from ((path, code, listed.keys(), "activity") for path, code in _done(person, here))
        yield from _of_entries(person, here, codes, nodes)


def _of_entries(person: Example, here: Path, codes: set[str], nodes: set[str]) -> Iterator[Named]:
    entries = {*codes, *(posted.id or f"also-{n}" for n, posted in enumerate(person.also, 1))}
    for n, posted in enumerate(person.also):
        yield (*here, "also", n, "replaces"), posted.replaces, entries, "activity"
    for n, given in enumerate(person.exceptions):
        place: Path = (*here, "exceptions", n)
        yield (*place, "node"), given.node, nodes, "requirement"
        yield (*place, "other"), given.other, nodes, "requirement"
        yield (*place, "entry"), given.entry, entries, "entry"


def check_sense(definition: doc.Definition, examples: Examples, tree: Tree, report: Report) -> None:
    """Report what no ledger could hold or no audit would read, and words that were probably meant to be others."""
    if examples.class_start >= examples.class_end:
        report.say(_at(tree, "class_end"), "The class ends before it begins.", "`class_end` is the day after the last.")
    read = _words_read(definition)
    for path, planned in _all_planned(examples):
        for key, text, advice in (*_planned(planned), *_misspelled(planned, read)):
            report.say(_at(tree, *path, key), text, advice)
    listed = dict(examples.activities)
    traits = {name for condition in definition.conditions() for name, _ in condition.traits}
    for number, person in enumerate(examples.persons):
        here: Path = ("persons", number)
        for path, text, advice in (*_impossible_minutes(person, listed, here), *_part(definition, person, here)):
            report.say(_at(tree, *path), text, advice)
        for name, _ in person.traits:
            if name not in traits:
                text = f"No requirement asks for the trait `{name}`."
                report.say(_at(tree, *here, "traits", name), text, nearest(name, traits) if traits else "Leave it out.")


def _at(tree: Tree, *path: str | int) -> Position:
    """Where the value at the end of the path stands, or the last step of it that is there."""
    at = tree.at
    for step in path:
        found: Tree | None = None
        if isinstance(tree, Keys) and (pair := tree.get(str(step))) is not None:
            at, found = pair.at, pair.value
        elif isinstance(tree, Items) and isinstance(step, int):
            found = tree.items[step]
            at = found.at
        elif isinstance(tree, Items):
            found = next((item for item in tree.items if isinstance(item, Scalar) and item.text == step), None)
            at = found.at if found else at
        if found is None:
            return at
        tree = found
    return at


def _all_planned(examples: Examples) -> Iterator[tuple[Path, Planned]]:
    yield from ((("activities", code), planned) for code, planned in examples.activities)
    for number, person in enumerate(examples.persons):
        yield from ((("persons", number, "also", n), posted) for n, posted in enumerate(person.also))


def _done(person: Example, here: Path) -> Iterator[tuple[Path, str]]:
    """Every code of the class's list that a person, or a partner of theirs, names."""
    everybody: list[tuple[Path, Did]] = [(here, person)]
    everybody += [((*here, "partners", n), partner) for n, partner in enumerate(person.partners)]
    for path, did in everybody:
        yield from (((*path, "done", code), code) for code in did.done or ())
        yield from (((*path, "but", code), code) for code, _ in did.but)


Fault = tuple[str, str, str]


def _planned(planned: Planned) -> Iterator[Fault]:
    if planned.until and planned.until < planned.on:
        yield "until", f"It is due on {planned.on}, after the last day it is taken.", "Change one of the dates."
    if isinstance(planned, Posted):
        yield from _posted(planned)
    elif planned.activity in ATTENDED_KINDS and not planned.minutes:
        yield "on", "A session without minutes credits nobody.", "Add `minutes: 6h`."


# What an entry of a kind cannot do without.
_NEEDED = {"makeup": "replaces", "verdict": "outcome", "scored": "score", "attested": "by"}
_ONLY_FOR = {"replaces": {"makeup"}, "outcome": {"verdict"}, "score": {"scored"}, "by": {"verdict", "attested"}}


def _posted(posted: Posted) -> Iterator[Fault]:
    needed = _NEEDED.get(posted.kind)
    if needed and getattr(posted, needed) in {None, "", ()}:
        yield "kind", f"An entry of the kind `{posted.kind}` needs `{needed}`.", f"Add `{needed}:`."
    for key, kinds in _ONLY_FOR.items():
        if posted.kind not in kinds and getattr(posted, key) not in {None, "", ()}:
            yield key, f"`{key}` says nothing of an entry of the kind `{posted.kind}`.", "Leave it out."
    if posted.recorded_on and posted.recorded_on < posted.on:
        yield "recorded_on", "It is recorded before it happened.", "Change one of the dates."


def _impossible_minutes(person: Example, listed: Mapping[str, Planned], here: Path) -> Iterator[tuple[Path, str, str]]:
    everybody: list[tuple[Path, Did]] = [(here, person)]
    everybody += [((*here, "partners", n), partner) for n, partner in enumerate(person.partners)]
    for path, did in everybody:
        for code, minutes in did.but:
            planned = listed.get(code)
            if planned and planned.activity in ATTENDED_KINDS and minutes > planned.minutes:
                yield (*path, "but", code), f"`{code}` is not so long.", "Nobody attends more than was offered."


def _part(definition: doc.Definition, person: Example, here: Path) -> Iterator[tuple[Path, str, str]]:
    if person.part == "renewal" and definition.renewal and person.awarded_on is None:
        yield (*here, "part"), "A renewal counts from an award.", "Add `awarded_on:`."
    if person.standing and person.part != "renewal":
        yield (*here, "standing"), "Only a renewal has a standing.", "Add `part: renewal`, or leave it out."
    for n, given in enumerate(person.exceptions):
        if given.until and given.until <= given.since:
            yield (*here, "exceptions", n, "until"), "It is in force on no day.", "`until` is the day after the last."


def _words_read(definition: doc.Definition) -> dict[str, set[str]]:
    """The words that filters and requirements ask for, by key."""
    found: dict[str, set[str]] = {"item": set()}
    for _, where in definition.filters():
        for key, words in where.words:
            found.setdefault(key, set()).update(words)
    for node in definition.walk():
        if isinstance(node, doc.Verdict | doc.Score):
            found["item"].add(node.of)
        elif isinstance(node, doc.Attest | doc.Credential):
            found["item"].add(node.document if isinstance(node, doc.Attest) else node.credential)
    return found


def _misspelled(planned: Planned, read: Mapping[str, set[str]]) -> Iterator[Fault]:
    """Words that nothing reads but that are almost one that something does; numbered ones are left alone."""
    said = [(key, getattr(planned, key)) for key in ("category", "slot", "held_by", "provider", "series")]
    said += [("tag", tag) for tag in planned.tag]
    items = [("of", planned.of)] if planned.of else []
    for key, word in (*said, *items):
        known = read.get("item" if key == "of" else key, set())
        if not word or word in known:
            continue
        close = get_close_matches(word, sorted(known), n=1, cutoff=ALIKE)
        if close and re.sub(r"\d", "", word) != re.sub(r"\d", "", close[0]):
            yield key, f"No requirement reads `{word}`.", f"Did you mean `{close[0]}`?"
