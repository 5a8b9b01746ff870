"""A private PostgreSQL comes and goes with the command it is for."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import psycopg
import pytest

from tools.postgres import address, main


def test_it_serves_inside_the_block_and_is_gone_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with address() as url:
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT current_setting('server_encoding')").fetchone() == ("UTF8",)
        folder = Path(unquote(url.partition("host=")[2]))
        assert folder.is_dir()
    assert not folder.exists()


def test_a_server_that_is_already_named_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone@db.example.org/cecto")
    with address() as url:
        assert url == "postgresql://someone@db.example.org/cecto"


def test_the_command_sees_the_address_and_its_exit_code_is_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone@db.example.org/cecto")
    assert main(["sh", "-c", 'test "$DATABASE_URL" = postgresql://someone@db.example.org/cecto && exit 7']) == 7


def test_without_a_command_it_says_how(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert capsys.readouterr().err == "usage: python tools/postgres.py COMMAND...\n"
