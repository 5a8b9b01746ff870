"""The wheel alone is the whole product: it checks definitions, builds the demo and lets staff in."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import pytest

from tests.foundation.post_office import free_port
from tests.people.authenticator_app import code_of

ROOT = Path(__file__).resolve().parents[2]
WORKSHOP = ROOT / "docs" / "example" / "workshop.yaml"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds nothing but the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    pip = folder / "venv" / "bin" / "pip"
    subprocess.run([pip, "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT], check=True)
    (wheel,) = folder.glob("cecto-*.whl")
    subprocess.run([pip, "install", "--quiet", wheel], check=True)
    return folder


def _cecto(environment: Path, *words: str | Path, **settings: str) -> str:
    surroundings = {**os.environ, "CECTO_HOME": str(environment / "home"), "DATABASE_URL": "", **settings}
    command = [environment / "venv" / "bin" / "cecto", *words]
    return subprocess.check_output(command, env=surroundings, cwd=environment, text=True)


@pytest.mark.proof
def test_every_file_of_the_source_is_in_the_wheel(environment: Path) -> None:
    (wheel,) = environment.glob("cecto-*.whl")
    listed = subprocess.run(["git", "ls-files", "src"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    kept = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert {f"src/{name}" for name in kept} == set(listed.splitlines())


@pytest.mark.proof
def test_an_installed_wheel_checks_a_definition_and_prints_the_schema(environment: Path) -> None:
    assert _cecto(environment, "definition", "lint", WORKSHOP).startswith("1 without a fault")
    assert '"$defs"' in _cecto(environment, "definition", "schema")


@pytest.mark.proof
def test_an_installed_wheel_builds_the_demo_and_finds_nothing_wrong(environment: Path) -> None:
    _cecto(environment, "demo", "--stage", "midyear")
    assert _cecto(environment, "doctor").splitlines()[-1] == "Sound."


@pytest.mark.proof
def test_an_installed_wheel_lets_staff_in(environment: Path) -> None:
    home, port = environment / "site", free_port()
    _cecto(environment, "init", CECTO_HOME=str(home))
    staff = ("--name", "Ada Núñez", "--email", "ada@example.org", "--role", "administrator")
    _cecto(environment, "grant", *staff, CECTO_HOME=str(home))
    with _served(environment, home, port):
        browser = Browser(f"http://localhost:{port}")
        browser.submit("/account/login/", login="ada@example.org")
        browser.submit("/account/login/code/confirm/", code=_mailed_code(home))
        assert browser.open("/console/").url.endswith("/account/2fa/")
        drawn = browser.open("/account/2fa/totp/activate/")
        secret = re.search(r"<code>([A-Z2-7]{16,})</code>", drawn.text)
        assert secret
        answer = browser.submit("/account/2fa/totp/activate/", drawn, code=code_of(secret[1]))
        assert answer.url.endswith("/account/2fa/recovery-codes/")
        assert browser.open("/console/").url.endswith("/console/")


@contextmanager
def _served(environment: Path, home: Path, port: int) -> Iterator[None]:
    surroundings = {**os.environ, "CECTO_HOME": str(home), "DATABASE_URL": "", "PORT": str(port)}
    command: list[str | Path] = [environment / "venv" / "bin" / "cecto", "serve"]
    site = subprocess.Popen(command, env=surroundings, cwd=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield
    finally:
        site.terminate()
        site.wait(timeout=30)


def _wait_for(port: int) -> None:
    for _ in range(600):
        with suppress(OSError), urlopen(f"http://localhost:{port}/account/login/"):
            return
        time.sleep(0.2)
    raise TimeoutError(f"Nothing answers on {port}.")


def _mailed_code(home: Path) -> str:
    (mail,) = (home / "mail").iterdir()
    code = re.search(r"^ {4}(\S+)$", mail.read_text(), re.MULTILINE)
    assert code
    return code[1]


@dataclass(frozen=True)
class Shown:
    """A page after every redirect."""

    url: str
    text: str


class Browser:
    """Keeps cookies, follows redirects, and sends a form as its page drew it: all that a sign-in needs."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.opener = build_opener(HTTPCookieProcessor())

    def open(self, path: str, body: bytes | None = None) -> Shown:
        with self.opener.open(Request(self.site + path, data=body, headers={"Referer": self.site + path})) as answer:
            return Shown(answer.url, answer.read().decode())

    def submit(self, path: str, drawn: Shown | None = None, **words: str) -> Shown:
        page = drawn or self.open(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert token
        return self.open(path, urlencode({"csrfmiddlewaretoken": token[1], **words}).encode())
