"""Refuses what is too large before a byte of it is stored."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


class UploadLimitMiddleware:
    """Answers 413 to a request that says it holds more than MAX_UPLOAD_BYTES."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) <= settings.MAX_UPLOAD_BYTES:
            return self.get_response(request)
        said = _(
            "What you sent has %(sent)d MB; at most %(limit)d MB are taken, and nothing was saved. "
            "Check that it is the right file, and divide a larger one into parts."
        )
        sizes = {"sent": -(-int(length) // 2**20), "limit": settings.MAX_UPLOAD_BYTES // 2**20}
        return render(request, "422.html", {"text": said % sizes}, status=413)
