"""A backup file: a tar of the database, the evidence and what else of the home cannot be made again, with a manifest.

The passphrase is never in it: whoever finds a backup must not be able to sign. The database is copied before the
evidence, which only grows, so that no row names a file that is missing.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

from django.conf import settings

from cecto.config.backups import databases
from cecto.config.backups.databases import DatabaseRefused
from cecto.credentials.models import Issuer
from cecto.foundation.demo_home import BUILT, mark_demo

MANIFEST = "manifest.json"
FORMAT = 1
KEPT_OF_HOME = ("secret_key", BUILT)
CHUNK = 1024 * 1024


class BackupRefused(Exception):
    """The backup cannot be written, or is not whole; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: when it was made, whose it is, and the SHA-256 of each file by its name."""

    made_at: str
    issuer: str
    files: dict[str, str]

    @property
    def database(self) -> str:
        """The name of the database's copy."""
        return next(name for name in self.files if name.startswith("database."))


def write_backup(folder: Path, *, at: datetime) -> Path:
    """Write a backup of this installation, as of now, to a folder; return its path. Raises BackupRefused."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"cecto-{at:%Y%m%dT%H%M%SZ}.tar"
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        copied = Path(scratch) / databases.file_name()
        try:
            databases.copy_to(copied)
        except DatabaseRefused as error:
            raise BackupRefused(str(error)) from error
        partial = Path(scratch) / path.name
        _write(partial, {databases.file_name(): copied, **dict(_of_home())}, at)
        partial.replace(path)
    return path


def check_backup(path: Path) -> Manifest:
    """Read a backup through: each file is there, unchanged, and the database can be read. Raises BackupRefused."""
    with tempfile.TemporaryDirectory() as scratch:
        return _unpacked(path, Path(scratch))


def newest(checked: list[tuple[Path, Manifest]]) -> tuple[Path, Manifest]:
    """Of backups that were read through, the one made last."""
    return max(checked, key=lambda one: datetime.fromisoformat(one[1].made_at))


def restore_backup(path: Path) -> Manifest:
    """Put a backup into this home and its database, which must be empty. Raises BackupRefused."""
    home = Path(settings.CECTO_HOME)
    if not databases.is_empty() or any((home / "evidence").glob("*")):
        raise BackupRefused(f"{home} holds an installation already. Restore into an empty CECTO_HOME and database.")
    with tempfile.TemporaryDirectory(dir=home) as scratch:
        manifest = _unpacked(path, Path(scratch))
        if manifest.database != databases.file_name():
            raise BackupRefused(f"It holds {manifest.database}, but DATABASE_URL names the other kind of database.")
        try:
            databases.put_back(Path(scratch) / manifest.database)
        except DatabaseRefused as error:
            raise BackupRefused(str(error)) from error
        for name in manifest.files.keys() - {manifest.database}:
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(scratch) / name).replace(home / name)
    if (home / BUILT).exists():
        mark_demo(home, settings.DATABASES["default"])
    return manifest


def _of_home() -> Iterator[tuple[str, Path]]:
    home = Path(settings.CECTO_HOME)
    for name in KEPT_OF_HOME:
        if (home / name).exists():
            yield name, home / name
    for path in sorted((home / "evidence").glob("*/*")):
        if path.suffix != ".part":
            yield path.relative_to(home).as_posix(), path


def _write(path: Path, members: dict[str, Path], at: datetime) -> None:
    issuer = Issuer.objects.first()
    manifest = {
        "format": FORMAT,
        "made_at": at.isoformat(),
        "issuer": issuer.did if issuer else "",
        "files": {name: _sha256(file) for name, file in members.items()},
    }
    told = json.dumps(manifest, indent=1).encode()
    path.touch(mode=0o600)
    with path.open("wb") as out:
        with tarfile.open(fileobj=out, mode="w") as archive:
            archive.addfile(_member(MANIFEST, len(told), at), io.BytesIO(told))
            for name, file in members.items():
                with file.open("rb") as content:
                    archive.addfile(_member(name, file.stat().st_size, at), content)
        out.flush()
        os.fsync(out.fileno())


def _member(name: str, size: int, at: datetime) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = size, 0o600, int(at.timestamp())
    return member


def _unpacked(path: Path, folder: Path) -> Manifest:
    """Unpack a backup, refusing names that lead elsewhere, and compare each file with the manifest."""
    try:
        with tarfile.open(path, mode="r:") as archive:
            manifest = _manifest(archive.extractfile(MANIFEST))
            if sorted(archive.getnames()) != sorted([MANIFEST, *manifest.files]):
                raise BackupRefused(f"{path} does not hold the files that it names.")
            archive.extractall(folder, filter="data")
    except (OSError, tarfile.TarError, KeyError, ValueError, TypeError) as error:
        raise BackupRefused(f"{path} is no backup, or is damaged: {error}.") from error
    for name, digest in manifest.files.items():
        if _sha256(folder / name) != digest:
            raise BackupRefused(f"{path} is damaged: {name} is not what was backed up.")
    if manifest.database.endswith(".sqlite3"):
        try:
            databases.check_sqlite(folder / manifest.database)
        except DatabaseRefused as error:
            raise BackupRefused(f"{path}: {error}.") from error
    return manifest


def _manifest(content: IO[bytes] | None) -> Manifest:
    told = json.load(content) if content else {}
    if told.get("format") != FORMAT:
        raise ValueError("it is of another format than this version writes")
    files = {str(name): str(digest) for name, digest in told["files"].items()}
    strange = [name for name in files if not _is_ours(name)]
    if strange or sum(name.startswith("database.") for name in files) != 1:
        raise ValueError(f"it names {strange or 'no database'}")
    return Manifest(str(told["made_at"]), str(told["issuer"]), files)


def _is_ours(name: str) -> bool:
    """Whether a file of that name is one that backups hold, so that restoring writes nowhere else."""
    parts = PurePosixPath(name).parts
    evidence = len(parts) == 3 and parts[0] == "evidence" and ".." not in parts
    return evidence or name in {*KEPT_OF_HOME, "database.sqlite3", "database.pgdump"}


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as content:
        while chunk := content.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
