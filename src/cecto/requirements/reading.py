"""Text to a definition, with every problem found on the way."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from cecto.requirements.document import Definition, Unit
from cecto.requirements.language.definition_words import DEFINITION, UNIT
from cecto.requirements.language.structure import check_structure
from cecto.requirements.language.yamltree import Mapping, Tree, read_tree
from cecto.requirements.problems import DefinitionErrors, Report


def parse(text: str, *, name: str) -> Definition:
    """The definition written in `text`; `name` (a file name) appears in problems.

    Raises DefinitionErrors with every problem of form. What is well-formed but unwise is `lint`'s to find.
    The definition's sha256 is that of the text in UTF-8.
    """
    report = Report(name)
    definition = read(text, report)
    if definition is None or report.problems:
        raise DefinitionErrors(report.problems)
    return definition


def read(text: str, report: Report) -> Definition | None:
    """As `parse`, but problems go to the report and None is answered."""
    tree = read_tree(text, report)
    # What the tree lost (an anchor, a key written twice) would be reported again as missing.
    if tree is None or report.problems:
        return None
    report.units = own_units(_unit(tree))
    definition: Definition | None = DEFINITION.read(tree, report)
    if definition is None:
        return None
    check_structure(definition, report)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return replace(definition, name=report.file, text=text, sha256=digest)


def _unit(tree: Tree) -> Unit | None:
    """The unit that the definition names, whatever else is wrong with it: amounts before it may be written in it."""
    pair = tree.get("unit") if isinstance(tree, Mapping) else None
    read: Unit | None = UNIT.read(pair.value, Report("")) if pair else None
    return read


def own_units(unit: Unit | None) -> dict[str, int]:
    """The minutes of one unit, by each word for it in small letters."""
    return {word.lower(): unit.per for word in (unit.name, unit.plural)} if unit else {}
