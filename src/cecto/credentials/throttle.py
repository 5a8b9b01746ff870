"""A pace for the pages where strangers ask about certificates, so that guessing and hammering stay cheap for us."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Concatenate, ParamSpec

from allauth.account.adapter import get_adapter
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

from cecto.foundation import clock

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
SECONDS = 60


def at_most(per_minute: int) -> Callable[[View[P]], View[P]]:
    """Answer one address so many times a minute, then 429 with plain words until the minute is over."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def paced(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            second = int(clock.now().timestamp())
            if _asked(view.__name__, request, minute=second // SECONDS) <= per_minute:
                return view(request, *args, **kwargs)
            return _slow_down(SECONDS - second % SECONDS)

        return paced

    return decorate


def _asked(page: str, request: HttpRequest, *, minute: int) -> int:
    """How often this address has asked this process for the page in that minute, now included."""
    cache = caches["pace"]
    key = "pace:" + sha256(f"{page} {_whence(request)} {minute}".encode()).hexdigest()
    cache.add(key, 0, 2 * SECONDS)
    try:
        return cache.incr(key)
    except ValueError:  # the cache made room just now
        return 1


def _whence(request: HttpRequest) -> str:
    """The client's address; of IPv6 the /64, which one household has whole."""
    address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((address, 64), strict=False))
    return str(address)


def _slow_down(seconds: int) -> HttpResponse:
    response = HttpResponse(
        "That was many questions in one minute. Wait a minute, then ask again. To check many certificates, "
        "use the signed files with any Open Badges 3.0 verifier.",
        content_type="text/plain; charset=utf-8",
        status=429,
    )
    response["Retry-After"] = str(seconds)
    return response
