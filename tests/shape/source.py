"""The product's own source, as the shape tests read it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "cecto"

type_of_function = (ast.FunctionDef, ast.AsyncFunctionDef)


def python_files(package: Path = PACKAGE) -> list[Path]:
    """Every Python file we write by hand: migrations are generated."""
    return sorted(path for path in package.rglob("*.py") if "migrations" not in path.parts)


def module_name(path: Path, package: Path = PACKAGE) -> str:
    """The dotted name a file is imported by."""
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def parsed(path: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(path.read_text(), filename=str(path))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method in a tree, nested ones included."""
    return (node for node in ast.walk(tree) if isinstance(node, type_of_function))


def dotted(node: ast.expr) -> str:
    """`a.b.c` of an expression that is a name or an attribute, else an empty string."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (owner := dotted(node.value)):
        return f"{owner}.{node.attr}"
    return ""


def calls(tree: ast.AST) -> set[str]:
    """The dotted names of everything called in a tree."""
    return {name for node in ast.walk(tree) if isinstance(node, ast.Call) and (name := dotted(node.func))}
