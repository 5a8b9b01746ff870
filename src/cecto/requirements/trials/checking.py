"""A definition's own tests: enough example persons, and what it must say of them."""

from __future__ import annotations

from cecto.requirements.compiling import compile_definition
from cecto.requirements.document import Definition
from cecto.requirements.problems import DefinitionErrors, Problem
from cecto.requirements.trials.reading import read_examples
from cecto.requirements.trials.trying import try_examples

LEAST_EXAMPLES = 5


def check_examples(definition: Definition, text: str, *, name: str) -> list[Problem]:
    """What keeps a definition from being published on its example persons; empty when they all say what is expected.

    `text` is the example file, empty when there is none; `name` appears in problems.
    """
    if not text:
        advice = f"Write at least {LEAST_EXAMPLES} into {name}."
        return [Problem(name, 1, 1, "", "The definition has no example persons.", advice)]
    try:
        examples = read_examples(text, name=name)
    except DefinitionErrors as errors:
        return list(errors.problems)
    found = [
        Problem(name, 1, 1, "", f"{tried.person}: {difference}", "Change the definition or the expectation.")
        for tried in try_examples(compile_definition(definition), examples)
        for difference in tried.differences
    ]
    if len(examples.persons) < LEAST_EXAMPLES:
        text = f"There are {len(examples.persons)} example persons; at least {LEAST_EXAMPLES} are needed."
        found.append(Problem(name, 1, 1, "", text, "Add the cases a committee would argue about."))
    return found
