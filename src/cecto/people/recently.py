"""When a session was opened: for a while after that, nobody is asked to show again who they are."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from cecto.foundation import clock

_SIGNED_IN_AT = "signed_in_at"


def note_sign_in(request: HttpRequest) -> None:
    """Keep that this session was opened just now."""
    request.session[_SIGNED_IN_AT] = clock.now().timestamp()


def signed_in_recently(request: HttpRequest) -> bool:
    """Whether the session was opened so lately that who sits there is who signed in."""
    signed_in_at: float = request.session.get(_SIGNED_IN_AT, 0)
    return clock.now().timestamp() - signed_in_at <= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
