"""What holds for every answer of the site, whatever page gives it."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults

from cecto.config.sqlite_in_turn.base import DatabaseWrapper
from cecto.config.sqlite_in_turn.turns import WRITER_WAITS_SECONDS

Answering = Callable[[HttpRequest], HttpResponse]


def head_as_get(answer: Answering) -> Answering:
    """HEAD is answered as GET, by every page; the server leaves the body out (RFC 9110 §9.3.2)."""

    def answered(request: HttpRequest) -> HttpResponse:
        if request.method != "HEAD":
            return answer(request)
        request.method = "GET"
        try:
            return answer(request)
        finally:
            request.method = "HEAD"

    return answered


def signed_in_kept_nowhere(answer: Answering) -> Answering:
    """What someone who is signed in is shown stays in no cache, unless the page says that it is public."""

    def answered(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        said = response.get("Cache-Control", "")
        if settings.SESSION_COOKIE_NAME in request.COOKIES and "public" not in said and "no-store" not in said:
            response["Cache-Control"] = "private, no-store"
        return response

    return answered


def waits_once(answer: Answering) -> Answering:
    """A change waits so long for others in all, however many transactions it has; if in vain, the answer is 503.

    Also when something on the way took the refusal for less: a session that could not be saved is not one that is gone.
    """

    def answered(request: HttpRequest) -> HttpResponse:
        database = connections[DEFAULT_DB_ALIAS]
        if not isinstance(database, DatabaseWrapper):
            return answer(request)
        with database.waiting_in_all():
            response = answer(request)
        return _busy(request) if database.refused and response.status_code != 503 else response

    return answered


class BusyMiddleware:
    """Answers 503 when a change waited too long for others to finish theirs; nothing of it was saved."""

    def __init__(self, answer: Answering) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page that says to send it again, or None for another error."""
        return _busy(request) if _is_busy(error) else None


def server_error(request: HttpRequest) -> HttpResponse:
    """The answer to an error outside a view, such as when a session cannot be saved."""
    error = sys.exc_info()[1]
    return _busy(request) if _is_busy(error) else defaults.server_error(request)


def _is_busy(error: BaseException | None) -> bool:
    return isinstance(error, OperationalError) and "locked" in str(error)


def _busy(request: HttpRequest) -> HttpResponse:
    response = render(request, "503.html", status=503)
    response["Retry-After"] = str(WRITER_WAITS_SECONDS)
    response["Cache-Control"] = "no-store"
    return response
