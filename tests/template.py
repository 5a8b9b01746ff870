"""A copy of the test database as migrations leave it, to put back after a test that committed something."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from django.db import connection, connections


@dataclass(frozen=True)
class Template:
    """The names of the test database and of its copy: paths on SQLite, database names on PostgreSQL."""

    database: str
    copy: str

    @classmethod
    @contextmanager
    def made(cls) -> Iterator[Self]:
        """Copy the test database now; the copy is removed after the block."""
        database = str(connection.settings_dict["NAME"])
        template = cls(database, f"{database}_template")
        _copy(template.database, template.copy)
        yield template
        _drop(template.copy)

    def restore(self) -> None:
        """Make the test database what it was when the copy was made, whoever has it open."""
        _copy(self.copy, self.database)


def _copy(source: str, target: str) -> None:
    connections.close_all()
    if connection.vendor == "sqlite":
        # The backup interface copies pages under SQLite's own locks, so other threads may keep their connections.
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
    else:
        _on_server(
            f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)', f'CREATE DATABASE "{target}" TEMPLATE "{source}"'
        )


def _drop(name: str) -> None:
    if connection.vendor == "sqlite":
        Path(name).unlink()
    else:
        connections.close_all()
        _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_server(*statements: str) -> None:
    """Run statements outside every database but `postgres`, each by itself."""
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
