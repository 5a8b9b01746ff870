"""Names say what a thing is for. These words say nothing."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.shape.source import PACKAGE, parsed, python_files, type_of_function

EMPTY_MODULES = {"util", "utils", "helper", "helpers", "manager", "managers", "data", "info", "common", "misc", "base"}
EMPTY_WORDS = {"util", "utils", "helper", "helpers", "manager", "misc"}
# Django asks for a module of this name in the folder of a database backend.
NAMED_BY_DJANGO = {"config/sqlite_in_turn/base.py"}


def words(name: str) -> set[str]:
    """The words of a name in snake_case or CamelCase, in lower case."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)}


def empty_paths(package: Path) -> list[str]:
    """Files and folders whose whole name says nothing."""
    paths = [path for path in package.rglob("*") if path.suffix == ".py" or path.is_dir()]
    return sorted(str(path.relative_to(package)) for path in paths if path.stem in EMPTY_MODULES)


def empty_definitions(tree: ast.AST) -> list[str]:
    """Functions and classes with a word in their name that says nothing; Django's own managers may say so."""
    defined = (node for node in ast.walk(tree) if isinstance(node, (*type_of_function, ast.ClassDef)))
    return sorted(node.name for node in defined if words(node.name) & EMPTY_WORDS and not is_django_manager(node))


def is_django_manager(node: ast.AST) -> bool:
    """Whether a class extends one of Django's managers."""
    return isinstance(node, ast.ClassDef) and any("Manager" in ast.unparse(base) for base in node.bases)


def test_the_check_finds_empty_names(tmp_path: Path) -> None:
    (tmp_path / "people" / "utils").mkdir(parents=True)
    (tmp_path / "people" / "helpers.py").touch()
    (tmp_path / "people" / "queries.py").touch()
    assert empty_paths(tmp_path) == ["people/helpers.py", "people/utils"]
    tree = ast.parse(
        "class RosterManager: ...\nclass PersonManager(models.Manager): ...\ndef date_util(): ...\ndef manage(): ..."
    )
    assert empty_definitions(tree) == ["RosterManager", "date_util"]


def test_files_and_folders_are_named_for_what_they_hold() -> None:
    assert set(empty_paths(PACKAGE)) == NAMED_BY_DJANGO


def test_functions_and_classes_are_named_for_what_they_do() -> None:
    assert {str(path): found for path in python_files() if (found := empty_definitions(parsed(path)))} == {}
