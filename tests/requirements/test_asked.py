"""Law 2: what is not asked of a person counts for nothing, in any group and however its number was lowered."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from cecto import requirements
from cecto.requirements import Activity, Audit, Entry, ExceptionFact, Status
from tests.requirements.worlds import END, LATE, START, facts, posted

HEAD = """\
program: p
track: t
catalogue: c
version: 1
title: Asked
policy: {partial: proportional}
award: {credential: c, decided_by: d, valid: forever}
require:
"""
# Nobody here has the trait.
NOT_ASKED = "when: {trait: {chapter: florida}}, otherwise: not-applicable"


@dataclass(frozen=True)
class Part:
    """A requirement of the tree: a leaf that counts the item of its name, or a group of others."""

    id: str
    asked: bool
    word: str = ""
    at_least: int = 0
    parts: tuple[Part, ...] = ()

    def yaml(self) -> str:
        when = "" if self.asked else f", {NOT_ASKED}"
        head = f"{{id: {self.id}, waivable: {{by: board}}{when}"
        if not self.word:
            return f"{head}, measure: count, where: {{item: {self.id}}}, at_least: 1}}"
        inside = ", ".join(part.yaml() for part in self.parts)
        least = f", at_least: {self.at_least}" if self.word == "of" else ""
        return f"{head}{least}, {self.word}: [{inside}]}}"

    def leaves(self) -> list[Part]:
        return [self] if not self.word else [leaf for part in self.parts for leaf in part.leaves()]

    def answer(self, done: set[str], lowered: dict[str, int]) -> bool | None:
        """Whether it is met; None when it is not asked."""
        if not self.asked:
            return None
        if not self.word:
            return self.id in done
        answers = [found for part in self.parts if (found := part.answer(done, lowered)) is not None]
        if not answers:
            return None
        needed = {"all": len(answers), "any": 1, "of": self.at_least}[self.word]
        return sum(answers) >= min(needed, lowered.get(self.id, needed))


@st.composite
def trees(draw: st.DrawFn, name: str = "r", depth: int = 2) -> Part:
    asked = draw(st.sampled_from((True, True, False)))
    if not depth or draw(st.booleans()):
        return Part(name, asked)
    parts = tuple(draw(trees(f"{name}{n}", depth - 1)) for n in range(draw(st.integers(1, 3))))
    return Part(name, asked, draw(st.sampled_from(("all", "any", "of"))), draw(st.integers(1, len(parts))), parts)


def audited(tree: Part, done: set[str], lowered: dict[str, int]) -> Audit:
    rules = requirements.compile(requirements.parse(f"{HEAD}  {tree.yaml()}\n", name="asked.yaml"))
    entries = tuple(_accepted(name) for name in sorted(done))
    granted = tuple(ExceptionFact(node, node, "lower", "board", START, LATE, to=to) for node, to in lowered.items())
    return requirements.audit(rules, facts(entries, exceptions=granted), true_on=END, known_at=LATE)


def _accepted(name: str) -> Entry:
    activity = Activity(name, "assignment", item=name)
    return posted(name, "accepted", activity, START, 0, 0)


@given(trees(), st.data())
def test_a_group_is_what_it_would_be_without_what_is_not_asked(tree: Part, data: st.DataObject) -> None:
    done = data.draw(st.sets(st.sampled_from([leaf.id for leaf in tree.leaves()])))
    groups = [part for part in _walk(tree) if len(part.parts) > 1]
    lowered = {group.id: 1 for group in groups if data.draw(st.booleans())}
    status = audited(tree, done, lowered).status
    answer = tree.answer(done, lowered)
    assert (status is Status.NOT_APPLICABLE) == (answer is None)
    assert (status is Status.MET) == (answer is True)


@given(trees())
def test_nobody_who_did_nothing_is_ever_met(tree: Part) -> None:
    assert audited(tree, set(), {}).status is not Status.MET


def _walk(part: Part) -> list[Part]:
    return [part, *(inner for child in part.parts for inner in _walk(child))]
