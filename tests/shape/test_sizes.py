"""Files and functions one can hold in mind, and templates short enough to see."""

from __future__ import annotations

import ast
from statistics import median, quantiles

from tests.shape.source import PACKAGE, functions, parsed, python_files

LONGEST_FILE = 500
LONGEST_TEMPLATE = 150
LONGEST_FUNCTION = 50
MEDIAN_FUNCTION = 8
NINE_IN_TEN = 23


def lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines a function takes, its docstring apart."""
    docstring = function.body[0] if ast.get_docstring(function) else None
    told = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - told


def function_lengths() -> dict[str, int]:
    """The length of every function, by file and line."""
    return {
        f"{path.relative_to(PACKAGE)}:{function.lineno} {function.name}": lines(function)
        for path in python_files()
        for function in functions(parsed(path))
    }


def test_lines_are_counted_without_the_docstring() -> None:
    (function,) = functions(ast.parse('def f():\n    """One.\n\n    Two."""\n    a = 1\n    return a\n'))
    assert lines(function) == 3


def test_no_file_is_too_long() -> None:
    assert {str(p): n for p in python_files() if (n := len(p.read_text().splitlines())) > LONGEST_FILE} == {}


def test_no_template_is_too_long() -> None:
    templates = PACKAGE.rglob("*.html")
    assert {str(p): n for p in templates if (n := len(p.read_text().splitlines())) > LONGEST_TEMPLATE} == {}


def test_no_function_is_too_long() -> None:
    assert {name: n for name, n in function_lengths().items() if n > LONGEST_FUNCTION} == {}


def test_functions_are_short_as_a_rule() -> None:
    lengths = list(function_lengths().values())
    assert median(lengths) <= MEDIAN_FUNCTION
    assert quantiles(lengths, n=10)[-1] <= NINE_IN_TEN
