"""A code on its way to an address that a person says is theirs, kept in their session until it comes back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from cecto.foundation.mail import deliver
from cecto.people.models import Person
from cecto.people.queries import stands_for_another

_SESSION = "address_to_prove"
_TRIES = 3
GOOD_FOR = timedelta(minutes=15)


class TooMany(Exception):
    """Too many codes were asked for; the message says when to ask again."""


class Answer(StrEnum):
    """What became of a code that was typed."""

    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"


@dataclass(frozen=True)
class Waiting:
    """An address whose code has not come back yet. Without a code it is another person's, and none will do."""

    address: str
    code: str
    asked_at: float
    tries: int = 0


def ask(request: HttpRequest, person: Person, address: str, *, at: datetime) -> None:
    """Email a code to an address, or word that it is in use, which only its owner is told.

    Raises TooMany, and MailNotSent.
    """
    if not ratelimit.consume(request, action="prove_address"):
        raise TooMany(_("Too many codes requested. Wait a minute, then ask for one new code."))
    code = "" if stands_for_another(address, person) else str(get_adapter(request).generate_login_code())
    deliver(_message(address, code), within=settings.EMAIL_TIMEOUT)
    _keep(request, Waiting(address, code, at.timestamp()))


def waiting(request: HttpRequest, *, at: datetime) -> Waiting | None:
    """What waits for its code in this session, unless fifteen minutes have gone by."""
    kept = request.session.get(_SESSION)
    found = Waiting(**kept) if kept else None
    return found if found and at.timestamp() - found.asked_at <= GOOD_FOR.total_seconds() else None


def answer(request: HttpRequest, kept: Waiting, typed: str) -> Answer:
    """Whether the code is the one that was sent; the third wrong one ends the attempt."""
    if kept.code and constant_time_compare(_bare(typed), _bare(kept.code)):
        forget(request)
        return Answer.RIGHT
    if kept.tries + 1 >= _TRIES:
        forget(request)
        return Answer.OVER
    _keep(request, Waiting(kept.address, kept.code, kept.asked_at, kept.tries + 1))
    return Answer.WRONG


def forget(request: HttpRequest) -> None:
    """End the attempt."""
    request.session.pop(_SESSION, None)


def _keep(request: HttpRequest, kept: Waiting) -> None:
    request.session[_SESSION] = asdict(kept)


def _bare(code: str) -> str:
    return "".join(letter for letter in code if letter.isalnum()).upper()


def _message(address: str, code: str) -> EmailMessage:
    if not code:
        subject = _("Your email address is already in use")
        words = _(
            "Someone who is signed in to CeCTO asked to add this address to their account. It already belongs to"
            " another account, so nothing was changed.\n\nIf it was you, sign in with this address instead, or ask your"
            " program’s coordinator. If it was not you, you can delete this message."
        )
        return EmailMessage(subject, words, to=[address])
    subject = _("%(code)s proves your email address") % {"code": code}
    words = _(
        "Your code to add this address to your CeCTO account is\n\n    %(code)s\n\nEnter it on the page where you asked"
        " for it, within 15 minutes.\n\nIf it was not you who asked, do not give the code to anyone and delete this"
        " message: whoever has the code can sign in with your address."
    )
    return EmailMessage(subject, words % {"code": code}, to=[address])
