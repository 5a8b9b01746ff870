"""A status list that unpacks to hundreds of megabytes: command and kit refuse it fast and in bounded memory."""

from __future__ import annotations

import base64
import gzip
import io
import json
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import LazySettings

from cecto.config.backups.archive import write_backup
from cecto.credentials import status_list
from cecto.credentials.awarding import list_url
from cecto.credentials.handed.files import both, write
from cecto.credentials.kit import kit_of
from cecto.credentials.models import CredentialVersion, PublishedList
from cecto.credentials.signing import IssuerKey, open_issuer_key
from tests.config.backups.made import empty_database, postgresql_programs, run
from tests.credentials import made
from tests.credentials.made import AT, BY, LATER, PASSPHRASE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.proof]
MEGABYTE = 1_000_000
FAST_SECONDS = 20.0
MORE_KILOBYTES = 48 * 1024
# The first is as long as the longest list of ours, the second as what compresses best may be.
UNPACKED = {"within the length of a list": 40 * MEGABYTE, "beyond it": 300 * MEGABYTE}


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CECTO_HOME = tmp_path / "old"
    settings.CECTO_HOME.mkdir()
    (settings.CECTO_HOME / "secret_key").write_text("secret of the old home")
    monkeypatch.setenv("PATH", postgresql_programs(), prepend=":")


@dataclass(frozen=True)
class Measured:
    """How a process ended, what it said, and what it took: seconds, and kilobytes of memory at most."""

    code: int
    said: str
    seconds: float
    kilobytes: int


def measured(words: list[str], environment: dict[str, str]) -> Measured:
    """Run a process to its end, within a minute."""
    started = time.perf_counter()
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as child:
        assert child.stdout is not None
        said = child.stdout.read()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    return Measured(child.returncode, said, time.perf_counter() - started, used.ru_maxrss)


def bomb(key: IssuerKey, size: int) -> None:
    """Publish a list, signed by the issuer, whose bits unpack to so many bytes."""
    unsigned = status_list.build(list_url(key.issuer), issuer=key.issuer.did, revoked=[], valid_from=AT)
    packed = base64.urlsafe_b64encode(gzip.compress(bytes(size))).decode().rstrip("=")
    unsigned["credentialSubject"]["encodedList"] = f"u{packed}"
    document = json.dumps(key.sign(unsigned, at=LATER))
    PublishedList.objects.create(document=document, revoked=0, signing_key=key.row, signed_at=LATER)


def told_by_kit(version: CredentialVersion, folder: Path) -> Measured:
    with zipfile.ZipFile(io.BytesIO(kit_of(version, on=LATER.date()))) as archive:
        archive.extractall(folder)
    return measured([sys.executable, "-I", "-S", str(folder / "check.py")], dict(os.environ))


def told_by_command(version: CredentialVersion, folder: Path) -> Measured:
    """What `cecto verify` says in a process of its own, in a home restored from a backup of this one."""
    write(both(version, by=BY, at=LATER), folder)
    file = next(folder.glob("*.json"))
    with empty_database() as database:
        restored = run(folder / "new", "restore", str(write_backup(folder, at=AT)), database=database)
        assert restored.returncode == 0, restored.stderr
        environment = {**os.environ, "CECTO_HOME": str(folder / "new"), "DATABASE_URL": database}
        environment["CECTO_KEY_PASSPHRASE"] = PASSPHRASE
        return measured([sys.executable, "-m", "cecto", "verify", str(file)], environment)


@pytest.mark.parametrize("size", UNPACKED.values(), ids=UNPACKED)
@pytest.mark.parametrize(
    ("tell", "words"),
    [(told_by_kit, "NOT VALID: the status list cannot be read."), (told_by_command, "The status list cannot be")],
    ids=["kit", "command"],
)
def test_a_bombed_list_is_refused_fast_without_being_unpacked(
    tell: Callable[[CredentialVersion, Path], Measured], words: str, size: int, tmp_path: Path
) -> None:
    version = made.issued()
    good = tell(version, tmp_path / "good")
    assert (good.code, "revoked" in good.said or "VALID" in good.said) in {(0, True), (2, True)}, good.said
    bomb(open_issuer_key(PASSPHRASE), size)
    bad = tell(version, tmp_path / "bad")
    assert (bad.code, words in " ".join(bad.said.split())) == (1, True), bad.said
    assert bad.seconds < FAST_SECONDS
    assert bad.kilobytes < good.kilobytes + MORE_KILOBYTES
