"""Mail servers on loopback, good and bad ones, each with what it was handed."""

from __future__ import annotations

import gc
import ipaddress
import socket
import ssl
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HERE = "127.0.0.1"


class Office:
    """Takes every message, unless an answer is given with which to refuse; keeps what it took and who signed in."""

    def __init__(self, *, recipient: str = "", data: str = "") -> None:
        self.recipient, self.data = recipient, data
        self.taken: list[Envelope] = []
        self.signed_in: list[tuple[str, str]] = []

    # aiosmtpd's names; it hands over the server, the session, the envelope, then what is new.
    async def handle_RCPT(self, *told: Any) -> str:  # noqa: N802
        if self.recipient:
            return self.recipient
        told[2].rcpt_tos.append(told[3])
        return "250 OK"

    async def handle_DATA(self, *told: Any) -> str:  # noqa: N802
        if self.data:
            return self.data
        self.taken.append(told[2])
        return "250 OK"

    def sign_in(self, *told: Any) -> AuthResult:
        said = told[4]
        assert isinstance(said, LoginPassword)
        self.signed_in.append((said.login.decode(), said.password.decode()))
        return AuthResult(success=said.password != b"wrong", handled=False)


@contextmanager
def open_office(office: Office, **options: Any) -> Iterator[int]:
    """Serve on a free port of loopback; the port."""
    controller = Controller(office, hostname=HERE, port=free_port(), authenticator=office.sign_in, **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()
        _let_go()


def _let_go() -> None:
    """Collect the connections that aiosmtpd leaves open as its loop ends; else a later test is told of them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@contextmanager
def odd_office(behave: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that does with each connection what it is told; the port."""
    with socket.create_server((HERE, 0)) as listening:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    threading.Thread(target=_behaving, args=(behave, connection), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)


def silent(connection: socket.socket) -> None:
    """Takes the call and never says a word."""
    time.sleep(60)


def dripping(connection: socket.socket) -> None:
    """Greets letter by letter, so that no read ever times out."""
    for _ in range(600):
        connection.sendall(b"2")
        time.sleep(0.1)


def ending_midway(connection: socket.socket) -> None:
    """Hangs up in the middle of the message."""
    connection.sendall(b"220 here\r\n")
    while b"data" not in connection.recv(1000):
        connection.sendall(b"250 OK\r\n")
    connection.sendall(b"354 go on\r\n")
    connection.recv(10)


def never_parting(connection: socket.socket) -> None:
    """Takes the message, and is silent when told goodbye."""
    connection.sendall(b"220 here\r\n")
    while b"data" not in connection.recv(1000):
        connection.sendall(b"250 OK\r\n")
    connection.sendall(b"354 go on\r\n")
    while not connection.recv(100_000).endswith(b"\r\n.\r\n"):
        pass
    connection.sendall(b"250 taken\r\n")
    time.sleep(60)


def babbling(connection: socket.socket) -> None:
    """Answers with what is no mail server's: control characters, a very long line."""
    connection.sendall(b"554 \x1b[31mgo away\x07 " + b"x" * 5000 + b"\r\n")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        port: int = probe.getsockname()[1]
        return port


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's TLS with a certificate that only who is told trusts; the context and the certificate's file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HERE))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "mail.pem", folder / "mail.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(public, private)
    return context, public


def _behaving(behave: Callable[[socket.socket], None], connection: socket.socket) -> None:
    with connection, suppress(OSError):
        behave(connection)
