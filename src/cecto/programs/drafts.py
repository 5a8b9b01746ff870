"""A definition that is not published yet, with the example persons that are its tests."""

from __future__ import annotations

from dataclasses import dataclass

from cecto import requirements
from cecto.definitions import EXAMPLES_SUFFIX
from cecto.requirements.document import Definition
from cecto.requirements.problems import Problem


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a definition and that of its example persons (empty when it has none).

    `name` is the file's; it appears in problems.
    """

    name: str
    text: str
    examples: str = ""

    @property
    def examples_name(self) -> str:
        """The file that its example persons are in."""
        return self.name.removesuffix(".yml").removesuffix(".yaml") + EXAMPLES_SUFFIX

    @classmethod
    def read(cls, name: str, content: bytes, examples: bytes = b"") -> Draft:
        """The draft in files: UTF-8, however their lines end. Raises UnicodeDecodeError."""
        return cls(name, _decoded(content), _decoded(examples))

    def faults(self) -> list[Problem]:
        """What is wrong with the text itself."""
        return requirements.lint(self.text, name=self.name)

    def parsed(self) -> Definition:
        """The definition. Raises DefinitionErrors for a text that cannot be read."""
        return requirements.parse(self.text, name=self.name)

    def failures(self) -> list[Problem]:
        """What its example persons find wrong, or that it has too few. Only for a text without faults."""
        return requirements.check_examples(self.parsed(), self.examples, name=self.examples_name)

    def problems(self) -> list[Problem]:
        """All that keeps it from being published, whatever is published already: faults, else failures."""
        return self.faults() or self.failures()


def _decoded(content: bytes) -> str:
    # A page sends pasted lines with \r\n, some editors save so: the text, and its SHA-256, must not depend on it.
    return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
