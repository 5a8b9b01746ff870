"""A definition's own tests: enough example persons, and what it must say of them."""

from __future__ import annotations

from collections.abc import Sequence

from cecto.requirements.compiling import compile_definition
from cecto.requirements.document import Definition
from cecto.requirements.problems import DefinitionErrors, Position, Problem
from cecto.requirements.trials.reading import read_examples, senseless
from cecto.requirements.trials.trying import Tried, try_examples

_TOP = Position(1, 1)
WANTED = "one person who meets everything and one who does not"
MEANT = "Take the exception out, or write `refused: true` if that is what the person shows."


def check_examples(definition: Definition, text: str, *, name: str) -> list[Problem]:
    """What keeps a definition from being published on its example persons; empty when they all say what is expected.

    Two are demanded: one who meets everything that is asked of them, and one who does not. `text` is the example
    file, empty when there is none; `name` appears in problems.
    """
    if not text:
        return [_problem(name, "The definition has no example persons.", f"Write {WANTED} into {name}.")]
    try:
        examples = read_examples(text, name=name, definition=definition)
    except DefinitionErrors as errors:
        return list(errors.problems)
    tried = try_examples(compile_definition(definition), examples)
    found = [
        _problem(name, f"{one.person}: {difference}", "Change the definition or the expectation.", one.at)
        for one in tried
        for difference in one.differences
    ]
    found += [_problem(name, f"{one.person}: {text}", MEANT, one.at) for one in tried for text in one.ignored]
    return senseless(definition, examples, text, name=name) + found + _one_sided(tried, name)


def _one_sided(tried: Sequence[Tried], name: str) -> list[Problem]:
    """Examples that all come out alike prove little: rules that let everybody through, or nobody."""
    met = {one.audit.status.satisfied for one in tried if one.audit}
    found = []
    if True not in met:
        found.append(_problem(name, "No example person meets everything.", "Add one who does."))
    if False not in met:
        found.append(_problem(name, "No example person falls short.", "Add one a committee would argue about."))
    return found


def _problem(name: str, message: str, advice: str, at: Position = _TOP) -> Problem:
    return Problem(name, at.line, at.column, "", message, advice)
