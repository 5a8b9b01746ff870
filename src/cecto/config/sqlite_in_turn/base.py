"""SQLite lets one connection write at a time, and those that wait sleep for longer and longer before they ask again.

With many at once some wait for seconds while others pass them by. Here the threads of a process queue up for their
write transaction in the order they came; only the first of each process asks SQLite, every millisecond.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import OperationalError
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError as Refused

from cecto.config.sqlite_in_turn.turns import Turns

ASK_AGAIN_SECONDS = 0.001
TURNS = Turns()


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, but transactions begin in turn. A wait longer than the option `timeout` is refused, as SQLite does.

    Within `waiting_in_all` that is the wait of all transactions together, and once one was refused, so are the others.
    """

    refused = False
    _has_turn = False
    _left: float | None = None

    @contextmanager
    def waiting_in_all(self) -> Iterator[None]:
        """What is done in this block waits no longer than one transaction would; `refused` says that it did in vain."""
        self.refused, self._left = False, self._seconds
        try:
            yield
        finally:
            self._left = None

    def _start_transaction_under_autocommit(self) -> None:
        """Wait for the turn, then for other processes, then begin."""
        started = time.monotonic()
        self.refused = self.refused and self._left is not None
        try:
            self._begin_within(self._seconds if self._left is None else self._left)
        except Refused:
            self.refused, self._left = True, None if self._left is None else -1
            raise
        if self._left is not None:
            self._left = max(0, self._left - (time.monotonic() - started))

    def _begin_within(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        if seconds < 0 or not TURNS.take(seconds):
            raise Refused("database is locked")
        self._has_turn = True
        try:
            with self.wrap_database_errors:
                _begin(self.connection, until, self._seconds)
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        """Commit. When that fails, Django rolls back, and the turn ends there."""
        super()._commit()  # type: ignore[misc]
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _end_turn(self) -> None:
        if self._has_turn:
            self._has_turn = False
            TURNS.give_back()

    @property
    def _seconds(self) -> float:
        return float(self.settings_dict["OPTIONS"].get("timeout", 5))


def _begin(connection: Any, until: float, seconds: float) -> None:
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while not _begun(connection, time.monotonic() < until):
            time.sleep(ASK_AGAIN_SECONDS)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


def _begun(connection: Any, may_wait: bool) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except OperationalError as error:
        if "locked" in str(error) and may_wait:
            return False
        raise
    return True
