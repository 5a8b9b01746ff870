"""Addresses of signing in, and of the pages about people and organizations."""

from __future__ import annotations

from django.urls import include, path, re_path
from django.views.generic import RedirectView

from cecto.people.demo_links import demo_sign_in
from cecto.people.sign_in import begin_again, closed, sign_in_again
from cecto.people.start import start

urlpatterns = [
    re_path(
        r"^account/(?P<rest>(?:signup|email|confirm-email|password|reauthenticate)/.*)$",
        closed,
        name="account-closed",
    ),
    # allauth sends here who is to ask for a new code; there is one form for that.
    path(
        "account/login/code/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
        name="account_request_login_code",
    ),
    path("account/", include("cecto.people.my_account.urls")),
    path("account/begin-again/", begin_again, name="account-begin-again"),
    path("account/again/", sign_in_again, name="account-again"),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("demo/sign-in/<str:token>/", demo_sign_in, name="demo-sign-in"),
    path("start/", start, name="start"),
]
