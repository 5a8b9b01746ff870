"""The database as one file, on both engines: a consistent copy while others write, and back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection


class DatabaseRefused(Exception):
    """The database cannot be copied or put back; the message says what to do."""


def file_name() -> str:
    """The name of the copy inside a backup, which tells the engine."""
    return "database.sqlite3" if connection.vendor == "sqlite" else "database.pgdump"


def copy_to(path: Path) -> None:
    """Copy the database as it is at one instant. Raises DatabaseRefused."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(_sqlite_file())) as old, closing(sqlite3.connect(path)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")
    else:
        _postgresql("pg_dump", "--format=custom", "--no-owner", f"--file={path}", f"--dbname={_named()}")


def put_back(path: Path) -> None:
    """Make a copy the database, which must be empty. Raises DatabaseRefused."""
    if not is_empty():
        raise DatabaseRefused(
            "There is a database here already. Restore into a CECTO_HOME and database that are empty."
        )
    connection.close()
    if connection.vendor == "sqlite":
        shutil.copyfile(path, _sqlite_file())
    else:
        _postgresql("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={_named()}", path)


def is_empty() -> bool:
    """Whether nothing was ever made in the database that the settings name."""
    if connection.vendor == "sqlite":
        file = _sqlite_file()
        return not file.exists() or not file.stat().st_size
    return not connection.introspection.table_names()


def check_sqlite(path: Path) -> None:
    """Read a copied SQLite database through. Raises DatabaseRefused."""
    try:
        with closing(sqlite3.connect(path)) as copied:
            (answer,) = copied.execute("PRAGMA integrity_check").fetchone()
            tables = {name for (name,) in copied.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.DatabaseError as error:
        raise DatabaseRefused(f"the database in it cannot be read: {error}") from error
    if answer != "ok" or "django_migrations" not in tables:
        raise DatabaseRefused(f"the database in it is damaged: {answer}")


def _sqlite_file() -> Path:
    return Path(connection.settings_dict["NAME"])


def _named() -> str:
    return str(connection.settings_dict["NAME"])


def _postgresql(program: str, *arguments: str | Path) -> None:
    """Run one of PostgreSQL's own programs against the database, with the settings' address."""
    found, given = shutil.which(program), connection.settings_dict
    if found is None:
        raise DatabaseRefused(f"{program} is not installed here. Install PostgreSQL's client programs.")
    words = {"PGHOST": given["HOST"], "PGPORT": given["PORT"], "PGUSER": given["USER"], "PGPASSWORD": given["PASSWORD"]}
    environment = {**os.environ, **{name: str(word) for name, word in words.items() if word}}
    done = subprocess.run([found, *map(str, arguments)], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise DatabaseRefused(f"{program} failed: {done.stderr.strip()[:500]}")
