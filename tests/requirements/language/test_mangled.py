"""Whatever is done to a definition's text, it is read or refused with problems; nothing else happens."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from cecto import requirements
from cecto.definitions import examples, shipped
from cecto.requirements import Definition, DefinitionErrors

TEXTS = [text for _, text in shipped()]
SCRAPS = [
    "",
    "x",
    "[]",
    "{}",
    "[1, 2]",
    "{a: b}",
    "- ",
    ": ",
    "null",
    "0.5",
    "-1",
    "240h",
    "all",
    "&a *a",
    "'",
    "\t",
    "é",
    "!!python/x",
]


@st.composite
def mangled(draw: st.DrawFn, texts: list[str]) -> str:
    """A shipped text with a few words replaced, or lines dropped, doubled or shifted."""
    lines = draw(st.sampled_from(texts)).splitlines()
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        words = lines[at].split(" ")
        fate = draw(st.sampled_from(("drop", "double", "shift", "word")))
        if fate == "word":
            words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(SCRAPS))
        lines[at : at + 1] = {
            "drop": [],
            "double": [lines[at], lines[at]],
            "shift": ["  " + lines[at]],
            "word": [" ".join(words)],
        }[fate]
        lines = lines or [""]
    return "\n".join(lines)


@settings(max_examples=settings().max_examples // 2)
@given(mangled(TEXTS))
def test_a_mangled_definition_is_read_or_refused(text: str) -> None:
    problems = requirements.lint(text, name="m.yaml")
    assert all(problem.line >= 1 and problem.message for problem in problems)
    definition = read(text)
    if definition is not None:
        requirements.compile(definition)
        assert requirements.explain(definition)


def read(text: str) -> Definition | None:
    with suppress(DefinitionErrors):
        return requirements.parse(text, name="m.yaml")
    return None


@settings(max_examples=settings().max_examples // 3)
@given(mangled([examples(name) for name, _ in shipped()]))
def test_a_mangled_example_file_is_read_or_refused(text: str) -> None:
    definition = requirements.parse(TEXTS[0], name="x.yaml")
    problems = requirements.check_examples(definition, text, name="m.yaml")
    assert all(problem.message for problem in problems)


@given(st.text(max_size=60))
def test_any_text_is_refused(text: str) -> None:
    assert requirements.lint(text, name="m.yaml")
