"""What the rules of a class ask for that is recorded by hand: exams, and documents with who attests them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cecto.classes.models import Cohort
from cecto.programs.queries import ruleset
from cecto.requirements.nodes import Attest, Node, Score


@dataclass(frozen=True, slots=True)
class Exam:
    """An exam by the definition's word, with the title of its requirement and the least and most points it gives."""

    word: str
    title: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document by the definition's word, with the title of its requirement and the words for who attests it."""

    word: str
    title: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the rules of a class ask for, each exam and document once, in the order of the rules."""

    exams: list[Exam]
    documents: list[Document]


def asked_of(cohort: Cohort) -> Asked:
    """The exams and documents that the rules of a class ask for. One query."""
    exams: dict[str, Exam] = {}
    documents: dict[str, Document] = {}
    for node in _nodes(cohort):
        if isinstance(node, Score):
            exams.setdefault(node.of, Exam(node.of, node.title, *node.scale))
        elif isinstance(node, Attest):
            known = documents.get(node.document, Document(node.document, node.title, ()))
            by = tuple(dict.fromkeys((*known.by, node.by)))
            documents[node.document] = Document(known.word, known.title, by)
    return Asked(list(exams.values()), list(documents.values()))


def _nodes(cohort: Cohort) -> Iterator[Node]:
    for track in cohort.tracks.select_related("definition"):
        yield from ruleset(track.definition).nodes.values()
