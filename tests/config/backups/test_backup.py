"""What is backed up comes back elsewhere, whole; what was damaged is told; nothing is written over."""

from __future__ import annotations

import io
import json
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import LazySettings, settings
from django.core.management import CommandError, call_command
from django.db import connection

from cecto.config.backups.archive import BackupRefused, check_backup, restore_backup, write_backup
from cecto.credentials import queries
from cecto.credentials.handed.files import both, write
from cecto.credentials.kit import kit_of
from cecto.credentials.models import CredentialVersion
from cecto.credentials.signing import open_issuer_key
from cecto.foundation import evidence
from cecto.foundation.journal.actions import record
from tests.config.backups.made import empty_database, postgresql_programs, run
from tests.credentials import made
from tests.credentials.made import AT, BY, LATER, PASSPHRASE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own for the evidence, and PostgreSQL's programs within reach."""
    settings.CECTO_HOME = tmp_path / "old"
    settings.CECTO_HOME.mkdir()
    (settings.CECTO_HOME / "secret_key").write_text("secret of the old home")
    monkeypatch.setenv("PATH", postgresql_programs(), prepend=":")


def backed_up(folder: Path) -> tuple[Path, CredentialVersion]:
    """A backup of an installation that issued one certificate and keeps one report."""
    version = made.issued()
    evidence.store(b"a report")
    return write_backup(folder, at=AT), version


@pytest.mark.proof
def test_another_agency_takes_over_and_what_was_issued_still_holds(tmp_path: Path) -> None:
    path, version = backed_up(tmp_path / "backups")
    assert (path.name, oct(path.stat().st_mode & 0o777)) == ("cecto-20160615T200000Z.tar", "0o600")
    write(both(version, by=BY, at=LATER), tmp_path / "holder")
    with ZipFile(io.BytesIO(kit_of(version, on=LATER.date()))) as kit:
        for name in kit.namelist():
            (tmp_path / "kit" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "kit" / name).write_bytes(kit.read(name))
    new = tmp_path / "new"
    with empty_database() as database:
        restored = run(new, "restore", str(path), database=database)
        assert restored.returncode == 0, restored.stderr
        assert "It signs as did:web:cecto.example.org." in restored.stdout
        for file in sorted((tmp_path / "holder").iterdir()):
            assert run(new, "verify", str(file), database=database).returncode == 0
        assert (new / "secret_key").read_text() == "secret of the old home"
        assert [found.read_bytes() for found in new.glob("evidence/*/*")] == [b"a report"]
        rotated = run(new, "key", "rotate", database=database)
        assert "in use" in rotated.stdout
        exported = run(new, "export-public", str(tmp_path / "public"), database=database)
        assert exported.returncode == 0, exported.stderr
        again = run(new, "restore", str(path), database=database)
    assert (again.returncode, "holds an installation already" in again.stderr.replace("\n", " ")) == (1, True)
    newer = tmp_path / "public" / "kit"
    assert len(json.loads((newer / "did.json").read_text())["verificationMethod"]) == 2
    assert "if the key is the program's" in checked_offline(tmp_path / "kit", "--list", str(newer))


def checked_offline(kit: Path, *options: str) -> str:
    """What the checker of a kit says, with nothing but Python."""
    words = [sys.executable, "-I", str(kit / "check.py"), *options]
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout


def test_without_the_passphrase_it_is_back_but_cannot_sign(tmp_path: Path) -> None:
    path, _ = backed_up(tmp_path / "backups")
    with empty_database() as database:
        restored = run(tmp_path / "new", "restore", str(path), database=database, passphrase="guessed")
    assert restored.returncode == 0, restored.stderr
    assert "It cannot sign yet" in restored.stdout
    assert PASSPHRASE.encode() not in path.read_bytes()


