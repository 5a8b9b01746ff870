"""The pages of a person's own account."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cecto.foundation import clock
from cecto.foundation.mail import MailNotSent
from cecto.people.access import signed_in, viewer
from cecto.people.actions import PeopleRefused, make_email_primary, prove_email, remove_email
from cecto.people.my_account import proof
from cecto.people.my_account.forms import Code, NewAddress
from cecto.people.queries import NoSuchAddress

View = Callable[[HttpRequest], HttpResponse]
# Who adds an address can sign in by it ever after: a session left open on a desk is not enough.
_surely_them: Callable[[View], View] = reauthentication_required(allow_get=True, app="cecto.people")


@require_http_methods(["GET", "POST"])
@signed_in
@_surely_them
def home(request: HttpRequest) -> HttpResponse:
    """A person's addresses; posting one sends a code to it."""
    form = NewAddress(request.POST or None)
    status = 200
    if request.method == "POST":
        status = _asked(request, form)
        if status == 302:
            return redirect("my-account:prove")
    context = {"form": form, "emails": viewer(request).someone.emails.all()}
    return render(request, "people/my_account.html", context, status=status)


@require_http_methods(["GET", "POST"])
@signed_in
def prove(request: HttpRequest) -> HttpResponse:
    """Enter the code that came to the address."""
    kept = proof.waiting(request, at=clock.now())
    if kept is None:
        messages.info(request, _("No code is waiting. Ask for a new one."))
        return redirect("my-account:home")
    form = Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = proof.answer(request, kept, form.cleaned_data["code"])
        if found is not proof.Answer.WRONG:
            return _proven(request, kept) if found is proof.Answer.RIGHT else _over(request)
        form.add_error("code", _("That code isn’t right. Check the newest email."))
    context = {"form": form, "address": kept.address}
    return render(request, "people/prove_address.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
@_surely_them
def primary(request: HttpRequest) -> HttpResponse:
    """Send everything to another of one's addresses."""
    if request.method == "POST":
        address = request.POST.get("address", "")
        _done_or_told(request, address, make_email_primary, _("From now on we write to %(address)s."))
    return redirect("my-account:home")


@require_http_methods(["GET", "POST"])
@signed_in
@_surely_them
def remove(request: HttpRequest) -> HttpResponse:
    """Take an address off one's account."""
    if request.method == "POST":
        address = request.POST.get("address", "")
        _done_or_told(request, address, remove_email, _("%(address)s was removed. It no longer signs you in."))
    return redirect("my-account:home")


def _asked(request: HttpRequest, form: NewAddress) -> int:
    """Send the code; the status to answer with, 302 when it is on its way."""
    if not form.is_valid():
        return 422
    person, address = viewer(request).someone, form.cleaned_data["address"]
    if person.emails.filter(address__iexact=address, verified_at__isnull=False).exists():
        form.add_error("address", _("You can sign in with this address already."))
        return 422
    try:
        proof.ask(request, person, address, at=clock.now())
    except proof.TooMany as error:
        form.add_error("address", str(error))
        return 429
    except MailNotSent:
        form.add_error(
            "address", _("Our mail server didn’t take the message, so no code is on its way. Try again later.")
        )
        return 503
    return 302


def _proven(request: HttpRequest, kept: proof.Waiting) -> HttpResponse:
    looking = viewer(request)
    try:
        prove_email(person=looking.someone, address=kept.address, by=looking.actor, at=clock.now())
    except PeopleRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("You can sign in with %(address)s now.") % {"address": kept.address})
    return redirect("my-account:home")


def _over(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("Those were three wrong codes. Ask for a new one."))
    return redirect("my-account:home")


def _done_or_told(request: HttpRequest, address: str, act: Callable[..., object], done: str) -> None:
    looking = viewer(request)
    try:
        act(person=looking.someone, address=address, by=looking.actor, at=clock.now())
    except (PeopleRefused, NoSuchAddress) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done % {"address": address})
