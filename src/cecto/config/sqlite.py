"""Put the SQLite that ships with pysqlite3 in the standard library's place.

SQLite 3.7.0 to 3.51.2 can corrupt a WAL database when several writers reset the log at once, and
Debian still ships such a version. Must run before anything imports Django's SQLite backend.
"""

from __future__ import annotations

import sys

import pysqlite3
import pysqlite3.dbapi2


def use_bundled_sqlite() -> None:
    """Make `import sqlite3` mean pysqlite3 for the rest of this process."""
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
