"""Mail that leaves at once, or says why it did not: whoever waits for it is never kept longer than a few seconds."""

from __future__ import annotations

import logging
import queue
import smtplib
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

_log = logging.getLogger(__name__)
_LONGEST_ANSWER = 200
# Seconds by which a read may outlast the wait for it, so that the wait is what ends first and says so.
_LONGER = 1


class MailNotSent(Exception):
    """The mail server did not take a message; the text is a sentence for the operator."""


def deliver(message: EmailMessage, *, within: float) -> None:
    """Hand a message to the mail server, and wait for its answer at most `within` seconds.

    Raises MailNotSent unless the server took the message: then nobody gets it, as far as we can know.
    """
    connection = get_connection(timeout=within + _LONGER)
    answers: queue.SimpleQueue[Exception | None] = queue.SimpleQueue()
    # A thread, since no timeout of a socket bounds a whole conversation: a server may answer letter by letter.
    threading.Thread(target=_talk, args=(connection, message, answers), daemon=True).start()
    try:
        failed = answers.get(timeout=within)
    except queue.Empty:
        _hang_up(connection)
        failed = TimeoutError()
    if failed is not None:
        sentence = _why(failed)
        _log.error("Mail was not sent. %s", sentence)
        raise MailNotSent(sentence) from failed


def _talk(connection: BaseEmailBackend, message: EmailMessage, answers: queue.SimpleQueue[Exception | None]) -> None:
    try:
        connection.open()
        connection.send_messages([message])
    except Exception as error:  # whatever went wrong, the one who waits is told
        answers.put(error)
    else:
        answers.put(None)
    # The message is taken or refused by now; how the farewell goes changes nothing.
    with suppress(smtplib.SMTPException, OSError):
        connection.close()


def _hang_up(connection: BaseEmailBackend) -> None:
    """End a conversation, so that nothing is taken after we said that it was not."""
    client = getattr(connection, "connection", None)
    if client is not None and client.sock is not None:
        with suppress(OSError):
            client.sock.shutdown(socket.SHUT_RDWR)


def _why(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
        return f"The mail server does not take mail for this address: {_answered(code, answer)}"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"The mail server refused the user name or password: {_answered(error.smtp_code, error.smtp_error)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"The mail server refused: {_answered(error.smtp_code, error.smtp_error)}"
    for kind, sentence in _SENTENCES:
        if isinstance(error, kind):
            return sentence(error)
    return f"The message could not be sent: {_plain(str(error)) or type(error).__name__}"


def _answered(code: int, answer: bytes | str) -> str:
    words = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return f"{code} {_plain(words)}".strip()


def _plain(words: str) -> str:
    """A server's words on one line, without control characters, cut to a length one can read."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
    return line[:_LONGEST_ANSWER]


_SENTENCES: list[tuple[type[Exception], Callable[[Any], str]]] = [
    (smtplib.SMTPNotSupportedError, lambda error: f"The mail server lacks what we need: {_plain(str(error))}"),
    (smtplib.SMTPServerDisconnected, lambda _: "The mail server ended the conversation before it took the message."),
    (smtplib.SMTPException, lambda error: f"The mail server refused: {_plain(str(error))}"),
    (
        ssl.SSLCertVerificationError,
        lambda error: f"The mail server's certificate cannot be trusted: {_plain(error.verify_message)}.",
    ),
    (ssl.SSLError, lambda error: f"The mail server does not speak TLS as it should: {_plain(str(error.reason))}."),
    (TimeoutError, lambda _: "The mail server did not answer in time."),
    (socket.gaierror, lambda _: "No server has the name that CECTO_MAIL gives."),
    (OSError, lambda error: f"The mail server cannot be reached: {_plain(error.strerror or str(error))}."),
    (UnicodeError, lambda _: "The address has letters that mail servers do not take."),
]


class _Utf8Login:
    """Lets passwords with letters beyond ASCII in, which SASL PLAIN takes as UTF-8 (RFC 4616) and smtplib does not."""

    def login(self: Any, user: str, password: str, **options: bool) -> tuple[int, bytes]:
        if (user + password).isascii():
            return super().login(user, password, **options)  # type: ignore[misc, no-any-return]
        self.ehlo_or_helo_if_needed()
        code, answer = self.docmd("AUTH", "PLAIN " + b64encode(f"\0{user}\0{password}".encode()).decode())
        if code not in {235, 503}:
            raise smtplib.SMTPAuthenticationError(code, answer)
        return code, answer


class _Client(_Utf8Login, smtplib.SMTP):
    pass


class _TlsClient(_Utf8Login, smtplib.SMTP_SSL):
    pass


class Server(EmailBackend):
    """The server that `CECTO_MAIL` names."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _TlsClient if self.use_ssl else _Client
