"""The examples that the documentation shows can be read."""

from __future__ import annotations

import textwrap
from pathlib import Path

from cecto.requirements import read_examples
from cecto.requirements.language.definition_words import DEFINITION
from cecto.requirements.trials.reading import STANDINGS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "requirement-language.md"


def test_the_example_file_on_the_page_can_be_read() -> None:
    text = PAGE.read_text(encoding="utf-8")
    shown = text[text.index("    class_start:") : text.index("`part` is `require`")]
    read = read_examples(textwrap.dedent(shown), name="page")
    assert [person.part for person in read.persons] == ["require", "renewal"]


def test_every_key_of_a_definition_and_every_standing_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [key for key in DEFINITION.keys if f"`{key}" not in text and f" {key}:" not in text] == []
    assert [word for word in STANDINGS if f"`{word}`" not in text] == []
