"""The doors: who is looking at this request, and decorators that turn the rest away.

Someone not signed in is sent to sign in; someone signed in who may not see a thing is told it does not exist (404),
so that addresses say nothing; 403 is for pages of the console that everyone knows exist.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.mfa.models import Authenticator
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from cecto.foundation import clock
from cecto.people.demo_links import signed_in_by_demo_link
from cecto.people.models import Account
from cecto.people.viewer import NOBODY, Permission, Viewer, viewer_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def viewer(request: HttpRequest) -> Viewer:
    """Who is looking, worked out once per request. Roles count only for those who have a second factor."""
    if not hasattr(request, "viewer"):
        account = request.user
        found = viewer_of(account, at=clock.now()) if isinstance(account, Account) else NOBODY
        request.viewer = _with_second_factor(request, found)  # type: ignore[attr-defined]
    return request.viewer  # type: ignore[attr-defined, no-any-return]


def _with_second_factor(request: HttpRequest, found: Viewer) -> Viewer:
    """Whoever holds a role and has a second factor was asked for it at sign-in. A demo link stands for both.

    Asks for the factor itself: allauth's question would look up the roles again.
    """
    if not found.grants or signed_in_by_demo_link(request) or Authenticator.objects.filter(user=request.user).exists():
        return found
    return Viewer(found.person, withheld=True)


def signed_in(view: View[P]) -> View[P]:
    """Only for people who are signed in; others are sent to the sign-in page and come back."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if viewer(request).person is None:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def staff(permission: Permission) -> Callable[[View[P]], View[P]]:
    """Only for people who hold a role with this permission in some program; 403 for others who are signed in.

    The view still asks its access.py for the object, which checks the program.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        @signed_in
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not viewer(request).may_anywhere(permission):
                raise PermissionDenied("Your roles do not include this page.")
            return view(request, *args, **kwargs)

        guarded.asks_for = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def may_open(looking: Viewer, address: str, program_code: str = "") -> bool:
    """Whether the door of the page at this address lets them in; with a program, for what belongs to that program.

    For showing links. True for pages without a door of `staff`: who may see those depends on the object.
    """
    permission = getattr(resolve(address).func, "asks_for", None)
    if permission is None:
        return True
    return looking.may(permission, program_code) if program_code else looking.may_anywhere(permission)
