"""A pace for the pages where strangers ask about certificates, so that guessing and hammering stay cheap for us."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
SECONDS = 60


def at_most(per_minute: int) -> Callable[[View[P]], View[P]]:
    """Answer one address so many times a minute, then 429 with plain words until the minute is over."""

    def decorate(view: View[P]) -> View[P]:
        rates = {view.__name__: f"{per_minute}/m/ip"}

        @wraps(view)
        def paced(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if ratelimit.consume(request, app="credentials", action=view.__name__, config=rates, limit_get=True):
                return view(request, *args, **kwargs)
            return _slow_down()

        return paced

    return decorate


def _slow_down() -> HttpResponse:
    response = HttpResponse(
        "That was many questions in one minute. Wait a minute, then ask again. To check many certificates, "
        "use the signed files with any Open Badges 3.0 verifier.",
        content_type="text/plain; charset=utf-8",
        status=429,
    )
    response["Retry-After"] = str(SECONDS)
    return response
