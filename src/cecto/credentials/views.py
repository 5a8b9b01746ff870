"""What machines read: did.json, the status list, the issuer, achievements and credentials, open to every origin."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from cecto.credentials import codes, queries
from cecto.credentials.signing import NotReadyToIssue

VC = "application/vc"
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def for_machines(media_type: str, *, fresh_for: int) -> Callable[[View[P]], View[P]]:
    """Serve JSON of a media type to any origin; `fresh_for` is how many seconds a copy may be kept."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        @require_safe
        def served(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                response = view(request, *args, **kwargs)
            except NotReadyToIssue as error:
                raise Http404(str(error)) from error
            response["Vary"] = "Accept"
            if response.status_code != HTTPStatus.OK:
                return response
            response["Content-Type"] = _understood(request, media_type)
            response["Access-Control-Allow-Origin"] = "*"
            response["Cache-Control"] = f"public, max-age={fresh_for}"
            response["X-Robots-Tag"] = "noindex"
            return response

        return served

    return decorate


def _understood(request: HttpRequest, media_type: str) -> str:
    """The media type, or plain JSON-LD for software that reads nothing else (many verifiers' HTTP clients)."""
    accepted = request.headers.get("Accept", "")
    older = media_type == VC and "json" in accepted and VC not in accepted
    return "application/ld+json" if older else media_type


def _is_person(request: HttpRequest) -> bool:
    """Whether a browser asks, so that the address of a thing shows its page."""
    return "text/html" in request.headers.get("Accept", "")


def _as_json(value: object) -> HttpResponse:
    return HttpResponse(json.dumps(value, ensure_ascii=False, indent=2))


@for_machines("application/did+json", fresh_for=300)
def did_document(_request: HttpRequest) -> HttpResponse:
    """The issuer's DID document."""
    return _as_json(queries.did_document())


@for_machines("application/json", fresh_for=300)
def issuer(_request: HttpRequest) -> HttpResponse:
    """The issuer's profile."""
    return _as_json(queries.issuer_document())


@for_machines(VC, fresh_for=0)
def status_list(_request: HttpRequest) -> HttpResponse:
    """The signed status list as published last."""
    found = queries.published_list()
    if found is None:
        raise Http404("Nothing was issued yet, so there is no status list.")
    return HttpResponse(found.document)


@for_machines("application/json", fresh_for=300)
def achievement(request: HttpRequest, key: str) -> HttpResponse:
    """What is earned under a definition; a browser is sent to the definition in plain English."""
    found = queries.achievement_document(key)
    if found is None:
        raise Http404("No published definition has this key.")
    return redirect("programs:definition", key) if _is_person(request) else _as_json(found)


@for_machines(VC, fresh_for=0)
def credential(request: HttpRequest, key: str) -> HttpResponse:
    """The credential of an award as it holds today; a browser is sent to the page of its last version.

    After a correction of the name, neither: whoever has the earlier file has this address, and is not told the new one.
    """
    last = queries.last_version(key)
    if last is None:
        raise Http404("No credential has this key.")
    if last.erased:
        raise Http404("This credential was erased on the holder’s request.")
    if queries.has_former_name(last):
        if _is_person(request):
            return redirect("credentials:lookup")
        raise Http404("The name on this credential was corrected: its holder has the file that holds today.")
    if _is_person(request):
        return redirect("credentials:verify", codes.printed(last.code))
    if hasattr(last, "revocation"):
        raise Http404("The credential with this key was revoked.")
    return HttpResponse(last.document)
