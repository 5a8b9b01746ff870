"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path


def machine() -> list[str]:
    """Processor, memory and the versions that matter, one line each."""
    return [
        f"{_processor()}, {os.cpu_count()} cores, {_memory()} GiB",
        f"{platform.system()} {platform.release()} ({platform.machine()})",
        f"Python {platform.python_version()}, Django {version('django')}, SQLite {sqlite3.sqlite_version}",
    ]


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    lines = described.read_text().splitlines() if described.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or "processor unknown")


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
