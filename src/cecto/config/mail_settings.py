"""`CECTO_MAIL` and `CECTO_MAIL_FROM`: where mail leaves, and who it says it is from."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from email.utils import formataddr
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from cecto.people.addresses import AddressRefused, written_address

PORTS = {"smtp": 25, "smtp+tls": 587}
TLS_FROM_THE_FIRST_BYTE = 465
_HOST = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?")
_SENDER = re.compile(r'"?(?P<name>[^<>"]*?)"?\s*<(?P<address>[^<>]+)>')
_FORMS = (
    "give smtp://host:25, smtp+tls://user:password@host:587 or file:///folder, with the special characters of a"
    " password percent-encoded (# is %23, / is %2F)"
)


class BadMailSetting(ValueError):
    """A setting of mail that cannot be used; the message is one sentence and never holds the password."""


@dataclass(frozen=True)
class MailRoute:
    """A server that takes mail, or a folder where it is kept as files and reaches nobody."""

    folder: Path | None = None
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    tls: bool = False

    @property
    def tls_at_once(self) -> bool:
        """Whether the server speaks TLS before SMTP (RFC 8314), which is what port 465 is for."""
        return self.tls and self.port == TLS_FROM_THE_FIRST_BYTE

    @property
    def starttls(self) -> bool:
        """Whether the connection must turn to TLS (RFC 3207) before anything is said on it."""
        return self.tls and not self.tls_at_once

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"files in {self.folder}" if self.folder else f"{host}:{self.port}"


def mail_route(text: str, *, home: Path) -> MailRoute:
    """What `CECTO_MAIL` says; nothing, or `file://`, is the folder `mail` of the home. Raises BadMailSetting."""
    if not text:
        return MailRoute(folder=home / "mail")
    if not text.isascii() or not text.isprintable() or " " in text:
        raise _refused("holds a blank or another character that an address cannot have")
    try:
        parts = urlsplit(text)
        return _folder(parts, home) if parts.scheme == "file" else _server(parts)
    except BadMailSetting:
        raise
    except ValueError as error:
        raise _refused("is not an address that can be read") from error


def mail_sender(text: str, *, site_host: str) -> str:
    """What `CECTO_MAIL_FROM` says, as a header's value; nothing is no-reply at the site. Raises BadMailSetting."""
    if not text:
        return f"CeCTO <no-reply@{'localhost' if _is_number(site_host) else site_host}>"
    found = _SENDER.fullmatch(text.strip())
    name, address = (found["name"].strip(), found["address"]) if found else ("", text)
    try:
        address = written_address(address)
    except AddressRefused as error:
        raise _bad_sender() from error
    if not name.isprintable():
        raise _bad_sender()
    return formataddr((name, address)) if name.isascii() else f'"{name}" <{address}>'


def _folder(parts: SplitResult, home: Path) -> MailRoute:
    if parts.netloc not in {"", "localhost"} or parts.query or parts.fragment:
        raise _refused("names a folder that is not on this machine")
    path = unquote(parts.path, errors="strict")
    return MailRoute(folder=Path(path) if path.strip("/") else home / "mail")


def _server(parts: SplitResult) -> MailRoute:
    if parts.scheme not in PORTS:
        raise _refused("starts with none of smtp://, smtp+tls:// and file://")
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise _refused("goes on after the port")
    host = parts.hostname or ""
    if not _HOST.fullmatch(host) and not _is_number(host):
        raise _refused("names no server")
    if parts.port == 0:
        raise _refused("has port 0")
    route = MailRoute(
        host=host,
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or "", errors="strict"),
        password=unquote(parts.password or "", errors="strict"),
        tls=parts.scheme == "smtp+tls",
    )
    _check_credentials(route)
    return route


def _check_credentials(route: MailRoute) -> None:
    if bool(route.user) != bool(route.password):
        raise _refused("has a user name without a password, or the other way round")
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in route.user + route.password):
        raise _refused("has a control character in the user name or the password")
    if route.password and not route.tls and not _is_here(route.host):
        raise _refused("would send the password unencrypted; use smtp+tls://")


def _is_here(host: str) -> bool:
    return host == "localhost" or (_is_number(host) and ipaddress.ip_address(host).is_loopback)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _refused(why: str) -> BadMailSetting:
    return BadMailSetting(f"CECTO_MAIL {why}: {_FORMS}.")


def _bad_sender() -> BadMailSetting:
    return BadMailSetting(
        "CECTO_MAIL_FROM must be one email address, like cecto@example.org or CeCTO program <cecto@example.org>."
    )
