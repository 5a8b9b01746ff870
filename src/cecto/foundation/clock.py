"""The one clock. Only views and commands ask it; actions and queries are given the time.

The demo lives in another year: `CECTO_NOW` (an ISO 8601 instant, demo only) says what time it was when this process
started, and time runs on from there.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings


def now() -> datetime:
    """The present instant, in UTC; in the demo, the demo's."""
    return datetime.now(UTC) + _shift()


def today(zone: str = "America/New_York") -> date:
    """The present date in a time zone."""
    return now().astimezone(ZoneInfo(zone)).date()


def demo_now() -> datetime | None:
    """The demo's present instant, or None outside the demo."""
    return now() if _shift() else None


def set_demo_clock(at: datetime) -> None:
    """Make this process and later ones in this home start at `at`. Demo only."""
    (settings.CECTO_HOME / "demo.json").write_text(json.dumps({"now": at.astimezone(UTC).isoformat()}))
    _shift.cache_clear()


@cache
def _shift() -> timedelta:
    if not settings.CECTO_DEMO:
        return timedelta()
    text = os.environ.get("CECTO_NOW") or _stored()
    return datetime.fromisoformat(text) - datetime.now(UTC) if text else timedelta()


def _stored() -> str:
    path = settings.CECTO_HOME / "demo.json"
    return str(json.loads(path.read_text())["now"]) if path.exists() else ""
