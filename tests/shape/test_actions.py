"""Every write is one function of one shape, and leaves a journal row in its own transaction."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from tests.shape.source import PACKAGE, calls, dotted, module_name, parsed, python_files

JOURNAL = "cecto.foundation.journal.actions.record"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file of actions: its functions, and what its imported names stand for."""

    name: str
    functions: dict[str, Function]
    imported: dict[str, str]

    def calls_of(self, function: Function) -> set[str]:
        """The full dotted names that a function calls, as far as imports tell."""
        return {self._full(name) for name in calls(function)}

    def _full(self, name: str) -> str:
        first, _, rest = name.partition(".")
        if first in self.functions:
            return f"{self.name}.{name}"
        start = self.imported.get(first, first)
        return f"{start}.{rest}" if rest else start


def read(name: str, tree: ast.Module) -> Module:
    """A module of actions from its syntax tree."""
    own = {node.name: node for node in tree.body if isinstance(node, Function)}
    imported = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return Module(name, own, imported)


def modules(package: Path = PACKAGE) -> list[Module]:
    """Every module named actions, and every module of a folder named actions."""
    paths = [path for path in python_files(package) if "actions" in path.relative_to(package).with_suffix("").parts]
    return [read(module_name(path, package), parsed(path)) for path in paths]


def unjournaled(found: list[Module]) -> list[str]:
    """The public actions that do not reach the journal, by themselves or through another action."""
    reached = {JOURNAL}
    graph = {f"{m.name}.{name}": m.calls_of(body) for m in found for name, body in m.functions.items()}
    while more := {name for name, called in graph.items() if called & reached} - reached:
        reached |= more
    return sorted(name for name in graph if _is_public(name) and name not in reached)


def misshapen(found: list[Module]) -> list[str]:
    """The public actions that are not by keyword, atomic and told by whom and when; with what they lack."""
    return [
        f"{module.name}.{name}: {lack}"
        for module in found
        for name, body in module.functions.items()
        if _is_public(name) and f"{module.name}.{name}" != JOURNAL
        for lack in _lacks(body)
    ]


def _is_public(name: str) -> bool:
    return not name.rpartition(".")[2].startswith("_")


def _lacks(function: Function) -> list[str]:
    words = {argument.arg: argument for argument in function.args.kwonlyargs}
    decorators = {dotted(node.func if isinstance(node, ast.Call) else node) for node in function.decorator_list}
    found = {
        "arguments by keyword, but for what it acts on": len(function.args.posonlyargs + function.args.args) <= 1,
        "by: Actor": _annotation(words.get("by")) == "Actor",
        "at: datetime": _annotation(words.get("at")) == "datetime",
        "@transaction.atomic": "transaction.atomic" in decorators,
    }
    return [lack for lack, present in found.items() if not present]


def _annotation(argument: ast.arg | None) -> str:
    return dotted(argument.annotation) if argument and argument.annotation else ""


EXAMPLE = """
from django.db import transaction
from cecto.foundation.journal.actions import record
from cecto.ledger import actions as ledger

@transaction.atomic
def good(*, by: Actor, at: datetime) -> None:
    _write(by)

def _write(by):
    record("x", by=by)

@transaction.atomic
def through_another(entry, *, by: Actor, at: datetime) -> None:
    ledger.post(by=by, at=at)

def silent(meeting, topic, by: Actor) -> None:
    meeting.save()
"""

UPSTREAM = "from cecto.foundation.journal import actions as journal\ndef post(): journal.record('y')\n"


def test_the_check_finds_the_silent_and_the_misshapen() -> None:
    found = [
        read("cecto.x.actions", ast.parse(EXAMPLE)),
        read("cecto.ledger.actions", ast.parse(UPSTREAM)),
    ]
    assert unjournaled(found) == ["cecto.x.actions.silent"]
    assert [line for line in misshapen(found) if "silent" in line] == [
        "cecto.x.actions.silent: arguments by keyword, but for what it acts on",
        "cecto.x.actions.silent: by: Actor",
        "cecto.x.actions.silent: at: datetime",
        "cecto.x.actions.silent: @transaction.atomic",
    ]
    assert [line for line in misshapen(found) if "good" in line or "through" in line] == []


def test_there_are_actions_to_check() -> None:
    assert JOURNAL in {f"{module.name}.{name}" for module in modules() for name in module.functions}


def test_every_action_journals() -> None:
    assert unjournaled(modules()) == []


def test_every_action_has_the_one_shape() -> None:
    assert misshapen(modules()) == []
