"""YAML text to a tree that remembers where everything stood and what was quoted; no values are guessed here.

YAML 1.2, one document, no anchors, tags or merges: a definition is read by people, so it says what it means in place.
"""

from __future__ import annotations

from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from cecto.requirements.language.slips import slip_of
from cecto.requirements.problems import Position, Report

LONGEST_TEXT = 200_000
DEEPEST = 24
LONGEST_INDENT = 120
_PLAIN_TAGS = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class Scalar:
    """One word or line of text; `plain` when it was written without quotes."""

    text: str
    plain: bool
    at: Position


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Tree, ...]
    at: Position


@dataclass(frozen=True, slots=True)
class Pair:
    """A key of a mapping, where it stood, and its value."""

    key: str
    at: Position
    value: Tree


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping, in the order written."""

    pairs: tuple[Pair, ...]
    at: Position

    def get(self, key: str) -> Pair | None:
        """The pair with that key, or None."""
        return next((pair for pair in self.pairs if pair.key == key), None)


Tree = Scalar | Items | Mapping


def read_tree(text: str, report: Report) -> Tree | None:
    """The tree of the text, or None when it is no YAML at all; problems go to the report."""
    if len(text) > LONGEST_TEXT:
        report.say(Position(1, 1), f"The file is longer than {LONGEST_TEXT:,} characters.", "Split the definition.")
        return None
    if _too_deep(text):
        report.say(Position(1, 1), "The file nests too deeply to read.", f"Nest at most {DEEPEST} levels.")
        return None
    root = _compose(text, report)
    return None if root is None else _convert(root, report, depth=0)


def _too_deep(text: str) -> bool:
    """Whether brackets or indentation go deeper than any definition, before a parser spends its time on them.

    Brackets in quotes count too; none has so many left open.
    """
    open_now = deepest = 0
    for symbol in text:
        if symbol in "[{":
            open_now += 1
            deepest = max(deepest, open_now)
        elif symbol in "]}":
            open_now -= 1
    indented = max((len(line) - len(line.lstrip(" ")) for line in text.splitlines()), default=0)
    return deepest > 2 * DEEPEST or indented > LONGEST_INDENT


def _compose(text: str, report: Report) -> Node | None:
    yaml = YAML(typ="safe", pure=True)
    try:
        root: Node | None = yaml.compose(text)
    except RecursionError:
        report.say(Position(1, 1), "The file nests too deeply to read.", f"Nest at most {DEEPEST} levels.")
        return None
    except (YAMLError, ValueError) as error:
        slip = slip_of(error, text)
        report.say(slip.at, slip.message, slip.advice)
        return None
    if root is None:
        report.say(Position(1, 1), "The file is empty.", "Start with `program:`.")
    return root


def _place(node: Node) -> Position:
    return Position(node.start_mark.line + 1, node.start_mark.column + 1)


def _convert(node: Node, report: Report, *, depth: int) -> Tree | None:
    if node.anchor:
        report.say(_place(node), f"`&{node.anchor}` is an anchor; definitions have none.", "Write the value out.")
        return None
    if not str(node.tag).startswith(_PLAIN_TAGS):
        report.say(
            _place(node), f"`{node.tag}` is a tag; definitions have none.", "Put a text that begins with ! in quotes."
        )
        return None
    if depth > DEEPEST:
        report.say(_place(node), f"This nests deeper than {DEEPEST} levels.", "Flatten the definition.")
        return None
    if isinstance(node, ScalarNode):
        return Scalar(str(node.value), not node.style, _place(node))
    if isinstance(node, SequenceNode):
        children = (_convert(child, report, depth=depth + 1) for child in node.value)
        return Items(tuple(child for child in children if child is not None), _place(node))
    return _mapping(node, report, depth)


def _mapping(node: Node, report: Report, depth: int) -> Mapping:
    pairs: dict[str, Pair] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            report.say(_place(key), "A key must be one word.")
            continue
        child = _convert(value, report, depth=depth + 1)
        if _is_empty(value):
            report.say(
                _place(key),
                *_without_value(str(key.value), in_braces=isinstance(node, MappingNode) and bool(node.flow_style)),
            )
        elif key.value in pairs:
            report.say(_place(key), f"`{key.value}` is written twice here.", "Keep one of them.")
        elif child is not None:
            pairs[key.value] = Pair(str(key.value), _place(key), child)
    return Mapping(tuple(pairs.values()), _place(node))


def _is_empty(value: Node) -> bool:
    return isinstance(value, ScalarNode) and not value.style and value.value == ""


def _without_value(key: str, *, in_braces: bool) -> tuple[str, str]:
    if ":" in key:
        return f"`{key}` has no space after its colon.", f"Write `{key.replace(':', ': ', 1)}`."
    if in_braces:
        return f"`{key}` has no value.", "Write one; or, if it belongs to the text before it, put that text in quotes."
    return f"`{key}` has no value.", "Write it after the colon; a text that begins with # needs quotes."