def test_a_backup_is_of_one_instant_and_later_writes_are_not_in_it(tmp_path: Path) -> None:
    path, version = backed_up(tmp_path)
    key = open_issuer_key(PASSPHRASE)
    made.revoke(version=version, reason="error", key=key, by=BY, at=LATER)
    assert queries.latest_of(version.credential) is None
    manifest = check_backup(path)
    assert manifest.issuer == "did:web:cecto.example.org"
    if connection.vendor == "sqlite":
        with tarfile.open(path) as archive:
            archive.extract("database.sqlite3", tmp_path, filter="data")
        with closing(sqlite3.connect(tmp_path / "database.sqlite3")) as copied:
            assert copied.execute("SELECT count(*) FROM credentials_revocation").fetchone() == (0,)


def test_what_was_damaged_is_told(tmp_path: Path) -> None:
    path, _ = backed_up(tmp_path)
    whole = path.read_bytes()
    at = whole.rindex(b"a report")
    for damaged, sentence in [
        (whole[:at] + b"A report" + whole[at + 8 :], "evidence/.* is not what was backed up"),
        (whole[: len(whole) // 2], "damaged"),
        (b"", "is no backup"),
        (whole.replace(b'"format": 1', b'"format": 9', 1), "another format"),
    ]:
        path.write_bytes(damaged)
        with pytest.raises(BackupRefused, match=sentence):
            check_backup(path)
    with pytest.raises(BackupRefused, match="is no backup"):
        check_backup(tmp_path / "nowhere.tar")


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "evidence/../../x", "key_passphrase", "static/x"])
def test_a_backup_writes_nowhere_but_where_backups_do(tmp_path: Path, name: str) -> None:
    path = tmp_path / "evil.tar"
    manifest = {"format": 1, "made_at": "", "issuer": "", "files": {name: "0", "database.sqlite3": "0"}}
    with tarfile.open(path, "w") as archive:
        for member, content in {"manifest.json": json.dumps(manifest).encode(), name: b"x"}.items():
            told = tarfile.TarInfo(member)
            told.size = len(content)
            archive.addfile(told, io.BytesIO(content))
    with pytest.raises(BackupRefused, match="it names"):
        check_backup(path)


def test_an_installation_is_never_restored_over(tmp_path: Path) -> None:
    path, version = backed_up(tmp_path / "backups")
    with pytest.raises(BackupRefused, match="Restore into an empty"):
        restore_backup(path)
    assert CredentialVersion.objects.get() == version
    assert (settings.CECTO_HOME / "secret_key").read_text() == "secret of the old home"


def test_the_command_writes_and_checks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made.issued()
    call_command("backup", str(tmp_path / "backups"))
    said = capsys.readouterr().out
    assert ("whole, 2 files" in said, "keep the escrow sheets" in said) == (True, True)
    (path,) = (tmp_path / "backups").iterdir()
    call_command("backup", "--check", str(path))
    with pytest.raises(CommandError, match="is no backup"):
        call_command("backup", "--check", str(tmp_path))


def test_a_file_that_records_name_and_that_is_missing_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record("classes.import-roster", by=made.BY, at=AT, subject=("class", "k"), sha256="0" * 64)
    call_command("backup", str(tmp_path / "backups"))
    assert "Files missing from it that records name: 1." in capsys.readouterr().out


def test_patterns_in_quotes_and_several_files_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made.issued()
    folder = tmp_path / "back [ups]"
    written = [write_backup(folder, at=AT.replace(hour=hour)) for hour in (1, 2, 3)]
    for words in ([str(folder / "*.tar")], list(map(str, written)), [str(written[0]), str(folder / "*[23]*Z.tar")]):
        call_command("backup", "--check", *words)
        said = capsys.readouterr().out
        assert all(f"{path}: whole" in said for path in written), words
        call_command("restore", *words, "--check")
        assert capsys.readouterr().out.startswith(f"{written[-1]}: whole")
    with pytest.raises(CommandError, match="none"):
        call_command("backup", "--check", str(folder / "none*.tar"))
