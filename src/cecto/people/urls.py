"""Addresses of signing in, and of the pages about people and organizations."""

from __future__ import annotations

from django.urls import include, path, re_path

from cecto.people.demo_links import demo_sign_in
from cecto.people.sign_in import closed
from cecto.people.start import start

urlpatterns = [
    re_path(r"^account/(?P<rest>(?:signup|email|confirm-email|password)/.*)$", closed, name="account-closed"),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("demo/sign-in/<str:token>/", demo_sign_in, name="demo-sign-in"),
    path("start/", start, name="start"),
]
