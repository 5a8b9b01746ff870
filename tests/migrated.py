"""The SQLite database as the migrations leave it, kept between runs: making it takes longer than most tests.

It is known by what made it: every migration, what the migrations call, and Django's version. Django still runs its
migrate command on the copy, which finds nothing to do, so a database that does not fit would fail there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import django
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".pytest_cache" / "migrated"
MAKERS = ("**/migrations/*.py", "foundation/**/*.py")


def bring() -> bool:
    """Put the kept database where the tests' own is expected; False when none was made by these migrations."""
    kept = _kept()
    if not kept.exists():
        return False
    shutil.copyfile(kept, connection.settings_dict["TEST"]["NAME"])
    return True


def keep(made: Path) -> None:
    """Keep a copy of a database that was made just now, and only that; another process may do the same."""
    KEPT.mkdir(parents=True, exist_ok=True)
    mine = KEPT / f"{os.getpid()}.part"
    shutil.copyfile(made, mine)
    mine.replace(_kept())
    for former in set(KEPT.glob("*.sqlite3")) - {_kept()}:
        former.unlink(missing_ok=True)


def _kept() -> Path:
    source = ROOT / "src" / "cecto"
    found = hashlib.sha256(django.__version__.encode())
    for path in sorted({path for pattern in MAKERS for path in source.glob(pattern)}):
        found.update(path.relative_to(source).as_posix().encode() + b"\0" + path.read_bytes())
    return KEPT / f"{found.hexdigest()}.sqlite3"
