"""`cecto mail-test ADDRESS`: 0 only when a server took the message, 1 when it did not, 2 when it was asked wrongly."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django import Settings

from cecto.config.commands import run
from cecto.config.mail_settings import MailRoute
from tests.foundation.post_office import HERE, Office, free_port, open_office


@pytest.fixture(autouse=True)
def _from_here(settings: Settings) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "cecto.foundation.mail.Server", HERE
    settings.DEFAULT_FROM_EMAIL = "CeCTO <cecto@example.org>"


def _use(settings: Settings, port: int) -> None:
    settings.CECTO_MAIL, settings.EMAIL_PORT = MailRoute(host=HERE, port=port), port


def test_a_server_that_took_it(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    office = Office()
    with open_office(office) as port:
        _use(settings, port)
        assert run(["mail-test", "ada@example.org", "--format", "json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert run(["mail-test", "ada@example.org"]) == 0
    assert (told["sent"], told["to"], told["by"], told["why"]) == (True, "ada@example.org", f"{HERE}:{port}", None)
    assert capsys.readouterr().out.startswith(f"{HERE}:{port} took the message for ada@example.org")
    assert [envelope.mail_from for envelope in office.taken] == ["cecto@example.org"] * 2


def test_one_that_did_not(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with open_office(Office(recipient="550 no such person")) as port:
        _use(settings, port)
        assert run(["mail-test", "ada@example.org", "--format", "json"]) == 1
    told = capsys.readouterr()
    why = "The mail server does not take mail for this address: 550 no such person"
    assert (json.loads(told.out)["sent"], json.loads(told.out)["why"]) == (False, why)
    assert why in " ".join(told.err.split())


def test_nobody_there_and_no_server_set(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    _use(settings, free_port())
    assert run(["mail-test", "ada@example.org"]) == 1
    assert "cannot be reached: Connection refused" in capsys.readouterr().err
    settings.CECTO_MAIL = MailRoute(folder=Path("/srv/mail"))
    assert run(["mail-test", "ada@example.org"]) == 1
    assert "No mail server is set: mail is kept as files in /srv/mail" in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(
    "words", [["nobody"], [], ["a@example.org", "b@example.org"], ["a@example.org", "--format", "x"]]
)
def test_asked_wrongly(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["mail-test", *words]) == 2
    assert capsys.readouterr().out == ""


def test_a_bad_setting_is_one_sentence_and_no_traceback(tmp_path: Path) -> None:
    surroundings = {**os.environ, "CECTO_HOME": str(tmp_path), "CECTO_MAIL": "smtps://u:secret@mail.example.org"}
    command = [sys.executable, "-m", "cecto", "mail-test", "ada@example.org"]
    done = subprocess.run(command, env=surroundings, text=True, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert " ".join(done.stderr.split()).startswith("Refused. CECTO_MAIL starts with none of smtp://, smtp+tls://")
    assert "secret" not in done.stderr
