"""Counts of attempts, in the database; an attempt that cannot be counted is refused."""

from __future__ import annotations

from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections


class AttemptsCache(DatabaseCache):
    """Django's, which says nothing when the database is held by others; here that is told.

    Otherwise whoever holds it up could guess codes uncounted, and each count would be waited for anew.
    """

    def add(self, *args: Any, **kwargs: Any) -> bool:
        """As Django's. Raises OperationalError when the database is held."""
        return _counted(super().add(*args, **kwargs))

    def set(self, *args: Any, **kwargs: Any) -> None:
        """As Django's. Raises OperationalError when the database is held."""
        super().set(*args, **kwargs)
        _counted(True)


def _counted(done: bool) -> bool:
    if getattr(connections[DEFAULT_DB_ALIAS], "refused", False):
        raise OperationalError("database is locked")
    return done
