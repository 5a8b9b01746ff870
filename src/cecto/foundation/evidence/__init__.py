"""Files people hand in as evidence, stored by content hash, never overwritten, erased on request.

Who points at them: `columns`.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from django.conf import settings


def store(content: bytes) -> str:
    """Keep `content` durably under its SHA-256 and return that hash (hex).

    Storing the same bytes again changes nothing.
    """
    digest = hashlib.sha256(content).hexdigest()
    path = _path(digest)
    if not path.exists():
        _write_durably(path, content)
    return digest


def load(digest: str) -> bytes:
    """The bytes stored under a hash. Raises FileNotFoundError when there are none."""
    return _path(digest).read_bytes()


def erase(digest: str) -> None:
    """Remove the file under a hash, for a person who asked to be erased; nothing changes when there is none."""
    _path(digest).unlink(missing_ok=True)


def _path(digest: str) -> Path:
    return Path(settings.CECTO_HOME) / "evidence" / digest[:2] / digest


def _write_durably(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.part")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
