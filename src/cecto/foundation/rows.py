"""Rows by a SELECT written by hand, for the few reads that every page waits for; other reads ask the models.

The statements hold for SQLite and PostgreSQL alike. JSON comes as text, to be read once however often it is met.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import connection

Row = tuple[Any, ...]


def select(statement: str, ids: Iterable[int], *, at: datetime) -> list[Row]:
    """The rows of a SELECT. `(ids)` in it stands for these row ids, `%(at)s` for that instant; none without ids."""
    listed = ", ".join(map(str, map(int, ids)))
    if not listed:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("(ids)", f"({listed})"), {"at": connection.ops.adapt_datetimefield_value(at)})
        rows: list[Row] = cursor.fetchall()
        return rows


def instant(stored: datetime) -> datetime:
    """An instant as the database gave it, aware: SQLite leaves out that it is UTC."""
    return stored if stored.tzinfo else stored.replace(tzinfo=UTC)
