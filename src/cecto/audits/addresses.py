"""Where a record is shown: opened at one requirement, for the dates that were asked for."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse


def record_at(enrollment: str, node: str = "", dates: Mapping[str, str] | None = None) -> str:
    """The address of the record of the enrollment with that key, opened at a requirement, with the dates asked for."""
    asked = {**(dates or {}), **({"at": node} if node else {})}
    query, anchor = f"?{urlencode(asked)}" if asked else "", f"#{node}" if node else ""
    return f"{reverse('audits:record', args=[enrollment])}{query}{anchor}"
