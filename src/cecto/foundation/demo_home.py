"""Whether a home is the demo's, where anyone may sign in as anyone: it, and the database that was its when it began."""

from __future__ import annotations

import os
from pathlib import Path

BEGUN_AS_DEMO = "demo-home"
BUILT = "demo.json"
# The database lies in the home itself, so that a home may be moved.
INSIDE = "inside"
_IN_USE = ("secret_key", "key_passphrase", "cecto.sqlite3")


class BadDemoSetting(Exception):
    """CECTO_DEMO or DATABASE_URL would let anyone into what is not the demo's; the message says what to do."""


def mark_demo(home: Path, database: dict[str, object]) -> None:
    """Note that this home, with this database (Django's settings of it), is the demo's."""
    (home / BEGUN_AS_DEMO).write_text(f"{_address(home, database)}\n")


def is_demo(home: Path, database: dict[str, object]) -> bool:
    """Whether the home is the demo's: built as one, or begun with CECTO_DEMO=1.

    Raises BadDemoSetting when it is, and the database is another than the one it began with; and when CECTO_DEMO is 1
    in a home that is in use.
    """
    if not (home / BUILT).exists() and os.environ.get("CECTO_DEMO") != "1":
        return False
    if _begun_in(home) != _address(home, database):
        raise BadDemoSetting(
            f"DATABASE_URL names another database than the demo in {home} began with, and anyone could sign in there "
            "as anyone. Leave DATABASE_URL out, or build a demo in that database, in a home of its own: "
            "CECTO_HOME=demo cecto demo"
        )
    return True


def _begun_in(home: Path) -> str:
    mark = home / BEGUN_AS_DEMO
    if mark.exists():
        return mark.read_text().strip() or INSIDE
    if not (home / BUILT).exists() and any((home / name).exists() for name in _IN_USE):
        raise BadDemoSetting(
            f"CECTO_DEMO is 1, but {home} is not the demo’s: with it, anyone could sign in there as anyone. "
            "Leave CECTO_DEMO out, or give the demo a home of its own: CECTO_HOME=demo cecto demo"
        )
    return INSIDE


def _address(home: Path, database: dict[str, object]) -> str:
    """Which database it is, without who asks for it."""
    if "sqlite" in str(database["ENGINE"]):
        path = Path(str(database["NAME"])).resolve()
        return INSIDE if path == home / "cecto.sqlite3" else f"sqlite {path}"
    return f"postgresql {database['HOST']}:{database['PORT']}/{database['NAME']}"
