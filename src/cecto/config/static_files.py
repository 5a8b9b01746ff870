"""The files that pages link to, copied under hashed names and compressed, once for each version of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

_STAMP = "made-from"

# Other editions of htmx, which come along with the one that pages link to.
_NEVER_LINKED = ["htmx-2.js", "htmx-4*", "htmax*", "hx-*"]


def collect_static_files() -> bool:
    """Fill STATIC_ROOT anew if the product's files are not the ones it was filled from; say whether they were not."""
    stamp = Path(settings.STATIC_ROOT) / _STAMP
    present = _fingerprint()
    if stamp.exists() and stamp.read_text() == present:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=_NEVER_LINKED)
    stamp.write_text(present)
    return True


def _fingerprint() -> str:
    """Changes whenever a file is added, removed or written."""
    found = [Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])]
    described = sorted(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in found)
    return hashlib.sha256("\n".join(described).encode()).hexdigest()
