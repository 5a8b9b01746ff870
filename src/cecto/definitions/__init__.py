"""The program definitions shipped with the product, and the example persons that are each one's own tests.

Owns: the YAML files and the JSON Schemas beside this one. Reads: nothing. Promises: `shipped()` lists each definition's
name and text, `examples()` a definition's example persons, `schema()` and `examples_schema()` the JSON Schemas' text.
"""

from importlib.resources import files

EXAMPLES_SUFFIX = ".examples.yaml"


def shipped() -> list[tuple[str, str]]:
    """(name, text) of every shipped definition, by name; the name is the file's, without .yaml."""
    return [(name.removesuffix(".yaml"), _text(name)) for name in _names() if not name.endswith(EXAMPLES_SUFFIX)]


def examples(name: str) -> str:
    """The text of a definition's example persons; FileNotFoundError when it ships none."""
    return _text(name + EXAMPLES_SUFFIX)


def schema() -> str:
    """The JSON Schema of definitions, as published."""
    return _text("schema.json")


def examples_schema() -> str:
    """The JSON Schema of example persons, as published."""
    return _text("examples.schema.json")


def _names() -> list[str]:
    return sorted(item.name for item in files(__package__).iterdir() if item.name.endswith(".yaml"))


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
