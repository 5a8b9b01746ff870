"""The service worker that keeps single pages for when the network is gone."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

WORKER = Path(__file__).parent / "static" / "ui" / "offline" / "worker.js"


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The worker at an address that stays; each page that registers it names its own address as the scope."""
    response = HttpResponse(WORKER.read_bytes(), content_type="text/javascript")
    response["Service-Worker-Allowed"] = "/"
    response["Cache-Control"] = "no-cache"
    return response
