"""The holder's page with the link into a wallet, and the exchange that the wallet then has with us (W3C CCG VC-API).

No sign-in at the exchange: its address holds a secret that works once, for ten minutes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cecto.credentials.access import own_version
from cecto.credentials.actions import CredentialRefused
from cecto.credentials.models import CredentialVersion, WalletOffer
from cecto.credentials.signing import the_issuer
from cecto.credentials.throttle import at_most
from cecto.credentials.wallet.actions import hand_over, offer
from cecto.credentials.wallet.presentation import PresentationRefused
from cecto.credentials.wallet.queries import NoSuchOffer, open_offer
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.people.access import signed_in, viewer

LARGEST = 16 * 1024
WALLET_LINK = "https://lcw.app/request.html"
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


@require_http_methods(["GET", "POST"])
@signed_in
def own_wallet(request: HttpRequest, code: str) -> HttpResponse:
    """Say what a wallet is for; on POST, offer the certificate to the holder's wallet by link and QR."""
    version = own_version(viewer(request), code)
    context: dict[str, Any] = {"version": version}
    if request.method == "POST":
        try:
            made = offer(version=version, by=viewer(request).actor, at=clock.now())
        except CredentialRefused as error:
            messages.error(request, str(error))
            return redirect("credentials:verify", code)
        link = _link(made.offer, made.secret)
        context |= {"offer": made.offer, "link": link, "picture": _picture(link)}
    response = render(request, "credentials/wallet.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def for_wallets(view: View[P]) -> View[P]:
    """Open to every origin, as wallets may run in a browser; what goes wrong is told as RFC 9457 problem details."""

    @wraps(view)
    def served(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = HttpResponse(status=HTTPStatus.NO_CONTENT)
        if request.method != "OPTIONS":
            response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Allow-Headers"] = "Content-Type"
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return served


@csrf_exempt
@require_http_methods(["POST", "OPTIONS"])
@at_most(per_minute=240)
@for_wallets
def exchange(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask a wallet that sends nothing for a presentation; give one that sends a presentation its credential."""
    try:
        sent = _sent(request)
        if not sent:
            asked = _presentation_request(open_offer(secret, at=clock.now()), secret)
            return JsonResponse({"verifiablePresentationRequest": asked})
        version = hand_over(
            secret=secret,
            presentation=sent.get("verifiablePresentation", sent),
            domain=the_issuer().address,
            by=Actor("wallet", ""),
            at=clock.now(),
        )
    except NoSuchOffer:
        return _problem(
            HTTPStatus.NOT_FOUND, "This link was used or is over. Make a new one on your certificate’s page."
        )
    except PresentationRefused as error:
        return _problem(HTTPStatus.BAD_REQUEST, f"This presentation cannot be taken: {error}.")
    return JsonResponse(_given(version, wrapped="verifiablePresentation" in sent))


@require_http_methods(["GET", "OPTIONS"])
@at_most(per_minute=240)
@for_wallets
def protocols(_request: HttpRequest, secret: str) -> HttpResponse:
    """In which ways the offer can be taken, as VC-API interaction URLs answer."""
    try:
        found = open_offer(secret, at=clock.now())
    except NoSuchOffer:
        return _problem(
            HTTPStatus.NOT_FOUND, "This link was used or is over. Make a new one on your certificate’s page."
        )
    return JsonResponse({"protocols": {"vcapi": _address(secret), "lcw": _link(found, secret)}})


def _sent(request: HttpRequest) -> dict[str, Any]:
    """The JSON object a wallet sent, or an empty one. Raises PresentationRefused."""
    raw = request.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise PresentationRefused(f"it has more than {LARGEST:,} bytes")
    try:
        sent = json.loads(raw or b"{}")
    except (ValueError, RecursionError) as error:
        raise PresentationRefused("it is not JSON") from error
    if not isinstance(sent, dict):
        raise PresentationRefused("it is not a JSON object")
    return sent


def _presentation_request(found: WalletOffer, secret: str) -> dict[str, Any]:
    services = ("VerifiableCredentialApiExchangeService", "UnmediatedPresentationService2021")
    return {
        "query": [{"type": "DIDAuthentication", "acceptedMethods": [{"method": "key"}]}],
        "challenge": found.challenge,
        "domain": the_issuer().address,
        "interact": {"service": [{"type": name, "serviceEndpoint": _address(secret)} for name in services]},
    }


def _given(version: CredentialVersion, *, wrapped: bool) -> dict[str, Any]:
    """The credential: in a presentation for wallets that sent theirs so, bare for those that followed a deep link."""
    document: dict[str, Any] = json.loads(version.document)
    if not wrapped:
        return document
    presentation = {
        "@context": document["@context"][:1],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [document],
    }
    return {"verifiablePresentation": presentation}


def _address(secret: str) -> str:
    return the_issuer().address + reverse("credentials:exchange", args=[secret])


def _link(found: WalletOffer, secret: str) -> str:
    """The link that opens the Learner Credential Wallet (Digital Credentials Consortium's credential request link)."""
    told = {
        "issuer": the_issuer().did,
        "auth_type": "bearer",
        "challenge": found.challenge,
        "vc_request_url": _address(secret),
    }
    return f"{WALLET_LINK}?{urlencode(told)}"


def _picture(link: str) -> str:
    return segno.make(link, error="l").svg_data_uri(scale=6, border=3, dark="#14284b", light="#fff")


def _problem(status: HTTPStatus, detail: str) -> JsonResponse:
    told = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    return JsonResponse(told, status=status, content_type="application/problem+json")
