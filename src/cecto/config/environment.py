"""What the operator sets from outside: environment variables, read once and checked."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict
from urllib.parse import unquote, urlsplit

from cecto.config.mail_settings import BadMailSetting, MailRoute, mail_route, mail_sender
from cecto.config.sqlite_in_turn.turns import WRITER_WAITS_SECONDS
from cecto.foundation.demo_home import BadDemoSetting, is_demo, mark_demo


class BadSetting(Exception):
    """A setting holds a value we refuse; the message names the variable and what it accepts."""


@dataclass(frozen=True)
class Environment:
    """The checked settings of this process."""

    home: Path
    port: int
    base_url: str
    database: dict[str, object]
    secret_key: str
    key_passphrase: str
    issuer_name: str
    signer: str
    smallest_public_number: int
    demo: bool
    debug: bool
    allowed_hosts: list[str]
    mail: MailRoute
    mail_from: str


SECRET_KEY, KEY_PASSPHRASE = "secret_key", "key_passphrase"


def home_folder() -> Path:
    """Where this installation keeps its data: CECTO_HOME, by default `var` in the folder one stands in."""
    return Path(os.environ.get("CECTO_HOME", "var")).resolve()


def is_home(folder: Path) -> bool:
    """Whether an installation was begun in the folder."""
    return (folder / SECRET_KEY).exists()


def make_home() -> None:
    """Make the home (private to its owner) with its secret key and passphrase, if it is none yet. Raises BadSetting."""
    home = home_folder()
    database = database_settings(os.environ.get("DATABASE_URL", ""), home)
    demo = _is_demo(home, database)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if demo and not is_home(home):
        mark_demo(home, database)
    _keep_secret(home / SECRET_KEY)
    if not os.environ.get("CECTO_KEY_PASSPHRASE"):
        _keep_secret(home / KEY_PASSPHRASE)


def read_environment() -> Environment:
    """Read and check `CECTO_HOME`, `PORT`, `CECTO_URL`, `DATABASE_URL`, `CECTO_DEMO` and `CECTO_DEBUG`.

    `CECTO_MAIL` and `CECTO_MAIL_FROM` say where mail leaves and who it is from.
    `CECTO_KEY_PASSPHRASE` opens the signing keys; `CECTO_ISSUER_NAME` is who certificates say they are from;
    `CECTO_SIGNER` is the program that signs with keys kept elsewhere.
    `CECTO_SMALLEST_PUBLIC_NUMBER`: smaller counts of people are held back in public, since they would point at them.
    Writes nothing: without a home, the secret key is one that ends with this process. Raises BadSetting for a value
    we cannot use.
    """
    home = home_folder()
    database = database_settings(os.environ.get("DATABASE_URL", ""), home)
    port = _port(os.environ.get("PORT", "8000"))
    base_url = _base_url(os.environ.get("CECTO_URL", f"http://localhost:{port}"))
    return Environment(
        home=home,
        port=port,
        base_url=base_url,
        database=database,
        secret_key=_kept(home / SECRET_KEY) or secrets.token_urlsafe(50),
        key_passphrase=os.environ.get("CECTO_KEY_PASSPHRASE") or _kept(home / KEY_PASSPHRASE),
        issuer_name=os.environ.get("CECTO_ISSUER_NAME", "North Carolina CeCTO program"),
        smallest_public_number=_smallest(os.environ.get("CECTO_SMALLEST_PUBLIC_NUMBER", "5")),
        signer=os.environ.get("CECTO_SIGNER", ""),
        demo=_is_demo(home, database),
        debug=_switch("CECTO_DEBUG"),
        allowed_hosts=[str(urlsplit(base_url).hostname), "localhost", "127.0.0.1", "[::1]"],
        **_mail(home, str(urlsplit(base_url).hostname)),
    )


class _Mail(TypedDict):
    mail: MailRoute
    mail_from: str


def _mail(home: Path, site_host: str) -> _Mail:
    try:
        route = mail_route(os.environ.get("CECTO_MAIL", ""), home=home)
        return _Mail(mail=route, mail_from=mail_sender(os.environ.get("CECTO_MAIL_FROM", ""), site_host=site_host))
    except BadMailSetting as error:
        raise BadSetting(str(error)) from error


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise BadSetting(f"PORT is {text!r}; it must be a number from 1 to 65535.")
    return int(text)


def _smallest(text: str) -> int:
    if not text.isdigit() or not 2 <= int(text) <= 100:
        raise BadSetting(f"CECTO_SMALLEST_PUBLIC_NUMBER is {text!r}; it must be a number from 2 to 100.")
    return int(text)


def _base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        raise BadSetting(f"CECTO_URL is {text!r}; give the site's address, like https://cecto.example.org.")
    return f"{parts.scheme}://{parts.netloc}"


def _switch(name: str) -> bool:
    value = os.environ.get(name, "")
    if value not in {"", "0", "1"}:
        raise BadSetting(f"{name} is {value!r}; it must be 1 (on), 0 or empty (off).")
    return value == "1"


def _is_demo(home: Path, database: dict[str, object]) -> bool:
    _switch("CECTO_DEMO")
    try:
        return is_demo(home, database)
    except BadDemoSetting as error:
        raise BadSetting(str(error)) from error


def _kept(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def _keep_secret(path: Path) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))


def database_settings(url: str, home: Path) -> dict[str, object]:
    """Django's settings of the database at `url`, or of the one inside the home. Raises BadSetting."""
    if not url:
        return _sqlite(home / "cecto.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgresql(url)
    raise BadSetting(
        "DATABASE_URL must start with sqlite:/// or postgresql://, or be empty for SQLite under CECTO_HOME."
    )


def _sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "cecto.config.sqlite_in_turn",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": WRITER_WAITS_SECONDS,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000;"
            " PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;",
        },
        "TEST": {"NAME": str(path.with_name("test.sqlite3"))},
    }


def _postgresql(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    host = unquote(query.pop("host", "")) or parts.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {key: unquote(value) for key, value in query.items()},
    }
