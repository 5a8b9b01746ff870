"""An installed wheel has no lock file: bounds on all it brings, and nothing private of what signs people in."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.shape.source import python_files

ROOT = Path(__file__).resolve().parents[2]
NEEDS = [Requirement(line) for line in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]]
LOCKED = {one["name"]: one.get("version", "") for one in tomllib.loads((ROOT / "uv.lock").read_text())["package"]}
UNBOUNDED = {"tzdata"}  # zones change by law


@pytest.mark.parametrize("need", NEEDS, ids=lambda need: need.name)
def test_each_has_bounds_and_the_lock_is_within_them(need: Requirement) -> None:
    signs = {bound.operator for bound in need.specifier}
    assert signs == ({">="} if need.name in UNBOUNDED else {">=", "<"})
    assert need.specifier.contains(LOCKED[need.name])


def private_imports(tree: ast.AST) -> list[str]:
    """The modules of allauth that a file imports and that may change in any release."""
    nodes = list(ast.walk(tree))
    names = [name.name for node in nodes if isinstance(node, ast.Import) for name in node.names]
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            names += [f"{node.module}.{name.name}" for name in node.names]
    return [name for name in names if name.startswith("allauth.") and {"internal"} & set(name.split("."))]


def test_the_check_finds_private_imports() -> None:
    lines = ["from allauth.core import internal", "from allauth.mfa.internal.a import B", "import allauth.internal.x"]
    assert len(private_imports(ast.parse("\n".join(lines)))) == 3
    assert private_imports(ast.parse("from allauth.core import context")) == []


def test_nothing_private_of_allauth_is_used() -> None:
    files = [*python_files(), *(ROOT / "tests").rglob("*.py")]
    assert {str(path): found for path in files if (found := private_imports(ast.parse(path.read_text())))} == {}
