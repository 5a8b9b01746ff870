"""`cecto mail-test ADDRESS`: does mail leave?"""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError

from cecto.foundation.mail import MailNotSent, deliver
from cecto.people.addresses import AddressRefused, written_address

PATIENCE = 30
FILES = "No mail server is set: mail is kept as {mail} and reaches nobody."
SET_ONE = "Set CECTO_MAIL, like smtp+tls://user:password@smtp.example.org:587, and try again."
CHECK_IT = "Check CECTO_MAIL and CECTO_MAIL_FROM, or ask who runs the mail server, and try again."


class Command(BaseCommand):
    """`cecto mail-test ADDRESS [--format text|json]`: 0 the server took it, 1 it did not, 2 asked wrongly."""

    help = "Send one message, and say whether the mail server took it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and how to answer."""
        parser.add_argument("address", metavar="ADDRESS", help="who gets the message: you, best of all")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, address: str, format: str, **_: Any) -> None:  # noqa: A002 - the option's name
        """Send and report."""
        try:
            address = written_address(address)
        except AddressRefused as error:
            raise CommandError(str(error), returncode=2) from error
        began = time.monotonic()
        why = _sent_or_why(address)
        seconds = time.monotonic() - began
        if format == "json":
            self.stdout.write(json.dumps(_told(address, why, seconds), ensure_ascii=False))
        elif not why:
            self.stdout.write(
                f"{settings.CECTO_MAIL} took the message for {address} in {seconds:.1f} s.{_slow(seconds)}"
            )
        if why:
            raise CommandError(f"{why} {_what_to_do()}")


def _sent_or_why(address: str) -> str:
    if settings.CECTO_MAIL.folder:
        return FILES.format(mail=settings.CECTO_MAIL)
    try:
        deliver(_message(address), within=PATIENCE)
    except MailNotSent as error:
        return str(error)
    return ""


def _message(address: str) -> EmailMessage:
    words = f"{settings.CECTO_URL} can send email. Nobody needs to do anything."
    return EmailMessage("Email from CeCTO works", words, to=[address])


def _told(address: str, why: str, seconds: float) -> dict[str, object]:
    return {
        "sent": not why,
        "to": address,
        "from": settings.DEFAULT_FROM_EMAIL,
        "by": str(settings.CECTO_MAIL),
        "milliseconds": round(seconds * 1000),
        "why": why or None,
        "do": _what_to_do() if why else None,
    }


def _what_to_do() -> str:
    return SET_ONE if settings.CECTO_MAIL.folder else CHECK_IT


def _slow(seconds: float) -> str:
    if seconds < settings.EMAIL_TIMEOUT:
        return ""
    return f" Sign-in pages wait {settings.EMAIL_TIMEOUT} s only: use a faster server near by."
